"""A desk, a station or a room that is gone, and what is checked before anything is done about it."""

from __future__ import annotations

from typing import Any

from tests.server.expo import Expo
from tests.server.repairs.day import HAMNLJUS, NORDKOD, Day, make_day, moves, wanted


async def two_desks(expo: Expo, **more: Any) -> Day:
    """Amina meets Nordkod and Bilal meets Hamnljus, both at half past ten."""
    day = Day(expo)
    await day.employer(NORDKOD, **more)
    await day.employer(HAMNLJUS, **({"form": "video"} if "station" not in more else more | {"station": "Bord 4"}))
    await day.lay(NORDKOD, 2, "Amina Ek")
    await day.lay(HAMNLJUS, 2, "Bilal Ek")
    await expo.publish()
    await expo.sent()
    await day.minutes_after_ten(4)
    return day


async def rules(expo: Expo, **given: Any) -> None:
    answer = await expo.staff.put(expo.url("/planning-rules"), json=given)
    assert answer.status_code == 200, answer.text


async def rules_now(expo: Expo) -> dict[str, Any]:
    found: dict[str, Any] = (await expo.staff.get(expo.url("/planning-rules"))).json()
    return found


async def test_a_desk_whose_station_is_gone_moves_to_a_free_one(expo: Expo) -> None:
    day = await two_desks(expo, form="on_site", station="Bord 3")
    await expo.post("/stations", name="Bord 9")
    lost = {"kind": "room_lost", "desk_id": day.desks[NORDKOD]["id"]}

    repairs = await day.ask(**lost)
    first = repairs["options"][0]
    done = await day.confirm(first, lost)

    assert repairs["about"] == {"code": "station_lost", "params": {"desk": 1, "station": "Bord 3"}}
    assert (first["changes"], first["desks"][0]["station_name"]) == ([], "Bord 9")
    assert [one["code"] for one in first["costs"]] == ["new_station", "everybody_keeps_time"]
    assert {one["name"] for one in first["told"]} == {"Amina Ek", f"Rekryterare på {NORDKOD}"}
    grid = await expo.grid()
    assert [desk["station_name"] for desk in grid["desks"]] == ["Bord 9", "Bord 4"]

    assert (await day.try_to_confirm(done["undo"])).status_code == 200
    assert [desk["station_name"] for desk in (await expo.grid())["desks"]] == ["Bord 3", "Bord 4"]


async def test_where_a_video_room_is_gone_one_of_the_meetings_gets_another_time(expo: Expo) -> None:
    day = await two_desks(expo)
    await rules(expo, video_rooms=2)
    lost = {"kind": "room_lost", "pool": "video_rooms"}

    repairs = await day.ask(**lost)
    best = repairs["options"][0]
    done = await day.confirm(best, lost)

    assert repairs["if_nothing"] == [
        {"code": "too_few_rooms", "params": {"pool": "video_rooms", "left": 1, "count": 1}}
    ]
    assert len(best["changes"]) == 1
    assert (await rules_now(expo))["video_rooms"] == 1
    assert len({slot for _, _, slot, _ in await day.lies()}) == 2

    assert (await day.try_to_confirm(done["undo"])).status_code == 200
    assert (await rules_now(expo))["video_rooms"] == 2
    assert {slot for _, _, slot, _ in await day.lies()} == {2}


async def test_the_room_of_a_video_desk_is_counted_where_rooms_are_and_else_the_desk_is_gone(expo: Expo) -> None:
    day = await two_desks(expo)
    lost = {"kind": "room_lost", "desk_id": day.desks[NORDKOD]["id"]}

    uncounted = await day.ask(**lost)
    await rules(expo, video_rooms=2)
    counted = await day.ask(**lost)

    assert [uncounted["about"]["code"], counted["about"]["code"]] == ["desk_closed", "rooms_lost"]


async def test_an_interpreter_who_has_fallen_ill_leaves_one_fewer(expo: Expo) -> None:
    day = await two_desks(expo)
    await rules(expo, interpreters={"sign_language": 1})
    lost = {"kind": "interpreter_gone", "pool": "interpreters[sign_language]"}

    repairs = await day.ask(**lost)
    (option,) = repairs["options"]
    await day.confirm(option, lost)

    # Nobody needs them today: it is noted, and nobody moves.
    assert (repairs["about"]["params"]["left"], repairs["if_nothing"][0]["code"]) == (0, "enough_left")
    assert (option["changes"], option["pools"]) == ([], {"interpreters[sign_language]": 0})
    assert (await rules_now(expo))["interpreters"] == {"sign_language": 0}


async def test_two_options_that_count_on_the_same_last_room_are_not_both_done(expo: Expo) -> None:
    day = await two_desks(expo)
    await rules(expo, video_rooms=1)
    first, second = await day.seeker("Elsa Ek"), await day.seeker("Fatima Ek")
    bodies = []
    for seeker_id, employer in ((first, NORDKOD), (second, HAMNLJUS)):
        place = {"before": None, "after": day.spot(employer, 1)}
        organisation_id = day.desks[employer]["organisation_id"]
        bodies.append({"changes": [{"seeker_id": seeker_id, "organisation_id": organisation_id, **place}]})

    answers = [await day.try_to_confirm(body) for body in bodies]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["detail"] == "there is no video room left then"


async def test_whoever_waits_at_a_desk_without_a_recruiter_is_helped_too(expo: Expo) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 0, "Amina Ek")
    await expo.publish()
    await day.come("Amina Ek", 0)
    await day.minutes_after_ten(11)
    gone = {"kind": "recruiter_gone", "desk_id": day.desks[NORDKOD]["id"]}

    repairs = await day.ask(**gone)
    await day.confirm(repairs["options"][0], gone)

    # Her time has begun and nobody is there; Hamnljus, whom she could meet too, has time.
    assert moves(repairs["options"][0]) == {("Amina Ek", "08:00", None), ("Amina Ek", None, "08:15")}
    assert await day.lies() == {("Amina Ek", NORDKOD, 0, "cancelled"), ("Amina Ek", HAMNLJUS, 1, "booked")}


async def test_a_seat_that_gets_free_later_is_offered_to_who_is_on_their_way_too(expo: Expo) -> None:
    day = await two_desks(expo)
    await day.seeker("Clara Ek")
    await expo.sent()
    ahead = {"kind": "no_show", "meeting_id": day.meetings["Amina Ek", 2]}

    repairs = await day.ask(**ahead)
    option = repairs["options"][0]
    await day.confirm(option, ahead)

    assert moves(option) == {("Amina Ek", "08:30", None), ("Clara Ek", None, "08:30")}
    assert [one["name"] for one in option["told"]] == ["Amina Ek", "Clara Ek", f"Rekryterare på {NORDKOD}"]
    # They have said that they will not come, which is no no-show: the time has not come.
    assert ("Amina Ek", NORDKOD, 2, "cancelled") in await day.lies()


async def test_whoever_comes_a_little_late_can_be_met_all_the_same(expo: Expo) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 0, "Amina Ek")
    await expo.publish()
    await day.minutes_after_ten(4)

    repairs = await day.ask(kind="late", meeting_id=day.meetings["Amina Ek", 0], minutes=3)
    none = await day.ask(kind="late", meeting_id=await day.lay(HAMNLJUS, 5, "Bilal Ek"), minutes=3)

    (nothing,) = repairs["if_nothing"]
    assert (nothing["code"], nothing["params"]["minutes"]) == ("shorter_talk", 5)
    assert none["if_nothing"] == [{"code": "nothing_missed", "params": {}}]
    (noted,) = none["options"]
    assert (noted["changes"], noted["away"][0]["until"]) == ([], "2026-05-12T08:07:00Z")


async def test_somebody_who_has_checked_in_is_no_no_show(expo: Expo) -> None:
    day = await two_desks(expo)
    await day.come("Amina Ek", 2)

    answer = await day.try_to_ask(kind="no_show", meeting_id=day.meetings["Amina Ek", 2])

    assert (answer.status_code, answer.json()["fields"][0]["path"]) == (422, "meeting_id")


async def test_a_desk_is_not_closed_over_a_meeting_that_was_laid_meanwhile(expo: Expo) -> None:
    day = await two_desks(expo)
    closed = {"kind": "desk_closed", "desk_id": day.desks[NORDKOD]["id"]}
    body = wanted((await day.ask(**closed))["options"][0], closed)
    await day.lay(NORDKOD, 6, "Clara Ek")

    answer = await day.try_to_confirm(body)

    assert answer.status_code == 409
    names = {change["seeker_name"] for option in answer.json()["repairs"]["options"] for change in option["changes"]}
    assert names == {"Amina Ek", "Clara Ek"}
    assert ("Amina Ek", NORDKOD, 2, "booked") in await day.lies()


async def test_beside_the_best_ways_out_of_a_closed_desk_its_meetings_can_simply_be_cancelled(expo: Expo) -> None:
    day = await two_desks(expo)
    other = await expo.post("/desks", organisation_id=day.desks[NORDKOD]["organisation_id"], form="video")
    closed = {"kind": "desk_closed", "desk_id": day.desks[NORDKOD]["id"]}

    options = (await day.ask(**closed))["options"]
    done = await day.confirm(options[-1], closed)

    assert options[0]["changes"][0]["after"]["desk_id"] == other["id"]
    assert [option["is_plain"] for option in options] == [*[False] * (len(options) - 1), True]
    assert (moves(options[-1]), options[-1]["meetings_dropped"]) == ({("Amina Ek", "08:30", None)}, 1)
    assert ("Amina Ek", NORDKOD, 2, "cancelled") in await day.lies()
    assert {one["name"] for one in done["told"]} == {"Amina Ek", f"Rekryterare på {NORDKOD}"}


async def test_a_pair_that_staff_have_laid_twice_is_helped_twice(expo: Expo) -> None:
    day = await two_desks(expo)
    await day.lay(NORDKOD, 4, "Amina Ek")
    closed = {"kind": "desk_closed", "desk_id": day.desks[NORDKOD]["id"]}

    done = await day.confirm((await day.ask(**closed))["options"][-1], closed)
    gone = {one for one in await day.lies() if one[1] == NORDKOD}
    back = await day.try_to_confirm(done["undo"])

    assert gone == {("Amina Ek", NORDKOD, 2, "cancelled"), ("Amina Ek", NORDKOD, 4, "cancelled")}
    assert back.status_code == 200, back.text
    assert {one for one in await day.lies() if one[1] == NORDKOD} == {
        ("Amina Ek", NORDKOD, 2, "booked"),
        ("Amina Ek", NORDKOD, 4, "booked"),
    }


async def test_an_empty_desk_can_be_closed_and_opened_again(expo: Expo) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 0, "Amina Ek")
    await expo.publish()
    await day.minutes_after_ten(-5)
    closed = {"kind": "desk_closed", "desk_id": day.desks[HAMNLJUS]["id"]}

    (option,) = (await day.ask(**closed))["options"]
    done = await day.confirm(option, closed)
    board = (await expo.staff.get(expo.url("/live"))).json()

    assert (option["changes"], option["told"]) == ([], [])
    assert [desk["is_open"] for desk in board["desks"]] == [False, False]
    assert (await day.try_to_confirm(done["undo"])).status_code == 200


async def test_of_two_who_give_a_desk_to_different_colleagues_the_second_is_told(expo: Expo) -> None:
    day = await two_desks(expo)
    path = f"/employers/{day.desks[NORDKOD]['organisation_id']}/recruiters"
    for name in ("Nils Nyberg", "Olle Oden"):
        await expo.staff.post(
            expo.url(path), json={"name": name, "email": f"{name.split()[0].lower()}@nordkod.example"}
        )
    gone = {"kind": "recruiter_gone", "desk_id": day.desks[NORDKOD]["id"]}
    options = (await day.ask(**gone))["options"]

    answers = [await day.try_to_confirm(wanted(option, gone)) for option in options[:2]]

    assert [option["desks"][0]["recruiter_name"] for option in options[:2]] == ["Nils Nyberg", "Olle Oden"]
    assert [answer.status_code for answer in answers] == [200, 409]
    assert answers[1].json()["detail"] == "somebody else sits at the desk by now"


async def test_nobody_is_asked_to_take_over_what_they_cannot_hold(expo: Expo) -> None:
    day = await two_desks(expo)
    organisation_id = day.desks[NORDKOD]["organisation_id"]
    colleague = {"name": "Nils Nyberg", "email": "nils@nordkod.example"}
    employer = (await expo.staff.post(expo.url(f"/employers/{organisation_id}/recruiters"), json=colleague)).json()
    (nils,) = [one["id"] for one in employer["recruiters"] if one["name"] == "Nils Nyberg"]
    desk = {"organisation_id": organisation_id, "form": "video", "recruiter_id": nils}
    day.desks["Bredvid"] = await expo.post("/desks", **desk)
    await day.lay("Bredvid", 2, "Clara Ek")
    gone = {"kind": "recruiter_gone", "desk_id": day.desks[NORDKOD]["id"]}

    repairs = await day.ask(**gone)

    assert [desk["recruiter_name"] for option in repairs["options"] for desk in option["desks"]] == [None] * len(
        repairs["options"]
    )


async def test_a_time_that_is_almost_gone_is_offered_to_nobody(expo: Expo) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 0, "Amina Ek")
    await day.lay(NORDKOD, 2, "Bilal Ek")
    await expo.publish()
    await day.come("Bilal Ek", 2)
    missed = {"kind": "no_show", "meeting_id": day.meetings["Amina Ek", 0]}

    await day.minutes_after_ten(7)
    soon = await day.ask(**missed)
    await day.minutes_after_ten(9)
    too_late = await day.ask(**missed)

    assert (len(soon["options"]), too_late["options"]) == (1, [])
