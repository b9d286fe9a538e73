"""Word lists as one expression: ``kvinn*`` begins so, ``*åring`` ends so, ``a|b c`` is a or b followed by c."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from feedback.tone.words import Word

_CONTINUED = re.compile(r"\|\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases to be found among words, but not inside any of the `spared` ones."""

    found: re.Pattern[str]
    spared: re.Pattern[str] | None = None


def lexicon(phrases: str, spared: str = "") -> Lexicon:
    """The phrases of a list, one a line or parted by commas."""
    return Lexicon(_pattern(phrases), _pattern(spared) if spared else None)


@cache
def _pattern(phrases: str) -> re.Pattern[str]:
    lines = _CONTINUED.sub("|", phrases).splitlines()
    each = (phrase.strip() for line in lines for phrase in line.split(","))
    written = "|".join(_expression(phrase) for phrase in each if phrase)
    return re.compile(rf"(?<!\S)(?:{written})(?!\S)")


def _expression(phrase: str) -> str:
    return " ".join("(?:" + word.replace("*", r"\w*").replace("#", r"\d+") + ")" for word in phrase.split())


def places(words: tuple[Word, ...], wanted: Lexicon) -> Iterator[tuple[int, int]]:
    """Which words the phrases are, as (first, one after the last)."""
    text = " ".join(word.text for word in words)
    spared = [found.span() for found in wanted.spared.finditer(text)] if wanted.spared else []
    starts = [0, *accumulate(len(word.text) + 1 for word in words)]
    for found in wanted.found.finditer(text):
        if not any(start <= found.start() and found.end() <= end for start, end in spared):
            yield starts.index(found.start()), starts.index(found.end() + 1)
