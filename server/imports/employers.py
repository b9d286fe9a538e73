"""A row about an employer and its recruiters, and what to do when an employer stands there twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from server.imports.cells import read_count, read_employer_form, read_items, read_text
from server.imports.contacts import read_email, read_org_number, read_phone
from server.imports.draft import Draft, take_span
from server.imports.names import CompanyMatcher, company_name, same_company
from server.imports.people import read_name
from server.imports.values import Contact, Context, EmployerEntry, EmployerForm, Option, Reading

_SUMMING_UP = re.compile(r"^(summa|totalt?|antal|sum|total|delsumma)\b", re.IGNORECASE)
_SEVERAL_NAMES = re.compile(r"\s*[;/|\n]\s*|\s+(?:och|and|samt|&)\s+")
_FORMS: tuple[EmployerForm, ...] = ("video", "on_site", "hybrid")
_LONELY_COLUMNS_MIN = 4


def read_employer(draft: Draft, context: Context, matcher: CompanyMatcher) -> EmployerEntry | None:
    """The employer in a row; None where something stops it. What was said about it is in `draft`.

    An employer may come without a contact: it is then invited later, which is shown as a guess. A missing
    number of recruiters is one, a missing form the event's own.
    """
    name = draft.read("name", _read_company)
    draft.values["name"] = name
    _check_meaning(draft, name)
    org_number = draft.read("org_number", read_org_number)
    contact = _take_contact(draft)
    form = _take_form(draft, context)
    count = _take_count(draft)
    span = take_span(draft, context)
    competences = read_items(draft.cell("competences"))
    texts = {field: draft.take(field, read_text(draft.cell(field)), "") for field in ("avoid", "station", "about")}
    if texts["avoid"]:
        draft.guess("avoid", draft.cell("avoid"), texts["avoid"], "avoid_text")
    draft.values.update({"org_number": org_number, "competences": competences, **texts})
    if draft.refusals or name is None:
        return None
    return EmployerEntry(
        lines=(draft.line,),
        name=name,
        org_number=org_number,
        contacts=(contact,) if contact else (),
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
    read = read_text(cell)
    if read.value is None:
        return Reading(fault="name_missing")
    has_letters = any(sign.isalnum() for sign in read.value)
    return read if has_letters else Reading(fault="name_not_a_name")


def _check_meaning(draft: Draft, name: str | None) -> None:
    """A lonely cell, or a sum under the table, is hardly an employer."""
    filled = [field for field in draft.columns if draft.cell(field).strip()]
    is_lonely = len(filled) == 1 and len(draft.columns) >= _LONELY_COLUMNS_MIN
    if name and (is_lonely or _SUMMING_UP.match(name)):
        options = (Option("as_is", "as_is"), Option("leave_out", "leave_out"))
        draft.ask("name", name, "row_almost_empty", options)


def _take_contact(draft: Draft) -> Contact | None:
    email = draft.read("email", read_email)
    phone = draft.read("phone", read_phone)
    name = _take_contact_name(draft)
    draft.values.update({"contact": name, "email": email, "phone": phone})
    if email is None and not any(refusal.field == "email" for refusal in draft.refusals):
        draft.guess("email", draft.cell("email"), None, "contact_missing")
    return Contact(name, email, phone) if name or email or phone else None


def _take_contact_name(draft: Draft) -> str | None:
    raw = draft.cell("contact")
    if not raw.strip():
        parts = (read_text(draft.cell(field)).value for field in ("contact_first", "contact_last"))
        return " ".join(part for part in parts if part) or None
    several = [part for part in _SEVERAL_NAMES.split(raw) if part.strip()]
    commas = [part for part in raw.split(",") if part.strip()]
    if len(commas) > 1 and all(len(part.split()) > 1 for part in commas):
        several = commas
    first = several[0] if several else raw
    read = read_name(first, is_turned="contact" in draft.turned)
    if read.fault is not None:
        return None
    if len(several) > 1:
        read = Reading(read.value, doubt="contact_first_of_several")
    return draft.take("contact", read, raw)


def _take_form(draft: Draft, context: Context) -> EmployerForm:
    raw = draft.cell("form")
    form = draft.take("form", read_employer_form(raw), raw)
    if form is None and read_text(raw).value:
        answer = draft.ask("form", raw, "form_unknown", (*(Option(each, each) for each in _FORMS), _LEAVE_OUT))
        form = next((each for each in _FORMS if each == answer), None)
    elif form is None and "form" in draft.columns:
        draft.guess("form", raw, context.event_form, "form_missing")
    draft.values["form"] = form or context.event_form
    return form or context.event_form


_LEAVE_OUT = Option("leave_out", "leave_out")


def _take_count(draft: Draft) -> int:
    raw = draft.cell("recruiter_count")
    count = draft.take("recruiter_count", read_count(raw), raw)
    is_refused = any(refusal.field == "recruiter_count" for refusal in draft.refusals)
    if count is None and not is_refused and "recruiter_count" in draft.columns:
        draft.guess("recruiter_count", raw, 1, "count_missing")
    draft.values["recruiter_count"] = None if is_refused else count or 1
    return count or 1


def _existing_key(name: str, org_number: str | None, context: Context, matcher: CompanyMatcher) -> str | None:
    for known in context.known_employers:
        if org_number is not None and known.org_number == org_number:
            return known.key
    match = matcher.match(name)
    return match.employer.key if match.employer and match.doubt is None else None


def merge_employers(read: Sequence[tuple[Draft, EmployerEntry]]) -> list[EmployerEntry]:
    """The employers to store, in the file's order, a later row about the same one merged into the first.

    Another contact of the same employer is merged by proposal. Where the rows contradict each other (other
    organisation number, or one address for two people) staff decide.
    """
    kept: list[EmployerEntry] = []
    places: dict[str, int] = {}
    for draft, entry in read:
        marks = [mark for mark in (company_name(entry.name).compact, entry.org_number) if mark]
        place = next((places[mark] for mark in marks if mark in places), len(kept))
        answer = _ask_twice(draft, entry, kept[place]) if place < len(kept) else "separate"
        if draft.is_left_out:
            continue
        if answer == "merge":
            draft.values["merged_into_line"] = kept[place].lines[0]
            kept[place] = _merged(kept[place], entry)
        else:
            place = len(kept)
            kept.append(entry)
        for mark in marks:
            places.setdefault(mark, place)
    return kept


def _ask_twice(draft: Draft, entry: EmployerEntry, earlier: EmployerEntry) -> str | None:
    proposed = "merge" if _agrees(earlier, entry) else None
    answer = draft.ask(
        "name",
        draft.cell("name"),
        "employer_twice",
        (Option("merge", "merge", earlier.name), Option("separate", "separate"), _LEAVE_OUT),
        params={"line": earlier.lines[0], "name": earlier.name},
        proposed=proposed,
    )
    if answer == "merge" and proposed is not None and draft.decisions[-1].answer is None:
        draft.guess("name", draft.cell("name"), earlier.name, "employer_merged", {"line": earlier.lines[0]})
    return answer


def _agrees(earlier: EmployerEntry, entry: EmployerEntry) -> bool:
    if earlier.org_number and entry.org_number and earlier.org_number != entry.org_number:
        return False
    if not same_company(earlier.name, entry.name):
        return False
    names = {contact.email: contact.name for contact in earlier.contacts if contact.email}
    return all(names.get(each.email, each.name) == each.name for each in entry.contacts if each.email)


def _merged(first: EmployerEntry, second: EmployerEntry) -> EmployerEntry:
    """The first row's data win; what it lacks, and further contacts and competences, come from the second."""
    addresses = {contact.email for contact in first.contacts if contact.email}
    contacts = first.contacts + tuple(each for each in second.contacts if each.email not in addresses)
    known = {competence.casefold() for competence in first.competences}
    more = tuple(each for each in second.competences if each.casefold() not in known)
    return replace(
        first,
        lines=first.lines + second.lines,
        org_number=first.org_number or second.org_number,
        contacts=contacts,
        recruiter_count=max(first.recruiter_count, len(contacts)),
        starts=first.starts or second.starts,
        ends=first.ends or second.ends,
        competences=first.competences + more,
        avoid_note=first.avoid_note or second.avoid_note,
        station=first.station or second.station,
        about=first.about or second.about,
        existing_key=first.existing_key or second.existing_key,
    )
