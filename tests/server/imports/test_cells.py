from __future__ import annotations

import pytest

from server.imports.cells import (
    read_consent,
    read_count,
    read_employer_form,
    read_form,
    read_items,
    read_text,
    tidy,
)
from server.imports.values import Reading


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Anna \u00a0 Berg ", "Anna Berg"),
        ("Anna\u0085Berg\u200b", "Anna Berg"),
        ("A\u030asa", "Åsa"),
        ('="0701234567"', "0701234567"),
        ("'0701234567", "0701234567"),
        ("-", ""),
        ("n/a", ""),
        ("Saknas", ""),
        ("#N/A", ""),
        ("#SAKNAS!", ""),
        ("Tom", "Tom"),
        ("’Ali", "’Ali"),
    ],
)
def test_cells_are_tidied_and_blank_words_are_empty(cell: str, text: str) -> None:
    assert tidy(cell) == text


def test_a_text_is_cut_at_five_hundred_characters() -> None:
    assert read_text("x" * 600) == Reading("x" * 500)
    assert read_text(" - ") == Reading()


@pytest.mark.parametrize(
    ("cell", "items"),
    [
        ("Python, React, Dataanalys", ("Python", "React", "Dataanalys")),
        ("SAP/JavaScript/Linux", ("SAP", "JavaScript", "Linux")),
        ("CI/CD, Go", ("CI/CD", "Go")),
        ("CI/CD", ("CI/CD",)),
        ("CI/CD/Go", ("CI/CD", "Go")),
        ("Java; C#; C++; .NET", ("Java", "C#", "C++", ".NET")),
        ("• Java\n• SQL\r\n- Go", ("Java", "SQL", "Go")),
        ("1. Java\n2) SQL", ("Java", "SQL")),
        ("Java, java, JAVA, etc.", ("Java",)),
        ("Java | m.m.", ("Java",)),
        ("-", ()),
        ("", ()),
        ("Node.js", ("Node.js",)),
    ],
)
def test_lists_are_parted_however_they_are_written(cell: str, items: tuple[str, ...]) -> None:
    assert read_items(cell) == items


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("3", Reading(3)),
        ("2.0", Reading(2)),
        ("2,0", Reading(2)),
        ("2 st", Reading(2)),
        ("två", Reading(2, doubt="count_words")),
        ("tva", Reading(2, doubt="count_words")),
        ("Tre personer", Reading(3, doubt="count_words")),
        ("ca 3", Reading(3, doubt="count_about")),
        ("2-3", Reading(2, doubt="count_lowest")),
        ("ett par", Reading(2, doubt="count_words")),
        ("", Reading()),
        ("0", Reading(fault="count_not_positive")),
        ("-1", Reading(fault="count_not_positive")),
        ("51", Reading(fault="count_huge", params={"max": 50})),
        ("1,5", Reading(fault="count_not_understood")),
        ("flera", Reading(fault="count_not_understood")),
    ],
)
def test_counts_are_understood_also_in_words(cell: str, read: Reading[int]) -> None:
    assert read_count(cell) == read


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("video", Reading("video")),
        ("VIDEO ", Reading("video")),
        ("Distans", Reading("video")),
        ("digitalt.", Reading("video")),
        ("På plats", Reading("on_site")),
        ("spelar ingen roll", Reading("either")),
        ("hybrid", Reading("either")),
        ("helst video", Reading("video", doubt="form_wording")),
        ("gärna fysiskt", Reading("on_site", doubt="form_wording")),
        ("video eller fysiskt", Reading("either", doubt="form_wording")),
        ("helst båda", Reading("either", doubt="form_wording")),
        ("inte video", Reading()),
        ("telepati", Reading()),
        ("", Reading()),
    ],
)
def test_forms_are_understood_and_a_no_is_never_read_as_a_yes(cell: str, read: Reading[object]) -> None:
    assert read_form(cell) == read


def test_either_is_a_hybrid_desk_for_an_employer() -> None:
    assert [read_employer_form(cell) for cell in ("hybrid", "helst video", "telepati")] == [
        Reading("hybrid"),
        Reading("video", doubt="form_wording"),
        Reading(),
    ]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Ja", Reading(True)),
        ("J", Reading(True)),
        ("yes", Reading(True)),
        ("x", Reading(True)),
        ("Ja, muntligt", Reading(True, doubt="consent_wording")),
        ("Nej", Reading(False, fault="consent_refused")),
        ("n", Reading(False, fault="consent_refused")),
        ("Nej, men kanske", Reading(False, fault="consent_refused")),
        ("samtycker inte", Reading(False, fault="consent_refused")),
        ("Ja, men inte än", Reading(fault="consent_unclear")),
        ("Kanske", Reading(fault="consent_unclear")),
        ("Jag vet", Reading(fault="consent_unclear")),
        ("", Reading(fault="consent_missing")),
        ("-", Reading(fault="consent_missing")),
    ],
)
def test_only_a_plain_yes_is_consent(cell: str, read: Reading[bool]) -> None:
    assert read_consent(cell) == read
