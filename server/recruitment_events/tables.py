"""Tables of recruitment events."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import CheckConstraint, Field, SQLModel, UniqueConstraint

from server.kit.columns import json_column, one_of

FORMS = ("video", "on_site", "hybrid")
STATUSES = ("draft", "published", "closed")


class RecruitmentEventRow(SQLModel, table=True):
    """An Expo event: a day of meetings. Durations are seconds; `zone` is the event's IANA zone.

    `pauses` holds pairs of local clock times. In an open event every seeker may book, enrolled or not.
    """

    __tablename__ = "recruitment_event"
    __table_args__ = (
        one_of("status", STATUSES),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("talk_s > 0 AND feedback_s > 0 AND undo_s >= 0", name="durations_positive"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    name: str = Field(max_length=120)
    place: str = Field(max_length=120)
    zone: str = Field(max_length=40)
    template: str = Field(max_length=40)
    starts_at: datetime = Field(index=True)
    ends_at: datetime
    status: str = Field(default="draft", max_length=10, index=True)
    talk_s: int
    feedback_s: int
    undo_s: int = 30
    extension_s: int = 180
    early_start_s: int = 300
    late_after_s: int = 180
    no_show_after_s: int = 600
    relay_only: bool = False
    is_demo: bool = False
    form: str = Field(default="hybrid", max_length=10)
    pauses: list[list[str]] = Field(default_factory=list, sa_column=json_column())
    booking_closes_s: int = 600
    meetings_max: int = 6
    is_open: bool = False
    planning_rules: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    sequence: int = 0
    created_at: datetime
    published_at: datetime | None = None


class EventStaffRow(SQLModel, table=True):
    """Who of the staff plans and runs an event."""

    __tablename__ = "event_staff"

    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", primary_key=True, index=True)


class SlotRow(SQLModel, table=True):
    """A time in which each desk can hold one meeting: talk and protected feedback time together."""

    __tablename__ = "slot"
    __table_args__ = (UniqueConstraint("recruitment_event_id", "starts_at"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", index=True)
    number: int
    starts_at: datetime
    ends_at: datetime


class StationRow(SQLModel, table=True):
    """A table or booth on site; `zone` is the part of the house, between which people need time to walk."""

    __tablename__ = "station"
    __table_args__ = (UniqueConstraint("recruitment_event_id", "number"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", index=True)
    number: int
    name: str = Field(max_length=60)
    is_accessible: bool = True
    zone: str = Field(default="", max_length=40)


class DeskRow(SQLModel, table=True):
    """One recruiter's place at an event, on video or at a station, for the hours they are on duty.

    A planner leaves the meetings of a locked desk as they are, and lays none there.
    """

    __tablename__ = "desk"
    __table_args__ = (UniqueConstraint("recruitment_event_id", "number"), one_of("form", FORMS))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", index=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    recruiter_id: UUID | None = Field(default=None, foreign_key="person.id", index=True)
    station_id: UUID | None = Field(default=None, foreign_key="station.id")
    number: int
    form: str = Field(max_length=10)
    on_duty_from: datetime
    on_duty_until: datetime
    opened_at: datetime | None = None
    is_locked: bool = False


class EnrolmentRow(SQLModel, table=True):
    """A seeker's part in an event: when they can and in which form; no availability means the whole day."""

    __tablename__ = "enrolment"

    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", primary_key=True, index=True)
    available_from: datetime | None = None
    available_until: datetime | None = None
    form: str | None = Field(default=None, max_length=10)
    gender: str | None = Field(default=None, max_length=12)
    birth_year: int | None = None
    languages: list[str] = Field(default_factory=list, sa_column=json_column())
    relay_only: bool = False
    created_at: datetime


class WishRow(SQLModel, table=True):
    """Whom a seeker would like to meet (`rank` from 1, some of them a must), or rather not (`rank` 0)."""

    __tablename__ = "wish"

    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    rank: int
    is_must: bool = False


class EmployerWishRow(SQLModel, table=True):
    """Whom an employer would like to meet (`rank` from 1, some of them a must), or rather not (`rank` 0)."""

    __tablename__ = "employer_wish"

    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", primary_key=True)
    rank: int
    is_must: bool = False


class AbsenceRow(SQLModel, table=True):
    """A time within an event in which a seeker or a recruiter cannot meet."""

    __tablename__ = "absence"
    __table_args__ = (
        UniqueConstraint("recruitment_event_id", "person_id", "starts_at"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id")
    person_id: UUID = Field(foreign_key="person.id", index=True)
    starts_at: datetime
    ends_at: datetime


class SchedulingNeedRow(SQLModel, table=True):
    """What somebody's needs mean for the plan: more time, a station for all, an interpreter of a kind. Sensitive."""

    __tablename__ = "scheduling_need"

    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", primary_key=True)
    extra_time: bool = False
    accessible_station: bool = False
    interpreter: str | None = Field(default=None, max_length=40)


class AccessNeedRow(SQLModel, table=True):
    """What somebody needs to take part. Sensitive: read only where it is arranged."""

    __tablename__ = "access_need"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", index=True)
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    need: str = Field(max_length=200)
