from __future__ import annotations

from datetime import datetime
from typing import Any

import icalendar
from sqlmodel import col, select

from server.identity.tables import JoinLinkRow
from server.kit.outbox import OutboxRow
from server.kit.streams import StreamEventRow
from tests.server.expo import Expo

Mail = dict[str, Any]


def entries(mail: Mail) -> list[dict[str, Any]]:
    """The method and what matters of each meeting in a mail's calendar file."""
    calendar: Any = icalendar.Calendar.from_ical(mail["calendar"])
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Europe/Stockholm"]
    return [
        {
            "method": str(calendar["METHOD"]),
            "uid": str(event["UID"]),
            "sequence": int(event["SEQUENCE"]),
            "starts": event["DTSTART"].dt,
            "status": str(event["STATUS"]),
            "summary": str(event["SUMMARY"]),
            "organizer": str(event["ORGANIZER"]),
        }
        for event in calendar.walk("VEVENT")
    ]


def to(mails: list[Mail], address: str) -> list[Mail]:
    return [mail for mail in mails if mail["to"] == address]


async def kinds(expo: Expo, stream: str) -> list[str]:
    async with expo.app.database.read() as session:
        query = select(StreamEventRow.kind).where(col(StreamEventRow.stream) == stream)
        return list((await session.exec(query.order_by(col(StreamEventRow.seq)))).all())


async def test_the_preview_says_who_will_be_told_and_whom_no_mail_reaches(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    await expo.laid(desk, 0, await expo.seeker("Amina Warsame"))
    silent = await expo.post("/seekers", name="Johan Berg")

    preview = (await expo.staff.get(expo.url("/publish-preview"))).json()

    assert preview == {
        "can_publish": True,
        "status": "draft",
        "meetings": 1,
        "seekers_told": 1,
        "recruiters_told": 1,
        "unreachable": [{"id": silent["id"], "name": "Johan Berg", "role": "seeker"}],
        "desks_without_recruiter": 0,
        "blocking": [],
        "warnings": 0,
    }


async def test_before_publishing_nobody_hears_of_a_meeting(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    seeker = await expo.seeker()
    laid = await expo.laid(desk, 0, seeker)
    place = {"desk_id": desk["id"], "slot_id": expo.slots[1]["id"]}
    await expo.staff.post(f"/api/meetings/{laid['meeting']['id']}/move", json=place)

    assert await expo.sent() == []
    assert await kinds(expo, f"person:{seeker['id']}") == []
    assert "plan.changed" in await kinds(expo, f"event:{expo.id}")


async def test_publishing_mails_both_sides_their_day_with_calendar_and_link(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    seeker = await expo.seeker()
    laid = await expo.laid(desk, 1, seeker)

    published = await expo.publish()
    mails = await expo.sent()

    [to_seeker] = to(mails, "amina.warsame@example.org")
    [to_recruiter] = to(mails, "rekryterare@nordkod.example")
    assert (published["status"], published["seekers_told"], published["recruiters_told"]) == ("published", 1, 1)
    [entry] = entries(to_seeker)
    assert entry == {
        "method": "PUBLISH",
        "uid": f"{laid['meeting']['id']}@direktkontakt",
        "sequence": 0,
        "starts": datetime.fromisoformat(expo.slots[1]["starts_at"]),
        "status": "CONFIRMED",
        "summary": "Möte med Nordkod AB",
        "organizer": "mailto:no-reply@direktkontakt.example",
    }
    assert entries(to_recruiter)[0]["summary"] == "Möte med Amina Warsame"
    assert to_seeker["subject"] == "Dina möten på IT-dagen"
    assert "10.15–10.30  Nordkod AB, på video, Video  (incheckningskod" in to_seeker["text"]
    assert "http://localhost:8000/desks" in to_recruiter["text"]
    token = to_seeker["text"].split("http://localhost:8000/j/")[1].split()[0]
    redeemed = await expo.app.browser().post("/api/join-links/redeem", json={"token": token})
    assert redeemed.json()["person"]["id"] == seeker["id"]
    assert await kinds(expo, f"person:{seeker['id']}") == ["meeting.changed"]
    assert (await kinds(expo, f"event:{expo.id}"))[-1] == "plan.published"


async def test_no_link_lies_in_the_database_before_its_mail_is_sent(expo: Expo) -> None:
    await expo.seeker()
    await expo.publish()

    async with expo.app.database.read() as session:
        [waiting] = (await session.exec(select(OutboxRow).where(col(OutboxRow.kind) == "plan_mail"))).all()
        [link] = (await session.exec(select(JoinLinkRow))).all()
    [mail] = await expo.sent()

    assert "[[link]]" in waiting.payload["mail"]["text"]
    assert waiting.payload["join_link_id"] == str(link.id)
    assert "/j/" in mail["text"]
    assert mail["subject"] == "Välkommen till IT-dagen"


async def test_an_event_is_published_once(expo: Expo) -> None:
    await expo.publish()

    again = await expo.staff.post(expo.url("/publish"))

    assert (again.status_code, again.json()["type"]) == (409, "urn:direktkontakt:problem:AlreadyPublished")


async def test_a_move_after_publishing_is_told_with_the_same_uid_and_a_higher_sequence(expo: Expo) -> None:
    nordkod, fjallnat = await expo.employer("Nordkod AB"), await expo.employer("Fjallnat AB")
    laid = await expo.laid(nordkod["desks"][0], 0, await expo.seeker())
    await expo.publish()
    await expo.sent()

    place = {"desk_id": fjallnat["desks"][0]["id"], "slot_id": expo.slots[5]["id"]}
    moved = await expo.staff.post(f"/api/meetings/{laid['meeting']['id']}/move", json=place)
    mails = await expo.sent()

    told = {(one["name"], one["role"]) for one in moved.json()["told"]}
    assert told == {
        ("Amina Warsame", "seeker"),
        ("Rekryterare på Fjallnat AB", "recruiter"),
        ("Rekryterare på Nordkod AB", "recruiter"),
    }
    seen = {
        mail["to"]: (entries(mail)[0]["method"], entries(mail)[0]["sequence"], entries(mail)[0]["uid"])
        for mail in mails
    }
    uid = f"{laid['meeting']['id']}@direktkontakt"
    assert seen == {
        "amina.warsame@example.org": ("PUBLISH", 1, uid),
        "rekryterare@fjallnat.example": ("PUBLISH", 1, uid),
        "rekryterare@nordkod.example": ("CANCEL", 1, uid),
    }


async def test_a_cancelled_meeting_is_taken_out_of_both_calendars(expo: Expo) -> None:
    laid = await expo.laid((await expo.employer())["desks"][0], 0, await expo.seeker())
    await expo.publish()
    await expo.sent()

    await expo.staff.post(f"/api/meetings/{laid['meeting']['id']}/cancel")
    again = await expo.staff.post(f"/api/meetings/{laid['meeting']['id']}/cancel")
    mails = await expo.sent()

    assert again.status_code == 200
    assert sorted(mail["to"] for mail in mails) == ["amina.warsame@example.org", "rekryterare@nordkod.example"]
    for mail in mails:
        [entry] = entries(mail)
        assert (entry["method"], entry["status"], entry["sequence"]) == ("CANCEL", "CANCELLED", 1)


async def test_a_desk_that_gets_another_recruiter_takes_its_meetings_along(expo: Expo) -> None:
    employer = await expo.employer()
    laid = await expo.laid(employer["desks"][0], 0, await expo.seeker())
    new = await expo.staff.post(
        expo.url(f"/employers/{employer['id']}/recruiters"), json={"name": "Ny", "email": "ny@nordkod.example"}
    )
    await expo.publish()
    await expo.sent()

    recruiter = next(one for one in new.json()["recruiters"] if one["name"] == "Ny")
    desk = employer["desks"][0]["id"]
    changed = await expo.staff.patch(expo.url(f"/desks/{desk}"), json={"recruiter_id": recruiter["id"]})
    mails = await expo.sent()

    assert changed.json()["recruiter_id"] == recruiter["id"]
    methods = {mail["to"]: entries(mail)[0]["method"] for mail in mails}
    assert methods == {
        "amina.warsame@example.org": "PUBLISH",
        "ny@nordkod.example": "PUBLISH",
        "rekryterare@nordkod.example": "CANCEL",
    }
    assert {entries(mail)[0]["uid"] for mail in mails} == {f"{laid['meeting']['id']}@direktkontakt"}


async def test_somebody_who_joins_a_published_event_is_invited(expo: Expo) -> None:
    await expo.publish()
    await expo.sent()

    await expo.seeker("Sen Ankomst")

    [mail] = await expo.sent()
    assert (mail["to"], mail["subject"], mail["calendar"]) == (
        "sen.ankomst@example.org",
        "Välkommen till IT-dagen",
        None,
    )
