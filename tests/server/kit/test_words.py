"""Small facts about names."""

from __future__ import annotations

import pytest

from server.kit.words import initials


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amina Warsame", "AW"),
        ("Åsa af Öst", "ÅÖ"),
        ("Madonna", "M"),
        ("", "?"),
        ("  ", "?"),
        ("Fjällnät (exempel)", "F"),
    ],
)
def test_initials_are_of_the_first_and_last_name(name: str, letters: str) -> None:
    assert initials(name) == letters
