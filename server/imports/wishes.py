"""Whom a seeker wishes to meet, and whom rather not: company names from memory become employers."""

from __future__ import annotations

import re

from server.imports.cells import tidy, words
from server.imports.draft import Draft
from server.imports.headings import WISH_FIELDS
from server.imports.names import CompanyMatch, CompanyMatcher, company_name
from server.imports.values import KnownEmployer, Option, Reading

_EMPLOYER = "employer:"
_ANYBODY = words(
    "spelar ingen roll|alla|alla företag|alla arbetsgivare|vem som helst|vilken som helst|vilket som helst|valfri"
    "|valfritt|vilka som helst|ingen särskild|inget särskilt|inga särskilda|inga önskemål|inget önskemål|ingen|inga"
    "|inget|öppen för alla|öppen för allt|vet ej|vet inte|any|anyone|anybody|all|everyone|everybody|no preference|none"
    "|nobody|no wishes|i don't know|nej|no|kvittar|allt"
)
_INTRODUCTION = re.compile(
    r"^\s*(?:(?:vill|vill gärna|önskar|skulle vilja|i första hand|helst|gärna|wants to|would like to|wishes to)\s+"
    r"(?:träffa|möta|prata med|meet|see)?|träffa|möta|meet|önskemål|önskar|1:a hand)\s*:?\s+(?=\S)",
    re.IGNORECASE,
)
# A *not* in the middle of words may be part of a name; after a sign or a *but* it is a wish to avoid.
_BUT_NOT = re.compile(
    r"(?:(?:(?:^|[,;.\n(])\s*(?:(?:men|but|och|and)\s+)?|\s(?:men|but)\s+)"
    r"(?:helst inte|helst ej|inte|ej|undvik(?:er)?|not|rather not)|(?:^|\s)(?:utom|förutom|except))"
    r"\b(?:\s+(?:träffa|möta|meet|vill träffa|vill möta))?\s*:?\s+(?=\S)",
    re.IGNORECASE,
)


def take_wishes(draft: Draft, matcher: CompanyMatcher) -> tuple[tuple[KnownEmployer, ...], tuple[KnownEmployer, ...]]:
    """The employers wished for, dearest first, and those to avoid; none is in both."""
    wishes: dict[str, KnownEmployer] = {}
    avoids: dict[str, KnownEmployer] = {}
    for field in WISH_FIELDS:
        wanted, unwanted = _take_wish(draft, field, matcher)
        for employer in wanted:
            if employer.key in wishes:
                draft.guess(field, draft.cell(field), employer.name, "wish_repeated")
            wishes.setdefault(employer.key, employer)
        avoids |= {employer.key: employer for employer in unwanted}
    avoids |= {employer.key: employer for employer in _take_avoid(draft, matcher)}
    for key in [key for key in wishes if key in avoids]:
        _settle(draft, avoids[key], wishes, avoids)
    return tuple(wishes.values()), tuple(avoids.values())


def _take_wish(draft: Draft, field: str, matcher: CompanyMatcher) -> tuple[list[KnownEmployer], list[KnownEmployer]]:
    """What a cell of wishes says: employers, and after *ej* or *utom* those to avoid."""
    cell = draft.cell(field)
    if not cell.strip() or _is_name(cell, matcher):
        return _take_cell(draft, field, cell, matcher), []
    wanted, *unwanted = _BUT_NOT.split(_INTRODUCTION.sub("", cell))
    found = [] if _means_anybody(draft, field, wanted) else _take_cell(draft, field, wanted, matcher)
    avoided = [employer for part in unwanted for employer in _take_cell(draft, field, part.rstrip(" )"), matcher)]
    if avoided:
        draft.guess(field, cell, tuple(employer.name for employer in avoided), "wish_negated")
    return found, avoided


def _take_avoid(draft: Draft, matcher: CompanyMatcher) -> list[KnownEmployer]:
    cell = draft.cell("avoid")
    if not cell.strip() or _is_name(cell, matcher):
        return _take_cell(draft, "avoid", cell, matcher)
    rest = " , ".join(part for part in _BUT_NOT.split(_INTRODUCTION.sub("", cell)) if part.strip())
    return [] if _means_anybody(draft, "avoid", rest) else _take_cell(draft, "avoid", rest, matcher)


def _is_name(cell: str, matcher: CompanyMatcher) -> bool:
    """Whether the whole cell is one employer's name; what stands in parentheses may still say *not*."""
    match = matcher.match(cell)
    is_known = match.employer is not None and match.doubt is None
    return is_known and not ("(" in cell and _BUT_NOT.search(cell))


def _means_anybody(draft: Draft, field: str, text: str) -> bool:
    """Whether the words name nobody in particular; which is said, since a company might be called so."""
    said = tidy(text).casefold().strip(" .!,;:")
    if said not in _ANYBODY:
        return False
    draft.guess(field, draft.cell(field), None, "wish_for_anybody")
    return True


def _take_cell(draft: Draft, field: str, cell: str, matcher: CompanyMatcher) -> list[KnownEmployer]:
    if not cell.strip():
        return []
    matches = matcher.match_all(cell)
    employers = [_resolve(draft, field, text, match, matcher) for text, match in matches]
    found = [employer for employer in employers if employer is not None]
    if len(matches) > 1:
        draft.guess(field, cell, tuple(employer.name for employer in found), "wishes_in_one_cell")
    return found


def _resolve(draft: Draft, field: str, text: str, match: CompanyMatch, matcher: CompanyMatcher) -> KnownEmployer | None:
    """A name on many lines is one question: the answer holds wherever it is written the same."""
    if match.employer is not None:
        return draft.take(field, Reading(match.employer, doubt=match.doubt), text, match.employer.name)
    options = tuple(Option(f"{_EMPLOYER}{each.key}", "employer", each.name) for each in match.candidates)
    decision_id = f"company:{company_name(text).compact or text}"
    given = draft.choices.answers.get(decision_id, "")
    is_known = given.startswith(_EMPLOYER) and given.removeprefix(_EMPLOYER) in matcher.by_key
    answer = draft.ask(
        field,
        text,
        "wish_ambiguous" if match.candidates else "wish_unknown",
        (*options, Option("drop", "drop")),
        decision_id=decision_id,
        params={"name": text},
        also=frozenset({given} if is_known else ()),
    )
    return matcher.by_key.get((answer or "").removeprefix(_EMPLOYER))


def _settle(
    draft: Draft, employer: KnownEmployer, wishes: dict[str, KnownEmployer], avoids: dict[str, KnownEmployer]
) -> None:
    answer = draft.ask(
        "avoid",
        draft.cell("avoid"),
        "wish_and_avoid",
        (Option("keep_wish", "keep_wish", employer.name), Option("keep_avoid", "keep_avoid", employer.name)),
        decision_id=f"{draft.line}:avoid:wish_and_avoid:{employer.key}",
        params={"name": employer.name},
    )
    (avoids if answer == "keep_wish" else wishes).pop(employer.key)
