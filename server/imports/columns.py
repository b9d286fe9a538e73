"""Which sheet it is, and what each of its columns holds: by heading, and by content where there is none."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from server.imports.codes import ColumnState, Kind
from server.imports.content import are_stamps, field_by_content, field_under_heading, share
from server.imports.heading_match import HeadingMatch, kind_score, match_heading, match_headings, plain
from server.imports.headings import (
    CONTACTS_MAX,
    FIELDS,
    MORE_CONTACTS,
    RANKED,
    SENSITIVE_FIELDS,
    TELLING,
    UNTOLD,
    WISH_FIELDS,
    WISH_MAX,
)
from server.imports.personal_numbers import ORG_NUMBER
from server.imports.values import ColumnGuess

_REQUIRED: dict[Kind, tuple[tuple[str, ...], ...]] = {
    "employers": (("name",),),
    "seekers": (("name", "first_name", "last_name"), ("email",)),
}
# Two columns under the same heading that are one thing in two parts.
_HALVES: tuple[tuple[str, tuple[str, str], re.Pattern[str]], ...] = (
    ("times", ("from", "to"), re.compile(r"^\D*\d{1,2}(?:[.:]?\d\d)?\s*$")),
    ("name", ("first_name", "last_name"), re.compile(r"^\S+$")),
)
_HALVES_SHARE_MIN = 0.6
_HOURS = ("from", "to", "times")


def find_kind(headings: Sequence[str], samples: Sequence[Sequence[str]]) -> tuple[Kind, bool]:
    """Which sheet it is, and whether that is certain. With no telling heading the contents decide."""
    employers = kind_score(headings, "employers", TELLING["employers"])
    seekers = kind_score(headings, "seekers", TELLING["seekers"])
    if employers != seekers:
        return ("employers" if employers > seekers else "seekers"), abs(employers - seekers) >= 2
    has_org_numbers = any(share(column, ORG_NUMBER) > 0.6 for column in samples)
    return ("employers" if has_org_numbers else "seekers"), False


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
    taken = {field for field in chosen.values() if field in FIELDS[kind]}
    found: dict[int, tuple[str, ColumnState]] = {}
    if headings is not None:
        found = _halves(names, samples, kind, chosen, taken)
        for index, matches in _offers(names, samples, kind, {*chosen, *found}):
            if matches[0].field not in _HOURS or not are_stamps(samples[index]):
                found[index] = _placed(matches, kind, taken)
        _doubt_the_repeated(names, samples, found)
    _add_by_content(samples, kind, chosen, taken, found, is_headed=headings is not None)
    return tuple(
        _column(index, name, samples[index], _state(index, samples[index], kind, chosen, found))
        for index, name in enumerate(names)
    )


def _halves(
    names: Sequence[str],
    samples: Sequence[Sequence[str]],
    kind: Kind,
    chosen: Mapping[int, str | None],
    taken: set[str],
) -> dict[int, tuple[str, ColumnState]]:
    same: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        if plain(name) and index not in chosen:
            same[plain(name)].append(index)
    found: dict[int, tuple[str, ColumnState]] = {}
    for places in same.values():
        match = match_heading(names[places[0]], kind)
        for whole, halves, pattern in _HALVES:
            fits = len(places) == 2 and match is not None and match.field == whole and not taken & {whole, *halves}
            is_known = all(half in FIELDS[kind] for half in halves)
            if fits and is_known and all(share(samples[place], pattern) >= _HALVES_SHARE_MIN for place in places):
                found.update({place: (half, "guess") for place, half in zip(places, halves, strict=True)})
                taken.update({whole, *halves})
    return found


def _offers(
    names: Sequence[str], samples: Sequence[Sequence[str]], kind: Kind, settled: set[int]
) -> list[tuple[int, tuple[HeadingMatch, ...]]]:
    offers = [
        (index, matches)
        for index, name in enumerate(names)
        if index not in settled and (matches := match_headings(name, kind))
    ]
    offers.sort(key=lambda offer: (not any(map(str.strip, samples[offer[0]])), -offer[1][0].score, offer[0]))
    ranked = [offer for offer in offers if offer[1][0].field in RANKED[kind]]
    ranked.sort(key=lambda offer: (not any(map(str.strip, samples[offer[0]])), *_by_rank(offer)))
    return [offer for offer in offers if offer not in ranked] + ranked


def _by_rank(offer: tuple[int, tuple[HeadingMatch, ...]]) -> tuple[int, float, int]:
    index, (match, *_) = offer
    return match.rank or WISH_MAX + 1, -match.score if match.rank is None else 0.0, index


def _placed(matches: Sequence[HeadingMatch], kind: Kind, taken: set[str]) -> tuple[str, ColumnState]:
    """The likeliest field that is still free; what is not the first thought is a guess."""
    for place, match in enumerate(matches):
        field = _free_rank(match, kind, taken) if match.field in RANKED[kind] else match.field
        if field is not None and field not in taken:
            taken.add(field)
            is_certain = match.score == 1 and place == 0 and (match.rank is not None or field not in MORE_CONTACTS)
            return field, "certain" if is_certain else "guess"
    return "", "repeated"


def _free_rank(match: HeadingMatch, kind: Kind, taken: set[str]) -> str | None:
    if kind == "seekers":
        own = f"wish_{match.rank}"
        fields = WISH_FIELDS
    else:
        own = f"{match.field}_{match.rank}"
        fields = (match.field, *(f"{match.field}_{rank}" for rank in range(2, CONTACTS_MAX + 1)))
    if own in fields and own not in taken:
        return own
    return next((field for field in fields if field not in taken), None)


def _doubt_the_repeated(
    names: Sequence[str], samples: Sequence[Sequence[str]], found: dict[int, tuple[str, ColumnState]]
) -> None:
    """Of two filled columns under the same heading the one that is read is a guess."""
    lost = {
        plain(names[index])
        for index, (_, state) in found.items()
        if state == "repeated" and any(map(str.strip, samples[index]))
    }
    for index, (field, state) in found.items():
        if state == "certain" and plain(names[index]) in lost:
            found[index] = (field, "guess")


def _add_by_content(
    samples: Sequence[Sequence[str]],
    kind: Kind,
    chosen: Mapping[int, str | None],
    taken: set[str],
    found: dict[int, tuple[str, ColumnState]],
    *,
    is_headed: bool,
) -> None:
    for index, column in enumerate(samples):
        if index in chosen or index in found:
            continue
        field = (field_under_heading if is_headed else field_by_content)(column, kind, taken)
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


def unread_columns(columns: Sequence[ColumnGuess]) -> tuple[str, ...]:
    """The headings, else the letters, of columns that hold something and are not read; staff's own choice is theirs."""
    return tuple(
        " ".join(column.heading.split()) or column.letter
        for column in columns
        if column.state in ("unknown", "repeated") and column.sample and not _is_missed_by_nobody(column.heading)
    )


def _is_missed_by_nobody(heading: str) -> bool:
    """A running number, an address, or a sign such as #."""
    return plain(heading) in UNTOLD or bool(heading and not plain(heading))
