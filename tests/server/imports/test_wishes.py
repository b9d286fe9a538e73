"""Wishes in whole sentences: whom, whom not, and nobody in particular."""

from __future__ import annotations

import pytest

from tests.server.imports.sheets import doubts, only_row

SEEKERS = "Namn;E-post;Önskemål;Helst inte\n"


def said(wish: str, avoid: str = "") -> tuple[object, object]:
    quoted = '"' + wish.replace('"', '""') + '"'
    row = only_row(SEEKERS + f"Anna;a@x.example;{quoted};{avoid}\n")
    return row.values["wishes"], row.values["avoids"]


@pytest.mark.parametrize(
    ("cell", "wishes", "avoids"),
    [
        ("vill träffa: Nordkod, Fjällnät; ej Molnverket", ("Nordkod AB", "Fjällnät AB"), ("Molnverket AB",)),
        ("Vill gärna träffa Nordkod", ("Nordkod AB",), ()),
        ("Nordkod men inte Molnverket", ("Nordkod AB",), ("Molnverket AB",)),
        ("Nordkod (ej Molnverket)", ("Nordkod AB",), ("Molnverket AB",)),
        ("Alla utom Molnverket", (), ("Molnverket AB",)),
        ("inte Molnverket", (), ("Molnverket AB",)),
        ("1. Nordkod 2. Fjällnät", ("Nordkod AB", "Fjällnät AB"), ()),
        ("Nordkod\nFjällnät", ("Nordkod AB", "Fjällnät AB"), ()),
        ("Nordkod;Fjällnät;", ("Nordkod AB", "Fjällnät AB"), ()),
        ("spelar ingen roll", (), ()),
        ("Alla", (), ()),
    ],
)
def test_a_sentence_of_wishes_gives_whom_and_whom_not(
    cell: str, wishes: tuple[str, ...], avoids: tuple[str, ...]
) -> None:
    assert said(cell) == (wishes, avoids)


def test_what_is_read_as_rather_not_and_as_nobody_in_particular_is_shown() -> None:
    row = only_row(SEEKERS + "Anna;a@x.example;Alla utom Molnverket;\n")

    assert doubts(row) == [
        ("wish_1", "Alla utom Molnverket", None, "wish_for_anybody"),
        ("wish_1", "Alla utom Molnverket", ("Molnverket AB",), "wish_negated"),
    ]


def test_a_not_inside_a_name_is_part_of_it() -> None:
    [decision] = only_row(SEEKERS + "Anna;a@x.example;Finns Inte AB;\n").decisions

    assert decision.raw == "Finns Inte AB"


@pytest.mark.parametrize(
    "cell", ["Molnverket", "ej Molnverket", "vill inte träffa: Molnverket", "inte träffa Molnverket"]
)
def test_the_column_of_those_to_avoid_may_say_not_once_more(cell: str) -> None:
    assert said("Nordkod", cell) == (("Nordkod AB",), ("Molnverket AB",))


@pytest.mark.parametrize("cell", ["nej", "Ingen", "inga"])
def test_nobody_to_avoid_is_nobody(cell: str) -> None:
    assert said("Nordkod", cell) == (("Nordkod AB",), ())
