"""A busy hall: twelve desks, twelve slots, sixty seekers, feedback from four employers."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlmodel import col, select

from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.tables import RoleRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow, SlotRow
from tests.server.hall import FEEDBACK, TALK, Hall, make_hall
from tests.server.harness import App, Browser

DESKS, SLOTS, SEEKERS = 11, 12, 60


async def make_busy_hall(app: App) -> tuple[Hall, dict[str, tuple[Browser, str]]]:
    """The hall, and for each figure the browser and path to measure."""
    hall = await make_hall(app)
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    await seeker.post(f"/api/my/feedback/{feedback}/open")
    for number in (1, 2):
        waiting = await hall.seeker(number)
        await waiting.post(f"/api/my/meetings/{hall.meetings[number]}/ready")
    await _fill(app, hall)
    other = await hall.seeker(2)
    return hall, {
        "booking_list": (other, f"/api/events/{hall.event}/openings"),
        "desk_state": (hall.recruiter, f"/api/desks/{hall.desk}"),
        "profile": (seeker, "/api/my/profile"),
        "event_grid": (hall.staff, f"/api/recruitment-events/{hall.event}/grid"),
        "my_meetings": (seeker, "/api/my/meetings"),
    }


async def _fill(app: App, hall: Hall) -> None:
    now = app.clock()
    async with app.database.transaction() as session:
        event = await session.get_one(RecruitmentEventRow, hall.event)
        starts = event.starts_at + 4 * (TALK + FEEDBACK)
        slots = [
            SlotRow(
                recruitment_event_id=event.id,
                number=10 + n,
                starts_at=starts + n * (TALK + FEEDBACK),
                ends_at=starts + (n + 1) * (TALK + FEEDBACK),
            )
            for n in range(SLOTS)
        ]
        event.ends_at = slots[-1].ends_at + timedelta(minutes=5)
        session.add_all([event, *slots])
        seekers = [await _seeker(session, event, n, now) for n in range(SEEKERS)]
        for number in range(DESKS):
            desk = await _desk(session, event, number, now)
            for place, slot in enumerate(slots[:-2]):
                seeker_id = seekers[(place * DESKS + number) % SEEKERS]
                session.add(_meeting(event, desk, slot, seeker_id, now))


async def _seeker(session: Any, event: RecruitmentEventRow, number: int, now: Any) -> Any:
    mail = f"bench{number}@hall.example"
    person_id = await create_person(session, name=f"Bänk Provsson {number}", email=mail, role=Role.SEEKER, now=now)
    session.add(EnrolmentRow(recruitment_event_id=event.id, seeker_id=person_id, created_at=now))
    await session.flush()
    return person_id


async def _desk(session: Any, event: RecruitmentEventRow, number: int, now: Any) -> DeskRow:
    mail, name = f"rec{number}@hall.example", f"Företag {number} (exempel)"
    recruiter = await create_person(
        session, name=f"Rek Provsson {number}", email=mail, role=Role.RECRUITER, now=now, organisation_name=name
    )
    await session.flush()
    organisation = await session.exec(select(RoleRow.organisation_id).where(col(RoleRow.person_id) == recruiter))
    desk = DeskRow(
        recruitment_event_id=event.id,
        organisation_id=organisation.one(),
        recruiter_id=recruiter,
        number=2 + number,
        form="video",
        on_duty_from=event.starts_at,
        on_duty_until=event.ends_at,
    )
    session.add(desk)
    await session.flush()
    return desk


def _meeting(event: RecruitmentEventRow, desk: DeskRow, slot: SlotRow, seeker_id: Any, now: Any) -> MeetingRow:
    return MeetingRow(
        recruitment_event_id=event.id,
        desk_id=desk.id,
        organisation_id=desk.organisation_id,
        recruiter_id=desk.recruiter_id,
        seeker_id=seeker_id,
        slot_id=slot.id,
        form="video",
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        check_in_code=new_check_in_code(),
        created_at=now,
    )
