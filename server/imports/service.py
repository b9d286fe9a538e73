"""Importing a spreadsheet: preview, choices, then everything or nothing in the caller's transaction."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers import service as employers
from server.employers.repository import list_desks
from server.enrolments.enrolling import enrol_all
from server.enrolments.refusals import EnrolmentRefused
from server.enrolments.repository import list_emails
from server.enrolments.rows import find_said
from server.imports import repository
from server.imports.bringing import new_employer, new_seeker
from server.imports.masking import mask_overrides
from server.imports.quiet import no_collections
from server.imports.rules import (
    Blocked,
    BlockedReason,
    Choices,
    Context,
    DayFrame,
    EmployerEntry,
    Preview,
    ReadySet,
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
from server.imports.values import Span
from server.kit import streams
from server.recruitment_events.tables import RecruitmentEventRow

PREVIEW_KEPT = timedelta(days=1)
AT_ONCE = 250
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
    await forget_old(session, now=now)
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


async def forget_old(session: AsyncSession, *, now: datetime) -> int:
    """Forget sheets that nobody went on with: they hold people. Their number comes back."""
    return await repository.delete_previews(session, before=now - PREVIEW_KEPT)


async def preview(session: AsyncSession, event: RecruitmentEventRow, row: ImportRow) -> Previewed:
    """What the import would do as things stand."""
    if row.status == "committed":
        return Previewed(row, None, ())
    context = await _context(session, event)
    choices = choices_from_json(row.choices)
    shown = await asyncio.to_thread(_shown, row.sheet, context, choices)
    outcome = importable(shown)
    return Previewed(row, shown, outcome.reasons if isinstance(outcome, Blocked) else ())


def _shown(sheet: dict[str, Any], context: Context, choices: Choices) -> Preview:
    with no_collections():
        return make_preview(sheet_from_json(sheet), context, choices)


async def decide(session: AsyncSession, event: RecruitmentEventRow, row: ImportRow, choices: Choices) -> Previewed:
    """Replace staff's choices; a personal number typed into a cell is cut down like one in the file.

    Raises:
        IsCommitted: it is too late.
    """
    if row.status == "committed":
        raise IsCommitted("this import is saved already")
    row.choices = choices_to_json(replace(choices, overrides=mask_overrides(choices.overrides)))
    session.add(row)
    await session.flush()
    return await preview(session, event, row)


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that an import holds, as it was read under these choices and this knowledge of the event."""

    choices: dict[str, Any]
    context: Context
    ready: ReadySet


async def prepare(session: AsyncSession, event: RecruitmentEventRow, row: ImportRow) -> Prepared:
    """Read the sheet for `bring_in`, which takes long and changes nothing.

    Raises:
        IsCommitted: it has been saved already.
        IsBlocked: rows or questions stand in the way.
    """
    if row.status == "committed":
        raise IsCommitted("this import is saved already")
    context = await _context(session, event)
    ready = await asyncio.to_thread(_ready, row.sheet, context, row.choices)
    if isinstance(ready, Blocked):
        raise IsBlocked(ready.reasons)
    return Prepared(row.choices, context, ready)


def _ready(sheet: dict[str, Any], context: Context, choices: dict[str, Any]) -> ReadySet | Blocked:
    with no_collections():
        return importable(make_preview(sheet_from_json(sheet), context, choices_from_json(choices)))


async def bring_in(
    session: AsyncSession,
    event: RecruitmentEventRow,
    row: ImportRow,
    *,
    prepared: Prepared | None = None,
    locale: str = "sv",
    now: datetime,
) -> dict[str, int]:
    """Save everything the import holds and forget its sheet; how many of each was made comes back.

    Who and what is known already is renewed, never doubled; what the file does not say of them stays. What was
    prepared counts only as long as nothing that it stands on has changed.

    Raises:
        IsCommitted: that has been done.
        IsBlocked: rows or questions stand in the way.
        RowDoesNotFit: a row cannot be so at this event.
    """
    if row.status == "committed":
        raise IsCommitted("this import is saved already")
    if prepared is None or prepared.choices != row.choices or prepared.context != await _context(session, event):
        prepared = await prepare(session, event, row)
    with no_collections():
        counts = await _save(session, event, prepared.ready, locale=locale, now=now)
    row.status, row.committed_at, row.sheet = "committed", now, {}
    row.choices = choices_to_json(Choices())
    row.counts = {name: counts[name] for name in COUNTED}
    session.add(row)
    await session.flush()
    await streams.append(session, f"event:{event.id}", "plan.changed", {"meeting_ids": []}, now=now)
    return row.counts


async def _save(
    session: AsyncSession, event: RecruitmentEventRow, ready: ReadySet, *, locale: str, now: datetime
) -> Counter[str]:
    counts: Counter[str] = Counter(left_out=len(ready.left_out))
    for employer in ready.employers:
        try:
            await _save_employer(session, event, employer, counts, locale=locale, now=now)
        except employers.EmployerRefused as refusal:
            raise RowDoesNotFit(employer.lines[0], str(refusal)) from refusal
    for at in range(0, len(ready.seekers), AT_ONCE):
        await _save_seekers(session, event, ready.seekers[at : at + AT_ONCE], counts, now=now)
    return counts


async def _save_seekers(
    session: AsyncSession,
    event: RecruitmentEventRow,
    seekers: Sequence[SeekerEntry],
    counts: Counter[str],
    *,
    now: datetime,
) -> None:
    """Some hundreds: enough for few statements, few enough for others to be answered in between."""
    earlier = await find_said(session, event.id, [seeker.email for seeker in seekers])
    new = [new_seeker(event, seeker, earlier.get(seeker.email)) for seeker in seekers]
    try:
        enrolled = await enrol_all(session, event, new, now=now)
    except EnrolmentRefused as refusal:
        raise RowDoesNotFit(seekers[refusal.at].line, str(refusal)) from refusal
    for one in enrolled:
        fate = "new" if one.person_is_new else "known" if one.is_new else "renewed"
        counts[f"seekers_{fate}"] += 1


async def _context(session: AsyncSession, event: RecruitmentEventRow) -> Context:
    zone = ZoneInfo(event.zone)
    opens, closes = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    starts, ends = opens.time(), closes.time()
    frame = DayFrame()
    if starts < frame.lunch and frame.afternoon < ends:
        frame = DayFrame(starts=starts, ends=ends)
    return Context(
        year=opens.year,
        day=frame,
        hours=Span(starts, ends) if opens.date() == closes.date() else Span(),
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
    new = new_employer(event, entry)
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
