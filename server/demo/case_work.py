"""A case worker's week in the demo: a plan with the seeker, tasks by hand, a colleague who hands somebody over."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.case_work.tables import CaseTaskRow, HandOverRow
from server.demo.ids import demo_id
from server.demo.past_meeting import on_day
from server.identity.roles import Role
from server.identity.tables import PersonRow, RoleRow
from server.kit.clock import day_of
from server.scorecards.tables import ScorecardRow
from server.support.tables import CaseAssignmentRow
from server.support_plans.tables import PlanCommentRow, PlanStepRow, PlanStepSourceRow
from server.three_party.rules import ASKING_EMPLOYER, ASKING_SEEKER
from server.three_party.tables import ThreePartyMeetingRow, ThreePartyTimeRow

COLLEAGUE = "Karim Demodotter"
READ = ("leila", "Rana Låtsaskvist")
"""Whose feedback the case worker has read."""


async def add_case_work(session: AsyncSession, cast: dict[str, Any], *, now: datetime) -> None:
    """What the cast's case worker and a colleague have planned and written."""
    me, leila = demo_id("person", cast["case_worker"]), demo_id("person", "leila")
    await _add_colleague(session, cast, me, now=now)
    await _add_plan(session, me, leila, now=now)
    await _add_meetings(session, cast, me, now=now)
    today = day_of(now)
    for key, name, title, days in (
        ("own:noor", "leila", "Ring Noor på Kvarnby om handledare", 0),
        ("own:cv", "Amir Övningsö", "Gå igenom meritlistan tillsammans", 3),
    ):
        row = CaseTaskRow(
            seeker_id=demo_id("person", name),
            key=key,
            title=title,
            due_on=today + timedelta(days=days),
            made_by=me,
            made_at=now - timedelta(days=1),
        )
        session.add(row)
    until = today + timedelta(days=20)
    session.add(CaseTaskRow(seeker_id=leila, key="need:validation", snoozed_until=until, made_by=me, made_at=now))
    for name in READ:
        seeker_id = demo_id("person", name)
        for card in await _released(session, seeker_id):
            read_at = now - timedelta(days=8)
            key = f"feedback:{card.id}"
            row = CaseTaskRow(seeker_id=seeker_id, key=key, done_at=read_at, done_by=me, made_by=me, made_at=read_at)
            session.add(row)
    await session.flush()


async def _add_colleague(session: AsyncSession, cast: dict[str, Any], me: UUID, *, now: datetime) -> None:
    colleague_id = demo_id("person", COLLEAGUE)
    session.add(PersonRow(id=colleague_id, name=COLLEAGUE, email="karim.demodotter@demo.example", created_at=now))
    await session.flush()
    session.add(RoleRow(person_id=colleague_id, role=Role.CASE_WORKER, organisation_id=None))
    for seeker in cast["seekers"][6:8]:
        seeker_id = demo_id("person", seeker["name"])
        session.add(CaseAssignmentRow(case_worker_id=colleague_id, seeker_id=seeker_id, since=now))
    given = HandOverRow(
        seeker_id=demo_id("person", cast["seekers"][6]["name"]),
        from_id=colleague_id,
        to_id=me,
        note="Jag är ledig från måndag. Nästa möte är bokat, och vi har pratat om det här.",
        made_at=now - timedelta(hours=3),
    )
    session.add(given)


async def _add_plan(session: AsyncSession, me: UUID, leila: UUID, *, now: datetime) -> None:
    """Practice soon, agreed; a supervisor, asked about."""
    today = day_of(now)
    practise = PlanStepRow(
        seeker_id=leila,
        position=1,
        measure="practise_merits",
        starts_on=today + timedelta(days=2),
        ends_on=today + timedelta(days=2),
        responsible="case_worker",
        answer="yes",
        answered_at=now - timedelta(days=6),
        made_by=me,
        made_at=now - timedelta(days=7),
    )
    supervisor = PlanStepRow(
        seeker_id=leila,
        position=2,
        measure="supervisor",
        starts_on=today + timedelta(days=14),
        ends_on=today + timedelta(days=69),
        responsible="employer",
        made_by=me,
        made_at=now - timedelta(days=2),
    )
    session.add_all([practise, supervisor])
    await session.flush()
    key = f"answer:{practise.id}"
    seen = now - timedelta(days=5)
    session.add(CaseTaskRow(seeker_id=leila, key=key, done_at=seen, done_by=me, made_by=me, made_at=seen))
    for card in await _released(session, leila):
        if "supervisor" in card.answers.get("enabling", []):
            session.add(PlanStepSourceRow(step_id=supervisor.id, scorecard_id=card.id))
    comment = PlanCommentRow(
        seeker_id=leila,
        step_id=supervisor.id,
        author_id=me,
        said_by="agency",
        text="Ska jag fråga vem som har tid att visa dig arbetet i början?",
        at=now - timedelta(days=2),
    )
    session.add(comment)


async def _add_meetings(session: AsyncSession, cast: dict[str, Any], me: UUID, *, now: datetime) -> None:
    """One that the seeker is asked about, and one that the demo's recruiter is."""
    recruiters = {employer["key"]: demo_id("person", employer["recruiter"]) for employer in cast["employers"]}
    for name, employer, purpose, asked_at in (
        ("leila", "kvarnby", "Hur en första tid hos er kan se ut", None),
        ("Amir Övningsö", cast["employers"][0]["key"], "Fyra veckors arbetsträning i vår", now - timedelta(hours=20)),
    ):
        row = ThreePartyMeetingRow(
            seeker_id=demo_id("person", name),
            case_worker_id=me,
            organisation_id=demo_id("organisation", employer),
            recruiter_id=recruiters[employer],
            purpose=purpose,
            form="on_site",
            place="Medborgarkontoret, rum 2",
            length_min=45,
            state=ASKING_EMPLOYER if asked_at else ASKING_SEEKER,
            made_at=now - timedelta(days=1),
            employer_asked_at=asked_at,
        )
        session.add(row)
        await session.flush()
        session.add_all(
            ThreePartyTimeRow(
                meeting_id=row.id,
                starts_at=on_day(now + timedelta(days=days), time(hour)),
                suits_seeker=True if asked_at else None,
            )
            for days, hour in ((7, 9), (8, 13), (9, 10))
        )


async def _released(session: AsyncSession, seeker_id: UUID) -> list[ScorecardRow]:
    query = select(ScorecardRow).where(col(ScorecardRow.seeker_id) == seeker_id, col(ScorecardRow.state) == "released")
    return list((await session.exec(query)).all())
