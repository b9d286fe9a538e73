"""A desk from opening to the next person, as its recruiter and the seekers see it."""

from __future__ import annotations

from tests.server.hall import Hall, make_hall
from tests.server.harness import App


async def test_an_open_desk_takes_in_whoever_is_ready_by_itself(hall: Hall) -> None:
    seeker = await hall.seeker()
    await seeker.post(f"/api/my/meetings/{hall.meetings[0]}/ready")

    opened = (await hall.recruiter.post(f"/api/desks/{hall.desk}/open")).json()

    assert (opened["is_open"], opened["now"]["id"], opened["now"]["state"]) == (True, str(hall.meetings[0]), "called")
    mine = (await seeker.get(f"/api/my/meetings/{hall.meetings[0]}")).json()
    assert (mine["state"], mine["queue"]) == ("called", None)


async def test_the_recruiter_sees_competences_and_questions_and_no_address(hall: Hall) -> None:
    await hall.meet()

    seeker = (await hall.read_desk())["now"]["seeker"]

    assert seeker == {
        "id": str(hall.seekers[0]),
        "name": "Seeker 0 Provsson",
        "initials": "SP",
        "competences": [{"label": "Python", "detail": "", "evidence": "self", "is_wanted": False}],
        "questions": ["Vem granskar min kod?"],
        "goal": None,
    }


async def test_those_who_wait_see_their_place_and_their_time(hall: Hall) -> None:
    await hall.meet()
    second = await hall.seeker(1)

    waiting = (await second.post(f"/api/my/meetings/{hall.meetings[1]}/ready")).json()

    assert waiting["queue"] == {
        "position": 1,
        "ahead": 0,
        "wait_min_s": 900,
        "wait_max_s": 1200,
        "reason": "not_yet_time",
        "desk_is_open": True,
        "meeting_running": True,
    }


async def test_time_ends_the_talk_and_then_the_feedback_time_and_the_draft_is_asked_for_again(hall: Hall) -> None:
    await hall.meet()

    await hall.tick(minutes=12)
    in_feedback = await hall.read_desk()
    await hall.tick(minutes=3)
    after = await hall.read_desk()

    assert in_feedback["now"]["state"] == "feedback"
    assert after["now"] is None
    assert [(one["id"], one["closed_by"]) for one in after["unsent"]] == [(str(hall.meetings[0]), "time")]


async def test_the_next_person_comes_in_when_the_scorecard_is_sent(hall: Hall) -> None:
    hall.app.clock.advance(minutes=5)
    await hall.meet()
    second = await hall.seeker(1)
    await second.post(f"/api/my/meetings/{hall.meetings[1]}/ready")
    await hall.tick(minutes=12)

    await hall.give_feedback()

    desk = await hall.read_desk()
    assert (desk["now"]["id"], desk["now"]["state"]) == (str(hall.meetings[1]), "called")


async def test_a_closed_desk_takes_in_nobody_and_a_running_meeting_goes_on(hall: Hall) -> None:
    await hall.meet()
    second = await hall.seeker(1)
    await second.post(f"/api/my/meetings/{hall.meetings[1]}/ready")

    closed = (await hall.recruiter.post(f"/api/desks/{hall.desk}/close")).json()
    await hall.tick(minutes=15)

    assert (closed["is_open"], closed["now"]["state"]) == (False, "talking")
    assert (await hall.read_desk())["now"] is None
    mine = (await second.get(f"/api/my/meetings/{hall.meetings[1]}")).json()
    assert (mine["state"], mine["queue"]["reason"]) == ("checked_in", "desk_closed")


async def test_a_talk_is_extended_only_while_nobody_is_made_to_wait(hall: Hall) -> None:
    await hall.meet()
    before = (await hall.read_desk())["now"]

    refused = await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/extend")
    for number in (1, 2):
        seeker = await hall.seeker(number)
        assert (await seeker.post(f"/api/my/meetings/{hall.meetings[number]}/cancel")).status_code == 200
    allowed = await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/extend")

    assert (before["can_extend"], refused.status_code) == (True, 200)
    assert allowed.json()["now"]["extensions"] == 2


async def test_somebody_who_never_came_is_a_no_show_and_the_others_do_not_wait(hall: Hall) -> None:
    second = await hall.seeker(1)
    await hall.recruiter.post(f"/api/desks/{hall.desk}/open")
    await hall.tick(minutes=5 + 10)
    await second.post(f"/api/my/meetings/{hall.meetings[1]}/ready")

    desk = await hall.read_desk()

    assert desk["now"]["id"] == str(hall.meetings[1])
    first = await hall.seeker(0)
    assert (await first.get(f"/api/my/meetings/{hall.meetings[0]}")).json()["state"] == "no_show"


async def test_on_site_the_recruiter_starts_when_the_seeker_stands_there(app: App) -> None:
    hall = await make_hall(app, form="on_site")
    seeker = await hall.seeker()
    await hall.recruiter.post(f"/api/desks/{hall.desk}/open")
    await seeker.post(f"/api/my/meetings/{hall.meetings[0]}/ready")

    started = await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/start")

    assert (started.status_code, started.json()["now"]["state"]) == (200, "talking")


async def test_another_employers_recruiter_finds_neither_desk_nor_meeting(hall: Hall) -> None:
    mine = await hall.recruiter.get(f"/api/desks/{hall.desk}")
    theirs = await hall.other_recruiter.get(f"/api/desks/{hall.desk}")
    call = await hall.other_recruiter.post(f"/api/meetings/{hall.meetings[0]}/call")

    assert (mine.status_code, theirs.status_code, call.status_code) == (200, 404, 404)


async def test_a_command_that_cannot_be_followed_says_what_to_do(hall: Hall) -> None:
    answer = await hall.recruiter.post(f"/api/meetings/{hall.meetings[0]}/start")

    assert answer.status_code == 409
    assert answer.json() == {
        "type": "urn:direktkontakt:problem:MeetingCannotDoThat",
        "title": "The meeting cannot do that now",
        "status": 409,
        "detail": "the seeker has not checked in; wait for them or check them in first",
        "fields": [],
        "reason": "NotReady",
    }


async def test_one_key_extends_once_however_often_it_is_tried(hall: Hall) -> None:
    await hall.meet()
    headers = {"Idempotency-Key": "one-tap"}
    path = f"/api/meetings/{hall.meetings[0]}/extend"

    tries = [await hall.recruiter.post(path, headers=headers) for _ in range(3)]

    assert [one.status_code for one in tries] == [200, 200, 200]
    assert (await hall.read_desk())["now"]["extensions"] == 1


async def test_a_desk_with_three_in_line_costs_no_more_statements_than_one(hall: Hall, count_statements) -> None:  # type: ignore[no-untyped-def]
    await hall.meet()
    with count_statements() as few:
        await hall.read_desk()
    for number in (1, 2):
        seeker = await hall.seeker(number)
        await seeker.post(f"/api/my/meetings/{hall.meetings[number]}/ready")
    with count_statements() as many:
        await hall.read_desk()

    assert len(many) == len(few)
