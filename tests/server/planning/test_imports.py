"""Imports over HTTP: everything or nothing, and only for the event's own staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.server.expo import Expo, other_staff
from tests.server.harness import App

PROBLEM = "urn:direktkontakt:problem:"
EMPLOYERS = (
    "Företag;Kontaktperson;E-post;Form;Antal rekryterare;Från;Till;Söker kompetens;Bord/rum\n"
    "Nordkod AB;Zahra Ek;zahra@nordkod.example;video;2;10:00;11:00;Python, SQL;\n"
    "Molnverket AB;Tuva Lind;tuva@molnverket.example;på plats;1;;;Linux;Bord 4\n"
)
SEEKERS = (
    "Förnamn;Efternamn;E-post;Önskar träffa 1;Helst inte;Kan från;Kan till;Form;Behov;Kompetenser;Samtycke\n"
    "Amina;Warsame;amina@sokande.example;Nordkod AB;Molnverket AB;10:15;;video;teckenspråkstolk;Python;Ja\n"
    "Johan;Berg;johan(at)sokande;;;;;;;;Ja\n"
)


async def upload(expo: Expo, text: str) -> dict[str, Any]:
    answer = await expo.staff.post(expo.url("/imports?filename=lista.csv"), content=text.encode("cp1252"))
    assert answer.status_code == 201, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def decide(expo: Expo, imported: dict[str, Any], **choices: Any) -> httpx.Response:
    return await expo.staff.put(expo.url(f"/imports/{imported['id']}/decisions"), json=choices)


async def commit(expo: Expo, imported: dict[str, Any]) -> httpx.Response:
    return await expo.staff.post(expo.url(f"/imports/{imported['id']}/commit"))


async def test_employers_of_a_sheet_come_with_desks_hours_and_stations(expo: Expo) -> None:
    imported = await upload(expo, EMPLOYERS)

    nothing_yet = (await expo.staff.get(expo.url("/employers"))).json()
    committed = await commit(expo, imported)

    assert (nothing_yet, imported["status"], imported["blocked"]) == ([], "preview", [])
    counts = {name: number for name, number in committed.json().items() if number}
    assert counts == {"employers_new": 2, "recruiters_new": 2, "desks": 3, "stations": 1}
    molnverket, nordkod = (await expo.staff.get(expo.url("/employers"))).json()
    assert (nordkod["competences_wanted"], len(nordkod["desks"])) == (["Python", "SQL"], 2)
    assert nordkod["desks"][0]["on_duty_until"] == "2026-05-12T09:00:00Z"
    assert nordkod["desks"][1]["recruiter_id"] is None
    [station] = (await expo.staff.get(expo.url())).json()["stations"]
    assert (station["number"], station["name"]) == (4, "Bord 4")
    assert molnverket["desks"][0]["station_id"] == station["id"]


async def test_a_refused_row_stops_the_whole_file_until_it_is_mended_or_left_out(expo: Expo) -> None:
    await commit(expo, await upload(expo, EMPLOYERS))
    imported = await upload(expo, SEEKERS)

    refused = await commit(expo, imported)
    nobody = await expo.seekers()
    decided = await decide(expo, imported, overrides=[{"line": 3, "field": "email", "text": "johan@sokande.example"}])
    committed = await commit(expo, imported)

    assert (refused.status_code, refused.json()["type"]) == (409, PROBLEM + "ImportIsBlocked")
    assert refused.json()["reasons"] == [{"code": "rows_refused", "lines": [3], "names": []}]
    assert nobody == []
    assert decided.json()["blocked"] == []
    assert committed.json()["seekers_new"] == 2
    amina, johan = await expo.seekers()
    employers = {one["name"]: one["id"] for one in (await expo.staff.get(expo.url("/employers"))).json()}
    assert (amina["wishes"], amina["avoids"]) == ([employers["Nordkod AB"]], [employers["Molnverket AB"]])
    assert (amina["available_from"], amina["form"]) == ("2026-05-12T08:15:00Z", "video")
    assert (amina["access_needs"], johan["email"]) == (["teckenspråkstolk"], "johan@sokande.example")


async def test_an_import_is_saved_once_and_its_sheet_forgotten(expo: Expo) -> None:
    imported = await upload(expo, EMPLOYERS)
    await commit(expo, imported)

    again = await commit(expo, imported)
    late = await decide(expo, imported, left_out=[2])
    shown = (await expo.staff.get(expo.url(f"/imports/{imported['id']}"))).json()
    listed = (await expo.staff.get(expo.url("/imports"))).json()

    assert (again.json()["type"], late.json()["type"]) == (PROBLEM + "ImportIsCommitted",) * 2
    assert (shown["status"], shown["preview"]) == ("committed", None)
    assert [(one["filename"], one["counts"]["desks"]) for one in listed] == [("lista.csv", 3)]


async def test_a_commit_that_is_sent_again_is_answered_alike(expo: Expo) -> None:
    imported = await upload(expo, EMPLOYERS)
    headers = {"idempotency-key": str(uuid4())}
    url = expo.url(f"/imports/{imported['id']}/commit")

    first = await expo.staff.post(url, headers=headers)
    second = await expo.staff.post(url, headers=headers)

    assert (first.status_code, second.status_code) == (200, 200)
    assert first.json() == second.json()


async def test_what_is_no_table_is_refused_with_a_reason(expo: Expo) -> None:
    files = {
        "file_empty": b"",
        "file_pdf": b"%PDF-1.7 ...",
        "file_spreadsheet": b"PK\x03\x04xl/workbook.xml" + b"0" * 90,
    }

    found = {}
    for reason, content in files.items():
        answer = await expo.staff.post(expo.url("/imports?filename=x.csv"), content=content)
        found[reason] = (answer.status_code, answer.json()["type"])

    assert found == {reason: (422, PROBLEM + "SheetNotReadable") for reason in files}


async def test_staff_of_another_event_find_no_import(expo: Expo, real_app: App) -> None:
    imported = await upload(expo, EMPLOYERS)
    stranger = await other_staff(real_app)
    url = expo.url(f"/imports/{imported['id']}")

    answers = [
        await stranger.get(expo.url("/imports")),
        await stranger.post(expo.url("/imports?filename=x.csv"), content=b"a;b"),
        await stranger.get(url),
        await stranger.put(f"{url}/decisions", json={}),
        await stranger.post(f"{url}/commit"),
        await stranger.delete(url),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    assert (await expo.staff.delete(url)).status_code == 204
    assert (await expo.staff.get(url)).status_code == 404


async def test_a_sheet_that_nobody_went_on_with_is_forgotten_after_a_day(expo: Expo) -> None:
    old = await upload(expo, SEEKERS)
    expo.app.clock.advance(hours=25)
    expo.staff = await expo.app.signed_in(UUID(expo.event["staff"][0]["id"]))

    new = await upload(expo, SEEKERS)

    listed = (await expo.staff.get(expo.url("/imports"))).json()
    assert [one["id"] for one in listed] == [new["id"]] != [old["id"]]
