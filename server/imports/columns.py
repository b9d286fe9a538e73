"""Which sheet it is, and what each of its columns holds: by heading, and by content where there is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from server.imports.codes import ColumnState, Kind
from server.imports.headings import FIELDS, HEADINGS, SENSITIVE_FIELDS, TELLING, WEAK, WISH_FIELDS, WISH_MAX
from server.imports.values import ColumnGuess

_SIMILAR_MIN = 0.84
_HEADING_CHARS_MAX = 120
_ORDINALS = {
    "forsta": "1", "andra": "2", "tredje": "3", "fjarde": "4", "femte": "5",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5",
}  # fmt: skip
_ORDINAL = re.compile(r"\b(" + "|".join(_ORDINALS) + r")(?:hands)?(?=val|choice|\b)")
_RANK = re.compile(r"\b(?:nr|no|number|nummer|prio|prioritet)?\s*(\d{1,2})(?:\s*(?:a|e|st|nd|rd|th|hand))?\b")

_REQUIRED: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "employers": (("name",),),
    "seekers": (("name", "first_name", "last_name"), ("email",)),
}


@dataclass(frozen=True, slots=True)
class HeadingMatch:
    """The field a heading seems to mean (``wish`` without its rank), and how sure that is (0 to 1)."""

    field: str
    score: float
    rank: int | None = None


def plain(text: str) -> str:
    """`text` in lower case with no accents, punctuation, parentheses or doubled spaces."""
    text = re.sub(r"\([^)]*\)?", " ", unicodedata.normalize("NFKC", text).casefold())
    text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    text = " ".join(re.sub(r"[\W_]+", " ", text).split())
    return re.sub(r"\be (post|mail|mejl)", r"e\1", text).replace("emejl", "epost")


@lru_cache(maxsize=4096)
def match_heading(heading: str, kind: Kind) -> HeadingMatch | None:
    """The field that `heading` means in a sheet of `kind`, or None. Score 1 is certain."""
    text = plain(heading[:_HEADING_CHARS_MAX]) or plain(heading[:_HEADING_CHARS_MAX].replace("(", " "))
    if not text:
        return None
    ranked = _ORDINAL.sub(lambda found: f"{_ORDINALS[found.group(1)]} ", text)
    found = _RANK.search(ranked)
    rank = int(found.group(1)) if found else None
    without_rank = " ".join(_RANK.sub(" ", ranked).split()) if found else text
    fields = HEADINGS[kind]
    for field, words in fields.items():
        if text in words or (field == "wish" and without_rank in words):
            return HeadingMatch(field, 1.0, rank)
    weak = _match_weakly(text, without_rank, rank, kind)
    return weak or _match_loosely(text, without_rank, rank, fields)


def _match_weakly(text: str, without_rank: str, rank: int | None, kind: Kind) -> HeadingMatch | None:
    for field, words in WEAK[kind].items():
        if rank is not None and field == "wish" and without_rank in words:
            return HeadingMatch(field, 1.0, rank)
        if text in words:
            return HeadingMatch(field, 0.7)
    return None


def _other_field(heading: str, kind: Kind, taken: set[str]) -> str | None:
    """Where a heading such as *Namn* fits two fields and the first is taken: the second."""
    text = plain(heading[:_HEADING_CHARS_MAX])
    return next((field for field, words in WEAK[kind].items() if field not in taken and text in words), None)


def _match_loosely(
    text: str, without_rank: str, rank: int | None, fields: Mapping[str, Sequence[str]]
) -> HeadingMatch | None:
    tokens = set(without_rank.split())
    best: HeadingMatch | None = None
    for field, words in fields.items():
        for word in words:
            score = _similarity(text if field != "wish" else without_rank, tokens, word)
            if score > (best.score if best else 0):
                best = HeadingMatch(field, score, rank)
    return best


def _similarity(text: str, tokens: set[str], word: str) -> float:
    """Below 0.84 is nothing. Words found inside a longer heading count by how much of it they are."""
    parts = word.split()
    if len(word) >= 5 and all(part in tokens for part in parts):
        return min(0.95, 0.84 + 0.1 * len(word) / max(len(text), 1))
    if len(word) < 4 or abs(len(word) - len(text)) > 3:
        return 0.0
    ratio = SequenceMatcher(None, text, word).ratio()
    return min(0.95, ratio) if ratio >= _SIMILAR_MIN else 0.0


def heading_score(cells: Sequence[str]) -> float:
    """How much a record looks like a row of headings: one for each certain, a half for each likely."""
    return max(_kind_score(cells, kind, None) for kind in FIELDS)


def _kind_score(cells: Sequence[str], kind: Kind, weights: Mapping[str, int] | None) -> float:
    total = 0.0
    for cell in cells:
        found = match_heading(cell, kind) if cell.strip() else None
        if found is not None:
            weight = 1 if weights is None else weights.get(found.field, 0)
            total += weight * (1.0 if found.score == 1 else 0.5)
    return total


def find_kind(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> tuple[Kind, bool]:
    """Which sheet it is, and whether that is certain. With no telling heading the contents decide."""
    employers = _kind_score(headings, "employers", TELLING["employers"])
    seekers = _kind_score(headings, "seekers", TELLING["seekers"])
    if employers != seekers:
        return ("employers" if employers > seekers else "seekers"), abs(employers - seekers) >= 2
    has_org_numbers = any(_share(column, _ORG_NUMBER) > 0.6 for column in samples)
    return ("employers" if has_org_numbers else "seekers"), False


_ORG_NUMBER = re.compile(r"^(?:16)?\d{2}[2-9]\d{3}-?\d{4}$")
_CONTENT: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("email", re.compile(r"^\S+(?:@|\(at\))\S+\.\S+$")),
    ("org_number", _ORG_NUMBER),
    ("phone", re.compile(r"^(?:\+|00)?[\d\s()/-]{7,18}$")),
    ("birth_year", re.compile(r"^(?:19|20)\d\d$|^\d{2,4}\*{4}-\*{4}$")),
    ("gender", re.compile(r"^(?:k|m|f|kvinna|man|woman|female|male|annat|vill (?:ej|inte) uppge)$", re.IGNORECASE)),
    ("consent", re.compile(r"^(?:ja|nej|j|n|yes|no)$", re.IGNORECASE)),
    ("form", re.compile(r"^(?:video|på plats|hybrid|on[ -]site|online|spelar ingen roll)$", re.IGNORECASE)),
    ("from", re.compile(r"^(?:kl\.?\s*)?\d{1,2}[:.]\d\d$|^kl\.?\s*\d{1,2}$", re.IGNORECASE)),
    ("to", re.compile(r"^(?:kl\.?\s*)?\d{1,2}[:.]\d\d$|^kl\.?\s*\d{1,2}$", re.IGNORECASE)),
    ("name", re.compile(r"^[^\W\d_][^\d@;|]{2,60}$")),
)


def _share(column: Sequence[str], pattern: re.Pattern[str]) -> float:
    filled = [cell.strip() for cell in column if cell.strip()]
    return sum(1 for cell in filled if pattern.match(cell)) / len(filled) if filled else 0.0


def _field_by_content(column: Sequence[str], kind: Kind, taken: set[str]) -> str | None:
    for field, pattern in _CONTENT:
        if field in FIELDS[kind] and field not in taken and _share(column, pattern) >= 0.6:
            return field
    return None


def understand_columns(
    headings: Sequence[str] | None,
    samples: Sequence[Sequence[str]],
    kind: Kind,
    chosen: Mapping[int, str | None],
) -> tuple[ColumnGuess, ...]:
    """What each column holds; `samples` has some cells of each, `chosen` is what staff have said.

    A field is held by one column at most: the one staff chose, else the likeliest, else the first.
    """
    names = list(headings) if headings is not None else [""] * len(samples)
    found: dict[int, tuple[str, ColumnState]] = {}
    taken = {field for field in chosen.values() if field in FIELDS[kind]}
    offers = [] if headings is None else _offers(names, samples, kind, chosen)
    for index, match in offers:
        field = _free_wish(match, taken) if match.field == "wish" else match.field
        is_certain = match.score == 1
        if field in taken:
            field, is_certain = _other_field(names[index], kind, taken), False
        if field is None:
            found[index] = ("", "repeated")
            continue
        taken.add(field)
        found[index] = (field, "certain" if is_certain else "guess")
    if headings is None:
        _add_by_content(samples, kind, chosen, taken, found)
    return tuple(
        _column(index, name, samples[index], _state(index, samples[index], kind, chosen, found))
        for index, name in enumerate(names)
    )


def _offers(
    names: Sequence[str], samples: Sequence[Sequence[str]], kind: Kind, chosen: Mapping[int, str | None]
) -> list[tuple[int, HeadingMatch]]:
    offers = [
        (index, match)
        for index, name in enumerate(names)
        if index not in chosen and (match := match_heading(name, kind)) is not None
    ]
    offers.sort(key=lambda offer: (not any(map(str.strip, samples[offer[0]])), -offer[1].score, offer[0]))
    wishes = [offer for offer in offers if offer[1].field == "wish"]
    wishes.sort(key=lambda offer: (offer[1].rank or WISH_MAX + 1, offer[0]))
    return [offer for offer in offers if offer[1].field != "wish"] + wishes


def _free_wish(match: HeadingMatch, taken: set[str]) -> str | None:
    own = f"wish_{match.rank}"
    if own in WISH_FIELDS and own not in taken:
        return own
    return next((field for field in WISH_FIELDS if field not in taken), None)


def _add_by_content(
    samples: Sequence[Sequence[str]],
    kind: Kind,
    chosen: Mapping[int, str | None],
    taken: set[str],
    found: dict[int, tuple[str, ColumnState]],
) -> None:
    for index, column in enumerate(samples):
        field = None if index in chosen else _field_by_content(column, kind, taken)
        if field is not None:
            taken.add(field)
            found[index] = (field, "guess")


def _state(
    index: int,
    column: Sequence[str],
    kind: Kind,
    chosen: Mapping[int, str | None],
    found: Mapping[int, tuple[str, ColumnState]],
) -> tuple[str, ColumnState]:
    if index in chosen:
        field = chosen[index]
        return (field, "chosen") if field in FIELDS[kind] and field is not None else ("", "skipped")
    if index in found:
        return found[index]
    return "", "unknown" if any(map(str.strip, column)) else "empty"


def _column(index: int, heading: str, column: Sequence[str], result: tuple[str, ColumnState]) -> ColumnGuess:
    field, state = result
    sensitive = field in SENSITIVE_FIELDS
    sample = "" if sensitive else next((cell.strip()[:80] for cell in column if cell.strip()), "")
    return ColumnGuess(index, column_letter(index), heading.strip(), sample, field or None, state, sensitive)


def column_letter(index: int) -> str:
    """The letters a spreadsheet program gives the column: A, B ... Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def missing_columns(columns: Sequence[ColumnGuess], kind: Kind) -> tuple[str, ...]:
    """The fields without which no row of `kind` can be read, and which no column holds."""
    held = {column.field for column in columns}
    return tuple(fields[0] for fields in _REQUIRED[kind] if not held.intersection(fields))
