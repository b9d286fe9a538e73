"""When two ways to write a word are the same: letter case, accents, blanks and punctuation do not count."""

from __future__ import annotations

import re
import unicodedata

# Signs that part one name from another, as in C, C# and C++.
_TELLING = frozenset("#+")
_SHARP = "♯"
_BETWEEN = re.compile(r"\s*[/&]\s*|\s+(?:och|and)\s+", re.IGNORECASE)


def word_key(word: str) -> str:
    """What is left of `word` when only its letters, digits, # and + count; "" without any letter or digit.

    Only letters of the Latin alphabet lose their accents: in other scripts such signs are part of the word.
    """
    kept: list[str] = []
    is_latin = False
    for sign in _plain(word.replace(_SHARP, "#")):
        if sign.isalnum():
            is_latin = "a" <= sign <= "z"
        elif sign not in _TELLING and (is_latin or not unicodedata.category(sign).startswith("M")):
            continue
        kept.append(sign)
    return unicodedata.normalize("NFKD", "".join(kept)) if any(sign.isalnum() for sign in kept) else ""


def _plain(word: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())


def parts_of(words: str) -> tuple[str, ...]:
    """What stands on each side of a slash, an ampersand or an *and* (*och*); `words` alone where there is none."""
    return tuple(part for part in _BETWEEN.split(words) if word_key(part))
