"""Several recruiters in a cell, in columns of their own, or told in one breath."""

from __future__ import annotations

import pytest

from server.imports.rules import Contact, EmployerEntry
from tests.server.imports.sheets import doubts, faults, only_row, preview_of

HEADINGS = "Företag;Kontaktperson;E-post;Telefon;Antal\n"


def employer_of(text: str) -> EmployerEntry:
    [entry] = preview_of(text).entries
    assert isinstance(entry, EmployerEntry)
    return entry


@pytest.mark.parametrize(
    ("names", "emails"),
    [
        ("Anna Berg, Bo Ek", "anna@nordkod.example, bo@nordkod.example"),
        ("Anna Berg och Bo Ek", "anna@nordkod.example och bo@nordkod.example"),
        ('"Anna Berg\nBo Ek"', '"anna@nordkod.example\nbo@nordkod.example"'),
        ("Anna Berg / Bo Ek", "mailto:ANNA@nordkod.example / bo@nordkod.example"),
    ],
)
def test_several_addresses_are_several_recruiters_in_their_order(names: str, emails: str) -> None:
    text = HEADINGS + f"Nordkod;{names};{emails};0701234567;2\n"

    assert employer_of(text).contacts == (
        Contact("Anna Berg", "anna@nordkod.example", "+46701234567"),
        Contact("Bo Ek", "bo@nordkod.example", None),
    )
    assert [reason for *_, reason in doubts(only_row(text))] == ["contacts_taken_apart"]


def test_first_names_alone_go_by_their_order_too() -> None:
    entry = employer_of(HEADINGS + "Nordkod;Anna, Bo;anna@nordkod.example, bo@nordkod.example;;2\n")

    assert [contact.name for contact in entry.contacts] == ["Anna", "Bo"]


def test_names_and_addresses_that_do_not_match_in_number_are_not_paired() -> None:
    entry = employer_of(
        HEADINGS + "Nordkod;Anna Berg, Bo Ek;a@nordkod.example, b@nordkod.example, c@nordkod.example;;3\n"
    )

    assert [contact.name for contact in entry.contacts] == [None, None, None]


def test_a_contact_told_in_one_breath_is_taken_apart() -> None:
    text = (
        "Företag;Kontakt (namn, mejl, tfn)\n"
        'Nordkod;"Anna Berg (anna@nordkod.example, 070-123 45 67)\nBo Ek <bo@nordkod.example>"\n'
    )

    assert employer_of(text).contacts == (
        Contact("Anna Berg", "anna@nordkod.example", "+46701234567"),
        Contact("Bo Ek", "bo@nordkod.example", None),
    )
    assert only_row(text).values["contacts"] == (
        "Anna Berg, anna@nordkod.example, +46701234567",
        "Bo Ek, bo@nordkod.example",
    )


def test_a_second_contact_may_have_columns_of_its_own() -> None:
    text = (
        "Företag;Kontaktperson 1;E-post 1;Kontaktperson 2;E-post 2\n"
        "Nordkod;Anna Berg;anna@nordkod.example;Bo Ek;bo@nordkod.example\n"
        "Fjällnät;Ci Alm;ci@fjallnat.example;;\n"
    )

    preview = preview_of(text)

    assert [column.field for column in preview.columns] == ["name", "contact", "email", "contact_2", "email_2"]
    assert {column.state for column in preview.columns} == {"certain"}
    assert [len(getattr(entry, "contacts", ())) for entry in preview.entries] == [2, 1]


def test_the_same_heading_twice_is_a_second_contact_by_guess() -> None:
    preview = preview_of("Företag;Kontakt;E-post;E-post\nNordkod;Anna Berg;a@nordkod.example;b@nordkod.example\n")

    assert [(column.field, column.state) for column in preview.columns][2:] == [
        ("email", "certain"),
        ("email_2", "guess"),
    ]


def test_a_second_address_that_cannot_be_read_stops_the_row() -> None:
    row = only_row("Företag;E-post 1;E-post 2\nNordkod;a@nordkod.example;b.nordkod.example\n")

    assert faults(row) == [("email_2", "b.nordkod.example", "email_without_at")]


def test_more_contacts_than_the_number_says_is_shown() -> None:
    text = HEADINGS + "Nordkod;Anna Berg, Bo Ek;anna@nordkod.example, bo@nordkod.example;;1\n"

    assert employer_of(text).recruiter_count == 2
    assert ("recruiter_count", "1", 2, "count_raised") in doubts(only_row(text))


def test_a_contact_column_gets_the_last_name_from_the_next() -> None:
    row = only_row("Företag;Kontakt;Efternamn;E-post\nNordkod;Anna;Berg;anna@nordkod.example\n")

    assert row.values["contact"] == "Anna Berg"


@pytest.mark.parametrize(
    ("cell", "reason"), [("@SUM(1+1)", "formula_dropped"), ("=A1", "formula_dropped"), ("123", "contact_name_dropped")]
)
def test_what_is_no_name_is_left_out_and_shown(cell: str, reason: str) -> None:
    row = only_row(HEADINGS + f"Nordkod;{cell};a@nordkod.example;;1\n")

    assert doubts(row) == [("contact", cell, None, reason)]


@pytest.mark.parametrize("cell", ["=cmd|' /C calc'!A0", '=HYPERLINK("http://x.example")', "+cmd|'x'!A1", "@SUM(A1:A3)"])
def test_a_formula_is_no_employer(cell: str) -> None:
    quoted = '"' + cell.replace('"', '""') + '"'

    assert [reason for *_, reason in faults(only_row(HEADINGS + f"{quoted};Anna;a@x.example;;1\n"))] == [
        "cell_is_formula"
    ]


def test_a_formula_in_any_other_text_is_left_out_and_shown() -> None:
    row = only_row("Företag;E-post;Bord;Om företaget\nNordkod;a@nordkod.example;=A1;- vi kodar\n")

    assert doubts(row) == [("station", "=A1", None, "formula_dropped")]
    assert row.values["about"] == "- vi kodar"
