"""Who needs more time meets for two slots in a row: laid, moved and booked so, told so, and held so."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import icalendar

from server.live.clock import EventClock
from tests.server.expo import Expo
from tests.server.harness import Browser

NEEDS = {"extra_time": True, "accessible_station": False, "interpreter": None}
PROBLEM = "urn:direktkontakt:problem:"


async def long_seeker(expo: Expo, name: str = "Amina Warsame") -> dict[str, Any]:
    return await expo.seeker(name, scheduling_needs=NEEDS)


async def moved(expo: Expo, change: dict[str, Any], slot: int) -> Any:
    place = {"desk_id": change["meeting"]["desk_id"], "slot_id": expo.slots[slot]["id"]}
    return await expo.staff.post(f"/api/meetings/{change['meeting']['id']}/move", json=place)


def numbers(expo: Expo, problem: dict[str, Any]) -> list[tuple[int, int]]:
    """The alternatives as first and last slot."""
    starts = [slot["starts_at"] for slot in expo.slots]
    ends = [slot["ends_at"] for slot in expo.slots]
    return [(starts.index(one["starts_at"]), ends.index(one["ends_at"])) for one in problem["alternatives"]]


async def test_a_meeting_laid_by_hand_takes_both_slots_from_everybody(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    laid = await expo.laid(desk, 2, await long_seeker(expo))

    refused = [await expo.lay(desk, slot, await expo.seeker(f"Johan {slot}")) for slot in (2, 3)]
    beside = await expo.lay(desk, 4, await expo.seeker("Johan 4"))

    assert laid["meeting"]["ends_at"] == expo.slots[3]["ends_at"]
    assert [(one.status_code, one.json()["party"]) for one in refused] == [(409, "desk")] * 2
    assert beside.status_code == 201


async def test_a_second_slot_that_is_taken_is_said_with_other_places_of_two(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    await expo.laid(desk, 3, await expo.seeker("Johan Berg"))

    refused = await expo.lay(desk, 2, await long_seeker(expo))

    problem = refused.json()
    assert (refused.status_code, problem["type"], problem["party"]) == (409, f"{PROBLEM}SlotTaken", "desk")
    assert problem["takes_two"] is True
    assert problem["detail"] == "the desk is taken in one of the two times in a row that the meeting takes"
    assert numbers(expo, problem) == [(1, 2), (0, 1), (4, 5)]


async def test_the_last_slot_alone_is_refused_and_says_why(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]

    refused = await expo.lay(desk, 7, await long_seeker(expo))

    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (409, f"{PROBLEM}TakesTwoTimes")
    assert problem["detail"] == "the meeting takes two times in a row, and no time follows this one"
    assert numbers(expo, problem) == [(6, 7), (5, 6), (4, 5)]
    assert (await expo.grid())["meetings"] == []


async def test_a_move_keeps_the_length_even_when_the_need_is_gone(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await long_seeker(expo)
    laid = await expo.laid(desk, 0, seeker)
    none = {"scheduling_needs": {"extra_time": False, "accessible_station": False, "interpreter": None}}
    assert (await expo.staff.patch(expo.url(f"/seekers/{seeker['id']}"), json=none)).status_code == 200

    to_next, to_last = await moved(expo, laid, 1), await moved(expo, laid, 7)

    assert to_next.json()["meeting"]["ends_at"] == expo.slots[2]["ends_at"]
    assert (to_last.status_code, to_last.json()["type"]) == (409, f"{PROBLEM}TakesTwoTimes")


async def test_a_short_meeting_stays_short_when_the_need_comes_later(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await expo.seeker()
    laid = await expo.laid(desk, 0, seeker)
    await expo.staff.patch(expo.url(f"/seekers/{seeker['id']}"), json={"scheduling_needs": NEEDS})

    to_last = await moved(expo, laid, 7)

    assert to_last.json()["meeting"]["ends_at"] == expo.slots[7]["ends_at"]


async def test_staff_see_who_takes_two_slots(expo: Expo) -> None:
    await expo.employer()
    await long_seeker(expo)
    await expo.seeker("Johan Berg")

    unplaced = (await expo.grid())["unplaced"]

    assert [(one["name"], one["takes_two"]) for one in unplaced] == [("Amina Warsame", True), ("Johan Berg", False)]


async def openings_of(browser: Browser, expo: Expo) -> list[dict[str, Any]]:
    found = (await browser.get(f"/api/events/{expo.id}/openings")).json()
    openings: list[dict[str, Any]] = found["employers"][0]["openings"]
    return openings


async def test_a_seeker_who_needs_more_time_books_two_slots_and_is_offered_nothing_less(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await long_seeker(expo)
    await expo.laid(desk, 3, await expo.seeker("Johan Berg"))
    await expo.publish()
    browser = await expo.browser_of(seeker)

    offered = await openings_of(browser, expo)
    booked = await browser.post("/api/my/bookings", json={"desk_id": desk["id"], "slot_id": expo.slots[4]["id"]})
    others = await openings_of(await expo.browser_of(await expo.seeker("Sara Lind")), expo)

    assert [one["free"] for one in offered] == [True, True, False, False, True, True, True]
    assert [one["ends_at"] for one in offered] == [slot["ends_at"] for slot in expo.slots[1:]]
    assert (booked.status_code, booked.json()["ends_at"]) == (201, expo.slots[5]["ends_at"])
    assert [one["free"] for one in others] == [True, True, True, False, False, False, True, True]


async def test_a_booking_of_the_last_slot_is_refused_with_other_times(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await long_seeker(expo)
    await expo.publish()
    browser = await expo.browser_of(seeker)

    refused = await browser.post("/api/my/bookings", json={"desk_id": desk["id"], "slot_id": expo.slots[7]["id"]})

    assert (refused.status_code, refused.json()["type"]) == (409, f"{PROBLEM}TakesTwoTimes")
    assert numbers(expo, refused.json()) == [(6, 7), (5, 6), (4, 5)]


async def tick(expo: Expo, **duration: float) -> None:
    expo.app.clock.advance(**duration)
    await EventClock(expo.app.database, now=expo.app.clock).tick()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


async def test_the_meeting_lasts_both_slots_wherever_it_is_shown_and_nobody_is_told_why(expo: Expo) -> None:
    employer, seeker, next_one = await expo.employer(), await long_seeker(expo), await expo.seeker("Johan Berg")
    desk = employer["desks"][0]
    laid, after = await expo.laid(desk, 0, seeker), await expo.laid(desk, 2, next_one)
    await expo.publish()
    mine, his = await expo.browser_of(seeker), await expo.browser_of(next_one)
    recruiter = await expo.browser_of({"id": desk["recruiter_id"]})
    meeting = f"/api/meetings/{laid['meeting']['id']}"
    await tick(expo, minutes=60)

    calendar = icalendar.Calendar.from_ical((await mine.get("/api/my/calendar.ics")).text)
    await recruiter.post(f"/api/desks/{desk['id']}/open")
    await mine.post(f"/api/my{meeting.removeprefix('/api')}/ready")
    started = (await recruiter.post(f"{meeting}/start")).json()
    await his.post(f"/api/my/meetings/{after['meeting']['id']}/ready")
    await tick(expo, minutes=20)

    begin, end = at(expo.slots[0]["starts_at"]), at(expo.slots[1]["ends_at"])
    talk_ends = end - timedelta(seconds=expo.event["feedback_s"])
    now = (await recruiter.get(f"/api/desks/{desk['id']}")).json()["now"]
    my = (await mine.get(f"/api/my{meeting.removeprefix('/api')}")).json()
    room = (await mine.get(f"{meeting}/room")).json()
    card = (await expo.staff.get(expo.url("/live"))).json()["desks"][0]["current"]
    waits = (await his.get(f"/api/my/meetings/{after['meeting']['id']}")).json()["queue"]
    [event] = calendar.walk("VEVENT")
    assert event.decoded("dtend") - event.decoded("dtstart") == end - begin == timedelta(minutes=30)
    assert started["now"]["state"] == now["state"] == my["state"] == card["state"] == "talking"
    assert {at(one["talk_ends_at"]) for one in (now, my, room, card)} == {talk_ends}
    assert {at(one["ends_at"]) for one in (now, my, card)} == {end}
    warnings = [talk_ends - timedelta(minutes=minutes) for minutes in (2, 1)]
    assert [[at(when) for when in one["warns_at"]] for one in (now, my, room)] == [warnings] * 3
    assert at(now["scorecard_opens_at"]) == talk_ends - timedelta(minutes=2)
    assert (waits["wait_min_s"], waits["wait_max_s"]) == (7 * 60, 10 * 60)
    assert not any("extra" in key or "need" in key for key in (*now, *now["seeker"], *card))

    await tick(expo, minutes=7)
    writing = (await recruiter.get(f"/api/desks/{desk['id']}")).json()["now"]
    assert (writing["state"], at(writing["feedback_ends_at"])) == ("feedback", end)
