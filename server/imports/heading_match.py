"""What a heading means: exactly, weakly, abbreviated, misspelt or within a longer one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from server.imports.codes import Kind
from server.imports.headings import FIELDS, FOREIGN, HEADINGS, RANKED, REMARKS, SPECIFIC, WEAK

_SIMILAR_MIN = 0.84
_ABBREVIATED = 0.85
_WEAK = 0.7
_HEADING_CHARS_MAX = 120
_ORDINALS = {
    "forsta": "1", "andra": "2", "tredje": "3", "fjarde": "4", "femte": "5",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5",
}  # fmt: skip
_ORDINAL = re.compile(r"\b(" + "|".join(_ORDINALS) + r")(?:hands)?(?=val|choice|\b)")
_RANK = re.compile(r"\b(?:nr|no|number|nummer|prio|prioritet)?\s*(\d{1,2})(?:\s*(?:a|e|st|nd|rd|th|hand))?\b")
_RANK_IN_PARENTHESES = re.compile(r"\(\s*(\d{1,2})\s*(?::?[ae]\b|:?st|nd|rd|th)?[^)]*\)")
_ABBREVIATION = re.compile(r"[^\W\d_]{2,}\.")
_ABBREVIATION_LETTERS_MIN = 3
_PREFIX_LETTERS_MIN = 5
_BROKEN_WORD = re.compile(r"(?<=\w)-[^\S\n]*\r?\n\s*(?=[^\W\d_])")
_LAST_FIRST = re.compile(
    r"\b(?:efternamn|surname|last name|family name)\b.*\b(?:fornamn|tilltalsnamn|first name|given name|forename)\b"
    r"|\b(?:efternamn(?:et)?|surname|last name|family name) (?:forst|first)\b"
)


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """The field a heading seems to mean (``wish`` without its rank), and how sure that is (0 to 1)."""

    field: str
    score: float
    rank: int | None = None


def plain(text: str) -> str:
    """`text` in lower case with no accents, punctuation, parentheses or doubled spaces.

    A word broken over two lines is whole again, and *f.o.m.* and *t.o.m.* are words.
    """
    return _plain(re.sub(r"\([^)]*\)?", " ", unicodedata.normalize("NFKC", text)))


def _plain(text: str) -> str:
    text = _BROKEN_WORD.sub("", unicodedata.normalize("NFKC", text)).casefold()
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    text = " ".join(re.sub(r"[\W_]+", " ", text).split())
    text = re.sub(r"\bfr? ?o m\b", "fran", re.sub(r"\bt o m\b", "tom", text))
    return re.sub(r"\be (post|mail|mejl)", r"e\1", text).replace("emejl", "epost")


def says_last_first(heading: str) -> bool:
    """Whether a heading says that last names stand before first names."""
    return bool(_LAST_FIRST.search(_plain(heading)))


def match_heading(heading: str, kind: Kind) -> HeadingMatch | None:
    """The field that `heading` means in a sheet of `kind`, or None. Score 1 is certain."""
    matches = match_headings(heading, kind)
    return matches[0] if matches else None


@lru_cache(maxsize=4096)
def match_headings(heading: str, kind: Kind) -> tuple[HeadingMatch, ...]:
    """Every field that `heading` may mean, the likeliest first; each once."""
    heading = heading[:_HEADING_CHARS_MAX]
    text = plain(heading) or _plain(heading)
    if not text or text in FOREIGN or text in REMARKS:
        return ()
    ranked = _ORDINAL.sub(lambda found: f"{_ORDINALS[found.group(1)]} ", text)
    found = _RANK.search(ranked)
    without_rank = " ".join(_RANK.sub(" ", ranked).split()) if found else text
    inner = _RANK_IN_PARENTHESES.search(heading)
    rank = int(found.group(1)) if found else int(inner.group(1)) if inner else None
    best: dict[str, HeadingMatch] = {}
    for match in (
        *_match_exactly(text, without_rank, rank, kind),
        *_match_weakly(text, without_rank, rank, kind),
        *_match_abbreviation(heading, without_rank, rank, kind),
        *_match_loosely(text, without_rank, rank, kind),
    ):
        best.setdefault(match.field, match)
    return tuple(best.values())


def _match_exactly(text: str, without_rank: str, rank: int | None, kind: Kind) -> Iterator[HeadingMatch]:
    for field, words in HEADINGS[kind].items():
        if text in words or (field in RANKED[kind] and without_rank in words):
            yield HeadingMatch(field, 1.0, rank)


def _match_weakly(text: str, without_rank: str, rank: int | None, kind: Kind) -> Iterator[HeadingMatch]:
    for field, words in WEAK[kind].items():
        if rank is not None and field == "wish" and without_rank in words:
            yield HeadingMatch(field, 1.0, rank)
        elif text in words:
            yield HeadingMatch(field, _WEAK)


def _match_abbreviation(heading: str, without_rank: str, rank: int | None, kind: Kind) -> Sequence[HeadingMatch]:
    """*Arb.giv.* is *arbetsgivare*, if no word of another field could be cut down so."""
    pieces = without_rank.split()
    letters = len("".join(pieces))
    has_dots = bool(_ABBREVIATION.search(heading)) and letters >= _ABBREVIATION_LETTERS_MIN
    if not pieces or not (has_dots or (len(pieces) == 1 and letters >= _PREFIX_LETTERS_MIN)):
        return ()
    pattern = re.compile(".*".join(map(re.escape, pieces)))
    fields = [
        field
        for field, words in HEADINGS[kind].items()
        if any(pattern.match(word) for word in words if word.count(" ") < len(pieces))
    ]
    if rank is not None:
        fields = [field for field in fields if field in RANKED[kind]] or fields
    return [HeadingMatch(fields[0], _ABBREVIATED, rank)] if len(fields) == 1 else ()


def _match_loosely(text: str, without_rank: str, rank: int | None, kind: Kind) -> Sequence[HeadingMatch]:
    tokens = set(without_rank.split())
    found: list[HeadingMatch] = []
    for field, words in HEADINGS[kind].items():
        said = without_rank if field in RANKED[kind] else text
        score = max(_similarity(said, tokens, word, is_specific=field in SPECIFIC) for word in words)
        if score > 0:
            found.append(HeadingMatch(field, score, rank))
    return sorted(found, key=lambda match: -match.score)


def _similarity(text: str, tokens: set[str], word: str, *, is_specific: bool) -> float:
    """Below 0.84 is nothing. Words found inside a longer heading count by how much of it they are.

    In *Telefon kontaktperson* and *Kontaktens e-post* the specific word tells what is in the column.
    """
    parts = word.split()
    if len(word) >= 5 and all(part in tokens for part in parts):
        return min(0.95, 0.84 + 0.1 * len(word) / max(len(text), 1) + (0.05 if is_specific else 0.0))
    if len(word) < 4 or abs(len(word) - len(text)) > 3:
        return 0.0
    ratio = SequenceMatcher(None, text, word).ratio()
    return min(0.95, ratio) if ratio >= _SIMILAR_MIN else 0.0


def heading_score(cells: Sequence[str]) -> float:
    """How much a record looks like a row of headings: one for each certain, a half for each likely or foreign."""
    foreign = sum(1 for cell in cells if plain(cell) in FOREIGN or plain(cell) in REMARKS)
    return max(kind_score(cells, kind, None) for kind in FIELDS) + foreign / 2


def kind_score(cells: Sequence[str], kind: Kind, weights: dict[str, int] | None) -> float:
    """The same for one kind of sheet; `weights` say how much each field counts."""
    total = 0.0
    for cell in cells:
        found = match_heading(cell, kind) if cell.strip() else None
        if found is not None:
            weight = 1 if weights is None else weights.get(found.field, 0)
            total += weight * (1.0 if found.score == 1 else 0.5)
    return total
