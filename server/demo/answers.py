"""Shapes of the demo operations."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel

DemoRole = Literal["seeker", "recruiter", "staff", "case_worker"]


class RoleNow(BaseModel):
    """What waits for somebody right now: a code the page has a sentence for, with its figures."""

    code: str
    minutes: int | None = None
    name: str | None = None
    count: int | None = None


class DemoStand(BaseModel):
    """One of the four people to sign in as."""

    role: DemoRole
    person_name: str
    organisation_name: str | None
    now: RoleNow


class DemoEvent(BaseModel):
    id: UUID
    name: str
    place: str
    zone: str
    starts_at: datetime
    ends_at: datetime


class DemoCounts(BaseModel):
    """What happens at the event right now."""

    talking: int
    waiting: int
    writing: int
    feedback_today: int
    longest_wait_s: int


class Demo(BaseModel):
    """The demo world at this moment."""

    enabled: bool
    server_time: datetime
    roles: list[DemoStand]
    event: DemoEvent | None
    counts: DemoCounts | None


class CastSeeker(BaseModel):
    person_id: UUID
    name: str
    join_token: str
    media: bool


class CastRecruiter(BaseModel):
    person_id: UUID
    name: str
    sign_in_token: str
    desk_ids: list[UUID]
    media: bool
    talk_s: int


class Cast(BaseModel):
    """Sign-ins of the simulated participants."""

    seekers: list[CastSeeker]
    recruiters: list[CastRecruiter]
