"""Ditto marks, merged cells, sums and notes under the table."""

from __future__ import annotations

import pytest

from server.imports.above import is_ditto
from server.imports.rules import Choices
from tests.server.imports.sheets import doubts, faults, preview_of

SEEKERS = "Namn;E-post;Val 1;Tid;Form;Samtycke\n"


@pytest.mark.parametrize(
    "cell", ['"', '-"-', '- " -', "”", '–"–', "″", "''", "d:o", "Dito", "samma", "Samma som ovan", "se ovan.", "same"]
)
def test_a_ditto_mark_is_known_in_any_dress(cell: str) -> None:
    assert is_ditto(cell)


@pytest.mark.parametrize("cell", ["", "-", "--", "DO", "Samma AB", "samma fast video", "ovan", "9-12"])
def test_other_words_are_no_ditto_mark(cell: str) -> None:
    assert not is_ditto(cell)


def test_a_ditto_mark_is_read_as_the_nearest_filled_cell_above_and_shown() -> None:
    text = SEEKERS + "Anna;a@x.example;Nordkod;09:00-12:00;video;ja\nBo;b@x.example;;;;ja\n"
    text += 'Ci;c@x.example;samma som ovan;-"-;d:o;ja\n'

    row = preview_of(text).rows[2]

    assert (row.values["wishes"], row.values["from"], row.values["form"]) == (("Nordkod AB",), "09:00", "video")
    assert [(guess.field, guess.understood, guess.params) for guess in row.guesses][:3] == [
        ("wish_1", "Nordkod", {"line": 2}),
        ("times", "09:00-12:00", {"line": 2}),
        ("form", "video", {"line": 2}),
    ]


def test_changing_the_cell_above_changes_what_the_ditto_marks_mean() -> None:
    text = SEEKERS + 'Anna;a@x.example;;9-12;;ja\nBo;b@x.example;;-"-;;ja\n'

    row = preview_of(text, Choices(overrides={(2, "times"): "13-15"})).rows[1]

    assert (row.values["from"], row.values["to"]) == ("13:00", "15:00")


def test_nobody_consents_by_a_ditto_mark() -> None:
    row = preview_of(SEEKERS + 'Anna;a@x.example;;;;ja\nBo;b@x.example;;;;-"-\n').rows[1]

    assert faults(row) == [("consent", '-"-', "consent_unclear")]


def test_the_first_row_has_nothing_above() -> None:
    row = preview_of(SEEKERS + 'Anna;a@x.example;;-"-;;ja\n').rows[0]

    assert faults(row) == [("times", '-"-', "time_not_understood")]


def test_merged_cells_give_further_recruiters_of_the_same_employer() -> None:
    text = "Företag;Kontaktperson;E-post;Tid;Form\nNordkod AB;Anna Berg;anna@nordkod.example;9-12;video\n"
    text += ";Bo Ek;bo@nordkod.example;;\n;Ci Alm;;;\n"

    preview = preview_of(text)

    assert [doubts(row) for row in preview.rows[1:]] == [
        [("name", "", "Nordkod AB", "merged_with_above")],
        [("name", "", "Nordkod AB", "merged_with_above"), ("email", "", None, "contact_missing")],
    ]
    [entry] = preview.entries
    assert [contact.name for contact in getattr(entry, "contacts", ())] == ["Anna Berg", "Bo Ek", "Ci Alm"]


@pytest.mark.parametrize("above", ["anna@nordkod.example", "anna@gmail.com", ""])
def test_an_address_of_another_house_is_not_put_under_the_company_above(above: str) -> None:
    address = "dan@gmail.com" if above.endswith("gmail.com") else "dan@annan.example"
    text = f"Företag;Kontaktperson;E-post\nNordkod AB;Anna Berg;{above}\n;Dan Alm;{address}\n"

    assert faults(preview_of(text).rows[1]) == [("name", "", "name_missing")]


def test_a_sum_or_a_note_under_the_seekers_is_one_question_and_no_refusal() -> None:
    text = "Nr;Förnamn;Efternamn;E-post;Samtycke\n1;Anna;Berg;a@x.example;ja\nTotalt;1;;;\nOBS ta med kaffe;;;;\n"

    preview = preview_of(text)
    answers = {f"{line}:row:row_almost_empty": "leave_out" for line in (3, 4)}

    assert [(row.status, faults(row)) for row in preview.rows[1:]] == [("decision", [])] * 2
    assert [row.status for row in preview_of(text, Choices(answers=answers)).rows] == ["ready", "left_out", "left_out"]


def test_a_note_that_staff_fill_in_is_a_row() -> None:
    text = "Nr;Förnamn;Efternamn;E-post\nSumma;;;\n"
    overrides = {(2, "first_name"): "Summa", (2, "last_name"): "Berg", (2, "email"): "s@x.example"}

    assert preview_of(text, Choices(overrides=overrides)).rows[0].values["name"] == "Summa Berg"
