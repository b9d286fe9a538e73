"""A file of concepts of our own, taken in, changed, broken and searched."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlmodel import col, select

from server.identity.people import create_person
from server.identity.roles import Role
from server.kit.db import Database
from server.taxonomy import service
from server.taxonomy.reader import FileBroken
from server.taxonomy.service import FileHasFaults, FileTooLong, Imported, import_file, search, survey
from server.taxonomy.tables import TaxonomyConceptRow, TaxonomyLabelRow, TaxonomyReplacementRow
from tests.feedback import jobtech
from tests.server.harness import App

JAVA, JAWA, OAK, KOFFI, COBOL, CIRCLE, ROUND = (f"AAAA_aaa_00{number}" for number in range(1, 8))


def concept(id: str, label: str, *, type: str = "skill", **more: Any) -> dict[str, Any]:
    return {"id": id, "type": type, "preferred_label": label} | more


CONCEPTS = [
    concept(JAVA, "Java, programmeringsspråk"),
    concept(JAWA, "Jawa", deprecated=True, replaced_by=[{"id": OAK}]),
    concept(OAK, "Oak", replaced_by=[{"id": JAVA}]),
    concept(KOFFI, "Javakaffe", type="barista-art"),
    concept(COBOL, "Cobol, programmeringsspråk", deprecated=True),
    concept(CIRCLE, "Javacirkel", replaced_by=[ROUND]),
    concept(ROUND, "Javarunda", replaced_by=[CIRCLE]),
]


async def take_in(database: Database, concepts: object, *, language: str = "sv", size: int = 40) -> Imported:
    text = concepts if isinstance(concepts, str) else json.dumps(concepts, indent=1)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return await import_file(lambda: pieces, database.transaction, language=language)


async def rows(database: Database) -> list[tuple[str, str, bool, str]]:
    """Every label with its concept."""
    async with database.read() as session:
        query = (
            select(TaxonomyConceptRow, TaxonomyLabelRow)
            .join(TaxonomyLabelRow, col(TaxonomyLabelRow.concept_id) == col(TaxonomyConceptRow.id))
            .order_by(col(TaxonomyConceptRow.id), col(TaxonomyLabelRow.language), col(TaxonomyLabelRow.position))
        )
        return [(one.id, one.type, one.is_deprecated, label.label) for one, label in await session.exec(query)]


async def found(database: Database, words: str, **more: Any) -> list[tuple[str, str | None]]:
    async with database.read() as session:
        return [(one.label, one.instead_of) for one in await search(session, words, **more)]


async def test_a_file_is_taken_in_with_what_replaced_what(app: App) -> None:
    done = await take_in(app.database, CONCEPTS)

    assert (done.new, done.changed, done.unchanged, done.not_in_file) == (7, 0, 0, 0)
    assert (done.survey.deprecated, done.survey.replaced, done.survey.repeated) == (5, 4, 0)
    assert done.survey.unknown_types == {"barista-art": 1}
    assert sorted(done.leads_nowhere) == [CIRCLE, ROUND]
    assert (await rows(app.database))[:3] == [
        (JAVA, "skill", False, "Java, programmeringsspråk"),
        (JAWA, "skill", True, "Jawa"),
        (OAK, "skill", True, "Oak"),
    ]


async def test_taking_it_in_again_doubles_nothing_and_changes_what_the_file_says_otherwise(app: App) -> None:
    await take_in(app.database, CONCEPTS)
    before = await rows(app.database)
    again = await take_in(app.database, CONCEPTS)

    assert (again.new, again.changed, again.unchanged) == (0, 0, 7)
    assert await rows(app.database) == before

    changed = [concept(JAVA, "Java", alternative_labels=["Oak"]), concept(OAK, "Oak", replaced_by=[COBOL])]
    done = await take_in(app.database, changed)

    assert (done.new, done.changed, done.unchanged, done.not_in_file) == (0, 2, 0, 5)
    assert [row for row in await rows(app.database) if row[0] in (JAVA, OAK)] == [
        (JAVA, "skill", False, "Java"),
        (JAVA, "skill", False, "Oak"),
        (OAK, "skill", True, "Oak"),
    ]
    async with app.database.read() as session:
        query = select(TaxonomyReplacementRow.replaced_by).where(col(TaxonomyReplacementRow.concept_id) == OAK)
        assert (await session.exec(query)).all() == [COBOL]


async def test_an_import_that_was_interrupted_is_run_again_to_its_end(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "AT_ONCE", 2)
    text, reads = json.dumps(CONCEPTS), 0

    def pieces() -> list[str]:
        nonlocal reads
        reads += 1
        return [text] if reads != 2 else [text[: text.index(KOFFI)]]

    with pytest.raises(FileBroken):
        await import_file(pieces, app.database.transaction, language="sv")
    halfway = len(await rows(app.database))
    done = await import_file(pieces, app.database.transaction, language="sv")

    assert halfway == 2
    assert (done.new, done.unchanged) == (5, 2)
    assert len(await rows(app.database)) == 7


async def test_labels_of_another_language_stand_beside_the_first(app: App) -> None:
    await take_in(app.database, CONCEPTS)
    done = await take_in(app.database, [concept(JAVA, "Java, programming language")], language="en")

    async with app.database.read() as session:
        [java] = await search(session, "programming language")
    assert (done.changed, java.id, java.label) == (1, JAVA, "Java, programmeringsspråk")
    assert java.labels == {"en": "Java, programming language", "sv": "Java, programmeringsspråk"}


async def test_the_same_entry_twice_is_counted_and_another_under_its_id_refused(app: App) -> None:
    twice = await take_in(app.database, [*CONCEPTS, *CONCEPTS[:2]])
    other = json.dumps([CONCEPTS[0], concept(JAVA, "Javan")], indent=1)

    assert (twice.new, twice.survey.repeated, twice.unchanged) == (7, 2, 0)
    with pytest.raises(FileHasFaults) as caught:
        survey([other])
    assert [str(one) for one in caught.value.faults] == [
        f"line 7, concept {JAVA}: The same id means something else on line 2."
    ]


async def test_of_a_file_with_faults_nothing_is_taken_in_and_the_first_ones_are_told(app: App) -> None:
    wrong = [{"id": JAVA, "type": "skill"} for _ in range(30)]

    with pytest.raises(FileHasFaults) as caught:
        await take_in(app.database, [*CONCEPTS, *wrong])

    assert (caught.value.number, len(caught.value.faults)) == (30, 20)
    assert "The preferred label is missing." in str(caught.value.faults[0])
    with pytest.raises(FileBroken):
        await take_in(app.database, json.dumps(CONCEPTS)[:-1])
    assert await rows(app.database) == []


def test_what_can_hardly_be_the_taxonomy_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "CONCEPTS_MAX", 5)

    with pytest.raises(FileTooLong, match="more than 5 concepts"):
        survey([json.dumps(CONCEPTS)])


async def test_the_nearest_is_found_first_and_the_former_as_what_replaced_it(app: App) -> None:
    await take_in(app.database, [*CONCEPTS, concept("AAAA_aaa_008", "Programmering i Java")])

    assert await found(app.database, "JAVA") == [
        ("Java, programmeringsspråk", None),
        ("Javakaffe", None),
        ("Programmering i Java", None),
    ]
    assert await found(app.database, "jawa") == [("Java, programmeringsspråk", "Jawa")]
    assert await found(app.database, "programmeringssprak co") == [("Cobol, programmeringsspråk", None)]
    assert await found(app.database, "java", type="barista-art") == [("Javakaffe", None)]
    assert await found(app.database, "java", most=1) == [("Java, programmeringsspråk", None)]
    assert await found(app.database, "kaffe%") == [("Javakaffe", None)]
    assert await found(app.database, "%") == await found(app.database, "_ _") == []


async def test_staff_search_by_http(app: App) -> None:
    await take_in(app.database, CONCEPTS)
    async with app.database.transaction() as session:
        who: dict[str, Any] = {"name": "Sara Stab", "email": "sara@expo.example", "role": Role.STAFF}
        staff_id = await create_person(session, **who, now=app.clock(), organisation_name="Expo")
    staff = await app.signed_in(staff_id)

    answer = await staff.get("/api/taxonomy/concepts", params={"q": "oak", "type": "skill"})

    assert answer.json() == [
        {
            "id": JAVA,
            "type": "skill",
            "label": "Java, programmeringsspråk",
            "labels": {"sv": "Java, programmeringsspråk"},
            "is_deprecated": False,
            "instead_of": "Oak",
        }
    ]
    assert (await staff.get("/api/taxonomy/concepts", params={"q": ""})).status_code == 422


async def test_the_dump_of_the_employment_service_is_read_as_a_whole(app: App) -> None:
    path = jobtech.dump_path()
    text = path.read_text(encoding="utf-8") if path else json.dumps({one["id"]: one for one in CONCEPTS})
    number = len(json.loads(text))

    done = await take_in(app.database, text, size=65_536)
    again = await take_in(app.database, text, size=65_536)

    assert (done.new, again.new, again.changed, again.unchanged) == (number, 0, 0, number)
