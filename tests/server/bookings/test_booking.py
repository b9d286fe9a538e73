from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import icalendar

from server.identity.rules import join_link_end
from server.identity.service import issue_join_link
from tests.server.expo import Expo, make_expo
from tests.server.harness import App, Browser

PROBLEM = "urn:direktkontakt:problem:"


async def openings(browser: Browser, expo: Expo) -> dict[str, Any]:
    answer = await browser.get(f"/api/events/{expo.id}/openings")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def book(browser: Browser, desk: dict[str, Any], slot: dict[str, Any]) -> dict[str, Any]:
    answer = await browser.post("/api/my/bookings", json={"desk_id": desk["id"], "slot_id": slot["id"]})
    booked: dict[str, Any] = answer.json() | {"status_code": answer.status_code}
    return booked


def free(found: dict[str, Any], desk: int = 0) -> list[bool]:
    return [opening["free"] for opening in found["employers"][desk]["openings"]]


async def test_a_seeker_reads_what_an_employer_looks_for_and_which_times_are_free(expo: Expo) -> None:
    employer = await expo.employer(
        about="Vi bygger journalsystem.", roles=["Utvecklare"], competences_wanted=["Python", "SQL"]
    )
    desk, seeker = employer["desks"][0], await expo.seeker()
    await expo.laid(desk, 0, await expo.seeker("Johan Berg"))
    await expo.publish()

    found = await openings(await expo.browser_of(seeker), expo)

    assert (found["meetings_booked"], found["meetings_max"], found["closes_before_s"]) == (0, 6, 600)
    [offered] = found["employers"]
    assert offered["employer"] == {
        "id": employer["id"],
        "name": "Nordkod AB",
        "initials": "NA",
        "about": "Vi bygger journalsystem.",
        "roles": ["Utvecklare"],
        "competences_wanted": ["Python", "SQL"],
        "matching": [],
    }
    assert (offered["desk_id"], offered["my_meeting_id"]) == (desk["id"], None)
    assert free(found) == [False] + [True] * 7


async def test_a_booking_is_in_the_day_of_both_and_mailed_to_both(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await expo.seeker()
    await expo.publish()
    await expo.sent()
    browser = await expo.browser_of(seeker)

    booked = await book(browser, desk, expo.slots[3])

    mine = (await browser.get("/api/my/meetings")).json()
    assert booked["status_code"] == 201
    assert [(one["id"], one["starts_at"]) for one in mine] == [(booked["id"], expo.slots[3]["starts_at"])]
    assert (booked["state"], booked["employer_name"], booked["was"]) == ("booked", "Nordkod AB", None)
    mails = {mail["to"]: mail["subject"] for mail in await expo.sent()}
    assert mails == {
        "amina.warsame@example.org": "Bokat möte på IT-dagen",
        "rekryterare@nordkod.example": "Nytt möte på IT-dagen",
    }
    found = await openings(browser, expo)
    assert (found["meetings_booked"], found["employers"][0]["my_meeting_id"]) == (1, booked["id"])


async def test_a_draft_is_not_there_for_seekers(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await expo.seeker()
    browser = await expo.browser_of(seeker)

    hidden = await browser.get(f"/api/events/{expo.id}/openings")
    refused = await book(browser, desk, expo.slots[0])
    await expo.publish()

    assert (hidden.status_code, refused["status_code"]) == (404, 404)
    assert free(await openings(browser, expo)) == [True] * 8


async def test_a_time_that_is_taken_is_answered_with_others(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    first, second = await expo.seeker("Amina Warsame"), await expo.seeker("Johan Berg")
    await expo.publish()
    await book(await expo.browser_of(first), desk, expo.slots[0])

    refused = await book(await expo.browser_of(second), desk, expo.slots[0])

    assert (refused["status_code"], refused["type"], refused["party"]) == (409, PROBLEM + "SlotTaken", "desk")
    assert [one["slot_id"] for one in refused["alternatives"]] == [slot["id"] for slot in expo.slots[1:4]]


async def test_booking_closes_ten_minutes_before(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await expo.seeker()
    await expo.publish()
    browser = await expo.browser_of(seeker)
    expo.app.clock.at = datetime.fromisoformat(expo.slots[1]["starts_at"]) - timedelta(minutes=9)

    refused = await book(browser, desk, expo.slots[1])

    assert (refused["status_code"], refused["type"]) == (409, PROBLEM + "BookingClosed")
    assert free(await openings(browser, expo)) == [False, False] + [True] * 6


async def test_a_pair_meets_once_and_the_meeting_can_be_moved(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await expo.seeker()
    await expo.publish()
    browser = await expo.browser_of(seeker)
    booked = await book(browser, desk, expo.slots[0])

    again = await book(browser, desk, expo.slots[4])
    moved = await browser.post(f"/api/my/meetings/{booked['id']}/move", json={"slot_id": expo.slots[4]["id"]})

    assert (again["status_code"], again["type"]) == (409, PROBLEM + "PairHasMet")
    assert moved.json()["slot_id"] == expo.slots[4]["id"]
    assert moved.json()["was"] == {"desk_id": desk["id"], "slot_id": expo.slots[0]["id"], "state": "booked"}


async def test_a_cancelled_time_is_free_for_others(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    first, second = await expo.seeker("Amina Warsame"), await expo.seeker("Johan Berg")
    await expo.publish()
    browser = await expo.browser_of(first)
    booked = await book(browser, desk, expo.slots[0])

    cancelled = await browser.post(f"/api/my/meetings/{booked['id']}/cancel")
    taken_over = await book(await expo.browser_of(second), desk, expo.slots[0])

    assert (cancelled.json()["state"], taken_over["status_code"]) == ("cancelled", 201)


async def test_nobody_touches_the_meeting_of_another(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    first, second = await expo.seeker("Amina Warsame"), await expo.seeker("Johan Berg")
    await expo.publish()
    booked = await book(await expo.browser_of(first), desk, expo.slots[0])
    stranger = await expo.browser_of(second)
    url = f"/api/my/meetings/{booked['id']}"

    answers = [
        await stranger.post(f"{url}/move", json={"slot_id": expo.slots[1]["id"]}),
        await stranger.post(f"{url}/cancel"),
        await stranger.get(f"{url}/calendar.ics"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]


async def test_an_open_event_is_for_every_seeker_and_booking_enrols(real_app: App) -> None:
    expo = await make_expo(real_app, is_open=True)
    closed = await make_expo(real_app, name="Sluten dag")
    desk = (await expo.employer())["desks"][0]
    guest = await closed.seeker("Gäst Utifrån", email="gast@example.org")
    await expo.publish()
    browser = await expo.browser_of(guest)

    events = [event["name"] for event in (await browser.get("/api/my/events")).json()]
    booked = await book(browser, desk, expo.slots[0])

    assert (events, booked["status_code"]) == (["IT-dagen"], 201)
    seekers = await expo.seekers()
    assert [(seeker["name"], seeker["meetings"]) for seeker in seekers] == [("Gäst Utifrån", 1)]


async def test_a_personal_link_opens_its_own_event_alone(real_app: App) -> None:
    expo, other = await make_expo(real_app), await make_expo(real_app, name="Annan dag")
    seeker = await expo.seeker()
    assert (await other.seeker())["id"] == seeker["id"]
    await expo.publish()
    await other.publish()
    browser = real_app.browser()
    async with real_app.database.transaction() as session:
        token = await issue_join_link(
            session,
            person_id=UUID(seeker["id"]),
            recruitment_event_id=UUID(expo.id),
            now=real_app.clock(),
            expires_at=join_link_end(real_app.clock()),
        )
    browser.keep_csrf((await browser.post("/api/join-links/redeem", json={"token": token})).json())

    events = [event["id"] for event in (await browser.get("/api/my/events")).json()]
    inside = await browser.get(f"/api/events/{expo.id}/openings")
    outside = await browser.get(f"/api/events/{other.id}/openings")

    assert events == [expo.id]
    assert (inside.status_code, outside.status_code) == (200, 404)


async def test_the_calendar_file_carries_zone_uid_and_sequence(expo: Expo) -> None:
    desk, seeker = (await expo.employer())["desks"][0], await expo.seeker()
    await expo.publish()
    browser = await expo.browser_of(seeker)
    booked = await book(browser, desk, expo.slots[0])
    await browser.post(f"/api/my/meetings/{booked['id']}/move", json={"slot_id": expo.slots[4]["id"]})

    whole = await browser.get("/api/my/calendar.ics")
    one = await browser.get(f"/api/my/meetings/{booked['id']}/calendar.ics")

    assert whole.headers["content-type"] == "text/calendar; charset=utf-8"
    for answer in (whole, one):
        calendar: Any = icalendar.Calendar.from_ical(answer.content)
        [event] = calendar.walk("VEVENT")
        assert str(event["UID"]) == f"{booked['id']}@direktkontakt"
        assert int(event["SEQUENCE"]) == 1
        assert event["DTSTART"].params["TZID"] == "Europe/Stockholm"
        assert event["DTSTART"].dt.astimezone(UTC) == datetime.fromisoformat(expo.slots[4]["starts_at"])
        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Stockholm"]


async def test_the_recruiter_has_the_meeting_in_a_calendar_too(expo: Expo) -> None:
    employer, seeker = await expo.employer(), await expo.seeker()
    await expo.publish()
    await book(await expo.browser_of(seeker), employer["desks"][0], expo.slots[0])

    answer = await (await expo.browser_of(employer["recruiters"][0])).get("/api/my/calendar.ics")

    calendar: Any = icalendar.Calendar.from_ical(answer.content)
    assert [str(event["SUMMARY"]) for event in calendar.walk("VEVENT")] == ["Möte med Amina Warsame"]
