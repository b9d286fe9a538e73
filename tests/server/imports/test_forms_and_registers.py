"""Exports of web forms and customer registers: registration times, whole questions as headings, addresses."""

from __future__ import annotations

import pytest

from server.imports.cells import read_consent
from server.imports.rules import Preview
from server.imports.values import Contact, EmployerEntry, Reading
from tests.server.imports.sheets import doubts, faults, only_row, preview_of


def fields(preview: Preview) -> list[str | None]:
    return [column.field for column in preview.columns]


def unread(preview: Preview) -> list[object]:
    return [notice.params["names"] for notice in preview.notices if notice.code == "columns_unread"]


def test_when_a_form_was_filled_in_is_not_when_a_person_can_come() -> None:
    preview = preview_of(
        "ID,Starttid,Slutförandetid,E-post,Namn,Vilka företag vill du träffa?,Vilka tider passar dig?\n"
        "1,2026-05-03 10:22:31,2026-05-03 10:27:02,a@x.example,Anna Berg,Nordkod AB;Fjällnät AB;,9-10;10-11;\n"
        "2,2026-05-03 11:03:11,2026-05-03 11:07:42,b@x.example,Bo Ek,Fjällnät AB;,Spelar ingen roll;\n"
    )

    assert fields(preview) == [None, None, None, "email", "name", "wish_1", "times"]
    assert [(row.values["wishes"], row.values["from"], row.values["to"]) for row in preview.rows] == [
        (("Nordkod AB", "Fjällnät AB"), "09:00", "11:00"),
        (("Fjällnät AB",), None, None),
    ]


def test_a_time_with_the_day_of_the_event_is_when_a_person_can_come() -> None:
    row = only_row("Namn;E-post;Starttid\nAnna;a@x.example;2026-05-12 09:30\n")

    assert (row.values["from"], doubts(row)[0][3]) == ("09:30", "time_date_ignored")


def test_the_headings_of_a_customer_register_are_understood() -> None:
    preview = preview_of(
        "Account Name;Primary Contact;Primary Contact: Email;VAT no;Open roles;Owner\n"
        "Gläntan Ek. för.;Glänta, Gull;gull@glantan.example;SE556387671201;Trädgård;Ylva\n"
    )
    [entry] = preview.entries

    assert fields(preview) == ["name", "contact", "email", "org_number", "competences", None]
    assert isinstance(entry, EmployerEntry)
    assert (entry.org_number, entry.contacts) == (
        "556387-6712",
        (Contact("Gull Glänta", "gull@glantan.example", None),),
    )


def test_an_address_is_no_e_mail_address_and_nobody_misses_it() -> None:
    preview = preview_of(
        "Företagsnamn;Postadress;Ort;Hemsida;Kontaktperson 1 e-post;#;Kommentar\n"
        "Nordkod AB;Box 1;Skenstad;www.nordkod.example;a@nordkod.example;1;skärm\n"
    )

    assert fields(preview) == ["name", None, None, None, "email", None, None]
    assert unread(preview) == ["Kommentar"]


@pytest.mark.parametrize(
    "cell",
    [
        "Lasse Lind\n070-123 45 67\nlasse@nordkod.example",
        "Lasse Lind, 070-123 45 67, lasse@nordkod.example",
        "lasse@nordkod.example (Lasse Lind) 070-123 45 67",
        "Lasse Lind lasse@nordkod.example tel 0701234567",
    ],
)
def test_a_contact_is_taken_apart_whatever_comes_first(cell: str) -> None:
    [entry] = preview_of(f'Utställare;Kontaktuppgifter;Bemanning\nNordkod AB;"{cell}";2 pers\n').entries

    assert isinstance(entry, EmployerEntry)
    assert [(contact.email, contact.phone) for contact in entry.contacts] == [("lasse@nordkod.example", "+46701234567")]
    assert entry.recruiter_count == 2


def test_employers_named_in_a_column_that_nobody_can_name_are_wishes() -> None:
    preview = preview_of("Namn;E-post;Krok;Ring\nAnna;a@x.example;Nordkod;x\nBo;b@x.example;Fjällnät, Molnverk;y\n")

    assert [(column.field, column.state) for column in preview.columns][2:] == [
        ("wish_1", "guess"),
        (None, "unknown"),
    ]
    assert preview.rows[1].values["wishes"] == ("Fjällnät AB", "Molnverket AB")


def test_a_no_under_a_sentence_about_sharing_stops_the_row() -> None:
    rows = preview_of("Name,E-mail,I agree to share my data\nAnna,a@x.example,I agree\nBo,b@x.example,no\n").rows

    assert [faults(row) for row in rows] == [[], [("consent", "no", "consent_refused")]]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Jag samtycker", Reading(True)),
        ("I agree", Reading(True)),
        ("Yes, I agree", Reading(True)),
        ("Jag godkänner.", Reading(True)),
        ("Muntligt ja", Reading(True, doubt="consent_wording")),
        ("Ja, muntligt 3/5", Reading(True, doubt="consent_wording")),
        ("Jag samtycker inte", Reading(False, fault="consent_refused")),
        ("kanske ja", Reading(fault="consent_unclear")),
        ("ja?", Reading(fault="consent_unclear")),
        ("ja eller nej", Reading(fault="consent_unclear")),
        ("Ja men inte till Nordkod", Reading(fault="consent_unclear")),
        ("ej svarat", Reading(fault="consent_unclear")),
        ("inte ännu", Reading(fault="consent_unclear")),
        ("2026-05-03", Reading(fault="consent_unclear")),
    ],
)
def test_consent_in_a_sentence_is_a_yes_only_where_nothing_takes_it_back(cell: str, read: Reading[bool]) -> None:
    assert read_consent(cell) == read


def test_yes_before_a_need_is_no_need() -> None:
    needs = [
        only_row(f'Namn;E-post;Behov\nAnna;a@x.example;"{cell}"\n').sensitive["access_needs"]
        for cell in ("Ja, hörslinga", "Ja", "Nej", "Nej, inga")
    ]

    assert needs == [("hörslinga",), ("Ja",), (), ()]


def test_headings_that_return_in_other_letters_are_no_rows() -> None:
    preview = preview_of("Namn;E-post\nAnna;a@x.example\nNAMN;e-post\nBo;b@x.example\n")

    assert [row.line for row in preview.rows] == [2, 4]
