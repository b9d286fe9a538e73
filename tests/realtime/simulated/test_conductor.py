from __future__ import annotations

from pathlib import Path

from realtime.simulated.conductor import Score, run_event
from server.meetings.tables import MeetingRow
from server.scorecards.tables import ScorecardRow
from tests.realtime.simulated.stage import make_stage
from tests.services.web import running_web

SCORE = Score(desks_at_a_time=2, talk_s=1.5, stall_s=40)


async def test_every_meeting_of_an_event_is_held_with_pictures_and_its_feedback_read(
    fresh_sqlite: str, tmp_path: Path
) -> None:
    stage = await make_stage(fresh_sqlite, forms=("video", "on_site", "video"), seekers=3)
    facts: list[str] = []

    with running_web(tmp_path, database_url=fresh_sqlite) as server:
        account = await run_event(
            server.url, stage.cast, score=SCORE, tell=lambda fact, **details: facts.append(f"{fact} {details}")
        )

    assert account.failed == [], "\n".join(facts)
    assert account.complete
    assert (account.desks, account.seekers, account.meetings_planned) == (3, 3, 9)
    assert account.meetings_by_form == {"on_site": 3, "video": 6}
    assert (account.video_with_frames_both_ways, account.profiles_holding) == (6, 3)
    assert min(account.frames["seeker"]["min"], account.frames["recruiter"]["min"]) >= 10
    assert {row.closed_by for row in await stage.rows(MeetingRow)} == {"sent"}
    assert {row.state for row in await stage.rows(ScorecardRow)} == {"released"}
