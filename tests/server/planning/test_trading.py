"""Two meetings trade times: both or neither, told once, and back by the same way."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlmodel import col, select

from server.kit.streams import StreamEventRow
from tests.server.expo import Expo, other_staff
from tests.server.harness import App
from tests.server.planning.test_two_slots import NEEDS

Changes = dict[str, dict[str, Any]]


async def trade(expo: Expo, one: dict[str, Any], other: dict[str, Any], **more: Any) -> httpx.Response:
    headers = {"idempotency-key": more.pop("key")} if "key" in more else {}
    body = {"meeting_id": one["meeting"]["id"], "other_meeting_id": other["meeting"]["id"]} | more
    return await expo.staff.post(expo.url("/trades"), json=body, headers=headers)


async def places(expo: Expo) -> dict[str, tuple[str, int]]:
    """Where each lies, by name: desk and number of the slot."""
    numbers = {slot["id"]: number for number, slot in enumerate(expo.slots)}
    return {one["seeker_name"]: (one["desk_id"], numbers[one["slot_id"]]) for one in (await expo.grid())["meetings"]}


async def test_two_meetings_of_a_draft_take_each_other_s_place_and_back(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    one, other = [await expo.laid(desk, slot, await expo.seeker(f"Sökande {slot}")) for slot in (1, 4)]
    before = (await expo.grid())["meetings"]

    answer = await trade(expo, one, other)
    traded = await places(expo)
    back = await trade(expo, one, other)

    assert (answer.status_code, answer.json()["told"], answer.json()["conflicts"]) == (200, [], [])
    assert {one["id"]: one["slot_id"] for one in answer.json()["meetings"]} == {
        one["meeting"]["id"]: expo.slots[4]["id"],
        other["meeting"]["id"]: expo.slots[1]["id"],
    }
    assert traded == {"Sökande 1": (desk["id"], 4), "Sökande 4": (desk["id"], 1)}
    assert back.status_code == 200
    assert (await expo.grid())["meetings"] == before


async def test_a_trade_is_made_once_however_often_it_is_asked_for(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    one, other = [await expo.laid(desk, slot, await expo.seeker(f"Sökande {slot}")) for slot in (1, 4)]
    key = str(uuid4())

    answers = [await trade(expo, one, other, key=key) for _ in range(2)]

    assert answers[0].json() == answers[1].json()
    assert await places(expo) == {"Sökande 1": (desk["id"], 4), "Sökande 4": (desk["id"], 1)}


async def test_a_published_trade_tells_both_and_the_recruiter_once_each_and_is_one_numbered_event(expo: Expo) -> None:
    employer = await expo.employer()
    desk = employer["desks"][0]
    one, other = [await expo.laid(desk, slot, await expo.seeker(f"Sökande {slot}")) for slot in (1, 4)]
    await expo.publish()
    await expo.sent()
    numbered = await heads(expo)

    answer = await trade(expo, one, other)

    told = [(person["name"], person["role"], person["by_mail"]) for person in answer.json()["told"]]
    assert sorted(told) == [
        ("Rekryterare på Nordkod AB", "recruiter", True),
        ("Sökande 1", "seeker", True),
        ("Sökande 4", "seeker", True),
    ]
    mails = await expo.sent()
    assert sorted(mail["to"] for mail in mails) == [
        "rekryterare@nordkod.example",
        "sokande.1@example.org",
        "sokande.4@example.org",
    ]
    assert [mail["calendar"].count("BEGIN:VEVENT") for mail in mails if mail["to"].startswith("rekryt")] == [2]
    assert (await heads(expo))[len(numbered) :] == ["plan.changed"]


async def heads(expo: Expo) -> list[str]:
    async with expo.app.database.read() as session:
        query = select(StreamEventRow.kind).where(
            col(StreamEventRow.stream) == f"event:{expo.id}", col(StreamEventRow.kind) == "plan.changed"
        )
        return list((await session.exec(query.order_by(col(StreamEventRow.seq)))).all())


async def test_desks_of_one_employer_trade_with_their_recruiters_and_each_calendar_is_right(expo: Expo) -> None:
    recruiters = [{"name": f"R{number}", "email": f"r{number}@nordkod.example"} for number in range(2)]
    desks = (await expo.employer(recruiters=recruiters))["desks"]
    one, other = [await expo.laid(desks[n], 1 + 3 * n, await expo.seeker(f"Sökande {n}")) for n in range(2)]
    await expo.publish()
    await expo.sent()

    answer = await trade(expo, one, other)

    assert len(answer.json()["told"]) == 4
    assert await places(expo) == {"Sökande 0": (desks[1]["id"], 4), "Sökande 1": (desks[0]["id"], 1)}
    gone = {mail["to"] for mail in await expo.sent() if "METHOD:CANCEL" in (mail["calendar"] or "")}
    assert gone == {"r0@nordkod.example", "r1@nordkod.example"}


@pytest.mark.parametrize("why", ["elsewhere", "gone", "begun", "seeker", "two", "employers"])
async def test_a_trade_that_no_longer_fits_is_refused_with_the_reason_and_changes_nothing(expo: Expo, why: str) -> None:
    desk = (await expo.employer())["desks"][0]
    more = {"scheduling_needs": NEEDS} if why == "two" else {}
    seekers = [await expo.seeker(f"Sökande {number}", **(more if number == 1 else {})) for number in range(2)]
    one, other = await expo.laid(desk, 7, seekers[0]), await expo.laid(desk, 4, seekers[1])
    asked: dict[str, Any] = {}
    if why == "elsewhere":
        asked["other_place"] = {"desk_id": desk["id"], "slot_id": expo.slots[0]["id"]}
    elif why == "seeker":
        hamnljus = (await expo.employer("Hamnljus IT"))["desks"][0]
        await expo.laid(hamnljus, 4, seekers[0])
    elif why == "employers":
        other = await expo.laid((await expo.employer("Hamnljus IT"))["desks"][0], 2, await expo.seeker("Sara Lind"))
    elif why in ("gone", "begun"):
        await expo.publish()
        await expo.staff.post(f"/api/meetings/{other['meeting']['id']}/cancel")
    if why == "begun":
        place = {"desk_id": desk["id"], "slot_id": expo.slots[4]["id"]}
        await expo.staff.post(f"/api/meetings/{other['meeting']['id']}/move", json=place)
        await begin(expo, seekers[1], desk, other)
    before = await expo.grid()

    refused = await trade(expo, one, other, **asked)

    problem = refused.json()
    assert (refused.status_code, problem["type"]) == (409, "urn:direktkontakt:problem:TradeRefused")
    expected = ("taken", "seeker") if why == "seeker" else (why, None)
    assert (problem["reason"], problem["party"]) == expected
    assert (await expo.grid())["meetings"] == before["meetings"]


async def begin(expo: Expo, seeker: dict[str, Any], desk: dict[str, Any], change: dict[str, Any]) -> None:
    expo.app.clock.advance(minutes=120)
    mine, recruiter = await expo.browser_of(seeker), await expo.browser_of({"id": desk["recruiter_id"]})
    await mine.post(f"/api/my/meetings/{change['meeting']['id']}/ready")
    started = await recruiter.post(f"/api/desks/{desk['id']}/open")
    assert started.status_code == 200
    started = await recruiter.post(f"/api/meetings/{change['meeting']['id']}/start")
    assert started.status_code == 200, started.text


async def test_two_long_meetings_trade_with_their_length(expo: Expo) -> None:
    desk = (await expo.employer())["desks"][0]
    seekers = [await expo.seeker(f"Sökande {number}", scheduling_needs=NEEDS) for number in range(2)]
    one, other = await expo.laid(desk, 0, seekers[0]), await expo.laid(desk, 4, seekers[1])

    answer = await trade(expo, one, other)

    ends = {meeting["seeker_name"]: meeting["ends_at"] for meeting in answer.json()["meetings"]}
    assert ends == {"Sökande 0": expo.slots[5]["ends_at"], "Sökande 1": expo.slots[1]["ends_at"]}


async def test_a_trade_is_between_two_meetings_of_one_s_own_event(expo: Expo, real_app: App) -> None:
    desk = (await expo.employer())["desks"][0]
    one, other = [await expo.laid(desk, slot, await expo.seeker(f"Sökande {slot}")) for slot in (1, 4)]
    stranger = await other_staff(real_app)
    body = {"meeting_id": one["meeting"]["id"], "other_meeting_id": other["meeting"]["id"]}

    answers = [
        await stranger.post(expo.url("/trades"), json=body),
        await expo.staff.post(expo.url("/trades"), json=body | {"other_meeting_id": str(UUID(int=7))}),
        await trade(expo, one, one),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 422]
