"""Reading and locking what a plan is made of."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Executable, and_, bindparam, false, func, or_, select
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from realtime.meeting import MeetingState
from server.employers.tables import RequirementProfileRow
from server.identity.tables import PersonRow
from server.kit.rows import list_rows, stream_rows
from server.meetings.tables import MeetingRow
from server.planning.ports import PlanDesk, PlanMeeting, PlanProblem, PlanSeeker, PlanSlot, Span
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import (
    AbsenceRow,
    DeskRow,
    EnrolmentRow,
    EventStaffRow,
    RecruitmentEventRow,
    SchedulingNeedRow,
    SlotRow,
    StationRow,
    WishRow,
)

AT_ONCE = 200
TAKES_NO_TIME = (MeetingState.CANCELLED, MeetingState.MOVED, MeetingState.NO_SHOW, MeetingState.HANDED_OVER)

_EVENT_ID: Any = bindparam("event_id")
_SLOTS = (
    select(col(SlotRow.id), col(SlotRow.starts_at), col(SlotRow.ends_at))
    .where(col(SlotRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(SlotRow.starts_at))
)
_DESK_COLUMNS: tuple[Any, ...] = (
    col(DeskRow.id),
    col(DeskRow.organisation_id),
    col(DeskRow.form),
    col(DeskRow.on_duty_from),
    col(DeskRow.on_duty_until),
    col(DeskRow.recruiter_id),
    col(DeskRow.station_id),
    col(DeskRow.is_locked),
    col(StationRow.is_accessible).label("station_is_accessible"),
    col(StationRow.zone),
    col(RequirementProfileRow.competences_wanted),
)
_DESKS = (
    select(*_DESK_COLUMNS)
    .outerjoin(StationRow, col(StationRow.id) == col(DeskRow.station_id))
    .outerjoin(RequirementProfileRow, col(RequirementProfileRow.organisation_id) == col(DeskRow.organisation_id))
    .where(col(DeskRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(DeskRow.number))
)
_NEED_OF_ENROLLED = and_(
    col(SchedulingNeedRow.recruitment_event_id) == col(EnrolmentRow.recruitment_event_id),
    col(SchedulingNeedRow.seeker_id) == col(EnrolmentRow.seeker_id),
)
_ONE_DESK = _DESKS.where(col(DeskRow.id) == bindparam("desk_id"))
_ENROLLED = (
    select(
        col(EnrolmentRow.seeker_id),
        col(EnrolmentRow.form),
        col(EnrolmentRow.available_from),
        col(EnrolmentRow.available_until),
        func.coalesce(col(SchedulingNeedRow.extra_time), false()).label("takes_two"),
    )
    .outerjoin(SchedulingNeedRow, _NEED_OF_ENROLLED)
    .where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(EnrolmentRow.seeker_id))
)
_WISHES = (
    select(col(WishRow.seeker_id), col(WishRow.organisation_id), col(WishRow.rank))
    .where(col(WishRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(WishRow.rank), col(WishRow.organisation_id))
)
_COMPETENCES = (
    select(col(CompetenceRow.person_id), col(CompetenceRow.label))
    .join(EnrolmentRow, col(EnrolmentRow.seeker_id) == col(CompetenceRow.person_id))
    .where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
)


_SEEKER_IDS: Any = bindparam("seeker_ids", expanding=True)
_AVOIDED_BY_SOME = _WISHES.where(col(WishRow.rank) == 0, col(WishRow.seeker_id).in_(_SEEKER_IDS))
_ENROLLED_SOME = _ENROLLED.where(col(EnrolmentRow.seeker_id).in_(_SEEKER_IDS))
_ENROLLED_ONE = _ENROLLED.where(col(EnrolmentRow.seeker_id) == bindparam("seeker_id"))
_WISHES_OF_ONE = _WISHES.where(col(WishRow.seeker_id) == bindparam("seeker_id"))
_COMPETENCES_OF_ONE = _COMPETENCES.where(col(CompetenceRow.person_id) == bindparam("seeker_id"))
_ABSENCES = (
    select(col(AbsenceRow.person_id), col(AbsenceRow.starts_at), col(AbsenceRow.ends_at))
    .where(col(AbsenceRow.recruitment_event_id) == _EVENT_ID)
    .order_by(col(AbsenceRow.starts_at))
)
_ABSENCES_OF = _ABSENCES.where(col(AbsenceRow.person_id).in_(bindparam("people", expanding=True)))


_LAID_COLUMNS: tuple[Any, ...] = (
    col(MeetingRow.id),
    col(MeetingRow.seeker_id),
    col(MeetingRow.starts_at),
    col(MeetingRow.ends_at),
    col(MeetingRow.form),
    col(MeetingRow.desk_id),
    col(MeetingRow.organisation_id),
    col(MeetingRow.recruiter_id),
    col(MeetingRow.station_id),
    col(MeetingRow.slot_id),
    col(MeetingRow.state),
    col(MeetingRow.is_pinned),
)
_TAKING_TIME = (
    select(*_LAID_COLUMNS)
    .where(col(MeetingRow.state).not_in(TAKES_NO_TIME), col(MeetingRow.starts_at).is_not(None))
    .order_by(col(MeetingRow.id))
)
LAID_HERE = _TAKING_TIME.where(col(MeetingRow.recruitment_event_id) == _EVENT_ID)
"""The meetings of `event_id` that take time; the columns of a `PlanMeeting`."""
_SHARING: tuple[Any, ...] = (
    col(MeetingRow.seeker_id),
    col(MeetingRow.desk_id),
    col(MeetingRow.recruiter_id),
    col(MeetingRow.station_id),
)
_LAID_BESIDE = LAID_HERE.where(or_(*(column == bindparam(column.key) for column in _SHARING)))


def _laid(by_seeker: ColumnElement[bool]) -> Executable:
    recruiters = select(col(DeskRow.recruiter_id)).where(
        col(DeskRow.recruitment_event_id) == _EVENT_ID, col(DeskRow.recruiter_id).is_not(None)
    )
    return _TAKING_TIME.where(
        or_(
            col(MeetingRow.recruitment_event_id) == _EVENT_ID,
            by_seeker,
            col(MeetingRow.recruiter_id).in_(recruiters),
        )
    )


_LAID = _laid(
    col(MeetingRow.seeker_id).in_(
        select(col(EnrolmentRow.seeker_id)).where(col(EnrolmentRow.recruitment_event_id) == _EVENT_ID)
    )
)
_LAID_ALSO_OF = _laid(col(MeetingRow.seeker_id) == bindparam("seeker_id"))


async def lock_desks(session: AsyncSession, desk_ids: Collection[UUID]) -> dict[UUID, DeskRow]:
    """Desks locked until commit, always in the same order, by id."""
    query = (
        select_rows(DeskRow)
        .where(col(DeskRow.id).in_(desk_ids))
        .order_by(col(DeskRow.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {desk.id: desk for desk in await session.exec(query)}


async def lock_seeker(session: AsyncSession, seeker_id: UUID) -> PersonRow | None:
    """The seeker locked until commit, so that one person's bookings come one at a time; desks are locked before."""
    query = (
        select_rows(PersonRow).where(col(PersonRow.id) == seeker_id).with_for_update(key_share=True)
    ).execution_options(populate_existing=True)
    return (await session.exec(query)).one_or_none()


async def find_meeting_of_staff(
    session: AsyncSession, meeting_id: UUID, *, person_id: UUID
) -> tuple[MeetingRow, RecruitmentEventRow] | None:
    """The meeting with its event if `person_id` is of the staff."""
    query = (
        select_rows(MeetingRow, RecruitmentEventRow)
        .join(RecruitmentEventRow, col(RecruitmentEventRow.id) == col(MeetingRow.recruitment_event_id))
        .join(EventStaffRow, col(EventStaffRow.recruitment_event_id) == col(RecruitmentEventRow.id))
        .where(col(MeetingRow.id) == meeting_id, col(EventStaffRow.person_id) == person_id)
    )
    return (await session.exec(query)).one_or_none()


async def takes_two(
    session: AsyncSession, event_id: UUID, seeker_id: UUID, *, moving: MeetingRow | None = None
) -> bool:
    """Whether a meeting of the seeker takes two slots in a row; the one that is `moving` keeps its length."""
    if moving is not None and moving.slot_id is not None and moving.ends_at is not None:
        first = await session.get(SlotRow, moving.slot_id)
        if first is not None:
            return moving.ends_at > first.ends_at
    need = await session.get(SchedulingNeedRow, (event_id, seeker_id))
    return need is not None and need.extra_time


async def list_active_meetings(session: AsyncSession, desk_id: UUID) -> Sequence[MeetingRow]:
    """Meetings of a desk that are still expected."""
    query = select_rows(MeetingRow).where(
        col(MeetingRow.desk_id) == desk_id,
        col(MeetingRow.state).in_((MeetingState.BOOKED, MeetingState.LATE, MeetingState.CHECKED_IN)),
    )
    return (await session.exec(query)).all()


async def list_plan_slots(session: AsyncSession, event_id: UUID) -> tuple[PlanSlot, ...]:
    """The slots of an event in order."""
    return tuple(PlanSlot(*row) for row in await list_rows(session, _SLOTS, event_id=event_id))


async def list_plan_desks(session: AsyncSession, event_id: UUID, *, only: UUID | None = None) -> tuple[PlanDesk, ...]:
    """The desks of an event by number, or one of them, each with what its employer looks for."""
    if only is None:
        rows = await list_rows(session, _DESKS, event_id=event_id)
        absences = await list_absences(session, event_id)
    else:
        rows = await list_rows(session, _ONE_DESK, event_id=event_id, desk_id=only)
        absences = await list_absences(session, event_id, of=[row.recruiter_id for row in rows if row.recruiter_id])
    return tuple(
        PlanDesk(
            id=row.id,
            organisation_id=row.organisation_id,
            form=row.form,
            on_duty_from=row.on_duty_from,
            on_duty_until=row.on_duty_until,
            recruiter_id=row.recruiter_id,
            station_id=row.station_id,
            competences_wanted=vocabulary().keys(row.competences_wanted or ()),
            absences=absences.get(row.recruiter_id, ()),
            station_is_accessible=row.station_is_accessible is not False,
            zone=row.zone or "",
            is_locked=row.is_locked,
        )
        for row in rows
    )


async def list_absences(
    session: AsyncSession, event_id: UUID, *, of: Collection[UUID] | None = None
) -> dict[UUID | None, tuple[Span, ...]]:
    """When people, or those of them, cannot meet at an event, earliest first, by person."""
    found: dict[UUID | None, tuple[Span, ...]] = {}
    if of is None:
        rows = await list_rows(session, _ABSENCES, event_id=event_id)
    else:
        rows = await list_rows(session, _ABSENCES_OF, event_id=event_id, people=list(of))
    for person_id, starts_at, ends_at in rows:
        found[person_id] = (*found.get(person_id, ()), (starts_at, ends_at))
    return found


async def list_plan_seekers(
    session: AsyncSession, event_id: UUID, *, only: UUID | None = None
) -> tuple[PlanSeeker, ...]:
    """Everybody enrolled, or one of them, with wishes and competences."""
    values: dict[str, Any] = {"event_id": event_id} | ({"seeker_id": only} if only else {})
    enrolled, wished, having = (
        (_ENROLLED_ONE, _WISHES_OF_ONE, _COMPETENCES_OF_ONE) if only else (_ENROLLED, _WISHES, _COMPETENCES)
    )
    competences: dict[UUID, list[str]] = {}
    async for rows in stream_rows(session, having, **values):
        for person_id, label in rows:
            competences.setdefault(person_id, []).append(label)
    return await _seekers(session, enrolled, wished, competences, values)


async def list_limited_seekers(session: AsyncSession, event_id: UUID, seeker_ids: Collection[UUID]) -> list[PlanSeeker]:
    """These seekers with when they can and whom they would rather not meet; whom they wish for is left out."""
    ids, found = list(seeker_ids), list[PlanSeeker]()
    for start in range(0, len(ids), AT_ONCE):
        values = {"event_id": event_id, "seeker_ids": ids[start : start + AT_ONCE]}
        found += await _seekers(session, _ENROLLED_SOME, _AVOIDED_BY_SOME, {}, values)
    return found


async def _seekers(
    session: AsyncSession,
    enrolled: Executable,
    wished: Executable,
    competences: Mapping[UUID, Collection[str]],
    values: dict[str, Any],
) -> tuple[PlanSeeker, ...]:
    wishes: dict[UUID, list[UUID]] = {}
    avoids: dict[UUID, set[UUID]] = {}
    async for rows in stream_rows(session, wished, **values):
        for seeker_id, organisation_id, rank in rows:
            if rank:
                wishes.setdefault(seeker_id, []).append(organisation_id)
            else:
                avoids.setdefault(seeker_id, set()).add(organisation_id)
    only = values.get("seeker_ids") or ([values["seeker_id"]] if "seeker_id" in values else None)
    absences = await list_absences(session, values["event_id"], of=only)
    found: list[PlanSeeker] = []
    async for rows in stream_rows(session, enrolled, **values):
        found += [
            PlanSeeker(
                id=row.seeker_id,
                form=row.form,
                available_from=row.available_from,
                available_until=row.available_until,
                wishes=tuple(wishes.get(row.seeker_id, ())),
                avoids=frozenset(avoids.get(row.seeker_id, ())),
                competences=vocabulary().keys(competences.get(row.seeker_id, ())),
                absences=absences.get(row.seeker_id, ()),
                takes_two=row.takes_two,
            )
            for row in rows
        ]
    return tuple(found)


async def list_laid(session: AsyncSession, event_id: UUID, *, also_of: UUID | None = None) -> tuple[PlanMeeting, ...]:
    """Meetings that take time: those of the event, those its seekers and recruiters have elsewhere, and `also_of`'s."""
    values: dict[str, Any] = {"seeker_id": also_of} if also_of else {}
    return await list_plan_meetings(session, _LAID_ALSO_OF if also_of else _LAID, event_id=event_id, **values)


async def list_laid_beside(session: AsyncSession, row: MeetingRow) -> tuple[PlanMeeting, ...]:
    """The meetings of the event that take time and share somebody or something with this one, which is among them."""
    shared = {column.key: getattr(row, column.key) for column in _SHARING}
    return await list_plan_meetings(session, _LAID_BESIDE, event_id=row.recruitment_event_id, **shared)


async def list_plan_meetings(session: AsyncSession, statement: Executable, **values: Any) -> tuple[PlanMeeting, ...]:
    """The meetings that `statement` finds, with the columns of `LAID_HERE`."""
    found: list[PlanMeeting] = []
    async for rows in stream_rows(session, statement, **values):
        found += [PlanMeeting(**row._mapping) for row in rows]
    return tuple(found)


async def load_problem(session: AsyncSession, event: RecruitmentEventRow, *, meetings_max: int) -> PlanProblem:
    """All that a planner needs to know of an event."""
    return PlanProblem(
        slots=await list_plan_slots(session, event.id),
        desks=await list_plan_desks(session, event.id),
        seekers=await list_plan_seekers(session, event.id),
        laid=await list_laid(session, event.id),
        meetings_max=meetings_max,
    )
