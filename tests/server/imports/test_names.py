from __future__ import annotations

import pytest

from server.imports.codes import GuessReason
from server.imports.names import CompanyMatcher, company_name, same_company
from server.imports.values import KnownEmployer

NAMES = (
    "Nordkod AB (exempel)",
    "Molnverket AB (exempel)",
    "Data & Design i Norr AB (exempel)",
    "Fjällnät AB (exempel)",
    "Testhuset Ek. för. (exempel) ",
    "Öppen Källa AB (exempel)",
    "Sjukvårds-IT Syd (exempel)",
    "Logistikbolaget; Lager & Lösning AB (exempel)",
    '"Byrån" Interaktiv AB (exempel)',
    "Kommunernas IT-samverkan (exempel)",
)
MATCHER = CompanyMatcher([KnownEmployer(name, name) for name in NAMES])


def matched(text: str) -> tuple[str | None, GuessReason | None]:
    match = MATCHER.match(text)
    return (match.employer.name if match.employer else None), match.doubt


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("NORDKOD", 0),
        ("nordkod ab", 0),
        ("AB Nordkod", 0),
        ("Data och Design i Norr", 2),
        ("data&design i norr aktiebolag", 2),
        ("Fjallnat", 3),
        ("Testhuset ekonomisk förening", 4),
        ("testhuset", 4),
        ("Sjukvårds IT Syd", 6),
        ("logistikbolaget lager och lösning", 7),
        ("”Byrån” interaktiv", 8),
        ("Byrån Interaktiv A.B.", 8),
    ],
)
def test_case_quotes_signs_and_legal_form_leave_no_doubt(text: str, place: int) -> None:
    assert matched(text) == (NAMES[place], None)


@pytest.mark.parametrize(
    ("text", "place", "doubt"),
    [
        ("Molnverk", 1, "company_spelling"),
        ("Nordkodd", 0, "company_spelling"),
        ("Öppna källan", 5, "company_spelling"),
        ("Data Design", 2, "company_abbreviated"),
        ("Komm. IT-samv.", 9, "company_abbreviated"),
        ("KIS", 9, "company_abbreviated"),
        ("Byrån", 8, "company_abbreviated"),
        ("Logistik", 7, "company_abbreviated"),
        ("Nordkod HB", 0, "company_legal_form"),
    ],
)
def test_spelling_and_shortening_leave_a_doubt(text: str, place: int, doubt: GuessReason) -> None:
    assert matched(text) == (NAMES[place], doubt)


@pytest.mark.parametrize("text", ["Finns Inte AB", "Tesla", "It", "!!", "AB"])
def test_a_name_that_is_nobodys_has_no_employer(text: str) -> None:
    assert matched(text) == (None, None)


def test_two_employers_alike_are_both_offered() -> None:
    matcher = CompanyMatcher([KnownEmployer("1", "Bankdata Norr AB"), KnownEmployer("2", "Bankdata Nord AB")])

    assert [employer.key for employer in matcher.match("Bankdata").candidates] == ["1", "2"]


def test_two_employers_of_one_name_are_told_apart_by_their_legal_form() -> None:
    matcher = CompanyMatcher([KnownEmployer("1", "Nordkod AB"), KnownEmployer("2", "Nordkod HB")])
    limited, bare = matcher.match("nordkod hb"), matcher.match("Nordkod")

    assert limited.employer == KnownEmployer("2", "Nordkod HB")
    assert (bare.employer, [employer.key for employer in bare.candidates]) == (None, ["1", "2"])


@pytest.mark.parametrize(
    ("cell", "places"),
    [
        ("Nordkod, Fjällnät", [0, 3]),
        ("Nordkod; Logistikbolaget; Lager & Lösning AB; KIS", [0, 7, 9]),
        ("1. Nordkod 2. Fjällnät", [0, 3]),
        ("• Nordkod\n• Fjällnät", [0, 3]),
        ("Nordkod och Molnverket", [0, 1]),
        ("Data och Design", [2]),
        ("Logistikbolaget, Lager o Lösning", [7]),
        ("", []),
    ],
)
def test_several_names_in_a_cell_are_parted_unless_they_are_one(cell: str, places: list[int]) -> None:
    names = [match.employer.name for _, match in MATCHER.match_all(cell) if match.employer]

    assert names == [NAMES[place] for place in places]


def test_an_unknown_name_in_a_list_stays_a_question_of_its_own() -> None:
    parts = [(text, match.employer is not None) for text, match in MATCHER.match_all("Nordkodd AB / Finns inte")]

    assert parts == [("Nordkodd AB", True), ("Finns inte", False)]


def test_an_unknown_name_with_an_and_in_it_stays_whole() -> None:
    assert [text for text, _ in MATCHER.match_all("Berg och Dal")] == ["Berg och Dal"]


def test_names_are_compared_without_what_people_leave_out() -> None:
    assert company_name("Testhuset Ek. för. (exempel)").core == "testhuset"
    assert company_name("(AB)").core == "ab"
    assert same_company("Fjällnät AB", "FJALLNAT (publ)")
    assert not same_company("Fjällnät", "Fjällnät Syd")
