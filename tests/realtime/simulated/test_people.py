from __future__ import annotations

import asyncio
from pathlib import Path

from realtime.simulated.cast import Member
from server.meetings.tables import MeetingRow
from server.scorecards.tables import ScorecardRow
from tests.realtime.simulated.people import simulated_people
from tests.realtime.simulated.stage import Stage, make_stage
from tests.services.web import running_web


def brisk(stage: Stage, *, talk_s: float) -> list[Member]:
    return [member.model_copy(update={"talk_s": talk_s, "pace": 0.05}) for member in stage.cast]


async def test_two_people_meet_with_pictures_and_the_feedback_is_written_and_read(
    fresh_sqlite: str, tmp_path: Path
) -> None:
    stage = await make_stage(fresh_sqlite, starts_in_s=30)

    with running_web(tmp_path, database_url=fresh_sqlite) as server:
        async with simulated_people(tmp_path, server.url, brisk(stage, talk_s=4)) as people:
            opened = await people.until("feedback_opened")
            met = people.told("met")

    assert [fact["meeting_id"] for fact in opened] == [str(stage.meetings[0])]
    assert {fact["role"] for fact in met} == {"seeker", "recruiter"}
    assert min(fact["frames"] for fact in met) >= 20
    assert min(fact["sounds"] for fact in met) >= 80
    [meeting] = await stage.rows(MeetingRow)
    assert (meeting.state, meeting.closed_by) == ("closed", "sent")
    [scorecard] = await stage.rows(ScorecardRow)
    assert (scorecard.state, scorecard.opened_at is not None) == ("released", True)


async def test_people_talk_on_while_the_server_is_down_and_come_back_to_it(fresh_sqlite: str, tmp_path: Path) -> None:
    stage = await make_stage(fresh_sqlite, starts_in_s=30)

    with running_web(tmp_path, database_url=fresh_sqlite) as server:
        async with simulated_people(tmp_path, server.url, brisk(stage, talk_s=20)) as people:
            await people.until("ready")
            await asyncio.sleep(4)
            server.kill()
            await asyncio.sleep(3)
            server.start()
            await people.until("feedback_opened")
            met = people.told("met")

    # Twelve pictures a second on a machine that is free, and none of them went through the server.
    assert min(fact["frames"] for fact in met) >= 100
    [meeting] = await stage.rows(MeetingRow)
    assert (meeting.state, meeting.closed_by) == ("closed", "sent")


async def test_on_site_the_recruiter_starts_the_talk_and_no_line_is_opened(fresh_sqlite: str, tmp_path: Path) -> None:
    stage = await make_stage(fresh_sqlite, forms=("on_site",), starts_in_s=30)

    with running_web(tmp_path, database_url=fresh_sqlite) as server:
        async with simulated_people(tmp_path, server.url, brisk(stage, talk_s=1)) as people:
            await people.until("feedback_opened")
            met = people.told("met")

    assert met == []
    [meeting] = await stage.rows(MeetingRow)
    assert (meeting.state, meeting.closed_by) == ("closed", "sent")


async def test_who_has_no_valid_link_gives_up_and_the_others_go_on(fresh_sqlite: str, tmp_path: Path) -> None:
    stage = await make_stage(fresh_sqlite, starts_in_s=30)
    stranger = Member(kind="seeker", person_id="nobody", join_token="not-a-link")

    with running_web(tmp_path, database_url=fresh_sqlite) as server:
        async with simulated_people(tmp_path, server.url, [stranger, *brisk(stage, talk_s=1)]) as people:
            await people.until("feedback_sent")
            gave_up = people.told("gave_up")

    assert [fact["what"].split(":")[0] for fact in gave_up] == ["404 LinkUnknown"]
