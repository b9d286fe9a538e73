from __future__ import annotations

from tests.server.expo import Expo, other_staff
from tests.server.harness import App


async def test_a_meeting_laid_by_hand_stands_in_the_grid(expo: Expo) -> None:
    employer, seeker = await expo.employer(), await expo.seeker()
    desk = employer["desks"][0]

    change = await expo.laid(desk, 2, seeker)

    grid = await expo.grid()
    assert grid["meetings"] == [
        {
            "id": change["meeting"]["id"],
            "desk_id": desk["id"],
            "slot_id": expo.slots[2]["id"],
            "seeker_id": seeker["id"],
            "seeker_name": "Amina Warsame",
            "form": "video",
            "state": "booked",
            "ends_at": expo.slots[2]["ends_at"],
            "is_pinned": False,
        }
    ]
    assert (change["was"], change["told"], change["conflicts"]) == (None, [], [])
    assert grid["unplaced"] == []


async def test_a_desk_that_is_taken_is_answered_with_other_times_and_other_desks(expo: Expo) -> None:
    recruiters = [{"name": f"R{number}", "email": f"r{number}@nordkod.example"} for number in range(2)]
    employer = await expo.employer(recruiters=recruiters)
    first, second = employer["desks"]
    await expo.laid(first, 0, await expo.seeker("Amina Warsame"))

    refused = await expo.lay(first, 0, await expo.seeker("Johan Berg"))

    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (409, "urn:direktkontakt:problem:SlotTaken")
    assert problem["party"] == "desk"
    places = [(one["desk_id"], one["slot_id"], one["same_desk"]) for one in problem["alternatives"]]
    ids = [slot["id"] for slot in expo.slots]
    assert places == [
        (first["id"], ids[1], True),
        (first["id"], ids[2], True),
        (first["id"], ids[3], True),
        (second["id"], ids[0], False),
        (second["id"], ids[1], False),
        (second["id"], ids[2], False),
    ]


async def test_a_seeker_cannot_sit_at_two_desks_at_once(expo: Expo) -> None:
    nordkod, fjallnat = await expo.employer("Nordkod AB"), await expo.employer("Fjällnät AB")
    seeker = await expo.seeker()
    await expo.laid(nordkod["desks"][0], 0, seeker)

    refused = await expo.lay(fjallnat["desks"][0], 0, seeker)

    assert (refused.status_code, refused.json()["party"]) == (409, "seeker")
    assert expo.slots[0]["id"] not in [one["slot_id"] for one in refused.json()["alternatives"]]


async def test_a_move_says_where_the_meeting_was_and_moving_it_there_takes_it_back(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    laid = await expo.laid(desk, 0, await expo.seeker())
    url = f"/api/meetings/{laid['meeting']['id']}/move"

    moved = (await expo.staff.post(url, json={"desk_id": desk["id"], "slot_id": expo.slots[4]["id"]})).json()
    was = {key: moved["was"][key] for key in ("desk_id", "slot_id")}
    back = (await expo.staff.post(url, json=was)).json()

    assert moved["meeting"]["slot_id"] == expo.slots[4]["id"]
    assert moved["was"] == {"desk_id": desk["id"], "slot_id": expo.slots[0]["id"], "state": "booked"}
    assert back["meeting"] == laid["meeting"]


async def test_a_move_to_a_taken_place_changes_nothing(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    first = await expo.laid(desk, 0, await expo.seeker("Amina Warsame"))
    await expo.laid(desk, 1, await expo.seeker("Johan Berg"))

    place = {"desk_id": desk["id"], "slot_id": expo.slots[1]["id"]}
    refused = await expo.staff.post(f"/api/meetings/{first['meeting']['id']}/move", json=place)

    assert (refused.status_code, refused.json()["party"]) == (409, "desk")
    assert {cell["slot_id"] for cell in (await expo.grid())["meetings"]} == {slot["id"] for slot in expo.slots[:2]}


async def test_a_draft_meeting_is_taken_away_and_a_published_one_is_cancelled(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    first = await expo.laid(desk, 0, await expo.seeker("Amina Warsame"))
    second = await expo.laid(desk, 1, await expo.seeker("Johan Berg"))

    taken_away = await expo.staff.delete(f"/api/meetings/{first['meeting']['id']}")
    await expo.publish()
    refused = await expo.staff.delete(f"/api/meetings/{second['meeting']['id']}")
    cancelled = await expo.staff.post(f"/api/meetings/{second['meeting']['id']}/cancel")

    assert taken_away.status_code == 204
    assert refused.json()["type"] == "urn:direktkontakt:problem:MeetingNotMovable"
    assert cancelled.json()["meeting"]["state"] == "cancelled"
    assert (await expo.grid())["meetings"] == []


async def test_a_cancelled_meeting_comes_back_by_moving_it_where_it_was(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    laid = await expo.laid(desk, 0, await expo.seeker())
    url = f"/api/meetings/{laid['meeting']['id']}"
    was = (await expo.staff.post(f"{url}/cancel")).json()["was"]

    back = await expo.staff.post(f"{url}/move", json={"desk_id": was["desk_id"], "slot_id": was["slot_id"]})

    assert back.json()["meeting"]["state"] == "booked"


async def test_staff_of_another_event_find_neither_the_plan_nor_its_meetings(expo: Expo, real_app: App) -> None:
    desk = (await expo.employer())["desks"][0]
    laid = await expo.laid(desk, 0, await expo.seeker())
    stranger = await other_staff(real_app)
    place = {"desk_id": desk["id"], "slot_id": expo.slots[1]["id"]}
    meeting = f"/api/meetings/{laid['meeting']['id']}"

    answers = [
        await stranger.get(expo.url("/grid")),
        await stranger.post(expo.url("/meetings"), json=place | {"seeker_id": laid["meeting"]["seeker_id"]}),
        await stranger.post(f"{meeting}/move", json=place),
        await stranger.post(f"{meeting}/cancel"),
        await stranger.delete(meeting),
        await stranger.get(f"{meeting}/alternatives"),
        await stranger.patch(expo.url(f"/desks/{desk['id']}"), json={"form": "hybrid"}),
        await stranger.get(expo.url("/publish-preview")),
        await stranger.post(expo.url("/publish")),
    ]

    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert (await expo.staff.get(f"{meeting}/alternatives")).status_code == 200


async def test_what_does_not_fit_is_shown_with_its_meetings(expo: Expo) -> None:
    employer = await expo.employer(form="on_site")
    starts_at, ends_at = expo.slots[4]["starts_at"], expo.slots[7]["ends_at"]
    seeker = await expo.seeker(form="video", available_from=starts_at, available_until=ends_at, avoids=[employer["id"]])
    change = await expo.laid(employer["desks"][0], 0, seeker)

    found = (await expo.grid())["conflicts"]

    assert change["conflicts"] == found
    assert [(one["code"], one["severity"], one["meeting_ids"]) for one in found] == [
        (code, "warning", [change["meeting"]["id"]]) for code in ("avoided", "form_mismatch", "outside_availability")
    ]
    assert (found[0]["seeker_name"], found[0]["employer_name"]) == ("Amina Warsame", "Nordkod AB")


async def test_a_desk_that_goes_home_leaves_a_conflict_that_stops_publishing(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    laid = await expo.laid(desk, 6, await expo.seeker())

    until = expo.slots[3]["ends_at"]
    changed = await expo.staff.patch(expo.url(f"/desks/{desk['id']}"), json={"on_duty_until": until})
    preview = (await expo.staff.get(expo.url("/publish-preview"))).json()
    refused = await expo.staff.post(expo.url("/publish"))

    assert changed.json()["on_duty_until"] == until
    assert preview["can_publish"] is False
    assert [one["code"] for one in preview["blocking"]] == ["desk_off_duty"]
    assert preview["blocking"][0]["meeting_ids"] == [laid["meeting"]["id"]]
    assert refused.json()["type"] == "urn:direktkontakt:problem:PlanHasConflicts"
