"""Rows about the same employer, or about two whose names are alike: merged, kept apart or asked about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from feedback.vocabulary import vocabulary
from server.employers.rules import KnownOrganisation, same_organisation
from server.imports.codes import GuessReason, Question
from server.imports.draft import Draft, span_text
from server.imports.names import CompanyMatcher, company_name, same_company
from server.imports.values import EmployerEntry, KnownEmployer, Option, Params, Span

_SEPARATE = Option("separate", "separate")
_LEAVE_OUT = Option("leave_out", "leave_out")
_NOBODY = UUID(int=0)


def merge_employers(read: Sequence[tuple[Draft, EmployerEntry]], known: CompanyMatcher) -> list[EmployerEntry]:
    """The employers to store, in the file's order, a later row about the same one merged into the first.

    Another contact of the same employer is merged by proposal. Where the rows contradict each other (other
    organisation number, or one address for two people) staff decide. Names that are only alike, in the file
    or at the event, are kept apart by proposal.
    """
    kept: list[EmployerEntry] = []
    places: dict[str, int] = {}
    alike = CompanyMatcher(())
    for draft, entry in read:
        marks = [mark for mark in (company_name(entry.name).compact, entry.org_number) if mark]
        place = next((places[mark] for mark in marks if mark in places), None)
        if place is not None:
            answer = _ask_twice(draft, entry, kept[place])
        else:
            place, answer, entry = _ask_alike(draft, entry, kept, alike, known)
        if draft.is_left_out:
            continue
        if answer == "merge" and place is not None:
            draft.values["merged_into_line"] = kept[place].lines[0]
            _tell_what_is_dropped(draft, kept[place], entry)
            kept[place] = _merged(kept[place], entry)
        else:
            place = len(kept)
            kept.append(entry)
            alike.add(KnownEmployer(str(place), entry.name, entry.org_number))
        for mark in marks:
            places.setdefault(mark, place)
    return kept


def _ask_twice(draft: Draft, entry: EmployerEntry, earlier: EmployerEntry) -> str | None:
    proposed = "merge" if _agrees(earlier, entry) else None
    parts = () if _would_be_one(earlier, entry) else (_SEPARATE,)
    answer = draft.ask(
        "name",
        draft.cell("name"),
        "employer_twice",
        (Option("merge", "merge", earlier.name), *parts, _LEAVE_OUT),
        params={"line": earlier.lines[0], "name": earlier.name},
        proposed=proposed,
    )
    if answer == "merge" and proposed is not None and draft.decisions[-1].answer is None and not draft.continues:
        draft.guess("name", draft.cell("name"), earlier.name, "employer_merged", {"line": earlier.lines[0]})
    return answer


def _would_be_one(earlier: EmployerEntry, entry: EmployerEntry) -> bool:
    """Whether the bank of employers cannot hold both: it knows them by number, else by name."""
    bank = [KnownOrganisation(_NOBODY, earlier.name, earlier.org_number)]
    return same_organisation(bank, name=entry.name, number=entry.org_number) is not None


def _ask_alike(
    draft: Draft, entry: EmployerEntry, kept: Sequence[EmployerEntry], alike: CompanyMatcher, known: CompanyMatcher
) -> tuple[int | None, str, EmployerEntry]:
    """The place of the earlier row that is meant, what to do, and the entry, known by another name or not."""
    in_file = alike.match(entry.name).employer
    if in_file is not None and not _contradicts(in_file, entry):
        earlier = kept[int(in_file.key)]
        params: Params = {"line": earlier.lines[0], "name": earlier.name}
        return int(in_file.key), _separate_or(draft, "employer_alike", earlier.name, params), entry
    at_event = known.match(entry.name).employer if entry.existing_key is None else None
    if at_event is not None and not _contradicts(at_event, entry):
        answer = _separate_or(draft, "employer_alike_known", at_event.name, {"name": at_event.name})
        return None, "separate", replace(entry, existing_key=at_event.key) if answer == "merge" else entry
    return None, "separate", entry


def _separate_or(draft: Draft, question: Question, name: str, params: Params) -> str:
    options = (Option("merge", "merge", name), _SEPARATE, _LEAVE_OUT)
    answer = draft.ask("name", draft.cell("name"), question, options, params=params, proposed="separate")
    if draft.decisions[-1].answer is None:
        reason: GuessReason = "company_alike" if question == "employer_alike" else "company_alike_known"
        draft.guess("name", draft.cell("name"), draft.cell("name").strip(), reason, params)
    return answer or "separate"


def _contradicts(other: KnownEmployer, entry: EmployerEntry) -> bool:
    return bool(other.org_number and entry.org_number and other.org_number != entry.org_number)


def _agrees(earlier: EmployerEntry, entry: EmployerEntry) -> bool:
    if earlier.org_number and entry.org_number and earlier.org_number != entry.org_number:
        return False
    if not same_company(earlier.name, entry.name):
        return False
    names = {contact.email: contact.name for contact in earlier.contacts if contact.email}
    return all(names.get(each.email, each.name) == each.name for each in entry.contacts if each.email)


def _tell_what_is_dropped(draft: Draft, first: EmployerEntry, second: EmployerEntry) -> None:
    """The first row's hours, form and table hold; what the second says otherwise is shown."""
    form = draft.cell("form").strip()
    hours = (span_text(Span(first.starts, first.ends)), span_text(Span(second.starts, second.ends)))
    differing = (
        ("form", form, first.form, second.form if form else first.form),
        ("times", hours[1], hours[0], hours[1] if (second.starts or second.ends) else hours[0]),
        ("station", second.station, first.station or second.station, second.station or first.station),
    )
    for field, raw, held, said in differing:
        if held != said and (field != "times" or first.starts or first.ends):
            draft.guess(field, raw or "", held, "merged_keeps_first", {"line": first.lines[0]})


def _merged(first: EmployerEntry, second: EmployerEntry) -> EmployerEntry:
    """The first row's data win; what it lacks, and further contacts and competences, come from the second."""
    addresses = {contact.email for contact in first.contacts if contact.email}
    contacts = first.contacts + tuple(each for each in second.contacts if each.email not in addresses)
    has_hours = bool(first.starts or first.ends)
    return replace(
        first,
        lines=first.lines + second.lines,
        org_number=first.org_number or second.org_number,
        contacts=contacts,
        recruiter_count=max(first.recruiter_count, len(contacts)),
        starts=first.starts if has_hours else second.starts,
        ends=first.ends if has_hours else second.ends,
        competences=vocabulary().distinct(first.competences + second.competences),
        avoid_note=first.avoid_note or second.avoid_note,
        station=first.station or second.station,
        about=first.about or second.about,
        existing_key=first.existing_key or second.existing_key,
    )
