from __future__ import annotations

from datetime import time

from server.imports.rules import (
    AccessNeed,
    Blocked,
    BlockedReason,
    Choices,
    ReadySet,
    SeekerEntry,
    importable,
)
from server.imports.values import Scheduling
from tests.server.imports.sheets import doubts, faults, read_seekers_file

SAID_NO = (
    4, 7, 11, 15, 18, 29, 41, 58, 67, 71, 75, 78, 80, 87, 98, 104, 105, 107, 109, 110, 112, 116, 119, 120, 124, 132,
    135, 137, 139, 144,
)  # fmt: skip


def test_seekers_file_gives_10_ready_119_guesses_and_32_refused() -> None:
    preview = read_seekers_file()
    summary = preview.summary

    assert (preview.kind, preview.encoding, preview.delimiter) == ("seekers", "windows-1252", ";")
    assert (summary.rows, summary.ready, summary.guess, summary.decision, summary.refused) == (161, 10, 119, 0, 32)
    assert (summary.left_out, summary.open_decisions, summary.open_guesses) == (0, 2, 232)
    assert [row.line for row in preview.rows] == list(range(2, 163))
    assert preview.notices == ()


def test_refused_seekers_are_named_by_line_and_reason() -> None:
    refused = {row.line: faults(row) for row in read_seekers_file().rows if row.status == "refused"}

    assert tuple(line for line in refused if refused[line] == [("consent", "Nej", "consent_refused")]) == SAID_NO
    assert {line: why for line, why in refused.items() if line not in SAID_NO} == {
        79: [("email", "", "email_missing")],
        162: [
            ("consent", "Kanske", "consent_unclear"),
            ("from", "25:00", "time_impossible"),
            ("to", "26:00", "time_impossible"),
        ],
    }


def test_guesses_of_the_seekers_file_are_years_hours_parts_of_the_day_and_needs() -> None:
    reasons = {each.reason: len(each.lines) for each in read_seekers_file().summary.guess_reasons}

    assert reasons == {"birth_year_two_digits": 61, "needs_planned": 63, "time_bare_hour": 35, "time_part_of_day": 60}


def test_every_column_of_the_seekers_file_is_certain_and_access_needs_give_no_sample() -> None:
    columns = read_seekers_file().columns

    assert [column.field for column in columns] == [
        "first_name", "last_name", "email", "phone", "gender", "birth_year", "office", "wish_1", "wish_2", "wish_3",
        "avoid", "from", "to", "form", "access_needs", "languages", "competences", "consent",
    ]  # fmt: skip
    assert {column.state for column in columns} == {"certain"}
    assert [(column.field, column.sample) for column in columns if column.sensitive] == [("access_needs", "")]


def test_company_names_from_memory_all_find_their_employer_but_the_one_that_does_not_exist() -> None:
    preview = read_seekers_file()
    questions = [shared.decision for shared in preview.decisions if shared.decision.field.startswith("wish")]

    assert [(decision.raw, decision.question) for decision in questions] == [("Finns Inte AB", "wish_unknown")]
    assert preview.rows[1].values["wishes"] == (
        "Fjällnät AB (exempel)",
        "Kommunernas IT-samverkan (exempel)",
        "Sjukvårds-IT Syd (exempel)",
    )


def test_of_a_person_who_said_no_only_the_name_is_read() -> None:
    row = read_seekers_file().rows[2]

    assert row.values == {"name": "Rana Låtsaskvist", "consent": None}
    assert row.sensitive == {}
    assert (row.guesses, row.decisions) == ((), ())


def test_access_needs_lie_apart_from_the_other_values() -> None:
    row = read_seekers_file().rows[1]

    assert row.sensitive == {
        "access_needs": ("teckenspråkstolk",),
        "scheduling_needs": ("interpreter:sign_language",),
    }
    assert "access_needs" not in row.values


def test_the_row_that_makes_no_sense_asks_and_is_refused() -> None:
    row = read_seekers_file().rows[-1]

    assert (row.line, row.label, row.status) == (162, "Amina Exempelsson", "refused")
    assert [(each.id, each.raw) for each in row.decisions] == [
        ("company:finnsinte", "Finns Inte AB"),
        ("form:telepati", "telepati"),
    ]


def test_nothing_is_imported_while_a_refused_row_is_left_as_it_is() -> None:
    outcome = importable(read_seekers_file())

    assert outcome == Blocked(
        (
            BlockedReason("rows_refused", lines=tuple(sorted((*SAID_NO, 79, 162)))),
            BlockedReason("decisions_open", (162,), ("company:finnsinte", "form:telepati")),
        )
    )


def test_seekers_are_ready_when_one_is_mended_and_the_others_left_out() -> None:
    choices = Choices(
        overrides={(79, "email"): "ulf.provlund@sokande.example"},
        left_out=frozenset((*SAID_NO, 162)),
    )

    preview = read_seekers_file(choices)
    outcome = importable(preview)

    assert isinstance(outcome, ReadySet)
    assert (len(outcome.seekers), outcome.employers) == (130, ())
    assert outcome.left_out == tuple(sorted((*SAID_NO, 162)))
    assert (preview.summary.refused, preview.summary.open_decisions, preview.ignored_choices) == (0, 0, ())
    assert next(each for each in outcome.seekers if each.line == 79).email == "ulf.provlund@sokande.example"


def test_a_seeker_is_understood_as_a_whole() -> None:
    preview = read_seekers_file()
    entry = next(each for each in preview.entries if isinstance(each, SeekerEntry) and each.line == 8)

    assert entry == SeekerEntry(
        line=8,
        name="Iman Skissgren",
        email="iman.skissgren6@sokande.example",
        phone="+46701234567",
        gender="man",
        birth_year=1967,
        office="Globen",
        wishes=("line 8", "line 6", "line 4"),
        avoids=(),
        starts=time(8),
        ends=time(12),
        form="either",
        access_needs=(AccessNeed("extra_time", "extra tid"),),
        languages=("sv", "en"),
        competences=("Python", "UX-design"),
        consent=True,
        tells_hours=True,
        scheduling=Scheduling(extra_time=True),
    )
    assert doubts(preview.rows[6]) == [
        ("birth_year", "67", 1967, "birth_year_two_digits"),
        ("from", "förmiddag", "08:00", "time_part_of_day"),
        ("to", "lunch", "12:00", "time_part_of_day"),
        ("scheduling_needs", "extra tid", ("extra_time",), "needs_planned"),
    ]
