"""Headings as other organisers write them, and what becomes of columns that nobody can name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from server.imports.codes import Kind
from server.imports.heading_match import match_heading, match_headings, plain, says_last_first
from server.imports.rules import Choices, Preview, message_keys
from tests.server.imports.sheets import doubts, only_row, preview_of

MESSAGES = Path(__file__).parents[3] / "frontend" / "messages"


def fields(preview: Preview) -> list[tuple[str | None, str]]:
    return [(column.field, column.state) for column in preview.columns]


@pytest.mark.parametrize(
    ("heading", "kind", "field"),
    [
        ("Arb.giv.", "employers", "name"),
        ("Arbets-\ngivare", "employers", "name"),
        ("Kontaktpers.", "employers", "contact"),
        ("Kontakt förnamn", "employers", "contact_first"),
        ("Kontaktens efternamn", "employers", "contact_last"),
        ("E-post\nkontakt", "employers", "email"),
        ("Telefon till kontaktperson", "employers", "phone"),
        ("Mob.nr", "employers", "phone"),
        ("Ant. rekr.", "employers", "recruiter_count"),
        ("Tid fr.", "employers", "from"),
        ("t.o.m.", "employers", "to"),
        ("Tid\nt.o.m.", "employers", "to"),
        ("Fr.o.m.", "seekers", "from"),
        ("Ankomst", "seekers", "from"),
        ("Avfärd", "seekers", "to"),
        ("Kan komma", "seekers", "times"),
        ("Önsk. 2", "seekers", "wish"),
        ("Träffa 1", "seekers", "wish"),
        ("EJ", "seekers", "avoid"),
        ("Access requirements", "seekers", "access_needs"),
        ("OK att dela uppgifter?", "seekers", "consent"),
        ("OK?", "seekers", "consent"),
        ("Namn och personnummer", "seekers", "name"),
        ("Förn.", "seekers", "first_name"),
    ],
)
def test_abbreviated_broken_and_joined_headings_are_understood(heading: str, kind: Kind, field: str) -> None:
    found = match_heading(heading, kind)

    assert found is not None
    assert found.field == field


@pytest.mark.parametrize("heading", ["Org.", "Anm.", "Komm.", "Fax.", "A.", "Övr."])
def test_an_abbreviation_that_could_be_two_things_is_nothing(heading: str) -> None:
    assert match_heading(heading, "employers") is None


def test_a_heading_offers_every_field_once_the_likeliest_first() -> None:
    offered = [match.field for match in match_headings("Kontaktens e-post", "employers")]

    assert offered[0] == "email"
    assert len(set(offered)) == len(offered)


@pytest.mark.parametrize(
    ("heading", "is_so"),
    [
        ("Efternamn, Förnamn", True),
        ("Namn (efternamn först)", True),
        ("Name (last name first)", True),
        ("Surname, first name", True),
        ("Förnamn Efternamn", False),
        ("Namn (förnamn först)", False),
        ("Namn", False),
    ],
)
def test_a_heading_says_which_name_stands_first_even_in_parentheses(heading: str, is_so: bool) -> None:
    assert says_last_first(heading) is is_so


def test_words_broken_over_lines_are_whole_and_abbreviations_are_words() -> None:
    assert [plain(each) for each in ("Arbets-\r\ngivare", "E-\npost", "t.o.m.", "fr.o.m.")] == [
        "arbetsgivare", "epost", "tom", "fran",
    ]  # fmt: skip


def test_an_address_column_beside_the_contact_is_never_lost() -> None:
    preview = preview_of("Arb.giv.;Kontaktperson;E-post kontakt;t.o.m.\nNordkod;Anna Berg;a@x.example;12:00\n")

    assert [field for field, _ in fields(preview)] == ["name", "contact", "email", "to"]
    assert (preview.rows[0].values["email"], preview.rows[0].values["to"]) == ("a@x.example", "12:00")


def test_two_columns_under_one_heading_are_the_two_parts_of_it() -> None:
    preview = preview_of("Namn;Namn;E-post;Tid;Tid\nAdam;Berg;a@x.example;9:00;12:00\nBea;Ek;b@x.example;10;15\n")

    assert fields(preview) == [
        ("first_name", "guess"), ("last_name", "guess"), ("email", "certain"), ("from", "guess"), ("to", "guess"),
    ]  # fmt: skip
    assert [(row.label, row.values["from"], row.values["to"]) for row in preview.rows] == [
        ("Adam Berg", "09:00", "12:00"),
        ("Bea Ek", "10:00", "15:00"),
    ]


def test_a_first_name_under_namn_gets_the_last_name_beside_it() -> None:
    short = only_row("Namn;Efternamn;E-post\nAnna;Berg;a@x.example\n")
    whole = only_row("Namn;Efternamn;E-post\nAnna Berg;Berg;a@x.example\n")

    assert (short.label, whole.label) == ("Anna Berg", "Anna Berg")


def test_groups_on_the_line_above_give_their_name_to_bare_headings() -> None:
    preview = preview_of(
        "Deltagare;;Önskemål;;Tillgänglig;\nNamn;E-post;1;2;Från;Till\nAnna;a@x.example;Nordkod;Fjällnät;9:00;12:00\n"
    )

    assert [field for field, _ in fields(preview)] == ["name", "email", "wish_1", "wish_2", "from", "to"]
    assert preview.rows[0].values["wishes"] == ("Nordkod AB", "Fjällnät AB")


def test_contents_tell_what_a_heading_does_not() -> None:
    preview = preview_of(
        "Namn;Adr.;Passar;Notering;Krok\nAnna;a@x.example;9-12;rullstol;blå\nBo;b@x.example;fm;tolk dari;grå\n"
    )

    assert fields(preview) == [
        ("name", "certain"), ("email", "guess"), ("times", "guess"), ("access_needs", "guess"), (None, "unknown"),
    ]  # fmt: skip
    assert preview.columns[3].sample == ""
    assert ("columns_unread", {"count": 1, "names": "Krok"}) in [(each.code, each.params) for each in preview.notices]


def test_a_column_that_staff_leave_unread_and_a_running_number_are_not_told_of() -> None:
    text = "Nr;Namn;E-post;Krok\n1;Anna;a@x.example;blå\n"

    preview = preview_of(text, Choices(columns={3: None}))

    assert "columns_unread" in [notice.code for notice in preview_of(text).notices]
    assert "columns_unread" not in [notice.code for notice in preview.notices]


def test_a_column_for_each_employer_with_crosses_or_ranks_gives_wishes() -> None:
    text = (
        "Namn;E-post;Nordkod;Fjällnät AB;Molnverket\nAnna;a@x.example;x;;\nBo;b@x.example;2;1;0\nCi;c@x.example;;;nej\n"
    )

    preview = preview_of(text)

    assert [field for field, _ in fields(preview)][2:] == ["wish_mark"] * 3
    assert [row.values["wishes"] for row in preview.rows] == [("Nordkod AB",), ("Fjällnät AB", "Nordkod AB"), ()]
    assert [reason for *_, reason in doubts(preview.rows[1])] == ["wishes_in_one_cell"]
    assert preview_of(text, Choices(columns={2: None})).rows[0].values["wishes"] == ()


@pytest.mark.parametrize("locale", ["sv", "en"])
def test_everything_an_import_may_say_has_its_words(locale: str) -> None:
    catalogue = json.loads((MESSAGES / f"{locale}.json").read_text())

    assert [key for key in message_keys() if key not in catalogue] == []
