"""A draft is written, refused while broken, published, and used from its day on; earlier scorecards keep theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest

from server.packs import shelf
from tests.server.hall import Hall

PROBLEM = "urn:direktkontakt:problem:"


@pytest.fixture(autouse=True)
def _own_shelf() -> Iterator[None]:
    yield
    shelf.take_off("it")


async def test_a_new_version_is_written_published_and_used_from_its_day_on(hall: Hall) -> None:
    await hall.meet()
    await hall.give_feedback()
    tomorrow = (hall.app.clock() + timedelta(days=1)).date()

    draft = (await hall.staff.post("/api/packs/it/drafts")).json()
    data = draft["data"]
    data["worked"]["choices"][0]["text"]["sv"] = "Ett exempel som alla förstod"
    saved = (await hall.staff.put("/api/packs/it/2", json={"revision": 0, "data": data})).json()
    published = await hall.staff.post("/api/packs/it/2/publish", json={"valid_from": tomorrow.isoformat()})
    today = (await hall.read_desk())["instrument"]
    listed = (await hall.staff.get("/api/packs")).json()
    after = shelf.newest("it", on=tomorrow).version
    given = (await hall.recruiter.get("/api/my/given-feedback")).json()

    assert (draft["version"], draft["state"], draft["problems"], draft["changes"]) == (2, "draft", [], [])
    assert [change["words"] for change in saved["changes"]] == [
        "Changed: the question about what worked, choices, “clear_example”, text, in Swedish: "
        "“Tydligt exempel” is now “Ett exempel som alla förstod”"
    ]
    assert (published.status_code, published.json()["state"]) == (200, "published")
    assert today == {"code": "it", "version": 1}
    assert after == 2
    assert [one["instrument"] for one in given] == [{"code": "it", "version": 1}]
    assert [(one["version"], one["state"], one["is_own"]) for one in listed[0]["versions"]] == [
        (1, "published", False),
        (2, "published", True),
    ]
    text = (await hall.staff.get("/api/instruments/it/2")).json()["worked"]["choices"][0]["text"]["sv"]
    assert text == "Ett exempel som alla förstod"


async def test_a_broken_draft_is_kept_told_in_words_and_not_published(hall: Hall) -> None:
    data = (await hall.staff.post("/api/packs/it/drafts")).json()["data"]
    del data["worked"]["choices"][0]["text"]["en"]
    day = (hall.app.clock() + timedelta(days=1)).date().isoformat()

    saved = (await hall.staff.put("/api/packs/it/2", json={"revision": 0, "data": data})).json()
    refused = await hall.staff.post("/api/packs/it/2/publish", json={"valid_from": day})

    assert [(one["place"], one["message"]) for one in saved["problems"]] == [
        (
            "the question about what worked, choices, “clear_example”, text, in English",
            "“en” is missing. Add it.",
        )
    ]
    assert refused.status_code == 422
    assert refused.json()["fields"] == [
        {"path": "worked.choices[clear_example].text.en", "message": "“en” is missing. Add it."}
    ]


async def test_two_editors_do_not_write_over_each_other_and_the_day_is_not_today(hall: Hall) -> None:
    data = (await hall.staff.post("/api/packs/it/drafts")).json()["data"]
    again = await hall.staff.post("/api/packs/it/drafts")
    await hall.staff.put("/api/packs/it/2", json={"revision": 0, "data": data})
    late = await hall.staff.put("/api/packs/it/2", json={"revision": 0, "data": data})
    today = await hall.staff.post("/api/packs/it/2/publish", json={"valid_from": hall.app.clock().date().isoformat()})
    missing = await hall.staff.post("/api/packs/nowhere/drafts")

    assert (again.status_code, late.status_code, today.status_code, missing.status_code) == (409, 409, 409, 404)
    assert today.json()["detail"].startswith("A version is used from tomorrow at the earliest")


async def test_a_published_version_never_changes(hall: Hall) -> None:
    data = (await hall.staff.post("/api/packs/it/drafts")).json()["data"]
    day = (hall.app.clock() + timedelta(days=1)).date().isoformat()
    await hall.staff.post("/api/packs/it/2/publish", json={"valid_from": day})

    changed = await hall.staff.put("/api/packs/it/2", json={"revision": 0, "data": data})
    again = await hall.staff.post("/api/packs/it/2/publish", json={"valid_from": day})
    shipped = await hall.staff.put("/api/packs/it/1", json={"revision": 0, "data": data})

    assert (changed.status_code, again.status_code, shipped.status_code) == (409, 409, 404)


async def test_a_meeting_is_asked_the_new_versions_questions_from_its_day_on(hall: Hall) -> None:
    recruiter_id = UUID((await hall.recruiter.me())["person"]["id"])
    draft = (await hall.staff.post("/api/packs/it/drafts")).json()
    tomorrow = (hall.app.clock() + timedelta(days=1)).date().isoformat()
    await hall.staff.post(f"/api/packs/it/{draft['version']}/publish", json={"valid_from": tomorrow})
    async with hall.app.database.read() as session:
        await shelf.read_published(session)

    today = (await hall.read_desk())["instrument"]
    hall.app.clock.advance(days=1)
    recruiter = await hall.app.signed_in(recruiter_id)
    after = (await recruiter.get(f"/api/desks/{hall.desk}")).json()["instrument"]

    assert (today["version"], after["version"]) == (1, 2)
