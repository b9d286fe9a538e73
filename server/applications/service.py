"""Applying, answering and withdrawing; each change is told to both sides in its own transaction."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.applications import repository, rules
from server.applications.rules import ApplicationRefused, Met, Status
from server.applications.tables import ApplicationRow, FindableChoiceRow
from server.applications.telling import tell
from server.kit import streams
from server.vacancies import repository as vacancies
from server.vacancies.service import standing_of
from server.vacancies.tables import VacancyRow


class AlreadyApplied(ApplicationRefused):
    """The seeker has applied for this vacancy; the application comes along."""

    code = "applied"

    def __init__(self, row: ApplicationRow) -> None:
        super().__init__("you have applied for this vacancy")
        self.application_id, self.status = row.id, row.status


class NoSuchMeeting(ApplicationRefused):
    """The meeting is not one of the seeker's with this employer."""

    code = "meeting"


async def apply(
    session: AsyncSession,
    vacancy_id: UUID,
    *,
    seeker_id: UUID,
    scope: UUID | None,
    meeting_id: UUID | None,
    letter: str,
    public_url: str,
    now: datetime,
) -> UUID | None:
    """Apply for a vacancy, from a meeting with its employer where there is one; None if there is no such vacancy.

    Raises:
        AlreadyApplied: there is an application, whatever has become of it.
        ApplicationRefused: the vacancy is closed, or is not applied for here; or the meeting is another's.
    """
    vacancy = await vacancies.lock(session, vacancy_id)
    if vacancy is None:
        return None
    there = await repository.find_of(session, vacancy_id, seeker_id)
    if there is not None:
        raise AlreadyApplied(there)
    await _check_open(session, vacancy, now=now)
    meetings = await repository.list_meetings(session, seeker_id, scope=scope)
    row = ApplicationRow(
        vacancy_id=vacancy_id,
        organisation_id=vacancy.organisation_id,
        seeker_id=seeker_id,
        meeting_id=_meeting(meetings.get(vacancy.organisation_id, []), meeting_id),
        letter=letter,
        sent_at=now,
        changed_at=now,
    )
    session.add(row)
    await session.flush()
    await _tell(session, row.id, "sent", by_seeker=True, public_url=public_url, now=now)
    return row.id


async def read_by_employer(session: AsyncSession, row: ApplicationRow, *, public_url: str, now: datetime) -> None:
    """The employer has opened the application; the seeker's page says so."""
    status = rules.read_by_employer(Status(row.status))
    await _change(session, row, status, status.value, by_seeker=False, public_url=public_url, now=now)


async def answer(session: AsyncSession, row: ApplicationRow, status: Status, *, public_url: str, now: datetime) -> None:
    """The employer's answer; the same one twice is told once.

    Raises:
        IsWithdrawn: the seeker has withdrawn.
    """
    status = rules.answered(Status(row.status), status)
    await _change(session, row, status, status.value, by_seeker=False, public_url=public_url, now=now)


async def withdraw(session: AsyncSession, row: ApplicationRow, *, public_url: str, now: datetime) -> None:
    """The seeker takes it back; `resume` undoes it.

    Raises:
        IsDecided: the employer has hired or declined.
    """
    status, before = rules.withdrawn(Status(row.status)), row.status
    if before == status:
        return
    row.before = before
    await _change(session, row, status, "withdrawn", by_seeker=True, public_url=public_url, now=now)


async def resume(session: AsyncSession, row: ApplicationRow, *, public_url: str, now: datetime) -> None:
    """Undo a withdrawal, as long as the vacancy can be applied for; where nothing is withdrawn, nothing happens.

    Raises:
        ApplicationRefused: the vacancy has closed meanwhile.
    """
    if row.status != Status.WITHDRAWN:
        return
    vacancy = await vacancies.lock(session, row.vacancy_id)
    assert vacancy is not None, "an application keeps its vacancy"
    await _check_open(session, vacancy, now=now)
    status = Status(row.before) if row.before else Status.SENT
    row.before = None
    await _change(session, row, status, "resumed", by_seeker=True, public_url=public_url, now=now)


async def choose_findable(session: AsyncSession, person_id: UUID, *, findable: bool, now: datetime) -> None:
    """Append to the ledger whether employers may find somebody; it takes effect with the next reading."""
    session.add(FindableChoiceRow(person_id=person_id, findable=findable, at=now))
    body = {"findable": findable}
    await streams.append(session, f"person:{person_id}", "findable.changed", body, now=now)


def _meeting(meetings: list[Met], wanted: UUID | None) -> UUID | None:
    """The meeting that an application comes from: the one named, else the one that counts."""
    if wanted is not None:
        if wanted not in {one.meeting_id for one in meetings}:
            raise NoSuchMeeting("that is not a meeting of yours with this employer")
        return wanted
    met = rules.meeting_that_counts(meetings)
    return met.meeting_id if met else None


async def _check_open(session: AsyncSession, vacancy: VacancyRow, *, now: datetime) -> None:
    is_taken_here = await vacancies.is_taken_here(session, vacancy.organisation_id)
    rules.check_open(standing_of(vacancy, now=now), is_taken_here=is_taken_here)


async def _change(
    session: AsyncSession,
    row: ApplicationRow,
    status: Status,
    news: str,
    *,
    by_seeker: bool,
    public_url: str,
    now: datetime,
) -> None:
    if row.status == status:
        return
    row.status, row.changed_at = status, now
    session.add(row)
    await session.flush()
    await _tell(session, row.id, news, by_seeker=by_seeker, public_url=public_url, now=now)


async def _tell(
    session: AsyncSession, application_id: UUID, news: str, *, by_seeker: bool, public_url: str, now: datetime
) -> None:
    found = await repository.get(session, application_id)
    await tell(session, found, news, by_seeker=by_seeker, public_url=public_url, now=now)
