"""Bringing vacancies in: looked at first, all or nothing, and a second time changes instead of doubling."""

from __future__ import annotations

from typing import Any

import httpx
from sqlmodel import select

from server.identity.tables import OrganisationRow
from tests.server.hall import Hall
from tests.server.vacancy_imports.files import SHEET, advertisement, removed, search_answer, stream


async def test_a_preview_says_what_would_happen_and_changes_nothing(hall: Hall) -> None:
    shown = (await _send(hall, "/preview", search_answer(advertisement()))).json()

    assert (shown["new"], shown["new_employers"], shown["refused"]) == (1, 1, [])
    assert shown["rows"][0] | {"guesses": []} == {
        "line": 1,
        "source_id": "90000001",
        "title": "Systemutvecklare till Påhittsvall",
        "employer": "Påhittade System AB",
        "employer_is_new": True,
        "place": "Påhittsvall",
        "required": ["Java"],
        "apply_by": "2026-06-30",
        "change": "new",
        "guesses": [],
    }
    assert (await hall.staff.get("/api/vacancies")).json() == []


async def test_a_second_import_changes_instead_of_doubling(hall: Hall) -> None:
    await _send(hall, "", stream(advertisement(), advertisement("2")))
    hall.app.clock.advance(minutes=30)

    again = (await _send(hall, "", stream(advertisement(headline="Ny rubrik"), advertisement("2")))).json()

    assert (again["new"], again["changed"], again["same"], again["new_employers"]) == (0, 1, 1, 0)
    bank = (await hall.staff.get("/api/vacancies")).json()
    assert sorted((one["title"], one["version"]) for one in bank) == [
        ("Ny rubrik", 1),
        ("Systemutvecklare till Påhittsvall", 0),
    ]
    assert {one["confirmed_at"] for one in bank} == {"2026-05-12T07:30:00Z"}
    assert len({one["employer"]["id"] for one in bank}) == 1
    java = next(one for one in bank[0]["required"] if one["label"] == "Java")
    assert (java["code"], java["concept_id"]) == ("java", "aaaa_bbb_ccc")


async def test_an_employer_that_is_written_in_two_ways_is_one_new_employer(hall: Hall) -> None:
    unnumbered = {"name": "PÅHITTADE  system ab"}
    raw = stream(advertisement(), advertisement("2", employer=unnumbered))

    shown = (await _send(hall, "/preview", raw)).json()
    done = (await _send(hall, "", raw)).json()

    assert (shown["new_employers"], done["new_employers"]) == (1, 1)
    assert {one["employer"] for one in shown["rows"]} == {"Påhittade System AB"}
    assert len({one["employer"]["id"] for one in (await hall.staff.get("/api/vacancies")).json()}) == 1


async def test_a_vacancy_stays_with_its_employer_when_that_is_called_otherwise_by_now(hall: Hall) -> None:
    named = {"name": "Påhittade System AB"}
    await _send(hall, "", stream(advertisement(employer=named)))

    again = (await _send(hall, "", stream(advertisement(employer={"name": "Hittepå Nya AB"})))).json()

    async with hall.app.database.read() as session:
        names = (await session.exec(select(OrganisationRow.name))).all()
    assert (again["same"], again["new_employers"], again["rows"][0]["employer"]) == (1, 0, "Påhittade System AB")
    assert "Hittepå Nya AB" not in names


async def test_removed_advertisements_close_and_come_back(hall: Hall) -> None:
    await _send(hall, "", stream(advertisement()))

    shown = (await _send(hall, "/preview", stream(removed("90000001"), removed("5")))).json()
    await _send(hall, "", stream(removed("90000001"), removed("5")))
    closed = (await hall.staff.get("/api/vacancies")).json()[0]
    refused = await hall.staff.post(f"/api/vacancies/{closed['id']}/confirm")
    await _send(hall, "", stream(advertisement()))

    assert [one["source_id"] for one in shown["closing"]] == ["90000001"]
    assert shown["unknown_removed"] == 1
    assert closed["standing"] == "removed"
    assert refused.status_code == 409
    assert (await hall.staff.get("/api/vacancies")).json()[0]["standing"] == "open"


async def test_a_refused_row_stops_the_whole_file_until_it_is_left_out(hall: Hall) -> None:
    raw = stream(advertisement(), advertisement("2", headline=""))

    stopped = await _send(hall, "", raw)
    there = (await hall.staff.get("/api/vacancies")).json()
    taken = await _send(hall, "", raw, leave_out="2")

    assert (stopped.status_code, stopped.json()["type"].rpartition(":")[2]) == (409, "RowsAreRefused")
    assert there == []
    assert (taken.json()["new"], taken.json()["left_out"]) == (1, 1)


async def test_what_an_employer_has_hidden_stays_hidden(hall: Hall) -> None:
    await _send(hall, "", stream(advertisement()))
    vacancy = (await hall.staff.get("/api/vacancies")).json()[0]
    await hall.staff.post(f"/api/vacancies/{vacancy['id']}/withdraw")

    await _send(hall, "", stream(advertisement(headline="Ändrad")))

    after = (await hall.staff.get("/api/vacancies")).json()[0]
    assert (after["title"], after["standing"]) == ("Ändrad", "withdrawn")


async def test_a_spreadsheet_is_brought_in_and_its_jobs_are_applied_for_elsewhere(hall: Hall) -> None:
    done = (await _send(hall, "", SHEET.encode("cp1252"))).json()
    jobs = (await (await hall.seeker()).get("/api/my/jobs")).json()["jobs"]

    assert (done["new"], done["new_employers"]) == (2, 1)
    assert sorted((one["title"], one["how"]) for one in jobs) == [("Drifttekniker", "nowhere"), ("Testare", "nowhere")]


async def test_a_file_of_something_else_is_refused_with_a_reason_and_only_staff_bring_files(hall: Hall) -> None:
    for raw, reason in ((b"", "file_empty"), (b"{x", "no_advertisements"), (b"%PDF-1.7", "file_pdf")):
        answer = await _send(hall, "/preview", raw)
        assert (answer.status_code, answer.json()["reason"]) == (422, reason)
    assert (await hall.recruiter.post("/api/vacancy-imports", content=SHEET.encode())).status_code == 403


async def _send(hall: Hall, path: str, raw: bytes, **query: Any) -> httpx.Response:
    return await hall.staff.post(f"/api/vacancy-imports{path}", params=query, content=raw)
