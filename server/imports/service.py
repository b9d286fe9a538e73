"""Importing a spreadsheet: preview, choices, then everything or nothing in the caller's transaction."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers import service as employers
from server.employers.repository import list_desks
from server.employers.service import NewEmployer, NewPerson
from server.enrolments import service as enrolments
from server.enrolments.repository import list_emails
from server.enrolments.service import NewSeeker
from server.imports import repository
from server.imports.rules import (
    AccessNeed,
    Blocked,
    BlockedReason,
    Choices,
    Contact,
    Context,
    DayFrame,
    EmployerEntry,
    Preview,
    SeekerEntry,
    choices_from_json,
    choices_to_json,
    importable,
    make_preview,
    read_sheet,
    sheet_from_json,
    sheet_to_json,
)
from server.imports.tables import ImportRow
from server.kit import streams
from server.recruitment_events.rules import instant
from server.recruitment_events.tables import RecruitmentEventRow

PREVIEW_KEPT = timedelta(days=1)
COUNTED = (
    "employers_new",
    "employers_known",
    "recruiters_new",
    "desks",
    "stations",
    "seekers_new",
    "seekers_known",
    "seekers_renewed",
    "left_out",
)


class ImportRefused(Exception):
    """The import cannot be saved; the message says why."""


class IsCommitted(ImportRefused):
    """It has been saved already."""


class IsBlocked(ImportRefused):
    """Rows or questions stand in the way."""

    def __init__(self, reasons: Sequence[BlockedReason]) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons


class RowDoesNotFit(ImportRefused):
    """A row was understood but cannot be so at this event."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Previewed:
    """An import with its preview (None once it is committed) and what keeps it from being saved."""

    row: ImportRow
    preview: Preview | None
    blocked: tuple[BlockedReason, ...]


async def upload(
    session: AsyncSession, event: RecruitmentEventRow, raw: bytes, *, filename: str, person_id: UUID, now: datetime
) -> Previewed:
    """Read a file and keep its sheet, personal numbers removed; sheets left lying for a day are forgotten.

    Raises:
        SheetRefused: it is not a table that can be read.
    """
    sheet = await asyncio.to_thread(read_sheet, raw)
    await repository.delete_previews(session, before=now - PREVIEW_KEPT)
    row = ImportRow(
        recruitment_event_id=event.id,
        person_id=person_id,
        filename=filename[:200],
        sheet=sheet_to_json(sheet),
        choices=choices_to_json(Choices()),
        created_at=now,
    )
    session.add(row)
    await session.flush()
    return await preview(session, event, row)


async def preview(session: AsyncSession, event: RecruitmentEventRow, row: ImportRow) -> Previewed:
    """What the import would do as things stand."""
    if row.status == "committed":
        return Previewed(row, None, ())
    context = await _context(session, event)
    choices = choices_from_json(row.choices)
    shown = await asyncio.to_thread(make_preview, sheet_from_json(row.sheet), context, choices)
    outcome = importable(shown)
    return Previewed(row, shown, outcome.reasons if isinstance(outcome, Blocked) else ())


async def decide(session: AsyncSession, event: RecruitmentEventRow, row: ImportRow, choices: Choices) -> Previewed:
    """Replace staff's choices.

    Raises:
        IsCommitted: it is too late.
    """
    if row.status == "committed":
        raise IsCommitted("this import is saved already")
    row.choices = choices_to_json(choices)
    session.add(row)
    await session.flush()
    return await preview(session, event, row)


async def bring_in(
    session: AsyncSession, event: RecruitmentEventRow, row: ImportRow, *, locale: str = "sv", now: datetime
) -> dict[str, int]:
    """Save everything the import holds and forget its sheet; how many of each was made comes back.

    Who and what is known already is renewed, never doubled.

    Raises:
        IsCommitted: that has been done.
        IsBlocked: rows or questions stand in the way.
        RowDoesNotFit: a row cannot be so at this event.
    """
    previewed = await preview(session, event, row)
    if previewed.preview is None:
        raise IsCommitted("this import is saved already")
    ready = importable(previewed.preview)
    if isinstance(ready, Blocked):
        raise IsBlocked(ready.reasons)
    counts: Counter[str] = Counter(left_out=len(ready.left_out))
    for employer in ready.employers:
        try:
            await _save_employer(session, event, employer, counts, locale=locale, now=now)
        except employers.EmployerRefused as refusal:
            raise RowDoesNotFit(employer.lines[0], str(refusal)) from refusal
    for seeker in ready.seekers:
        try:
            enrolled = await enrolments.enrol(session, event, _new_seeker(event, seeker), now=now)
        except enrolments.EnrolmentRefused as refusal:
            raise RowDoesNotFit(seeker.line, str(refusal)) from refusal
        fate = "new" if enrolled.person_is_new else "known" if enrolled.is_new else "renewed"
        counts[f"seekers_{fate}"] += 1
    row.status, row.committed_at, row.sheet = "committed", now, {}
    row.choices = choices_to_json(Choices())
    row.counts = {name: counts[name] for name in COUNTED}
    session.add(row)
    await session.flush()
    await streams.append(session, f"event:{event.id}", "plan.changed", {"meeting_ids": []}, now=now)
    return row.counts


async def _context(session: AsyncSession, event: RecruitmentEventRow) -> Context:
    zone = ZoneInfo(event.zone)
    starts, ends = event.starts_at.astimezone(zone).time(), event.ends_at.astimezone(zone).time()
    frame = DayFrame()
    if starts < frame.lunch and frame.afternoon < ends:
        frame = DayFrame(starts=starts, ends=ends)
    return Context(
        year=event.starts_at.astimezone(zone).year,
        day=frame,
        event_form=event.form,  # type: ignore[arg-type]  # one of the same three
        known_employers=await repository.list_known_employers(session, event.id),
        known_seeker_emails=await list_emails(session, event.id),
    )


async def _save_employer(
    session: AsyncSession,
    event: RecruitmentEventRow,
    entry: EmployerEntry,
    counts: Counter[str],
    *,
    locale: str,
    now: datetime,
) -> None:
    new = _new_employer(event, entry)
    if entry.existing_key is not None and await list_desks(session, event.id, UUID(entry.existing_key)):
        organisation_id = UUID(entry.existing_key)
        await employers.describe(session, organisation_id, new)
        known = tuple(one for one in new.recruiters if one.email)
        _, recruiters_new = await employers.add_recruiters(session, organisation_id, known, now=now)
        counts.update(employers_known=1, recruiters_new=recruiters_new)
        return
    brought = await employers.bring_employer(session, event, new, locale=locale, now=now)
    counts.update(
        employers_new=int(brought.organisation_is_new),
        employers_known=int(not brought.organisation_is_new),
        recruiters_new=brought.recruiters_new,
        desks=len(brought.desks),
        stations=brought.stations,
    )


def _new_employer(event: RecruitmentEventRow, entry: EmployerEntry) -> NewEmployer:
    return NewEmployer(
        name=entry.name[:120],
        number=entry.org_number,
        about=(entry.about or "")[:2000],
        competences_wanted=tuple(label[:80] for label in entry.competences),
        recruiters=tuple(_new_person(contact, entry.name) for contact in entry.contacts),
        form=entry.form,
        desks=entry.recruiter_count,
        station=entry.station[:60] if entry.station else None,
        on_duty_from=_at(event, entry.starts),
        on_duty_until=_at(event, entry.ends),
    )


def _new_person(contact: Contact, employer: str) -> NewPerson:
    name = contact.name or (contact.email or employer).partition("@")[0]
    return NewPerson(name=name[:120], email=contact.email, phone=contact.phone[:30] if contact.phone else None)


def _new_seeker(event: RecruitmentEventRow, entry: SeekerEntry) -> NewSeeker:
    return NewSeeker(
        name=entry.name[:120],
        email=entry.email,
        phone=entry.phone[:30] if entry.phone else None,
        form=None if entry.form == "either" else entry.form,
        available_from=_at(event, entry.starts),
        available_until=_at(event, entry.ends),
        gender=entry.gender,
        birth_year=entry.birth_year,
        languages=entry.languages,
        competences=entry.competences,
        wishes=tuple(UUID(key) for key in entry.wishes),
        avoids=tuple(UUID(key) for key in entry.avoids),
        access_needs=tuple(_need(need) for need in entry.access_needs),
    )


def _need(need: AccessNeed) -> str:
    return (need.detail or need.code)[:200]


def _at(event: RecruitmentEventRow, clock: time | None) -> datetime | None:
    """The instant of a local clock time on the day of the event."""
    if clock is None:
        return None
    zone = ZoneInfo(event.zone)
    return instant(event.starts_at.astimezone(zone).date(), clock, zone)
