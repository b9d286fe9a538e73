"""What seekers and recruiters say before an event is planned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.service import tell_plan_changed
from server.enrolments import service as enrolments
from server.recruitment_events.tables import (
    AbsenceRow,
    DeskRow,
    EmployerWishRow,
    EnrolmentRow,
    RecruitmentEventRow,
    WishRow,
)
from server.wishes import answers, repository, rules, seekers
from server.wishes.rules import Fault, Span
from server.wishes.shapes import (
    DeskWishes,
    DeskWishesBrief,
    DeskWishesChange,
    MyWishes,
    MyWishesBrief,
    MyWishesChange,
    WishableSeekers,
)


class WishesRefused(Exception):
    """The wishes cannot be written as asked; the message says why."""


class AreClosed(WishesRefused):
    """The plan is published, or the event over."""

    def __init__(self, reason: rules.Closed) -> None:
        super().__init__(f"wishes can be changed until the plan is published; this event is {reason}")
        self.reason = reason


class HaveChanged(WishesRefused):
    """Somebody has changed them since; what is stored now comes along."""

    def __init__(self, current: MyWishes | DeskWishes) -> None:
        super().__init__("these wishes have been changed since they were read")
        self.current = current


class AreFaulty(WishesRefused):
    """Some of what was sent must be different."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(f"{len(faults)} field(s) need another value")
        self.faults = faults


async def read_mine(session: AsyncSession, event_id: UUID, *, person_id: UUID, now: datetime) -> MyWishes | None:
    """What a seeker has said before an event, or None if they are not enrolled in it."""
    found = await repository.find_mine(session, event_id, person_id=person_id)
    if found is None:
        return None
    competences = await repository.list_competences(session, [person_id])
    return answers.my_wishes(
        found,
        closed=rules.closed_because(found.event_status, found.event_ends_at, now=now),
        has_meetings=found.event_status != "draft"
        and await repository.has_meetings(session, event_id, person_id=person_id),
        pieces=await repository.list_pieces(session, event_id),
        absences=await repository.list_absences(session, event_id, person_id=person_id),
        wishes=await repository.list_wishes(session, event_id, person_id=person_id),
        employers=await repository.list_employers(session, event_id),
        competences=competences[person_id],
        needs=await repository.find_needs(session, event_id, person_id=person_id),
    )


async def write_mine(
    session: AsyncSession, event_id: UUID, change: MyWishesChange, *, person_id: UUID, now: datetime
) -> MyWishes | None:
    """Write what a seeker says; staff's plan hears of it. None if they are not enrolled.

    Raises:
        AreClosed: the plan is published.
        HaveChanged: somebody has changed them since they were read.
        AreFaulty: fields need another value.
    """
    await repository.lock_for_seeker(session, event_id, person_id=person_id)
    current = await read_mine(session, event_id, person_id=person_id, now=now)
    if current is None:
        return None
    _check_open(current, change.version)
    known = {employer.id for employer in current.employers}
    _check(
        rules.hours_faults(change.available_from, change.available_until)
        + _absence_faults(change.spans(), current)
        + rules.wish_faults(change.wished(), change.rather_not, known=known, id_name="organisation_id")
    )
    event = await session.get_one(RecruitmentEventRow, event_id)
    enrolment = await session.get_one(EnrolmentRow, (event_id, person_id))
    said = {
        "form": change.form,
        "available_from": change.available_from,
        "available_until": change.available_until,
        "wishes": [wish.id for wish in change.wished()],
        "musts": [wish.id for wish in change.wished() if wish.is_must],
        "avoids": change.rather_not,
    }
    await enrolments.change(session, event, enrolment, said)
    await repository.replace_absences(session, event_id, person_id=person_id, spans=change.spans())
    await tell_plan_changed(session, event, now=now)
    return await read_mine(session, event_id, person_id=person_id, now=now)


async def list_mine(
    session: AsyncSession, *, person_id: UUID, scope: UUID | None, now: datetime
) -> list[MyWishesBrief]:
    """Events that wait for a seeker's wishes, soonest first; only `scope` if given."""
    found = await repository.list_mine_waiting(session, person_id, now=now)
    found = [row for row in found if scope in (None, row.event_id)]
    if not found:
        return []
    ids = [row.event_id for row in found]
    employers = await repository.count_by_event(session, DeskRow.organisation_id, ids)
    wishes = await repository.count_by_event(
        session, WishRow.organisation_id, ids, col(WishRow.seeker_id) == person_id, col(WishRow.rank) > 0
    )
    absences = await repository.count_by_event(session, AbsenceRow.id, ids, col(AbsenceRow.person_id) == person_id)
    return [
        MyWishesBrief(
            event=answers.wish_event(row),
            employers=employers.get(row.event_id, 0),
            wishes=wishes.get(row.event_id, 0),
            absences=absences.get(row.event_id, 0)
            + (row.available_from is not None)
            + (row.available_until is not None),
        )
        for row in found
    ]


async def read_at_desk(
    session: AsyncSession, desk_id: UUID, *, organisation_ids: Collection[UUID], person_id: UUID, now: datetime
) -> DeskWishes | None:
    """What an employer has said before the event of a desk, or None if the desk is not its own."""
    found = await repository.find_desk(session, desk_id, organisation_ids=organisation_ids)
    if found is None:
        return None
    event_id = found.event_id
    wishes = await repository.list_employer_wishes(session, event_id, organisation_id=found.employer_id)
    ids = [wish.id for wish in wishes]
    absences: list[Span] = []
    if found.recruiter_id is not None:
        absences = await repository.list_absences(session, event_id, person_id=found.recruiter_id)
    return answers.desk_wishes(
        found,
        person_id=person_id,
        closed=rules.closed_because(found.event_status, found.event_ends_at, now=now),
        pieces=await repository.list_pieces(session, event_id),
        absences=absences,
        wishes=wishes,
        people=await seekers.list_some(session, ids),
        competences=await repository.list_competences(session, ids),
        seekers=await _count_seekers(session, [event_id]),
    )


async def write_at_desk(
    session: AsyncSession,
    desk_id: UUID,
    change: DeskWishesChange,
    *,
    organisation_ids: Collection[UUID],
    person_id: UUID,
    now: datetime,
) -> DeskWishes | None:
    """Write what an employer says at a desk; staff's plan hears of it. None if the desk is not its own.

    Raises:
        AreClosed: the plan is published.
        HaveChanged: somebody has changed them since they were read.
        AreFaulty: fields need another value.
    """
    found = await repository.find_desk(session, desk_id, organisation_ids=organisation_ids)
    if found is None:
        return None
    event_id, employer_id = found.event_id, found.employer_id
    await repository.lock_for_employer(session, event_id, organisation_id=employer_id)
    whose: dict[str, Any] = {"organisation_ids": organisation_ids, "person_id": person_id, "now": now}
    current = await read_at_desk(session, desk_id, **whose)
    if current is None:
        return None
    _check_open(current, change.version)
    asked = {wish.id for wish in change.wished()} | set(change.rather_not)
    known = await seekers.list_wishable_ids(session, event_id, asked)
    known |= {wish.seeker.id for wish in current.wishes} | {one.id for one in current.rather_not}
    faults = _absence_faults(change.spans(), current)
    if change.absences and found.recruiter_id is None:
        faults.append(Fault("absences", "this desk has no recruiter yet"))
    faults += rules.wish_faults(change.wished(), change.rather_not, known=known, id_name="seeker_id")
    _check(faults)
    await repository.replace_employer_wishes(
        session, event_id, organisation_id=employer_id, wishes=change.wished(), rather_not=change.rather_not
    )
    if found.recruiter_id is not None:
        await repository.replace_absences(session, event_id, person_id=found.recruiter_id, spans=change.spans())
    await tell_plan_changed(session, await session.get_one(RecruitmentEventRow, event_id), now=now)
    return await read_at_desk(session, desk_id, **whose)


async def list_at_desks(
    session: AsyncSession, *, organisation_ids: Collection[UUID], person_id: UUID, now: datetime
) -> list[DeskWishesBrief]:
    """Desks of these employers whose events wait for wishes, soonest first."""
    found = await repository.list_waiting_desks(session, organisation_ids, now=now)
    if not found:
        return []
    ids = list({row.event_id for row in found})
    number = await _count_seekers(session, ids)
    wishes = {
        organisation_id: await repository.count_by_event(
            session,
            EmployerWishRow.seeker_id,
            ids,
            col(EmployerWishRow.organisation_id) == organisation_id,
            col(EmployerWishRow.rank) > 0,
        )
        for organisation_id in sorted({row.employer_id for row in found})
    }
    return [
        DeskWishesBrief(
            event=answers.wish_event(row),
            employer=answers.wish_employer(row),
            desk=answers.wish_desk(row, person_id=person_id),
            seekers=number.get(row.event_id, 0),
            wishes=wishes[row.employer_id].get(row.event_id, 0),
        )
        for row in found
    ]


async def search_seekers(
    session: AsyncSession,
    desk_id: UUID,
    *,
    text: str,
    page: int,
    organisation_ids: Collection[UUID],
    now: datetime,
) -> WishableSeekers | None:
    """Seekers whom the desk's employer may wish for, or None if the desk is not its own.

    Raises:
        AreClosed: there is nothing to wish for any more, so nobody is looked up.
    """
    desk = await repository.find_desk(session, desk_id, organisation_ids=organisation_ids)
    if desk is None:
        return None
    closed = rules.closed_because(desk.event_status, desk.event_ends_at, now=now)
    if closed is not None:
        raise AreClosed(closed)
    found = await seekers.search(session, desk.event_id, text=text, page=page)
    competences = await repository.list_competences(session, [row.id for row in found.found])
    return WishableSeekers(
        total=found.total,
        page=page,
        pages=-(-found.total // seekers.PAGE),
        seekers=[answers.wishable_seeker(row, competences[row.id], desk) for row in found.found],
    )


def _check_open(current: MyWishes | DeskWishes, version: str) -> None:
    if current.closed is not None:
        raise AreClosed(current.closed)
    if current.version != version:
        raise HaveChanged(current)


def _absence_faults(spans: Sequence[Span], current: MyWishes | DeskWishes) -> list[Fault]:
    return rules.absence_faults(spans, starts_at=current.event.starts_at, ends_at=current.event.ends_at)


def _check(faults: Sequence[Fault]) -> None:
    if faults:
        raise AreFaulty(faults)


async def _count_seekers(session: AsyncSession, event_ids: Collection[UUID]) -> dict[UUID, int]:
    open_ones = col(EnrolmentRow.relay_only).is_(False)
    return await repository.count_by_event(session, EnrolmentRow.seeker_id, event_ids, open_ones)
