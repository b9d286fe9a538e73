"""Personal numbers in other places than their column, and phone numbers that look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.imports.masking import mask_overrides
from server.imports.personal_numbers import mask_personal_numbers, without_masked
from server.imports.rules import Choices, read_sheet
from tests.server.imports.sheets import doubts, only_row, preview_of


def cells_of(text: str, index: int) -> list[str]:
    return [record.cells[index] for record in read_sheet(text.encode()).rows]


@pytest.mark.parametrize("heading", ["Personnr", "Pnr", "Född", "Namn och personnummer", "Personnummer (10 siffror)"])
@pytest.mark.parametrize("cell", ["9909099999", "990909-9999", "199909099999", "990909 9999", "990909-T123"])
def test_in_a_column_of_personal_numbers_a_wrong_one_is_masked_too(heading: str, cell: str) -> None:
    [kept] = cells_of(f"Krok;E-post;{heading};Samtycke\nAnna;a@x.example;{cell};ja\n", 2)

    assert kept in ("99****-****", "1999****-****")


def test_mobile_numbers_without_a_heading_that_we_know_are_no_personal_numbers() -> None:
    # The first is as good as a number of somebody born on 11 January 2007; the second cannot be.
    text = "Namn;E-post;Nås på\nAnna;a@x.example;0701112328\nBo;b@x.example;073-999 88 77\n"

    assert mask_personal_numbers("0701112328", is_phone=False) != ("0701112328", 0)
    assert cells_of(text, 2) == ["0701112328", "073-999 88 77"]


def test_a_column_that_could_be_nothing_but_personal_numbers_is_masked() -> None:
    assert cells_of("Namn;E-post;Krok\nAnna;a@x.example;0701112328\n", 2) == ["07****-****"]


@pytest.mark.parametrize(
    ("name", "label", "born"),
    [
        ("Anna Berg 900312-2384", "Anna Berg", 1990),
        ("Anna Berg, 19900312-2384", "Anna Berg", 1990),
        ("Anna Berg (9003122384)", "Anna Berg", 1990),
    ],
)
def test_a_personal_number_beside_the_name_is_taken_away_and_tells_the_year(name: str, label: str, born: int) -> None:
    row = only_row(f'Namn och personnummer;E-post\n"{name}";a@x.example\n')

    assert (row.values["name"], row.values["birth_year"]) == (label, born)
    assert [reason for *_, reason in doubts(row)] == ["personal_number_reduced"]


@pytest.mark.parametrize("cell", ["19900312-XXXX", "900312-****", "900312xxxx"])
def test_a_personal_number_without_its_last_four_tells_the_year(cell: str) -> None:
    row = only_row(f"Namn;E-post;Pnr\nAnna;a@x.example;{cell}\n")

    assert row.values["birth_year"] == 1990


def test_a_sole_traders_name_loses_its_number() -> None:
    row = only_row("Företag;E-post\nBergs Åkeri 701112-2431;a@x.example\n")

    assert (row.values["name"], doubts(row)[0][3]) == ("Bergs Åkeri", "personal_number_reduced")


def test_what_staff_type_is_masked_like_the_file() -> None:
    typed = {(2, "birth_year"): "9909099999", (2, "name"): "Bo 900312-2384", (2, "phone"): "0701112328"}

    assert mask_overrides(typed) == {
        (2, "birth_year"): "99****-****",
        (2, "name"): "Bo 90****-****",
        (2, "phone"): "0701112328",
    }


dates = st.dates().map(lambda day: f"{day:%y%m%d}")
suffixes = st.integers(0, 9999).map(lambda number: f"{number:04d}")


@given(dates, suffixes, st.sampled_from(["-", "+", " - ", "–"]), st.text(alphabet="abcåäö ,.", max_size=8))
def test_no_personal_number_with_its_sign_survives_in_any_cell(date: str, last: str, sign: str, beside: str) -> None:
    masked, count = mask_personal_numbers(f"{beside}{date}{sign}{last}{beside}", is_phone=False)

    assert (count, last in masked, without_masked(masked)[1]) == (1, False, date[:2])


def test_no_personal_number_is_in_the_preview_after_it_was_typed() -> None:
    preview = preview_of(
        "Namn;E-post\nAnna;a@x.example\n", Choices(overrides=mask_overrides({(2, "name"): "Anna 900312-2384"}))
    )

    assert "2384" not in repr(preview)
