from __future__ import annotations

import pytest

from server.imports.codes import Kind
from server.imports.columns import column_letter
from server.imports.heading_match import match_heading, plain
from server.imports.rules import FIELDS, Choices, Preview
from tests.server.imports.sheets import preview_of


def fields(preview: Preview) -> list[tuple[str, str | None, str]]:
    return [(column.heading, column.field, column.state) for column in preview.columns]


@pytest.mark.parametrize(
    ("heading", "kind", "field", "is_certain"),
    [
        ("FÖRETAG:", "employers", "name", True),
        ("Company name", "employers", "name", True),
        ("Org.nr.", "employers", "org_number", True),
        ("organisationsnumer", "employers", "org_number", False),
        ("e-mail", "employers", "email", True),
        ("E_post", "employers", "email", True),
        ("Kontaktpersons e-post", "employers", "email", False),
        ("Hur många rekryterare?", "employers", "recruiter_count", True),
        ("Behov (tolk, hörslinga …", "seekers", "access_needs", True),
        ("Jag samtycker till att uppgifterna sparas", "seekers", "consent", False),
        ("Förstahandsval", "seekers", "wish", True),
        ("First choice", "seekers", "wish", True),
        ("Företag 2", "seekers", "wish", True),
        ("Företag", "seekers", "wish", False),
        ("(K/M)", "seekers", "gender", True),
        ("Kompetnser", "seekers", "competences", False),
    ],
)
def test_headings_are_understood_in_two_languages_and_misspelt(
    heading: str, kind: Kind, field: str, is_certain: bool
) -> None:
    found = match_heading(heading, kind)

    assert found is not None
    assert (found.field, found.score == 1) == (field, is_certain)


@pytest.mark.parametrize("heading", ["", "…", "Tidsstämpel", "Anna Berg", "Övrigt", "2026-01-01"])
def test_other_headings_and_data_are_not_taken_for_a_field(heading: str) -> None:
    assert match_heading(heading, "seekers") is None


def test_headings_are_compared_without_accents_and_signs() -> None:
    assert plain(" E-Post (jobb)  Önskemål/val") == "epost onskemal val"


def test_columns_in_another_order_and_language_are_understood_and_unknown_ones_listed() -> None:
    preview = preview_of(
        "Skills,Notes,Email,Second choice,Surname,First name,First choice,GDPR consent,\n"
        "Java,late,a@x.example,Molnverket,Berg,Anna,Nordkod,yes,\n"
    )

    assert fields(preview) == [
        ("Skills", "competences", "certain"),
        ("Notes", None, "unknown"),
        ("Email", "email", "certain"),
        ("Second choice", "wish_2", "certain"),
        ("Surname", "last_name", "certain"),
        ("First name", "first_name", "certain"),
        ("First choice", "wish_1", "certain"),
        ("GDPR consent", "consent", "certain"),
    ]
    assert preview.rows[0].values["wishes"] == ("Nordkod AB", "Molnverket AB")


def test_a_heading_that_stands_twice_counts_once_and_the_filled_one_wins() -> None:
    both = preview_of("Namn;E-post;E-post\nAnna;a@x.example;other@x.example\n")
    one = preview_of("Namn;E-post;E-post\nAnna;;a@x.example\n")

    assert fields(both)[1:] == [("E-post", "email", "guess"), ("E-post", None, "repeated")]
    assert fields(one)[1:] == [("E-post", None, "repeated"), ("E-post", "email", "certain")]


def test_a_name_beside_a_company_is_the_contact() -> None:
    preview = preview_of("Företag;Namn;E-post\nNordkod;Anna Berg;a@x.example\n")

    assert fields(preview)[:2] == [("Företag", "name", "certain"), ("Namn", "contact", "guess")]
    assert preview.kind == "employers"


def test_a_sheet_without_headings_is_guessed_by_its_contents() -> None:
    preview = preview_of("Anna Berg;a@x.example;0701234567;K;1995;hemma\nBo Ek;b@x.example;08-123456;M;1985;borta\n")

    assert [column.field for column in preview.columns] == ["name", "email", "phone", "gender", "birth_year", None]
    assert {column.state for column in preview.columns} == {"guess", "unknown"}
    assert [row.line for row in preview.rows] == [1, 2]
    assert [(notice.code, notice.params) for notice in preview.notices] == [
        ("heading_missing", {}),
        ("kind_guessed", {"kind": "seekers"}),
        ("consent_column_missing", {}),
        ("columns_unread", {"count": 1, "names": "F"}),
    ]


def test_organisation_numbers_tell_employers_where_no_heading_does() -> None:
    preview = preview_of("Nordkod AB;556387-6712;a@x.example\nMolnverket AB;5562743690;b@x.example\n")

    assert preview.kind == "employers"
    assert [column.field for column in preview.columns] == ["name", "org_number", "email"]


def test_staff_may_say_what_a_column_holds() -> None:
    text = "Namn;E-post;Inriktning;Notering\nAnna;a@x.example;Drift;Java\n"

    preview = preview_of(text, Choices(columns={2: None, 3: "competences", 9: "office", 1: "nonsense"}))

    assert fields(preview) == [
        ("Namn", "name", "certain"),
        ("E-post", None, "skipped"),
        ("Inriktning", None, "skipped"),
        ("Notering", "competences", "chosen"),
    ]
    assert preview.rows[0].values["competences"] == ("Java",)
    assert preview.missing_columns == ("email",)
    assert preview.ignored_choices == ("column:9",)


def test_a_chosen_column_takes_the_field_from_the_one_that_seemed_to_hold_it() -> None:
    preview = preview_of("Namn;E-post;Adress\nAnna;-;a@x.example\n", Choices(columns={2: "email"}))

    assert fields(preview)[1:] == [("E-post", None, "repeated"), ("Adress", "email", "chosen")]


def test_staff_may_say_which_sheet_it_is() -> None:
    preview = preview_of("Namn;E-post\nAnna;a@x.example\n", Choices(kind="employers"))

    assert (preview.kind, preview.columns[0].field) == ("employers", "name")
    assert preview.notices == ()


def test_a_column_of_personal_numbers_gives_years_and_no_sample() -> None:
    preview = preview_of("Namn;E-post;Pnr\nAnna;a@x.example;950312-1234\n")
    column = preview.columns[2]

    assert (column.field, column.sample, column.sensitive) == ("personal_number", "", True)
    assert preview.rows[0].values["birth_year"] == 1995
    assert "1234" not in repr(preview)


def test_more_wishes_than_ten_are_listed_as_repeated() -> None:
    headings = ";".join(f"Val {rank}" for rank in range(1, 13))
    preview = preview_of(f"Namn;E-post;{headings}\nAnna;a@x.example{';Nordkod' * 12}\n")

    assert [column.state for column in preview.columns[-3:]] == ["certain", "repeated", "repeated"]


def test_columns_are_lettered_as_in_a_spreadsheet_program() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 51, 52, 702)] == ["A", "Z", "AA", "AZ", "BA", "AAA"]


def test_every_field_that_may_be_chosen_stands_once() -> None:
    assert [len(set(FIELDS[kind])) == len(FIELDS[kind]) for kind in FIELDS] == [True, True]
    assert "wish_10" in FIELDS["seekers"] and "wish" not in FIELDS["seekers"]
