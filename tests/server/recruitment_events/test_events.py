from __future__ import annotations

from typing import Any

import pytest

from tests.server.expo import Expo, make_expo, other_staff
from tests.server.harness import App

PROBLEM = "urn:direktkontakt:problem:"


async def patched(expo: Expo, **changes: Any) -> dict[str, Any]:
    answer = await expo.staff.patch(expo.url(), json=changes)
    body: dict[str, Any] = answer.json()
    return body | {"status_code": answer.status_code}


async def test_a_template_says_all_that_is_left_out(real_app: App) -> None:
    expo = await make_expo(real_app)

    event = (await expo.staff.get(expo.url())).json()

    assert (event["talk_s"], event["feedback_s"], event["undo_s"], event["form"]) == (720, 180, 30, "hybrid")
    assert (event["date"], event["first_start"], event["status"]) == ("2026-05-12", "10:00:00", "draft")
    starts = [slot["starts_at"] for slot in event["slots"]]
    assert starts[0] == "2026-05-12T08:00:00Z"
    assert starts[7] == "2026-05-12T09:45:00Z"
    assert event["staff"] == [{"id": event["staff"][0]["id"], "name": "Karin Lund"}]
    listed = (await expo.staff.get("/api/recruitment-events")).json()
    assert [(one["name"], one["employers"], one["desks"], one["seekers"]) for one in listed] == [("IT-dagen", 0, 0, 0)]


async def test_the_list_counts_what_is_in_each_event(real_app: App) -> None:
    expo, empty = await make_expo(real_app), await make_expo(real_app, name="Tom dag", date="2026-05-13")
    people = [{"name": f"R{number}", "email": f"r{number}@nordkod.example"} for number in range(2)]
    await expo.employer(recruiters=people)
    await expo.seeker()

    listed = (await empty.staff.get("/api/recruitment-events")).json()

    assert [(one["name"], one["employers"], one["desks"], one["seekers"]) for one in listed] == [
        ("Tom dag", 0, 0, 0),
        ("IT-dagen", 1, 2, 1),
    ]


async def test_staff_of_another_event_find_nothing(expo: Expo, real_app: App) -> None:
    stranger = await other_staff(real_app)
    station = await expo.post("/stations")

    answers = [
        await stranger.get(expo.url()),
        await stranger.patch(expo.url(), json={"name": "Min"}),
        await stranger.post(expo.url("/stations"), json={}),
        await stranger.delete(expo.url(f"/stations/{station['id']}")),
        await stranger.post(expo.url("/staff"), json={"email": "olle.ek@example.org"}),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert (await stranger.get("/api/recruitment-events")).json() == []


async def test_a_colleague_who_is_added_plans_too(expo: Expo, real_app: App) -> None:
    colleague = await other_staff(real_app)

    unknown = await expo.staff.post(expo.url("/staff"), json={"email": "nobody@example.org"})
    staff = await expo.staff.post(expo.url("/staff"), json={"email": "Olle.Ek@example.org"})

    assert unknown.status_code == 404
    assert [member["name"] for member in staff.json()] == ["Karin Lund", "Olle Ek"]
    assert (await colleague.get(expo.url())).status_code == 200


async def test_a_draft_can_be_given_other_times(expo: Expo) -> None:
    changed = await patched(expo, first_start="13:00", slots=3, talk_s=900, feedback_s=300)

    assert [slot["starts_at"] for slot in changed["slots"]] == [
        "2026-05-12T11:00:00Z",
        "2026-05-12T11:20:00Z",
        "2026-05-12T11:40:00Z",
    ]
    assert changed["ends_at"] == "2026-05-12T12:00:00Z"


async def test_moving_an_event_to_another_day_takes_the_hours_along(expo: Expo) -> None:
    employer = await expo.employer(on_duty_until=expo.slots[3]["ends_at"])
    await expo.seeker(available_from=expo.slots[1]["starts_at"])

    await patched(expo, date="2026-05-14")

    [after] = (await expo.staff.get(expo.url("/employers"))).json()
    [seeker] = await expo.seekers()
    assert employer["desks"][0]["on_duty_until"].startswith("2026-05-12T09:00")
    assert after["desks"][0]["on_duty_until"].startswith("2026-05-14T09:00")
    assert seeker["available_from"].startswith("2026-05-14T08:15")


async def test_slots_in_which_meetings_lie_are_not_taken_away(expo: Expo) -> None:
    await expo.laid((await expo.employer())["desks"][0], 0, await expo.seeker())

    refused = await patched(expo, slots=4)
    harmless = await patched(expo, name="Nytt namn")

    assert (refused["status_code"], refused["type"]) == (409, PROBLEM + "SlotsInUse")
    assert (harmless["name"], len(harmless["slots"])) == ("Nytt namn", 8)


async def test_a_published_event_keeps_its_times_but_not_its_undo(expo: Expo) -> None:
    await expo.publish()

    refused = await patched(expo, talk_s=600)
    changed = await patched(expo, undo_s=60)

    assert (refused["status_code"], refused["type"]) == (409, PROBLEM + "EventIsPublished")
    assert (changed["status_code"], changed["undo_s"]) == (200, 60)


@pytest.mark.parametrize(
    "wrong",
    [
        {"zone": "Mars/Olympus"},
        {"zone": "../etc/passwd"},
        {"name": "   "},
        {"date": "0001-01-01"},
        {"slots": 0},
        {"talk_s": 0},
        {"colour": "red"},
    ],
)
async def test_what_makes_no_event_is_refused_by_field(expo: Expo, wrong: dict[str, Any]) -> None:
    body = {"name": "X", "place": "Y", "date": "2026-05-12", "template": "it_expo_15"} | wrong

    refused = await expo.staff.post("/api/recruitment-events", json=body)

    assert refused.status_code == 422
    assert [field["path"] for field in refused.json()["fields"]] == list(wrong)


async def test_times_that_cannot_be_are_refused_with_a_reason(expo: Expo) -> None:
    body = {"name": "X", "place": "Y", "date": "2026-05-12", "template": "it_expo_15"}

    too_long = await expo.staff.post("/api/recruitment-events", json=body | {"slots": 96})
    unknown = await expo.staff.post("/api/recruitment-events", json=body | {"template": "none"})

    assert (too_long.status_code, too_long.json()["type"]) == (409, PROBLEM + "EventNotAsAsked")
    assert (unknown.status_code, unknown.json()["type"]) == (404, PROBLEM + "UnknownTemplate")


async def test_stations_are_numbered_named_and_kept_while_in_use(expo: Expo) -> None:
    first = await expo.post("/stations")
    named = await expo.post("/stations", number=7, name="Sal B", is_accessible=False)
    taken = await expo.staff.post(expo.url("/stations"), json={"number": 7})
    employer = await expo.employer(form="on_site")
    used = employer["desks"][0]["station_id"]

    in_use = await expo.staff.delete(expo.url(f"/stations/{used}"))
    gone = await expo.staff.delete(expo.url(f"/stations/{first['id']}"))

    assert (first["number"], first["name"]) == (1, "Bord 1")
    assert (named["number"], named["name"], named["is_accessible"]) == (7, "Sal B", False)
    assert (taken.status_code, in_use.status_code, gone.status_code) == (409, 409, 204)
    stations = (await expo.staff.get(expo.url())).json()["stations"]
    assert [station["number"] for station in stations] == [7, 8]
