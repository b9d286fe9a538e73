"""A row about an employer and its recruiters."""

from __future__ import annotations

import re

from feedback.vocabulary import vocabulary
from server.imports.cells import is_formula, read_count, read_employer_form, read_items, read_text, tidy
from server.imports.contacts import read_org_number
from server.imports.draft import Draft, ask_form, take_span
from server.imports.names import CompanyMatcher
from server.imports.personal_numbers import without_masked
from server.imports.recruiters import take_recruiters
from server.imports.values import Context, EmployerEntry, EmployerForm, Reading

_MARKUP = re.compile(r"[<>{}]")
_FORMS: tuple[EmployerForm, ...] = ("video", "on_site", "hybrid")


def read_employer(draft: Draft, context: Context, matcher: CompanyMatcher) -> EmployerEntry | None:
    """The employer in a row; None where something stops it. What was said about it is in `draft`.

    An employer may come without a contact: it is then invited later, which is shown as a guess. A missing
    number of recruiters is one, a missing form the event's own.
    """
    name = draft.read("name", _read_company)
    draft.values["name"] = name
    org_number = draft.read("org_number", read_org_number)
    contacts = take_recruiters(draft)
    form = _take_form(draft, context)
    count = _take_count(draft, len(contacts))
    span = take_span(draft, context)
    competences = vocabulary().distinct(read_items(draft.cell("competences")))
    texts = {field: draft.read(field, read_text) for field in ("avoid", "station", "about")}
    if texts["avoid"]:
        draft.guess("avoid", draft.cell("avoid"), texts["avoid"], "avoid_text")
    draft.values.update({"org_number": org_number, "competences": competences, **texts})
    if draft.refusals or name is None:
        return None
    return EmployerEntry(
        lines=(draft.line,),
        name=name,
        org_number=org_number,
        contacts=contacts,
        form=form,
        recruiter_count=count,
        starts=span.starts,
        ends=span.ends,
        competences=competences,
        avoid_note=texts["avoid"],
        station=texts["station"],
        about=texts["about"],
        existing_key=_existing_key(name, org_number, context, matcher),
    )


def _read_company(cell: str) -> Reading[str]:
    if is_formula(tidy(cell)):
        return Reading(fault="cell_is_formula")
    name, year = without_masked(read_text(cell).value or "")
    if not name:
        return Reading(fault="name_missing")
    if not any(sign.isalnum() for sign in name) or _MARKUP.search(name):
        return Reading(fault="name_not_a_name")
    return Reading(name, doubt="personal_number_reduced" if year else None)


def _take_form(draft: Draft, context: Context) -> EmployerForm:
    raw = draft.cell("form")
    form = draft.take("form", read_employer_form(raw), raw)
    if form is None and read_text(raw).value:
        answer = ask_form(draft, raw, _FORMS)
        form = next((each for each in _FORMS if each == answer), None)
    elif form is None and "form" in draft.columns and not draft.continues:
        draft.guess("form", raw, context.event_form, "form_missing")
    draft.values["form"] = form or context.event_form
    return form or context.event_form


def _take_count(draft: Draft, contacts: int) -> int:
    """How many recruiters; each of several contacts is one, whatever number stands there."""
    raw = draft.cell("recruiter_count")
    count = draft.take("recruiter_count", read_count(raw), raw)
    is_refused = any(refusal.field == "recruiter_count" for refusal in draft.refusals)
    if count is not None and contacts > count:
        draft.guess("recruiter_count", raw, contacts, "count_raised")
    elif count is None and not is_refused and "recruiter_count" in draft.columns and not draft.continues:
        draft.guess("recruiter_count", raw, max(contacts, 1), "count_missing")
    count = max(count or 1, contacts)
    draft.values["recruiter_count"] = None if is_refused else count
    return count


def _existing_key(name: str, org_number: str | None, context: Context, matcher: CompanyMatcher) -> str | None:
    for known in context.known_employers:
        if org_number is not None and known.org_number == org_number:
            return known.key
    match = matcher.match(name)
    return match.employer.key if match.employer and match.doubt is None else None
