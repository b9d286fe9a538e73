"""Changing a desk of a plan, with the meetings that are laid at it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.repository import list_recruiters
from server.employers.service import EmployerRefused, NotARecruiter
from server.planning import repository, rules
from server.planning.announcements import Told, tell_changes
from server.planning.service import taken
from server.recruitment_events.repository import list_enrolments
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow


async def change_desk(
    session: AsyncSession, event: RecruitmentEventRow, desk: DeskRow, changes: Mapping[str, Any], *, now: datetime
) -> list[Told]:
    """Change recruiter, station, form or hours of a desk; meetings still expected there follow.

    Raises:
        NotARecruiter: the recruiter is not this employer's.
        EmployerRefused: the hours end before they begin.
        SlotIsTaken: recruiter or station is taken in the time of one of its meetings.
    """
    await repository.lock_desks(session, [desk.id])
    recruiter_id = changes.get("recruiter_id")
    if recruiter_id is not None:
        known = await list_recruiters(session, [desk.organisation_id])
        if recruiter_id not in {person.id for person in known.get(desk.organisation_id, [])}:
            raise NotARecruiter("the person does not recruit for this employer")
    if changes.get("on_duty_until", desk.on_duty_until) <= changes.get("on_duty_from", desk.on_duty_from):
        raise EmployerRefused("the hours of a desk end after they begin")
    rows = await repository.list_active_meetings(session, desk.id)
    told_of = ("recruiter_id", "station_id", "form")
    moves = any(name in changes and changes[name] != getattr(desk, name) for name in told_of)
    left = [(row, row.recruiter_id) for row in rows if row.recruiter_id and "recruiter_id" in changes]
    left = [(row, person_id) for row, person_id in left if person_id != recruiter_id]
    forms = {one.seeker_id: one.form for one in await list_enrolments(session, event.id)} if moves else {}
    try:
        async with session.begin_nested():
            for name, value in changes.items():
                setattr(desk, name, value)
            session.add(desk)
            for row in rows if moves else ():
                row.recruiter_id, row.station_id = desk.recruiter_id, desk.station_id
                row.form = rules.meeting_form(desk.form, forms.get(row.seeker_id))
                row.sequence += 1
                session.add(row)
            await session.flush()
    except IntegrityError as error:
        raise taken(error) from None
    return await tell_changes(session, event, changed=rows if moves else (), left=left, desk_ids=[desk.id], now=now)
