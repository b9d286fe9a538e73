"""Tables of places: what the last fit keeps, and everybody's bands."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Column, Field, SQLModel, Text

from feedback.places import Direction
from server.kit.columns import one_of

FIT_STATUSES = ("running", "done", "failed")


class PlaceFitRow(SQLModel, table=True):
    """One night's fit; the night is its key, so that of several processes one does it."""

    __tablename__ = "place_fit"
    __table_args__ = (one_of("status", FIT_STATUSES),)

    night: str = Field(primary_key=True, max_length=10)
    status: str = Field(default="running", max_length=10)
    model_version: str = Field(max_length=20)
    ratings: int = 0
    started_at: datetime
    finished_at: datetime | None = None


class CalibrationRow(SQLModel, table=True):
    """What the last fit of an item keeps; `known` is None while there is not enough to go by.

    It is JSON as text: it grows with the square of employers, and only the worker ever reads it.
    """

    __tablename__ = "calibration"

    pack: str = Field(primary_key=True, max_length=40)
    item: str = Field(primary_key=True, max_length=60)
    model_version: str = Field(max_length=20)
    ratings: int
    seekers: int
    employers: int
    known: str | None = Field(default=None, sa_column=Column(Text, nullable=True))
    at: datetime


class PlaceRow(SQLModel, table=True):
    """A seeker's band on one item, from the feedback they have opened; `first_…` is after three meetings.

    It is for the seeker, and their case worker while they share. Nothing is sorted, filtered or decided by it.
    """

    __tablename__ = "place"
    __table_args__ = (one_of("direction", Direction),)

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    pack: str = Field(primary_key=True, max_length=40)
    item: str = Field(primary_key=True, max_length=60)
    meetings: int
    low: float
    high: float
    first_low: float
    first_high: float
    direction: str | None = Field(default=None, max_length=20)
    model_version: str = Field(max_length=20)
    at: datetime
