"""What the helper remembers of an event between questions: its seekers with all that they have said.

The event's stream tells whether anything but meetings has changed since. If so, whoever has come or changed hours is
read anew at once, and everything once the question is answered. Meetings, desks, rules and absences are always read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit import streams
from server.kit.rows import list_rows
from server.planning import repository as planning
from server.planning.ports import PlanMeeting
from server.planning_runs.material import Material
from server.planning_runs.planning_rules import PlanningRules
from server.planning_runs.repository import load_material, load_material_of_one
from server.recruitment_events.tables import EnrolmentRow, RecruitmentEventRow

READ_AT_ONCE_MAX = 20
_HOURS = select(
    col(EnrolmentRow.seeker_id),
    col(EnrolmentRow.form),
    col(EnrolmentRow.available_from),
    col(EnrolmentRow.available_until),
).where(col(EnrolmentRow.recruitment_event_id) == bindparam("event_id"))
Hours = dict[UUID, tuple[Any, ...]]


@dataclass(slots=True)
class _Remembered:
    """The material as it was read, and where the event's stream was then."""

    event_id: UUID
    material: Material
    epoch: UUID
    head: int
    is_stale: bool = False


class Known:
    """The event that was asked about last."""

    def __init__(self) -> None:
        self._last: _Remembered | None = None

    @property
    def is_stale(self) -> bool:
        """Whether everything should be read anew, which can wait for the next moment when nobody asks."""
        return self._last is not None and self._last.is_stale

    def forget(self) -> None:
        """Read everything anew."""
        self._last = None

    async def material(self, session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> Material:
        """What `load_material` would read, most of it from memory."""
        last = self._last if self._last is not None and self._last.event_id == event.id else None
        page = await streams.read(
            session,
            f"event:{event.id}",
            epoch=last.epoch if last is not None else None,
            after=last.head if last is not None else None,
        )
        if last is None or page.snapshot_required:
            material = await load_material(session, event, now=now)
            self._last = _Remembered(event.id, material, page.epoch, page.head)
            return material
        last.head = page.head
        if any(_may_concern_seekers(told) for told in page.events):
            last.material, last.is_stale = await _with_changed(session, event, last.material, now=now), True
        laid = await planning.list_laid(session, event.id)
        last.material = await _with_strangers(session, event, last.material, laid, now=now)
        absences = await planning.list_absences(session, event.id)
        seekers = last.material.seekers
        if any(seeker.absences != absences.get(seeker.id, ()) for seeker in seekers):
            seekers = tuple(replace(seeker, absences=absences.get(seeker.id, ())) for seeker in seekers)
        last.material = replace(
            last.material,
            desks=await planning.list_plan_desks(session, event.id),
            seekers=seekers,
            laid=laid,
            now=now,
            meetings_max=event.meetings_max,
            is_told=event.status != "draft",
            rules=PlanningRules.model_validate(event.planning_rules),
        )
        return last.material


def _may_concern_seekers(told: streams.StreamEvent) -> bool:
    """Whether something else than meetings may have changed in the plan."""
    return told.kind == "plan.published" or (told.kind == "plan.changed" and not told.body.get("meeting_ids"))


async def _with_changed(
    session: AsyncSession, event: RecruitmentEventRow, material: Material, *, now: datetime
) -> Material:
    """Whoever is enrolled now, those who are new or have other hours as they are."""
    hours: Hours = {row.seeker_id: tuple(row[1:]) for row in await list_rows(session, _HOURS, event_id=event.id)}
    known: Hours = {
        seeker.id: (seeker.form, seeker.available_from, seeker.available_until) for seeker in material.seekers
    }
    here = replace(
        material,
        seekers=tuple(seeker for seeker in material.seekers if seeker.id in hours),
        groups={seeker_id: groups for seeker_id, groups in material.groups.items() if seeker_id in hours},
    )
    changed = [seeker_id for seeker_id, said in hours.items() if known.get(seeker_id) != said]
    return await _with_some(session, event, here, changed, now=now)


async def _with_strangers(
    session: AsyncSession,
    event: RecruitmentEventRow,
    material: Material,
    laid: Collection[PlanMeeting],
    *,
    now: datetime,
) -> Material:
    """Whoever has booked a meeting in an open event is enrolled since."""
    desks, known = {desk.id for desk in material.desks}, {seeker.id for seeker in material.seekers}
    new = {meeting.seeker_id for meeting in laid if meeting.seeker_id not in known and meeting.desk_id in desks}
    return await _with_some(session, event, material, new, now=now)


async def _with_some(
    session: AsyncSession, event: RecruitmentEventRow, material: Material, ids: Collection[UUID], *, now: datetime
) -> Material:
    if len(ids) > READ_AT_ONCE_MAX:
        return await load_material(session, event, now=now)
    for seeker_id in ids:
        one = await load_material_of_one(session, event, seeker_id, now=now)
        material = replace(
            material,
            seekers=(*(seeker for seeker in material.seekers if seeker.id != seeker_id), *one.seekers),
            groups={**material.groups, **one.groups},
            employer_wishes={**material.employer_wishes, **one.employer_wishes},
            met_before=material.met_before | one.met_before,
        )
    return material
