from __future__ import annotations

from datetime import time

from server.imports.rules import (
    Blocked,
    BlockedReason,
    Choices,
    Contact,
    EmployerEntry,
    ReadySet,
    importable,
)
from tests.server.imports.sheets import doubts, faults, read_employers_file

TWICE = "14:name:employer_twice"


def test_employers_file_gives_twelve_guesses_and_one_decision() -> None:
    preview = read_employers_file()
    summary = preview.summary

    assert (preview.kind, preview.encoding, preview.delimiter) == ("employers", "utf-8", ";")
    assert (summary.rows, summary.ready, summary.guess, summary.decision, summary.refused) == (13, 0, 12, 1, 0)
    assert [row.line for row in preview.rows] == list(range(2, 15))
    assert [(line.line, line.last_line, line.kind) for line in preview.other_lines] == [(1, 1, "heading")]
    assert preview.missing_columns == ()
    assert preview.notices == ()


def test_each_column_of_the_employers_file_is_certain() -> None:
    columns = read_employers_file().columns

    assert [(column.letter, column.heading, column.field) for column in columns] == [
        ("A", "Företag", "name"),
        ("B", "Org.nr", "org_number"),
        ("C", "Kontaktperson", "contact"),
        ("D", "E-post", "email"),
        ("E", "Telefon", "phone"),
        ("F", "Form", "form"),
        ("G", "Antal rekryterare", "recruiter_count"),
        ("H", "Från", "from"),
        ("I", "Till", "to"),
        ("J", "Söker kompetens", "competences"),
        ("K", "Vill inte möta", "avoid"),
        ("L", "Bord/rum", "station"),
    ]
    assert {column.state for column in columns} == {"certain"}


def test_guesses_of_the_employers_file_are_an_address_a_missing_count_and_invented_numbers() -> None:
    rows = read_employers_file().rows
    numbers = [guess for row in rows for guess in row.guesses if guess.reason == "org_number_checksum"]
    others = [(row.line, *each) for row in rows for each in doubts(row) if each[3] != "org_number_checksum"]

    assert [guess.id for guess in numbers] == [f"{line}:org_number:org_number_checksum" for line in range(2, 15)]
    assert others == [
        (8, "email", "rekrytering7(at)foretag7.example", "rekrytering7@foretag7.example", "email_repaired"),
        (9, "recruiter_count", "", 1, "count_missing"),
    ]
    assert [faults(row) for row in rows] == [[]] * 13


def test_times_written_six_ways_are_understood() -> None:
    spans = [(row.values["from"], row.values["to"]) for row in read_employers_file().rows]

    assert spans == [
        ("09:00", "15:00"),
        ("09:30", "16:00"),
        ("10:00", "12:00"),
        ("09:00", "14:00"),
        ("10:00", "14:00"),
        ("10:00", "14:00"),
        ("09:30", "12:00"),
        ("09:30", "12:00"),
        ("09:30", "12:00"),
        ("09:00", "14:00"),
        ("09:00", "16:00"),
        ("10:00", "15:00"),
        ("09:00", "12:00"),
    ]


def test_the_employer_that_stands_twice_with_another_number_is_for_staff_to_decide() -> None:
    preview = read_employers_file()
    [shared] = preview.decisions

    assert shared.lines == (14,)
    assert shared.decision.id == TWICE
    assert [option.value for option in shared.decision.options] == ["merge", "separate", "leave_out"]
    assert shared.decision.params == {"line": 4, "name": "Data & Design i Norr AB (exempel)"}
    assert importable(preview) == Blocked((BlockedReason("decisions_open", (14,), (TWICE,)),))


def test_a_merged_employer_keeps_the_first_row_and_lends_nothing_that_contradicts_it() -> None:
    outcome = importable(read_employers_file(Choices(answers={TWICE: "merge"})))

    assert isinstance(outcome, ReadySet)
    assert len(outcome.employers) == 12
    assert outcome.employers[2] == EmployerEntry(
        lines=(4, 14),
        name="Data & Design i Norr AB (exempel)",
        org_number="556580-2291",
        contacts=(Contact("Khadija Testberg", "rekrytering3@foretag3.example", "+46701234567"),),
        form="video",
        recruiter_count=2,
        starts=time(10),
        ends=time(12),
        competences=("Testautomatisering", "Python", "SAP"),
        avoid_note=None,
        station=None,
        about=None,
        existing_key=None,
    )


def test_a_separate_employer_makes_thirteen_and_a_left_out_one_twelve() -> None:
    separate = importable(read_employers_file(Choices(answers={TWICE: "separate"})))
    left_out = importable(read_employers_file(Choices(answers={TWICE: "leave_out"})))

    assert isinstance(separate, ReadySet) and isinstance(left_out, ReadySet)
    assert (len(separate.employers), separate.left_out) == (13, ())
    assert (len(left_out.employers), left_out.left_out) == (12, (14,))


def test_quoted_separators_and_quotes_stay_in_the_names() -> None:
    names = [row.label for row in read_employers_file().rows]

    assert names[4] == "Testhuset Ek. för. (exempel)"
    assert names[7] == "Logistikbolaget; Lager & Lösning AB (exempel)"
    assert names[8] == '"Byrån" Interaktiv AB (exempel)'


def test_an_employer_of_the_bank_is_recognised() -> None:
    known = [row.line for row in read_employers_file().rows if row.exists]

    assert known == [2, 3, 5, 9]
