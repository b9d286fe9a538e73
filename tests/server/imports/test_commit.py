"""Saving an import: everything or nothing, read before anybody has to wait, and never from what is out of date."""

from __future__ import annotations

import gc
from typing import Any
from uuid import UUID

import pytest

from server.imports import service
from server.imports.quiet import no_collections
from server.imports.rules import Choices, choices_from_json
from server.imports.tables import ImportRow
from server.recruitment_events.tables import RecruitmentEventRow
from tests.server.expo import Expo

SHEET = "Namn;E-post;Önskemål 1\n" + "".join(
    f"Person {number};person{number}@x.example;Nordkod AB\n" for number in range(600)
)


async def upload(expo: Expo, sheet: str = SHEET) -> dict[str, Any]:
    answer = await expo.staff.post(expo.url("/imports"), params={"filename": "a.csv"}, content=sheet)
    assert answer.status_code == 201, answer.text
    uploaded: dict[str, Any] = answer.json()
    return uploaded


async def seekers(expo: Expo) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await expo.seekers()
    return found


async def test_hundreds_are_saved_in_portions_all_of_them_once(expo: Expo) -> None:
    employer = await expo.employer()
    first, second = await upload(expo), await upload(expo)

    new = await expo.staff.post(expo.url(f"/imports/{first['id']}/commit"))
    again = await expo.staff.post(expo.url(f"/imports/{second['id']}/commit"))

    assert (new.json()["seekers_new"], again.json()["seekers_renewed"]) == (600, 600)
    found = await seekers(expo)
    assert {one["email"] for one in found} == {f"person{number}@x.example" for number in range(600)}
    assert all(one["wishes"] == [employer["id"]] for one in found)


async def test_a_commit_that_is_sent_again_gets_its_answer_again(expo: Expo) -> None:
    await expo.employer()
    uploaded = await upload(expo)
    url, key = expo.url(f"/imports/{uploaded['id']}/commit"), {"idempotency-key": "the-same"}

    once, twice = [await expo.staff.post(url, headers=key) for _ in range(2)]
    other = await expo.staff.post(url)

    assert (once.status_code, twice.status_code, once.json()) == (200, 200, twice.json())
    assert (other.status_code, other.json()["type"].rpartition(":")[2]) == (409, "ImportIsCommitted")


async def prepared(expo: Expo, uploaded: dict[str, Any]) -> service.Prepared:
    async with expo.app.database.read() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(expo.id))
        return await service.prepare(session, event, await session.get_one(ImportRow, UUID(uploaded["id"])))


async def bring_in(expo: Expo, uploaded: dict[str, Any], ready: service.Prepared) -> dict[str, int]:
    async with expo.app.database.transaction() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(expo.id))
        row = await session.get_one(ImportRow, UUID(uploaded["id"]))
        return await service.bring_in(session, event, row, prepared=ready, now=expo.app.clock())


async def test_what_was_prepared_before_staff_chose_anew_is_read_again(expo: Expo) -> None:
    await expo.employer()
    uploaded = await upload(expo)
    ready = await prepared(expo, uploaded)
    await expo.staff.put(expo.url(f"/imports/{uploaded['id']}/decisions"), json={"left_out": [2, 3]})

    counts = await bring_in(expo, uploaded, ready)

    assert (counts["seekers_new"], counts["left_out"]) == (598, 2)


async def test_what_was_prepared_before_an_employer_left_is_read_again(expo: Expo) -> None:
    employer = await expo.employer()
    uploaded = await upload(expo)
    ready = await prepared(expo, uploaded)
    await expo.staff.delete(expo.url(f"/desks/{employer['desks'][0]['id']}"))

    with pytest.raises(service.IsBlocked) as blocked:
        await bring_in(expo, uploaded, ready)

    assert [reason.code for reason in blocked.value.reasons] == ["decisions_open"]
    assert await seekers(expo) == []


async def test_what_was_prepared_and_still_holds_is_not_read_again(expo: Expo) -> None:
    await expo.employer()
    uploaded = await upload(expo)
    ready = await prepared(expo, uploaded)
    async with expo.app.database.transaction() as session:
        # A sheet that nobody could read: whoever looked at it once more would fail.
        (await session.get_one(ImportRow, UUID(uploaded["id"]))).sheet = {"rows": "broken"}

    assert (await bring_in(expo, uploaded, ready))["seekers_new"] == 600
    assert choices_from_json(ready.choices) == Choices()


def test_no_garbage_is_collected_while_somebody_reads_and_all_of_it_afterwards() -> None:
    assert gc.isenabled()
    with no_collections():
        with no_collections():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()

    with pytest.raises(ValueError, match="broken"), no_collections():
        raise ValueError("broken")
    assert gc.isenabled()
