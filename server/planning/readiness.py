"""What publishing a plan would do: whom it tells, whom no mail reaches, and what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, literal, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import PersonRow
from server.kit.rows import list_rows
from server.planning.conflicts import Timed, find_conflicts
from server.planning.facts import RECRUITER, SEEKER, count_facts_of_event
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow

_EVENT_ID: Any = bindparam("event_id")
_SEEKER_IDS = select(col(EnrolmentRow.seeker_id)).where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
_RECRUITER_IDS = select(col(DeskRow.recruiter_id)).where(
    col(DeskRow.recruitment_event_id) == _EVENT_ID, col(DeskRow.recruiter_id).is_not(None)
)
_IDS: dict[str, Select[Any]] = {SEEKER: _SEEKER_IDS, RECRUITER: _RECRUITER_IDS}
_HAS_MAIL: ColumnElement[bool] = and_(col(PersonRow.email).is_not(None), col(PersonRow.email) != "")
_HAS_NONE: ColumnElement[bool] = or_(col(PersonRow.email).is_(None), col(PersonRow.email) == "")
_COLUMNS: tuple[Any, ...] = (col(PersonRow.id), col(PersonRow.name), col(PersonRow.email), col(PersonRow.locale))


def _people(role: str, *conditions: ColumnElement[bool]) -> Select[Any]:
    people = select(*_COLUMNS, literal(role).label("role"))
    here = people.where(col(PersonRow.id).in_(_IDS[role]), *conditions)
    return here.order_by(col(PersonRow.name), col(PersonRow.id))


PEOPLE = {role: _people(role) for role in _IDS}
"""Seekers and recruiters of an event by name, as rows that mails are written by."""
_UNREACHED = {role: _people(role, _HAS_NONE) for role in _IDS}
_REACHED = {
    role: select(func.count().label("number")).where(col(PersonRow.id).in_(ids), _HAS_MAIL)
    for role, ids in _IDS.items()
}
_DESKS_WITHOUT = select(func.count().label("number")).where(
    col(DeskRow.recruitment_event_id) == _EVENT_ID, col(DeskRow.recruiter_id).is_(None)
)


@dataclass(frozen=True, slots=True)
class Unreachable:
    """Somebody without an e-mail address."""

    id: UUID
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether an event can be published, and whom it reaches."""

    blocking: Sequence[Timed]
    warnings: int
    meetings: int
    seekers_told: int
    recruiters_told: int
    unreachable: Sequence[Unreachable]
    desks_without_recruiter: int


async def readiness(session: AsyncSession, event: RecruitmentEventRow) -> Readiness:
    """What publishing would do now; the database counts, so that it costs little however large the event is."""
    found = await find_conflicts(session, event)
    blocking = [timed for timed in found if timed[0].severity == "blocking"]
    return Readiness(
        blocking=blocking,
        warnings=len(found) - len(blocking),
        meetings=await count_facts_of_event(session, event.id),
        seekers_told=await _number(session, _REACHED[SEEKER], event.id),
        recruiters_told=await _number(session, _REACHED[RECRUITER], event.id),
        unreachable=[
            Unreachable(row.id, row.name, row.role)
            for role in _IDS
            for row in await list_rows(session, _UNREACHED[role], event_id=event.id)
        ],
        desks_without_recruiter=await _number(session, _DESKS_WITHOUT, event.id),
    )


async def _number(session: AsyncSession, statement: Select[Any], event_id: UUID) -> int:
    return int((await list_rows(session, statement, event_id=event_id))[0].number)
