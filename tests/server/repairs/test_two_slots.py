"""Repairs at an event where somebody's meetings take two slots in a row."""

from __future__ import annotations

from tests.server.expo import Expo
from tests.server.repairs.day import HAMNLJUS, NORDKOD, make_day, moves

NEEDS = {"extra_time": True, "accessible_station": False, "interpreter": None}


async def test_a_seat_of_two_slots_that_is_free_is_empty_until_its_own_end(expo: Expo) -> None:
    day = await make_day(expo)
    await day.seeker("Amina Warsame", scheduling_needs=NEEDS)
    meeting = await day.lay(NORDKOD, 0, "Amina Warsame")
    await expo.publish()
    await day.minutes_after_ten(5)

    repairs = await day.ask(kind="no_show", meeting_id=meeting)

    [nothing] = repairs["if_nothing"]
    assert (nothing["code"], nothing["params"]["to"][11:16]) == ("seat_empty", expo.slots[1]["ends_at"][11:16])


async def test_the_second_half_of_a_seat_of_two_is_offered_when_the_first_is_gone(expo: Expo) -> None:
    day = await make_day(expo)
    await day.seeker("Amina Warsame", scheduling_needs=NEEDS)
    meeting = await day.lay(NORDKOD, 0, "Amina Warsame")
    await day.lay(NORDKOD, 4, "Johan Berg")
    await expo.publish()
    await day.minutes_after_ten(13)
    await day.come("Johan Berg", 4)

    repairs = await day.ask(kind="no_show", meeting_id=meeting)

    ways = [moves(option) for option in repairs["options"]]
    assert any(
        ("Johan Berg", expo.slots[4]["starts_at"][11:16], expo.slots[1]["starts_at"][11:16]) in way for way in ways
    )


async def test_nobody_is_offered_the_second_slot_of_a_long_meeting_that_goes_on(expo: Expo) -> None:
    day = await make_day(expo)
    await day.seeker("Amina Warsame", scheduling_needs=NEEDS)
    await day.lay(NORDKOD, 0, "Amina Warsame")
    await day.lay(NORDKOD, 2, "Johan Berg")
    await day.seeker("Sara Lind")
    await day.lay(HAMNLJUS, 0, "Sara Lind")
    await expo.publish()
    await day.minutes_after_ten(0)
    await day.come("Amina Warsame", 0)
    await day.minutes_after_ten(2)

    walk_in = await day.ask(kind="walk_in", seeker_id=day.people["Sara Lind"]["id"])

    for option in walk_in["options"]:
        places = [change["after"] for change in option["changes"] if change["after"]]
        for place in places:
            at_nordkod = place["desk_id"] == day.desks[NORDKOD]["id"]
            assert not (at_nordkod and place["slot_id"] in [slot["id"] for slot in expo.slots[:2]])
    assert walk_in["options"]


async def test_a_long_meeting_is_put_elsewhere_with_both_its_slots(expo: Expo) -> None:
    day = await make_day(expo)
    await day.employer("Fjällnät AB")
    await day.seeker("Amina Warsame", scheduling_needs=NEEDS)
    await day.lay(NORDKOD, 1, "Amina Warsame")
    await expo.publish()
    await day.minutes_after_ten(-5)
    meeting = day.meetings["Amina Warsame", 1]

    repairs = await day.ask(kind="late", meeting_id=meeting, minutes=40)
    await day.confirm(repairs["options"][0], {"kind": "late", "meeting_id": meeting, "minutes": 40})

    [change] = repairs["options"][0]["changes"]
    after = change["after"]
    first = [slot["id"] for slot in expo.slots].index(after["slot_id"])
    assert after["ends_at"] == expo.slots[first + 1]["ends_at"]
    [cell] = (await expo.grid())["meetings"]
    assert (cell["slot_id"], cell["ends_at"]) == (after["slot_id"], expo.slots[first + 1]["ends_at"])
