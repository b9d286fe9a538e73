"""Whoever has said that they come later is offered nothing before that, by anybody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlmodel import col, select

from server.recruitment_events.tables import AbsenceRow
from tests.server.expo import Expo
from tests.server.repairs.day import HAMNLJUS, NORDKOD, Day, make_day, moves


async def late_morning(expo: Expo) -> Day:
    """Amina does not come at ten; Bilal meets Nordkod at a quarter past, Hamnljus has nobody."""
    day = await make_day(expo)
    await day.lay(NORDKOD, 0, "Amina Ek")
    await day.lay(NORDKOD, 1, "Bilal Ek")
    await expo.publish()
    await expo.sent()
    await day.minutes_after_ten(4)
    return day


def late(day: Day, minutes: int) -> dict[str, Any]:
    return {"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": minutes}


async def says_late(day: Day, minutes: int) -> dict[str, Any]:
    happening = late(day, minutes)
    return await day.confirm((await day.ask(**happening))["options"][0], happening)


async def absences(day: Day) -> list[tuple[str, str]]:
    """When Amina is away, as times of day."""
    query = select(AbsenceRow).where(col(AbsenceRow.person_id) == UUID(day.people["Amina Ek"]["id"]))
    async with day.expo.app.database.read() as session:
        rows = (await session.exec(query)).all()
    return sorted((row.starts_at.strftime("%H.%M"), row.ends_at.strftime("%H.%M")) for row in rows)


async def test_who_comes_later_is_away_until_then_and_an_undo_takes_it_back(expo: Expo) -> None:
    day = await late_morning(expo)

    done = await says_late(day, 40)
    away = await absences(day)
    grid = await expo.grid()
    back = await day.try_to_confirm(done["undo"])

    assert away == [("08.04", "08.44")]
    assert [one["person_id"] for one in grid["absences"]] == [day.people["Amina Ek"]["id"]]
    assert back.status_code == 200, back.text
    assert await absences(day) == []
    assert ("Amina Ek", NORDKOD, 0, "late") in await day.lies()


async def test_until_they_come_a_repair_offers_them_no_freed_time(expo: Expo) -> None:
    day = await late_morning(expo)
    freed = {"kind": "no_show", "meeting_id": await day.lay(HAMNLJUS, 2, "Clara Ek")}
    before = (await day.ask(**freed))["options"]
    await says_late(day, 40)

    after = (await day.ask(**freed))["options"]

    assert ("Amina Ek", None, "08:30") not in set().union(*map(moves, after))
    assert ("Bilal Ek", None, "08:30") in set().union(*map(moves, after))
    # She was awaited then; now she is known to come, only later than that.
    assert ("Amina Ek", None, "08:30") not in set().union(*map(moves, before))


async def test_until_they_come_they_can_book_nothing_earlier(expo: Expo) -> None:
    day = await late_morning(expo)
    await says_late(day, 40)
    browser = await expo.browser_of(day.people["Amina Ek"])

    openings = (await browser.get(f"/api/events/{expo.id}/openings")).json()
    body = {"recruitment_event_id": expo.id, **day.spot(HAMNLJUS, 2)}
    early = await browser.post("/api/my/bookings", json=body)
    later = await browser.post("/api/my/bookings", json=body | day.spot(HAMNLJUS, 5))

    free = {
        (employer["employer"]["name"], opening["starts_at"][11:16])
        for employer in openings["employers"]
        for opening in employer["openings"]
        if opening["free"]
    }
    assert (HAMNLJUS, "08:30") not in free
    assert (HAMNLJUS, "09:15") in free
    assert (early.status_code, later.status_code) == (409, 201)


async def test_until_they_come_the_grid_proposes_no_earlier_time_for_them(expo: Expo) -> None:
    day = await late_morning(expo)
    await says_late(day, 40)
    await day.lay(HAMNLJUS, 2, "Clara Ek")

    taken = await expo.lay(day.desks[HAMNLJUS], 2, day.people["Amina Ek"])

    assert taken.status_code == 409
    starts = sorted(one["starts_at"][11:16] for one in taken.json()["alternatives"])
    assert starts and starts[0] >= "08:45"


async def test_a_second_word_of_when_they_come_replaces_the_first_and_is_what_an_undo_goes_back_to(expo: Expo) -> None:
    day = await late_morning(expo)
    await says_late(day, 40)
    await day.minutes_after_ten(14)
    happening = {"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": 60}
    await day.lay(HAMNLJUS, 7, "Clara Ek")

    done = await day.confirm((await day.ask(**happening))["options"][0], happening)
    second = await absences(day)
    back = await day.try_to_confirm(done["undo"])

    assert second == [("08.14", "09.14")]
    assert back.status_code == 200, back.text
    assert await absences(day) == [("08.04", "08.44")]


async def test_who_comes_sooner_than_was_said_has_the_earlier_times_again(expo: Expo) -> None:
    day = await late_morning(expo)
    await says_late(day, 90)
    sooner = {"kind": "late", "meeting_id": day.meetings["Amina Ek", 0], "minutes": 20}
    freed = {"kind": "no_show", "meeting_id": await day.lay(HAMNLJUS, 3, "Clara Ek")}
    before = (await day.ask(**freed))["options"]

    repairs = await day.ask(**sooner)
    await day.confirm(repairs["options"][0], sooner)
    after = (await day.ask(**freed))["options"]

    assert moves(repairs["options"][0]) == set()  # nothing is missed; it is only noted
    assert await absences(day) == [("08.04", "08.24")]
    taken = ("Amina Ek", None, "08:45")
    assert [taken in set().union(*map(moves, options)) for options in (before, after)] == [False, True]


async def test_who_has_come_is_late_no_more(expo: Expo) -> None:
    day = await late_morning(expo)
    await says_late(day, 40)

    await day.come("Amina Ek", 0)

    assert await absences(day) == []


async def test_who_stands_at_the_door_is_late_no_more(expo: Expo) -> None:
    day = await late_morning(expo)
    await says_late(day, 40)
    walk_in = {"kind": "walk_in", "seeker_id": day.people["Amina Ek"]["id"]}

    repairs = await day.ask(**walk_in)
    done = await day.confirm(repairs["options"][0], walk_in)
    here = await absences(day)
    back = await day.try_to_confirm(done["undo"])

    assert moves(repairs["options"][0]) == {("Amina Ek", None, "08:15")}
    assert here == []
    assert back.status_code == 200, back.text
    assert await absences(day) == [("08.04", "08.44")]


async def test_of_two_staff_who_say_otherwise_of_one_person_the_second_is_asked_anew(expo: Expo) -> None:
    day = await late_morning(expo)
    first, second = late(day, 40), late(day, 60)
    bodies = [
        {"happening": one, "away": [{key: value for key, value in option["away"][0].items() if key != "name"}]}
        for one in (first, second)
        for option in [(await day.ask(**one))["options"][0]]
    ]

    answers = [await day.try_to_confirm(body) for body in bodies]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["detail"] == "somebody has said since when they come"
    assert answers[1].json()["repairs"]["options"][0]["away"][0]["until_before"] == "2026-05-12T08:44:00Z"
    assert await absences(day) == [("08.04", "08.44")]


async def test_what_they_had_said_themselves_is_left_as_it_is(expo: Expo) -> None:
    day = await late_morning(expo)
    now = expo.app.clock()
    async with expo.app.database.transaction() as session:
        own = {"recruitment_event_id": UUID(expo.id), "person_id": UUID(day.people["Amina Ek"]["id"])}
        session.add(AbsenceRow(**own, starts_at=now, ends_at=now.replace(minute=50)))

    done = await says_late(day, 20)
    said = await absences(day)
    await day.try_to_confirm(done["undo"])

    assert said == [("08.03", "08.24"), ("08.04", "08.50")]
    assert await absences(day) == [("08.04", "08.50")]
