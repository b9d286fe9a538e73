"""A published event with one desk and three seekers booked in a row, made straight in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select

from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.tables import RoleRow
from server.kit.db import Database
from server.live.clock import EventClock
from server.meetings.machine import look_again_at, meeting_of, plan_of
from server.meetings.tables import MeetingRow
from server.profiles.tables import CompetenceRow, QuestionRow
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.tables import DeskRow, EnrolmentRow, EventStaffRow, RecruitmentEventRow, SlotRow
from server.support.tables import CaseAssignmentRow
from tests.server.harness import App, Browser

TALK, FEEDBACK, UNDO = timedelta(minutes=12), timedelta(minutes=3), timedelta(seconds=30)
COMPLETE: dict[str, Any] = {
    "ratings": {"item_1": 5, "item_2": 3, "item_3": 4, "item_4": None},
    "next_step": "yes_with_support",
    "worked": ["clear_example"],
    "do_next": ["tell_own_part"],
    "enabling": ["work_trial"],
    "worked_statement": "Kanariefågeln sjöng klart.",
}


@dataclass(frozen=True, slots=True)
class Hall:
    """Ids of what was made, and browsers of the people in it."""

    app: App
    event: UUID
    desk: UUID
    meetings: tuple[UUID, ...]
    seekers: tuple[UUID, ...]
    recruiter: Browser
    other_recruiter: Browser
    staff: Browser
    case_worker: Browser
    case_worker_id: UUID
    starts_at: datetime

    async def seeker(self, number: int = 0) -> Browser:
        return await self.app.signed_in(self.seekers[number])

    async def tick(self, **later: float) -> None:
        """Let time pass, and do what it brings."""
        self.app.clock.advance(**later)
        await EventClock(self.app.database, now=self.app.clock).tick()

    async def read_desk(self) -> dict[str, Any]:
        return dict((await self.recruiter.get(f"/api/desks/{self.desk}")).json())

    async def meet(self, number: int = 0) -> Browser:
        """The seeker is ready, is called, and the talk begins."""
        seeker = await self.seeker(number)
        await self.recruiter.post(f"/api/desks/{self.desk}/open")
        assert (await seeker.post(f"/api/my/meetings/{self.meetings[number]}/ready")).status_code == 200
        assert (await self.recruiter.post(f"/api/meetings/{self.meetings[number]}/start")).status_code == 200
        return seeker

    async def give_feedback(self, number: int = 0, answers: dict[str, Any] | None = None) -> str:
        """Save and send a scorecard, and wait until it is released; the id of the feedback comes back."""
        path = f"/api/meetings/{self.meetings[number]}/scorecard"
        saved = await self.recruiter.put(path, json={"version": 0, "answers": answers or COMPLETE})
        assert saved.status_code == 200, saved.text
        await self.recruiter.post(f"/api/meetings/{self.meetings[number]}/end")
        assert (await self.recruiter.post(f"{path}/send")).status_code == 200
        await self.tick(seconds=UNDO.total_seconds())
        seeker = await self.seeker(number)
        return str((await seeker.get("/api/my/feedback")).json()[0]["id"])


async def make_hall(app: App, *, form: str = "video", template: str = "it_expo_15") -> Hall:
    now = app.clock()
    ids = await _add_all(app.database, form, now, template=template)
    return Hall(
        app=app,
        event=ids["event"],
        desk=ids["desk"],
        meetings=tuple(ids[f"meeting_{n}"] for n in range(3)),
        seekers=tuple(ids[f"seeker_{n}"] for n in range(3)),
        recruiter=await app.signed_in(ids["recruiter"]),
        other_recruiter=await app.signed_in(ids["other_recruiter"]),
        staff=await app.signed_in(ids["staff"]),
        case_worker=await app.signed_in(ids["case_worker"]),
        case_worker_id=ids["case_worker"],
        starts_at=now + timedelta(minutes=5),
    )


async def _add_all(database: Database, form: str, now: datetime, *, template: str) -> dict[str, UUID]:
    starts_at = now + timedelta(minutes=5)
    async with database.transaction() as session:
        ids: dict[str, UUID] = {}
        for key, role, organisation in (
            ("staff", Role.STAFF, "Arbetsmarknadsenheten (exempel)"),
            ("recruiter", Role.RECRUITER, "Fjällnät (exempel)"),
            ("other_recruiter", Role.RECRUITER, "Molnverket (exempel)"),
            ("case_worker", Role.CASE_WORKER, None),
            *((f"seeker_{n}", Role.SEEKER, None) for n in range(3)),
        ):
            name = key.replace("_", " ").title() + " Provsson"
            ids[key] = await create_person(
                session, name=name, email=f"{key}@hall.example", role=role, now=now, organisation_name=organisation
            )
        await session.flush()
        roles = {key: (await session.exec(_organisation(ids[key]))).one() for key in ("staff", "recruiter")}
        event = _event(roles["staff"], starts_at, now, template=template)
        session.add(event)
        await session.flush()
        session.add(EventStaffRow(recruitment_event_id=event.id, person_id=ids["staff"]))
        desk = DeskRow(
            recruitment_event_id=event.id,
            organisation_id=roles["recruiter"],
            recruiter_id=ids["recruiter"],
            number=1,
            form=form,
            on_duty_from=event.starts_at,
            on_duty_until=event.ends_at,
        )
        session.add(desk)
        await session.flush()
        ids |= {"event": event.id, "desk": desk.id}
        for number in range(3):
            seeker_id = ids[f"seeker_{number}"]
            ids[f"meeting_{number}"] = await _book(session, event, desk, seeker_id, number, form=form, now=now)
        session.add(CompetenceRow(person_id=ids["seeker_0"], label="Python", evidence="self"))
        session.add(QuestionRow(person_id=ids["seeker_0"], text="Vem granskar min kod?"))
        session.add(CaseAssignmentRow(case_worker_id=ids["case_worker"], seeker_id=ids["seeker_0"], since=now))
    return ids


def _event(agency_id: UUID, starts_at: datetime, now: datetime, *, template: str) -> RecruitmentEventRow:
    return RecruitmentEventRow(
        organisation_id=agency_id,
        name="IT-dagen",
        place="Provby",
        zone="Europe/Stockholm",
        template=template,
        starts_at=starts_at,
        ends_at=starts_at + 4 * (TALK + FEEDBACK),
        status="published",
        talk_s=int(TALK.total_seconds()),
        feedback_s=int(FEEDBACK.total_seconds()),
        created_at=now,
    )


def _organisation(person_id: UUID) -> Any:
    return select(RoleRow.organisation_id).where(col(RoleRow.person_id) == person_id)


async def _book(
    session: Any, event: RecruitmentEventRow, desk: DeskRow, seeker_id: UUID, number: int, *, form: str, now: datetime
) -> UUID:
    starts_at = event.starts_at + number * (TALK + FEEDBACK)
    slot = SlotRow(
        recruitment_event_id=event.id, number=number + 1, starts_at=starts_at, ends_at=starts_at + TALK + FEEDBACK
    )
    session.add(slot)
    session.add(EnrolmentRow(recruitment_event_id=event.id, seeker_id=seeker_id, created_at=now))
    await session.flush()
    row = MeetingRow(
        recruitment_event_id=event.id,
        desk_id=desk.id,
        organisation_id=desk.organisation_id,
        recruiter_id=desk.recruiter_id,
        seeker_id=seeker_id,
        slot_id=slot.id,
        form=form,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        check_in_code=new_check_in_code(),
        created_at=now,
    )
    row.due_at = look_again_at(meeting_of(row), plan=plan_of(event), now=now)
    session.add(row)
    await session.flush()
    return row.id
