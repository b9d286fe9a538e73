from __future__ import annotations

import pytest

from server.imports.codes import GuessReason
from server.imports.people import (
    read_access_needs,
    read_age,
    read_birth_year,
    read_gender,
    read_languages,
    read_name,
)
from server.imports.values import AccessNeed, Reading

YEAR = 2026


@pytest.mark.parametrize(
    ("cell", "is_turned", "read"),
    [
        ("Anna Berg", False, Reading("Anna Berg")),
        (" Tom ", False, Reading("Tom")),
        ("Berg, Anna", False, Reading("Anna Berg", doubt="name_turned")),
        ("Berg, Anna", True, Reading("Anna Berg")),
        ("Berg Anna Maria", True, Reading("Anna Maria Berg", doubt="name_turned")),
        ("Madonna", True, Reading("Madonna")),
        ("Berg, Anna, Ek", False, Reading("Berg, Anna, Ek")),
        ("", False, Reading(fault="name_missing")),
        ("123", False, Reading(fault="name_not_a_name")),
        ("anna@x.example", False, Reading(fault="name_not_a_name")),
    ],
)
def test_names_stand_first_name_first(cell: str, is_turned: bool, read: Reading[str]) -> None:
    assert read_name(cell, is_turned=is_turned) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Kvinna", Reading("woman")),
        ("K", Reading("woman")),
        ("f", Reading("woman")),
        ("M", Reading("man")),
        ("Man", Reading("man")),
        ("Annat", Reading("other")),
        ("icke-binär", Reading("other")),
        ("vill ej uppge", Reading("undisclosed")),
        ("prefer not to say", Reading("undisclosed")),
        ("", Reading()),
        ("?!", Reading(doubt="gender_dropped")),
    ],
)
def test_gender_is_one_of_four_or_nothing(cell: str, read: Reading[object]) -> None:
    assert read_gender(cell) == read


@pytest.mark.parametrize(
    ("cell", "born", "doubt"),
    [
        ("1962", 1962, None),
        ("2001", 2001, None),
        ("1962.0", 1962, None),
        ("95", 1995, "birth_year_two_digits"),
        ("05", 2005, "birth_year_two_digits"),
        ("5", 2005, "birth_year_two_digits"),
        ("26", 1926, "birth_year_two_digits"),
        ("-95", 1995, "birth_year_two_digits"),
        ("90-talet", 1990, "birth_year_two_digits"),
        ("950312", 1995, "birth_date_reduced"),
        ("19950312", 1995, "birth_date_reduced"),
        ("1995-03-12", 1995, "birth_date_reduced"),
        ("12/3 1995", 1995, "birth_date_reduced"),
        ("12 mars 1995", 1995, "birth_date_reduced"),
        ("95-03-12", 1995, "birth_date_reduced"),
        ("34770", 1995, "birth_date_reduced"),
        ("1962****-****", 1962, "personal_number_reduced"),
        ("62****-****", 1962, "personal_number_reduced"),
        ("31 år", 1995, "age_to_year"),
        ("", None, None),
        ("1862", None, "birth_year_dropped"),
        ("2024", None, "birth_year_dropped"),
        ("vet ej", None, "birth_year_dropped"),
        ("1995 eller 1996", None, "birth_year_dropped"),
    ],
)
def test_of_a_birth_only_the_year_is_kept(cell: str, born: int | None, doubt: GuessReason | None) -> None:
    assert read_birth_year(cell, year=YEAR) == Reading(born, doubt=doubt)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("31", Reading(1995, doubt="age_to_year")),
        ("31 år", Reading(1995, doubt="age_to_year")),
        ("7", Reading(doubt="birth_year_dropped")),
        ("ung", Reading(doubt="birth_year_dropped")),
        ("", Reading()),
    ],
)
def test_an_age_gives_about_a_year(cell: str, read: Reading[int]) -> None:
    assert read_age(cell, year=YEAR) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("sv/en", Reading(("sv", "en"))),
        ("svenska, arabiska", Reading(("sv", "ar"))),
        ("Svenska och engelska (flytande)", Reading(("sv", "en"))),
        ("svenska modersmål, engelska B2", Reading(("sv", "en"))),
        ("Swedish; English", Reading(("sv", "en"))),
        ("svenska, dovregubbiska", Reading(("sv", "dovregubbiska"), doubt="language_unknown")),
        ("", Reading(())),
    ],
)
def test_languages_become_codes(cell: str, read: Reading[tuple[str, ...]]) -> None:
    assert read_languages(cell) == read


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("teckenspråkstolk", ["sign_language_interpreter"]),
        ("tolk arabiska", ["interpreter"]),
        ("skrivtolk", ["text_interpreter"]),
        ("hörslinga, rullstol", ["hearing_loop", "wheelchair"]),
        ("extra tid", ["extra_time"]),
        ("behöver sitta nära dörren", ["other"]),
        ("inga", []),
        ("Nej.", []),
        ("rullstol, nej", ["wheelchair"]),
        ("", []),
    ],
)
def test_access_needs_are_named_and_keep_their_words(cell: str, codes: list[str]) -> None:
    assert [need.code for need in read_access_needs(cell)] == codes


def test_an_unknown_need_is_kept_word_for_word() -> None:
    assert read_access_needs("Dimmad belysning") == (AccessNeed("other", "Dimmad belysning"),)
