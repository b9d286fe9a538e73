"""What does not fit in a plan: of a whole event, or of one meeting by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession
from typing_extensions import TypedDict

from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import list_rows
from server.meetings.tables import MeetingRow
from server.planning import repository
from server.planning.ports import PlanMeeting
from server.planning.rules import PARTIES, Conflict, doubles, misfits, too_often
from server.planning.suspects import SUSPECTS
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow

AT_ONCE = 500
Timed = tuple[Conflict, datetime]
"""A conflict with when it shows."""

_NAME_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(PersonRow.name).label("seeker_name"),
    col(OrganisationRow.name).label("employer_name"),
)
_NAMES = (
    select(*_NAME_COLUMNS)
    .join(PersonRow, col(PersonRow.id) == col(MeetingRow.seeker_id))
    .join(DeskRow, col(DeskRow.id) == col(MeetingRow.desk_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(DeskRow.organisation_id))
    .where(col(MeetingRow.id).in_(bindparam("meeting_ids", expanding=True)))
)


class GridConflict(TypedDict):
    """What does not fit; a blocking one must be mended before publishing."""

    code: str
    severity: str
    meeting_ids: list[UUID]
    seeker_name: str
    employer_name: str
    starts_at: datetime | None


async def find_conflicts(session: AsyncSession, event: RecruitmentEventRow) -> list[Timed]:
    """What does not fit in the plan of an event, earliest first."""
    meetings = await repository.list_plan_meetings(
        session, SUSPECTS, event_id=event.id, meetings_max=event.meetings_max
    )
    if not meetings:
        return []
    desks = {desk.id: desk for desk in await repository.list_plan_desks(session, event.id)}
    people = {meeting.seeker_id for meeting in meetings}
    seekers = {one.id: one for one in await repository.list_limited_seekers(session, event.id, people)}
    found: list[Conflict] = []
    for party in PARTIES:
        for together in _together(meetings, f"{party}_id"):
            found += doubles(together, party)
            await asyncio.sleep(0)
    for start in range(0, len(meetings), AT_ONCE):
        found += misfits(meetings[start : start + AT_ONCE], desks=desks, seekers=seekers)
        await asyncio.sleep(0)
    for together in _together(meetings, "seeker_id"):
        found += too_often(together, meetings_max=event.meetings_max)
        await asyncio.sleep(0)
    return _in_order(found, meetings)


async def find_conflicts_of(session: AsyncSession, event: RecruitmentEventRow, row: MeetingRow) -> list[Timed]:
    """What does not fit about one meeting; it takes no longer the more meetings the event has."""
    meetings = await repository.list_laid_beside(session, row)
    mine = [meeting for meeting in meetings if meeting.id == row.id]
    if not mine:
        return []
    desks = await repository.list_plan_desks(session, event.id, only=row.desk_id)
    seekers = await repository.list_plan_seekers(session, event.id, only=row.seeker_id)
    found = [conflict for party in PARTIES for conflict in doubles(meetings, party)]
    found += misfits(mine, desks={desk.id: desk for desk in desks}, seekers={one.id: one for one in seekers})
    found += too_often(meetings, meetings_max=event.meetings_max)
    return _in_order([conflict for conflict in found if row.id in conflict.meeting_ids], meetings)


async def shown(session: AsyncSession, found: Sequence[Timed]) -> list[GridConflict]:
    """The conflicts as staff see them, with the names of whom they are about."""
    names: dict[UUID, Any] = {}
    for start in range(0, len(found), AT_ONCE):
        ids = [conflict.meeting_ids[0] for conflict, _ in found[start : start + AT_ONCE]]
        names |= {row.id: row for row in await list_rows(session, _NAMES, meeting_ids=ids)}
    return [
        {
            "code": conflict.code,
            "severity": conflict.severity,
            "meeting_ids": list(conflict.meeting_ids),
            "seeker_name": names[conflict.meeting_ids[0]].seeker_name,
            "employer_name": names[conflict.meeting_ids[0]].employer_name,
            "starts_at": starts_at,
        }
        for conflict, starts_at in found
    ]


def _together(meetings: Sequence[PlanMeeting], of: str) -> list[list[PlanMeeting]]:
    """Portions of the meetings, such that those with the same value `of` a field are in the same one."""
    number = len(meetings) // AT_ONCE + 1
    portions: list[list[PlanMeeting]] = [[] for _ in range(number)]
    value_of = attrgetter(of)
    for meeting in meetings:
        portions[hash(value_of(meeting)) % number].append(meeting)
    return portions


def _in_order(found: Sequence[Conflict], meetings: Sequence[PlanMeeting]) -> list[Timed]:
    begins = {meeting.id: meeting.starts_at for meeting in meetings}
    timed = [(conflict, begins[conflict.meeting_ids[0]]) for conflict in found]
    return sorted(timed, key=lambda pair: (pair[0].severity != "blocking", pair[1], pair[0].code, pair[0].meeting_ids))
