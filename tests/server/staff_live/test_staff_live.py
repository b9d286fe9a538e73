"""The board and the door, as the event's staff use them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlmodel import col, select

from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow
from tests.server.hall import Hall, make_hall
from tests.server.harness import App
from tests.server.world import World


async def board_of(hall: Hall) -> dict[str, Any]:
    answer = await hall.staff.get(f"/api/recruitment-events/{hall.event}/live")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def code_of(hall: Hall, number: int) -> str:
    seeker = await hall.seeker(number)
    return str((await seeker.get(f"/api/my/meetings/{hall.meetings[number]}")).json()["check_in_code"])


async def check_in(hall: Hall, **body: object) -> tuple[int, dict[str, Any]]:
    answer = await hall.staff.post(f"/api/recruitment-events/{hall.event}/check-in", json=body)
    return answer.status_code, answer.json()


async def test_the_board_shows_who_is_at_the_desk_and_whom_to_call(hall: Hall) -> None:
    await hall.meet()

    board = await board_of(hall)

    [desk] = board["desks"]
    assert (desk["number"], desk["activity"], desk["is_open"]) == (1, "talking", True)
    assert (desk["current"]["seeker_name"], desk["next"]["seeker_name"]) == ("Seeker 0 Provsson", "Seeker 1 Provsson")
    assert board["contacts"] == [
        {
            "desk_id": str(hall.desk),
            "recruiter_name": "Recruiter Provsson",
            "phone": None,
            "email": "recruiter@hall.example",
        }
    ]
    assert board["event"]["name"] == "IT-dagen"
    assert board["counts"] == {
        "seekers": 3,
        "arrived": 1,
        "meetings": 3,
        "held": 0,
        "no_shows": 0,
        "feedback_sent": 0,
    }


async def test_the_day_is_counted_from_what_was_held_and_sent(hall: Hall) -> None:
    await hall.meet()
    await hall.give_feedback()

    counts = (await board_of(hall))["counts"]

    assert (counts["arrived"], counts["held"], counts["feedback_sent"]) == (1, 1, 1)


async def test_the_board_never_shows_an_answer(hall: Hall) -> None:
    await hall.meet()
    await hall.give_feedback()
    seeker = await hall.seeker()
    feedback = (await seeker.get("/api/my/feedback")).json()[0]["id"]
    assert "Kanariefågeln" in (await seeker.post(f"/api/my/feedback/{feedback}/open")).text

    board = await hall.staff.get(f"/api/recruitment-events/{hall.event}/live")

    assert "Kanariefågeln" not in board.text


@pytest.mark.parametrize("desks", [1, 3])
async def test_the_board_takes_as_many_statements_for_three_desks_as_for_one(
    hall: Hall, desks: int, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    async with hall.app.database.transaction() as session:
        first = await session.get_one(DeskRow, hall.desk)
        for number in range(2, desks + 1):
            session.add(DeskRow(**first.model_dump(exclude={"id", "number", "recruiter_id"}), number=number))

    with count_statements() as seen:
        board = await board_of(hall)

    assert len(board["desks"]) == desks
    assert len([one for one in seen if one.startswith("SELECT")]) == 7


async def test_a_code_checks_in_however_it_is_written(hall: Hall) -> None:
    code = await code_of(hall, 0)

    status, here = await check_in(hall, code=f" {code[:3].lower()}-{code[3:]} ")

    assert status == 200
    assert here == {
        "meeting_id": str(hall.meetings[0]),
        "check_in_code": code,
        "seeker_id": str(hall.seekers[0]),
        "seeker_name": "Seeker 0 Provsson",
        "state": "checked_in",
        "form": "video",
        "starts_at": hall.starts_at.isoformat().replace("+00:00", "Z"),
        "ready_at": hall.app.clock().isoformat().replace("+00:00", "Z"),
        "desk_number": 1,
        "station_name": None,
        "employer_name": "Fjällnät (exempel)",
        "already": False,
        "ahead": 0,
    }


async def test_the_same_code_again_says_that_they_are_here_already(hall: Hall) -> None:
    code = await code_of(hall, 0)
    await check_in(hall, code=code)

    status, here = await check_in(hall, code=code)

    assert (status, here["already"], here["state"]) == (200, True, "checked_in")


async def test_somebody_without_their_code_is_picked_from_the_list(hall: Hall) -> None:
    arrivals = (await hall.staff.get(f"/api/recruitment-events/{hall.event}/arrivals")).json()
    assert [one["seeker_name"] for one in arrivals] == [f"Seeker {n} Provsson" for n in range(3)]
    await check_in(hall, meeting_id=arrivals[0]["meeting_id"])

    status, here = await check_in(hall, meeting_id=arrivals[1]["meeting_id"])

    assert (status, here["seeker_name"], here["ahead"]) == (200, "Seeker 1 Provsson", 1)


async def test_an_unknown_code_is_told_apart_from_a_meeting_that_is_over(hall: Hall) -> None:
    await hall.meet()
    await hall.give_feedback()

    unknown_status, unknown = await check_in(hall, code="999999")
    over_status, over = await check_in(hall, code=await code_of(hall, 0))

    assert (unknown_status, unknown["type"]) == (404, "urn:direktkontakt:problem:CodeUnknown")
    assert (over_status, over["type"]) == (409, "urn:direktkontakt:problem:CheckInNotPossible")
    assert (over["reason"], over["arrival"]["seeker_name"]) == ("MeetingIsOver", "Seeker 0 Provsson")


async def test_of_two_meetings_with_one_code_the_one_that_is_not_over_is_meant(hall: Hall) -> None:
    await hall.meet()
    await hall.give_feedback()
    async with hall.app.database.transaction() as session:
        rows = await session.exec(select(MeetingRow).where(col(MeetingRow.id).in_(hall.meetings[:2])))
        for row in rows:
            row.check_in_code = "AC37KM"
            session.add(row)

    status, here = await check_in(hall, code="AC37KM")

    assert (status, here["meeting_id"]) == (200, str(hall.meetings[1]))


async def test_a_late_seeker_is_welcome_at_the_door(hall: Hall) -> None:
    await hall.tick(minutes=9)
    assert (await board_of(hall))["desks"][0]["late"] == 1

    status, here = await check_in(hall, meeting_id=str(hall.meetings[0]))

    assert (status, here["state"]) == (200, "checked_in")
    assert (await board_of(hall))["desks"][0]["late"] == 0


async def test_code_or_meeting_must_be_given_and_not_both(hall: Hall) -> None:
    neither, _ = await check_in(hall)
    both, _ = await check_in(hall, code="AC37KM", meeting_id=str(hall.meetings[0]))

    assert (neither, both) == (422, 422)


async def test_staff_of_another_event_and_everybody_else_find_nothing(app: App, world: World) -> None:
    hall = await make_hall(app)
    code = await code_of(hall, 0)
    other_staff = await app.signed_in(world.staff)
    paths = [f"/api/recruitment-events/{hall.event}/{name}" for name in ("live", "arrivals")]

    seen = [(await other_staff.get(path)).status_code for path in paths]
    seen.append((await other_staff.post(paths[0].replace("live", "check-in"), json={"code": code})).status_code)
    refused = [(await hall.recruiter.get(path)).status_code for path in paths]

    assert (seen, refused) == ([404, 404, 404], [403, 403])
    assert (await check_in(hall, code=code))[0] == 200


async def test_a_meeting_of_another_event_cannot_be_checked_in_here(app: App, world: World) -> None:
    hall = await make_hall(app)
    code = await code_of(hall, 2)
    async with app.database.transaction() as session:
        row = await session.get_one(MeetingRow, hall.meetings[2])
        row.recruitment_event_id = world.event
        session.add(row)

    by_meeting, _ = await check_in(hall, meeting_id=str(hall.meetings[2]))
    by_code, _ = await check_in(hall, code=code)

    assert (by_meeting, by_code) == (404, 404)
