"""Whom a seeker wishes to meet, and whom rather not: company names from memory become employers."""

from __future__ import annotations

from server.imports.draft import Draft
from server.imports.headings import WISH_FIELDS
from server.imports.names import CompanyMatch, CompanyMatcher, company_name
from server.imports.values import KnownEmployer, Option, Reading

_EMPLOYER = "employer:"


def take_wishes(draft: Draft, matcher: CompanyMatcher) -> tuple[tuple[KnownEmployer, ...], tuple[KnownEmployer, ...]]:
    """The employers wished for, dearest first, and those to avoid; none is in both."""
    wishes: dict[str, KnownEmployer] = {}
    for field in WISH_FIELDS:
        for employer in _take_cell(draft, field, matcher):
            if employer.key in wishes:
                draft.guess(field, draft.cell(field), employer.name, "wish_repeated")
            wishes.setdefault(employer.key, employer)
    avoids = {employer.key: employer for employer in _take_cell(draft, "avoid", matcher)}
    for key in [key for key in wishes if key in avoids]:
        _settle(draft, avoids[key], wishes, avoids)
    return tuple(wishes.values()), tuple(avoids.values())


def _take_cell(draft: Draft, field: str, matcher: CompanyMatcher) -> list[KnownEmployer]:
    cell = draft.cell(field)
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
