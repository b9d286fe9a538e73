"""What has changed since an option was offered is seen when it is confirmed: nothing half done, and new options."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from server.recruitment_events.tables import AbsenceRow, RecruitmentEventRow, StationRow
from tests.server.expo import Expo
from tests.server.repairs.day import HAMNLJUS, NORDKOD, Day, make_day, wanted

Meanwhile = Callable[[Day], Awaitable[None]]


async def rules(day: Day, **given: Any) -> None:
    answer = await day.expo.staff.put(day.expo.url("/planning-rules"), json=given)
    assert answer.status_code == 200, answer.text


async def change(day: Day, name: str, **given: Any) -> None:
    answer = await day.expo.staff.patch(day.expo.url(f"/seekers/{day.people[name]['id']}"), json=given)
    assert answer.status_code == 200, answer.text


async def offered(expo: Expo, *, form: str = "video", station: str | None = None) -> tuple[Day, dict[str, Any]]:
    """Amina, who meets Hamnljus at half past ten, would meet Nordkod at a quarter past; the offer."""
    day = Day(expo)
    for name, number in ((NORDKOD, 3), (HAMNLJUS, 4)):
        await day.employer(name, form=form, **({"station": f"Bord {number}"} if station else {}))
    await day.lay(HAMNLJUS, 4, "Amina Ek")
    await day.seeker("Bilal Ek", scheduling_needs={"interpreter": "sign_language"})
    await expo.publish()
    await expo.sent()
    await day.minutes_after_ten(4)
    place = {"before": None, "after": day.spot(NORDKOD, 1)}
    who = {"seeker_id": day.people["Amina Ek"]["id"], "organisation_id": day.desks[NORDKOD]["organisation_id"]}
    happening = {"kind": "walk_in", "seeker_id": day.people["Amina Ek"]["id"], "wanted": 1}
    return day, {"happening": happening, "changes": [who | place]}


async def lies_next_door(day: Day) -> None:
    await rules(day, rest_slots=1)
    answer = await day.expo.staff.post(f"/api/meetings/{day.meetings['Amina Ek', 4]}/move", json=day.spot(HAMNLJUS, 2))
    assert answer.status_code == 200, answer.text


async def goes_home(day: Day) -> None:
    await change(day, "Amina Ek", available_until=day.expo.slots[0]["ends_at"])


async def rather_not(day: Day) -> None:
    await change(day, "Amina Ek", avoids=[day.desks[NORDKOD]["organisation_id"]])


async def locks(day: Day) -> None:
    answer = await day.expo.staff.patch(day.expo.url(f"/desks/{day.desks[NORDKOD]['id']}"), json={"is_locked": True})
    assert answer.status_code == 200, answer.text


async def closes(day: Day) -> None:
    closed = {"kind": "desk_closed", "desk_id": day.desks[NORDKOD]["id"]}
    await day.confirm((await day.ask(**closed))["options"][0], closed)


async def recruiter_leaves(day: Day) -> None:
    slot = day.expo.slots[1]
    async with day.expo.app.database.transaction() as session:
        session.add(
            AbsenceRow(
                recruitment_event_id=UUID(day.expo.id),
                person_id=UUID(day.desks[NORDKOD]["recruiter_id"]),
                starts_at=datetime.fromisoformat(slot["starts_at"]),
                ends_at=datetime.fromisoformat(slot["ends_at"]),
            )
        )


async def no_room(day: Day) -> None:
    await rules(day, video_rooms=1)
    await day.lay(HAMNLJUS, 1, "Bilal Ek")


async def no_interpreter(day: Day) -> None:
    await rules(day, interpreters={"sign_language": 1})
    await change(day, "Amina Ek", scheduling_needs={"interpreter": "sign_language"})
    await day.lay(HAMNLJUS, 1, "Bilal Ek")


@pytest.mark.parametrize(
    ("meanwhile", "sentence"),
    [
        (lies_next_door, "somebody would have too little time between two meetings"),
        (goes_home, "somebody cannot come then"),
        (rather_not, "the two are not to meet"),
        (locks, "that desk is locked"),
        (closes, "nobody is at that desk then"),
        (recruiter_leaves, "nobody is at that desk then"),
        (no_room, "there is no video room left then"),
        (no_interpreter, "there is no interpreter left then"),
    ],
)
async def test_what_no_longer_fits_is_refused_with_new_options(expo: Expo, meanwhile: Meanwhile, sentence: str) -> None:
    day, body = await offered(expo)
    await meanwhile(day)
    before = await day.lies()
    await expo.sent()

    answer = await day.try_to_confirm(body)

    assert (answer.status_code, answer.json()["detail"]) == (409, sentence)
    assert await day.lies() == before
    assert await expo.sent() == []
    again = answer.json()["repairs"]["options"]
    assert body["changes"] not in [wanted(option, None)["changes"] for option in again]


async def test_what_still_fits_is_done_although_much_has_changed_around_it(expo: Expo) -> None:
    day, body = await offered(expo)
    await rules(day, rest_slots=1, video_rooms=1, interpreters={"sign_language": 0})
    await day.lay(HAMNLJUS, 2, "Clara Ek")

    assert (await day.try_to_confirm(body)).status_code == 200


async def test_a_station_that_somebody_cannot_get_to_is_refused(expo: Expo) -> None:
    day, body = await offered(expo, form="on_site", station="Bord 3")
    await change(day, "Amina Ek", scheduling_needs={"accessible_station": True})
    grid = await expo.grid()
    (station_id,) = [desk["station_id"] for desk in grid["desks"] if desk["id"] == day.desks[NORDKOD]["id"]]
    await make_inaccessible(day, station_id)

    answer = await day.try_to_confirm(body)

    assert (answer.status_code, answer.json()["detail"]) == (409, "somebody cannot get to that station")


async def make_inaccessible(day: Day, station_id: str) -> None:
    async with day.expo.app.database.transaction() as session:
        station = await session.get_one(StationRow, UUID(station_id))
        station.is_accessible = False
        session.add(station)


async def test_nobody_gets_more_meetings_than_the_event_allows_unless_staff_have_asked_for_it(expo: Expo) -> None:
    day, body = await offered(expo)
    async with expo.app.database.transaction() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(expo.id))
        event.meetings_max = 1
        session.add(event)

    unasked = await day.try_to_confirm(body | {"happening": None})
    asked = await day.try_to_confirm(body)

    assert (unasked.status_code, unasked.json()["detail"]) == (409, "somebody would have too many meetings")
    assert asked.status_code == 200


async def test_of_two_who_say_that_a_room_is_gone_the_second_is_told_how_many_are_left(expo: Expo) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 4, "Amina Ek")
    await expo.publish()
    await rules(day, video_rooms=5)
    await day.minutes_after_ten(4)
    lost = {"kind": "room_lost", "pool": "video_rooms", "number": 2}
    bodies = [wanted((await day.ask(**lost))["options"][0], lost) for _ in range(2)]

    answers = [await day.try_to_confirm(body) for body in bodies]

    assert [answer.status_code for answer in answers] == [200, 409]
    assert [option["pools"] for option in answers[1].json()["repairs"]["options"]] == [{"video_rooms": 1}]


async def test_a_colleague_who_is_away_is_not_asked_and_cannot_take_over(expo: Expo) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 4, "Amina Ek")
    organisation_id = day.desks[NORDKOD]["organisation_id"]
    colleague = {"name": "Nils Nyberg", "email": "nils@nordkod.example"}
    path = expo.url(f"/employers/{organisation_id}/recruiters")
    employer = (await expo.staff.post(path, json=colleague)).json()
    (nils,) = [one for one in employer["recruiters"] if one["name"] == "Nils Nyberg"]
    await expo.publish()
    await day.minutes_after_ten(4)
    gone = {"kind": "recruiter_gone", "desk_id": day.desks[NORDKOD]["id"]}
    body = wanted((await day.ask(**gone))["options"][0], gone)
    assert body["desks"][0]["recruiter_id"] == nils["id"]
    async with expo.app.database.transaction() as session:
        noon = datetime(2026, 5, 12, 12, tzinfo=UTC)
        away = AbsenceRow(
            recruitment_event_id=UUID(expo.id), person_id=UUID(nils["id"]), starts_at=expo.app.clock(), ends_at=noon
        )
        session.add(away)

    answer = await day.try_to_confirm(body)

    assert (answer.status_code, answer.json()["detail"]) == (409, "nobody is at that desk then")
    desks = [desk for option in answer.json()["repairs"]["options"] for desk in option["desks"]]
    assert desks and all(desk["recruiter_id"] is None for desk in desks)


async def test_what_staff_had_laid_against_the_rules_can_be_put_back_there(expo: Expo) -> None:
    day = await make_day(expo)
    await day.lay(NORDKOD, 2, "Amina Ek")
    await day.lay(HAMNLJUS, 3, "Amina Ek")
    await expo.publish()
    await rules(day, rest_slots=1)
    await day.minutes_after_ten(4)
    closed = {"kind": "desk_closed", "desk_id": day.desks[HAMNLJUS]["id"]}

    done = await day.confirm((await day.ask(**closed))["options"][0], closed)
    back = await day.try_to_confirm(done["undo"])

    assert done["undo"]["allows"] == ["rest"]
    assert back.status_code == 200, back.text
    assert {one[:3] for one in await day.lies()} >= {("Amina Ek", NORDKOD, 2), ("Amina Ek", HAMNLJUS, 3)}
