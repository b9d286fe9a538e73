"""What staff are offered when something happens, and what is done when they choose."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

from tests.server.expo import Expo, other_staff
from tests.server.harness import Browser
from tests.server.repairs.day import HAMNLJUS, NORDKOD, Day, make_day, moves, wanted


async def full_morning(expo: Expo) -> Day:
    """Amina at ten and Bilal at half past meet Nordkod; Clara meets Hamnljus at ten; Doris has no meeting yet."""
    day = await make_day(expo)
    await day.lay(NORDKOD, 0, "Amina Ek")
    await day.lay(NORDKOD, 2, "Bilal Ek")
    await day.lay(HAMNLJUS, 0, "Clara Ek")
    await day.seeker("Doris Ek")
    await expo.publish()
    await expo.sent()
    return day


async def at_desk(day: Day, employer: str) -> Browser:
    """The recruiter, whose desk is open."""
    recruiter = await day.expo.app.signed_in(UUID(day.desks[employer]["recruiter_id"]))
    assert (await recruiter.post(f"/api/desks/{day.desks[employer]['id']}/open")).status_code == 200
    return recruiter


async def mailed(expo: Expo) -> list[tuple[str, str]]:
    """Who gets which mail, by the first name before the at."""
    return sorted((mail["to"].split("@")[0], mail["subject"].split()[0]) for mail in await expo.sent())


async def test_a_freed_seat_is_offered_to_who_is_here_and_comes_back_if_that_was_wrong(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(-5)
    await day.come("Bilal Ek", 2)
    await day.minutes_after_ten(4)
    missed = {"kind": "no_show", "meeting_id": day.meetings["Amina Ek", 0]}

    repairs = await day.ask(**missed)
    (option,) = repairs["options"]
    done = await day.confirm(option, missed)

    assert repairs["about"] == {
        "code": "no_show",
        "params": {"name": "Amina Ek", "employer": NORDKOD, "desk": 1, "at": "2026-05-12T08:00:00+00:00"},
    }
    assert [one["code"] for one in repairs["if_nothing"]] == ["seat_empty"]
    # Doris has not come: she is offered Bilal's later time, not the seat that is free now.
    assert moves(option) == {("Amina Ek", "08:00", None), ("Bilal Ek", "08:30", "08:00"), ("Doris Ek", None, "08:30")}
    assert [one["name"] for one in option["told"]] == ["Bilal Ek", "Doris Ek", f"Rekryterare på {NORDKOD}"]
    assert await day.lies() == {
        ("Amina Ek", NORDKOD, 0, "no_show"),
        ("Bilal Ek", NORDKOD, 0, "checked_in"),
        ("Clara Ek", HAMNLJUS, 0, "late"),
        ("Doris Ek", NORDKOD, 2, "booked"),
    }
    assert await mailed(expo) == [
        ("bilal.ek", "Ändrat"),
        ("doris.ek", "Bokat"),
        ("rekryterare", "Nytt"),
        ("rekryterare", "Ändrat"),
    ]

    assert (await day.try_to_confirm(done["undo"])).status_code == 200
    assert await day.lies() == {
        ("Amina Ek", NORDKOD, 0, "late"),
        ("Bilal Ek", NORDKOD, 2, "checked_in"),
        ("Clara Ek", HAMNLJUS, 0, "late"),
        ("Doris Ek", NORDKOD, 2, "cancelled"),
    }


async def test_an_open_desk_takes_in_whoever_was_given_the_seat_at_once(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.come("Bilal Ek", 2)
    await day.minutes_after_ten(4)
    recruiter = await at_desk(day, NORDKOD)
    missed = {"kind": "no_show", "meeting_id": day.meetings["Amina Ek", 0]}

    await day.confirm((await day.ask(**missed))["options"][0], missed)

    state = (await recruiter.get(f"/api/desks/{day.desks[NORDKOD]['id']}")).json()
    assert (state["now"]["seeker"]["name"], state["now"]["state"]) == ("Bilal Ek", "called")


async def test_who_comes_late_gets_a_later_time_where_nobody_else_moves(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(4)
    late = {"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": 20}

    repairs = await day.ask(**late)
    best = repairs["options"][0]
    await day.confirm(best, late)

    assert repairs["if_nothing"] == [
        {"code": "meeting_missed", "params": {"employer": NORDKOD, "at": "2026-05-12T08:00:00+00:00"}}
    ]
    # Half past is Bilal's, so a quarter to eleven is the first that is free.
    assert moves(best) == {("Amina Ek", "08:00", "08:45")}
    assert [one["code"] for one in best["costs"]] == ["moves", "nobody_else_moves"]
    assert (best["people_moved"], best["meetings_dropped"]) == (0, 0)
    assert await day.lies() >= {("Amina Ek", NORDKOD, 3, "booked"), ("Bilal Ek", NORDKOD, 2, "booked")}
    assert await mailed(expo) == [("amina.ek", "Ändrat"), ("rekryterare", "Ändrat")]


async def test_who_was_given_up_is_welcome_all_the_same(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(20)
    assert ("Amina Ek", NORDKOD, 0, "no_show") in await day.lies()
    late = {"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": 1}

    best = (await day.ask(**late))["options"][0]
    done = await day.confirm(best, late)

    assert moves(best) == {("Amina Ek", "08:00", "08:45")}
    assert ("Amina Ek", NORDKOD, 3, "booked") in await day.lies()
    assert done["undo"] is None  # ten o'clock is over


async def test_a_walk_in_gets_as_many_meetings_as_asked_for(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(4)
    walk_in = {"kind": "walk_in", "seeker_id": await day.seeker("Elsa Ek"), "wanted": 2}
    await expo.sent()

    repairs = await day.ask(**walk_in)
    await day.confirm(repairs["options"][0], walk_in)

    times = sorted(after for _, _, after in moves(repairs["options"][0]) if after)
    assert times == ["08:15", "08:30"]
    assert {(one[1], one[3]) for one in await day.lies() if one[0] == "Elsa Ek"} == {
        (NORDKOD, "booked"),
        (HAMNLJUS, "booked"),
    }
    assert [mail for mail in await mailed(expo) if mail[0] == "elsa.ek"] == [("elsa.ek", "Bokat")]


async def test_where_a_recruiter_is_gone_a_colleague_can_take_over_and_nobody_moves(expo: Expo) -> None:
    day = await full_morning(expo)
    desk = day.desks[NORDKOD]["id"]
    colleague = {"name": "Nils Nyberg", "email": "nils@nordkod.example"}
    path = f"/employers/{await employer_of(expo)}/recruiters"
    answer = await expo.staff.post(expo.url(path), json=colleague)
    assert answer.status_code in (200, 201), answer.text
    await day.minutes_after_ten(4)
    gone = {"kind": "recruiter_gone", "desk_id": desk}

    repairs = await day.ask(**gone)
    first = repairs["options"][0]
    done = await day.confirm(first, gone)

    assert (first["changes"], first["desks"][0]["recruiter_name"]) == ([], "Nils Nyberg")
    assert [one["code"] for one in first["costs"]] == ["takes_over", "everybody_keeps_time"]
    assert {one["name"] for one in first["told"]} == {
        "Amina Ek",
        "Bilal Ek",
        "Nils Nyberg",
        f"Rekryterare på {NORDKOD}",
    }
    assert ("nils", "Ändrat") in await mailed(expo)
    assert (await day.try_to_confirm(done["undo"])).status_code == 200
    assert ("nils", "Inställt") in await mailed(expo)


async def test_a_closed_desk_gives_its_meetings_to_the_employers_other_desk(expo: Expo) -> None:
    day = await full_morning(expo)
    answer = await expo.staff.post(
        expo.url("/desks"), json={"organisation_id": (await employer_of(expo)), "form": "video"}
    )
    assert answer.status_code == 201, answer.text
    other = answer.json()
    await day.minutes_after_ten(-5)
    closed = {"kind": "desk_closed", "desk_id": day.desks[NORDKOD]["id"]}

    repairs = await day.ask(**closed)
    option = repairs["options"][0]
    done = await day.confirm(option, closed)

    assert {(one["seeker_name"], one["after"]["desk_id"]) for one in option["changes"]} == {
        ("Amina Ek", other["id"]),
        ("Bilal Ek", other["id"]),
    }
    assert (option["people_moved"], option["meetings_dropped"]) == (0, 0)
    again = await day.ask(**closed)
    assert again["if_nothing"] == [{"code": "nobody_waits", "params": {}}]

    assert (await day.try_to_confirm(done["undo"])).status_code == 200
    assert {one[:3] for one in await day.lies()} >= {("Amina Ek", NORDKOD, 0), ("Bilal Ek", NORDKOD, 2)}


async def employer_of(expo: Expo) -> str:
    found: list[dict[str, Any]] = (await expo.staff.get(expo.url("/employers"))).json()
    return str(next(one["id"] for one in found if one["name"] == NORDKOD))


async def test_where_no_other_desk_is_the_meetings_are_not_held_and_that_is_said(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(-5)
    closed = {"kind": "desk_closed", "desk_id": day.desks[NORDKOD]["id"]}

    repairs = await day.ask(**closed)
    option = next(one for one in repairs["options"] if one["meetings_dropped"] == 2)
    await day.confirm(option, closed)

    assert repairs["if_nothing"] == [
        {"code": "wait_in_vain", "params": {"count": 2, "first": "2026-05-12T08:00:00+00:00"}}
    ]
    assert {one["code"] for one in option["costs"]} >= {"loses"}
    assert {one for one in await day.lies() if one[1] == NORDKOD} >= {
        ("Amina Ek", NORDKOD, 0, "cancelled"),
        ("Bilal Ek", NORDKOD, 2, "cancelled"),
    }


async def test_what_has_begun_is_never_touched(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.come("Amina Ek", 0)
    recruiter = await at_desk(day, NORDKOD)
    await day.minutes_after_ten(1)
    await recruiter.post(f"/api/meetings/{day.meetings['Amina Ek', 0]}/start")
    assert ("Amina Ek", NORDKOD, 0, "talking") in await day.lies()

    refused = [
        await day.try_to_ask(kind="no_show", meeting_id=day.meetings["Amina Ek", 0]),
        await day.try_to_ask(kind="late", meeting_id=day.meetings["Amina Ek", 0], minutes=5),
    ]
    closed = await day.ask(kind="desk_closed", desk_id=day.desks[NORDKOD]["id"])
    touched = {one["seeker_name"] for option in closed["options"] for one in option["changes"]}
    change = {
        "seeker_id": day.people["Amina Ek"]["id"],
        "organisation_id": await employer_of(expo),
        "before": day.spot(NORDKOD, 0),
        "after": day.spot(NORDKOD, 4),
    }
    forced = await day.try_to_confirm({"changes": [change]})

    assert [one.json()["type"].split(":")[-1] for one in refused] == ["MeetingHasBegun"] * 2
    assert touched == {"Bilal Ek"}
    assert (forced.status_code, forced.json()["type"].split(":")[-1]) == (409, "PlanHasChanged")
    assert ("Amina Ek", NORDKOD, 0, "talking") in await day.lies()


async def test_of_two_staff_who_give_one_seat_away_one_is_told_what_is_left(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(4)
    elsa, fatima = await day.seeker("Elsa Ek"), await day.seeker("Fatima Ek")
    await expo.sent()
    bodies = []
    for seeker_id in (elsa, fatima):
        happening = {"kind": "walk_in", "seeker_id": seeker_id}
        options = (await day.ask(**happening))["options"]
        same = next(one for one in options if (moves(one) and one["changes"][0]["employer_name"] == HAMNLJUS))
        bodies.append(wanted(same, happening))

    answers = await asyncio.gather(*(day.try_to_confirm(body, str(uuid4())) for body in bodies))

    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (refused,) = [answer.json() for answer in answers if answer.status_code == 409]
    assert refused["type"].endswith(":PlanHasChanged")
    new = refused["repairs"]["options"]
    assert new and all(moves(one) != moves_of(bodies[0], expo) for one in new)
    lies = await day.lies()
    assert len([one for one in lies if one[0] in ("Elsa Ek", "Fatima Ek")]) == 1
    assert len([mail for mail in await mailed(expo) if mail[0] in ("elsa.ek", "fatima.ek")]) == 1


def moves_of(body: dict[str, Any], expo: Expo) -> set[tuple[str, None, str]]:
    """The places in a body, by the time of day; names are not in it."""
    starts = {slot["id"]: slot["starts_at"][11:16] for slot in expo.slots}
    return {("", None, starts[change["after"]["slot_id"]]) for change in body["changes"]}


async def test_a_retry_changes_nothing_and_tells_nobody_again(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(4)
    late = {"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": 20}
    body = wanted((await day.ask(**late))["options"][0], late)
    key = str(uuid4())

    first = await day.try_to_confirm(body, key)
    second = await day.try_to_confirm(body, key)
    other_key = await day.try_to_confirm(body, str(uuid4()))

    assert (first.status_code, second.status_code, other_key.status_code) == (200, 200, 409)
    assert first.json() == second.json()
    assert await mailed(expo) == [("amina.ek", "Ändrat"), ("rekryterare", "Ändrat")]


async def test_people_can_take_each_others_places_in_one_go(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(-5)
    employer = await employer_of(expo)
    swap = [
        {
            "seeker_id": day.people[name]["id"],
            "organisation_id": employer,
            "before": day.spot(NORDKOD, before),
            "after": day.spot(NORDKOD, after),
        }
        for name, before, after in (("Amina Ek", 0, 2), ("Bilal Ek", 2, 0))
    ]

    answer = await day.try_to_confirm({"changes": swap})

    assert answer.status_code == 200, answer.text
    assert await day.lies() >= {("Amina Ek", NORDKOD, 2, "booked"), ("Bilal Ek", NORDKOD, 0, "booked")}


async def test_half_an_option_is_never_done(expo: Expo) -> None:
    day = await full_morning(expo)
    await day.minutes_after_ten(-5)
    employer = await employer_of(expo)
    # The first can be done, the second lies elsewhere.
    changes = [
        {
            "seeker_id": day.people[name]["id"],
            "organisation_id": employer,
            "before": day.spot(NORDKOD, before),
            "after": day.spot(NORDKOD, after),
        }
        for name, before, after in (("Amina Ek", 0, 4), ("Bilal Ek", 3, 5))
    ]

    answer = await day.try_to_confirm({"changes": changes})

    assert answer.status_code == 409
    assert ("Amina Ek", NORDKOD, 0, "booked") in await day.lies()
    assert await mailed(expo) == []


async def test_what_is_missing_or_strange_is_said_at_its_field(expo: Expo) -> None:
    day = await full_morning(expo)
    unknown = str(uuid4())
    tries: list[tuple[dict[str, Any], str]] = [
        ({"kind": "no_show"}, "meeting_id"),
        ({"kind": "no_show", "meeting_id": unknown}, "meeting_id"),
        ({"kind": "late", "meeting_id": day.meetings["Amina Ek", 0]}, "minutes"),
        ({"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": -5}, "minutes"),
        ({"kind": "walk_in"}, "seeker_id"),
        ({"kind": "walk_in", "seeker_id": unknown}, "seeker_id"),
        ({"kind": "walk_in", "seeker_id": day.people["Doris Ek"]["id"], "wanted": 0}, "wanted"),
        ({"kind": "desk_closed"}, "desk_id"),
        ({"kind": "recruiter_gone", "desk_id": unknown}, "desk_id"),
        ({"kind": "room_lost"}, "pool"),
        ({"kind": "room_lost", "pool": "video_rooms"}, "pool"),
        ({"kind": "room_lost", "pool": "cellar"}, "pool"),
        ({"kind": "room_lost", "desk_id": unknown}, "desk_id"),
        ({"kind": "flood"}, "kind"),
    ]

    answers = [await day.try_to_ask(**body) for body, _ in tries]
    nothing = await day.try_to_confirm({"changes": []})

    assert [(answer.status_code, answer.json()["fields"][0]["path"]) for answer in answers] == [
        (422, path) for _, path in tries
    ]
    assert nothing.status_code == 422


async def test_a_plan_that_nobody_has_been_told_of_and_one_that_is_over_are_not_repaired(expo: Expo) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 0, "Amina Ek")
    happening = {"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": 5}

    draft = await day.try_to_ask(**happening)
    await expo.publish()
    await day.minutes_after_ten(60)
    await expo.grid()  # staff stay signed in
    await day.minutes_after_ten(150)
    over = await day.try_to_ask(**happening)

    assert [answer.json()["type"].split(":")[-1] for answer in (draft, over)] == ["EventNotRunning"] * 2


async def test_staff_of_another_event_find_nothing(expo: Expo) -> None:
    day = await full_morning(expo)
    stranger = await other_staff(expo.app)
    happening = {"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": 5}

    asked = await stranger.post(expo.url("/repairs"), json=happening)
    done = await stranger.post(expo.url("/repairs/confirm"), json={"changes": [], "pools": {"video_rooms": 1}})

    assert (asked.status_code, done.status_code) == (404, 404)
    assert (await day.try_to_ask(**happening)).status_code == 200
