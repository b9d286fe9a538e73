"""What a seeker takes out: to read, as PDF, as JSON Resume, and everything; each through the doors of the pages."""

from __future__ import annotations

import io
import json
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

import server.tables as tables
from server.case_work.tables import HandOverRow
from server.portable.held import HELD, LEFT_OUT
from server.responses.tables import FeedbackResponseRow
from tests.server.hall import COMPLETE, Hall

# It comes with the check of the workflows, and brings no types.
jsonschema: Any = import_module("jsonschema")
ROOT = Path(__file__).parents[3]
PUBLISHED = ROOT / "frontend" / "node_modules" / "@jsonresume" / "schema" / "schema.json"
# refuses fields that we do not mean to write, which the published one lets pass
OURS = ROOT / "tests" / "data" / "json_resume.schema.json"
STATEMENT = str(COMPLETE["worked_statement"])


async def opened(hall: Hall) -> Any:
    """A seeker who has opened one feedback."""
    seeker = await hall.meet()
    feedback_id = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback_id}/open")
    await seeker.post(f"/api/my/feedback/{feedback_id}/goal", json={"chip": "tell_own_part"})
    return seeker


def archive(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


async def test_the_document_says_what_the_employer_said_in_the_language_asked_for(hall: Hall) -> None:
    seeker = await opened(hall)

    swedish = (await seeker.get("/api/my/portable")).json()
    english = (await seeker.get("/api/my/portable?language=en")).json()

    assert [section["heading"] for section in swedish["sections"]][:4] == [
        "Om mig",
        "Mitt mål",
        "Det jag kan",
        "Återkoppling från arbetsgivare",
    ]
    said = {line["label"]: line["text"] for section in swedish["sections"] for line in section["lines"]}
    assert said["Gör detta härnäst"] == "Berätta din egen del"
    assert said["Med egna ord"] == f"”{STATEMENT}”"
    assert said["Yrkeskunskap för rollen"] == "Löste eller resonerade om deras problem (5/5)"
    assert said["Insikt i rollen och branschen"] == "Inget underlag"
    assert [section["heading"] for section in english["sections"]][1] == "My goal"


async def test_the_pdf_holds_its_fonts_and_its_language(hall: Hall) -> None:
    seeker = await opened(hall)

    answer = await seeker.get("/api/my/portable.pdf?language=sv")

    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert b"AtkinsonHyperlegibleNext" in answer.content and b"/FontFile2" in answer.content
    assert b"/Lang (sv)" in answer.content
    assert b"/Outlines" in answer.content


async def test_the_resume_is_valid_and_carries_no_rating(hall: Hall) -> None:
    seeker = await opened(hall)

    resume = (await seeker.get("/api/my/resume.json")).json()

    for schema, judge in ((PUBLISHED, jsonschema.Draft7Validator), (OURS, jsonschema.Draft202012Validator)):
        told = json.loads(schema.read_text(encoding="utf-8"))
        judge(told, format_checker=judge.FORMAT_CHECKER).validate(resume)
    assert [one["name"] for one in resume["skills"]] == ["Python"]
    assert [one["reference"] for one in resume["references"]] == [f"Tydligt exempel. ”{STATEMENT}”"]
    assert "/5" not in json.dumps(resume)


async def test_the_archive_holds_everything_by_named_fields(hall: Hall) -> None:
    seeker = await opened(hall)

    files = archive((await seeker.get("/api/my/everything.zip")).content)
    held = json.loads(files["allt.json"])

    assert sorted(files) == ["allt.json", "profil.html", "profil.pdf", "resume.json"]
    assert set(held) == {*HELD, "feedback", "made_at"}
    assert held["person"][0]["email"] == "seeker_0@hall.example"
    assert [one["label"] for one in held["competence"]] == ["Python"]
    assert held["feedback"][0]["answers"] == COMPLETE
    assert STATEMENT in files["profil.html"].decode()
    assert "token_hash" not in files["allt.json"].decode()


async def test_what_case_workers_write_and_what_one_did_about_feedback_is_in_the_archive(hall: Hall) -> None:
    seeker = await hall.meet()
    feedback_id = await hall.give_feedback()
    about = f"/api/seekers/{hall.seekers[0]}"
    await seeker.put("/api/my/sharing", json={"shares": True})
    await hall.case_worker.post(f"{about}/tasks", json={"title": "Ring Noor", "due_on": "2026-05-20"})
    await hall.case_worker.put(f"{about}/tasks/feedback:{feedback_id}", json={"done": True})
    async with hall.app.database.transaction() as session:
        session.add(
            HandOverRow(
                seeker_id=hall.seekers[0],
                from_id=hall.case_worker_id,
                to_id=hall.seekers[2],
                note="Tar du över?",
                made_at=hall.app.clock(),
            )
        )
        session.add(FeedbackResponseRow(scorecard_id=UUID(feedback_id), dispute="Så var det inte."))

    held = json.loads(archive((await seeker.get("/api/my/everything.zip")).content)["allt.json"])

    assert [(one["title"], one["due_on"]) for one in held["case_task"]] == [("Ring Noor", "2026-05-20")]
    assert [one["note"] for one in held["hand_over"]] == ["Tar du över?"]
    assert [(one["scorecard_id"], one["dispute"]) for one in held["feedback_response"]] == [
        (feedback_id, "Så var det inte.")
    ]
    other = json.loads(archive((await (await hall.seeker(1)).get("/api/my/everything.zip")).content)["allt.json"])
    assert (other["case_task"], other["hand_over"], other["feedback_response"]) == ([], [], [])


async def test_a_resume_is_valid_with_nothing_and_with_odd_letters(hall: Hall) -> None:
    nobody = await hall.seeker(1)
    odd = [{"label": "C#/Ångström 木 \u202e🧑‍💻 <b>", "detail": '\n"'}]
    seeker = await hall.seeker()
    kept = await seeker.put("/api/my/competences", json={"competences": odd})

    resumes = [(await one.get("/api/my/resume.json?language=en")).json() for one in (nobody, seeker)]

    assert kept.status_code == 200, kept.text
    for schema, judge in ((PUBLISHED, jsonschema.Draft7Validator), (OURS, jsonschema.Draft202012Validator)):
        for resume in resumes:
            judge(json.loads(schema.read_text(encoding="utf-8")), format_checker=judge.FORMAT_CHECKER).validate(resume)
    assert [(one["skills"] == [], one["references"]) for one in resumes] == [(True, []), (False, [])]


async def test_sealed_feedback_stays_sealed_in_every_form(hall: Hall) -> None:
    seeker = await hall.meet()
    await hall.give_feedback()

    files = archive((await seeker.get("/api/my/everything.zip")).content)
    document = (await seeker.get("/api/my/portable")).text

    held = json.loads(files["allt.json"])
    assert [sorted(one) for one in held["feedback"]] == [["employer", "recruiter", "released_at"]]
    assert all(STATEMENT not in text for text in (files["allt.json"].decode(), files["profil.html"].decode(), document))


async def test_nobody_gets_anybody_elses_and_an_employer_gets_nothing(hall: Hall) -> None:
    await opened(hall)
    other = await hall.seeker(1)

    theirs = (await other.get("/api/my/everything.zip")).content
    refused = await hall.recruiter.get("/api/my/everything.zip")

    assert STATEMENT not in archive(theirs)["allt.json"].decode()
    assert json.loads(archive(theirs)["allt.json"])["feedback"] == []
    assert refused.status_code == 403


def test_every_table_that_points_at_people_is_taken_out_or_says_why_not() -> None:
    assert tables.__all__
    pointing = {
        name
        for name, table in SQLModel.metadata.tables.items()
        if any(key.column.table.name == "person" for column in table.columns for key in column.foreign_keys)
    }

    through = {name: held.through for name, held in HELD.items() if held.through is not None}
    assert pointing | {"person"} | set(through) == set(HELD) | set(LEFT_OUT)
    assert not set(HELD) & set(LEFT_OUT)
    for name, held in HELD.items():
        pointer, owner = held.through or (held.whose, name)
        assert held.whose in SQLModel.metadata.tables[owner].columns
        assert {pointer, *held.columns} <= set(SQLModel.metadata.tables[name].columns.keys())
