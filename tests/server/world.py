"""A small world of people and events, made straight in the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.service import issue_join_link
from server.identity.tables import OrganisationRow
from server.kit.db import Database
from server.recruitment_events.tables import EnrolmentRow, EventStaffRow, RecruitmentEventRow

AGENCY = "Arbetsmarknadsenheten"
EMPLOYER = "Nordkod"


@dataclass(frozen=True, slots=True)
class World:
    """Two events with a staff each, two seekers enrolled in the first, a recruiter."""

    event: UUID
    other_event: UUID
    staff: UUID
    other_staff: UUID
    seeker: UUID
    other_seeker: UUID
    recruiter: UUID
    ends_at: datetime


SEEKER_MAIL = "amina.warsame@example.org"
OTHER_SEEKER_MAIL = "johan.berg@example.org"


async def make_world(database: Database, now: datetime) -> World:
    async with database.transaction() as session:
        made: dict[str, UUID] = {}
        for key, name, email, role, organisation in (
            ("staff", "Karin Lund", "karin.lund@example.org", Role.STAFF, AGENCY),
            ("other_staff", "Olle Ek", "olle.ek@example.org", Role.STAFF, "Grannkommunen"),
            ("seeker", "Amina Warsame", SEEKER_MAIL, Role.SEEKER, None),
            ("other_seeker", "Johan Berg", OTHER_SEEKER_MAIL, Role.SEEKER, None),
            ("recruiter", "Sara Holm", "sara.holm@example.org", Role.RECRUITER, EMPLOYER),
        ):
            made[key] = await create_person(
                session, name=name, email=email, role=role, organisation_name=organisation, now=now
            )
        ends_at = now + timedelta(hours=9)
        agency = OrganisationRow(kind="agency", name="Expo", created_at=now)
        session.add(agency)
        await session.flush()
        events = [uuid4(), uuid4()]
        for event_id, name in zip(events, ("IT-mässan", "Vårdmässan"), strict=True):
            session.add(
                RecruitmentEventRow(
                    id=event_id,
                    organisation_id=agency.id,
                    name=name,
                    place="Kista",
                    zone="Europe/Stockholm",
                    template="digital",
                    starts_at=now + timedelta(hours=1),
                    ends_at=ends_at,
                    talk_s=600,
                    feedback_s=180,
                    created_at=now,
                )
            )
        await session.flush()
        session.add(EventStaffRow(recruitment_event_id=events[0], person_id=made["staff"]))
        session.add(EventStaffRow(recruitment_event_id=events[1], person_id=made["other_staff"]))
        for seeker in (made["seeker"], made["other_seeker"]):
            session.add(EnrolmentRow(recruitment_event_id=events[0], seeker_id=seeker, created_at=now))
    return World(event=events[0], other_event=events[1], ends_at=ends_at, **made)


async def make_join_link(database: Database, world: World, now: datetime, *, ends_in: timedelta) -> str:
    """A personal link of the first seeker to the first event."""
    async with database.transaction() as session:
        return await issue_join_link(
            session,
            person_id=world.seeker,
            recruitment_event_id=world.event,
            now=now,
            expires_at=now + ends_in,
        )
