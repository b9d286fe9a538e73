"""Tables of scorecards. What is sent is hashed and never changed; undo returns it to a draft before release."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import CheckConstraint, Field, SQLModel

from server.kit.columns import json_column, one_of

STATES = ("draft", "sent", "released", "skipped")


class ScorecardRow(SQLModel, table=True):
    """One meeting's answers by the employer. `version` guards the draft against two writers."""

    __tablename__ = "scorecard"
    __table_args__ = (one_of("state", STATES),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    meeting_id: UUID = Field(foreign_key="meeting.id", unique=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", index=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    recruiter_id: UUID = Field(foreign_key="person.id")
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    pack: str = Field(max_length=40)
    pack_version: int
    state: str = Field(default="draft", max_length=10)
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    answers_hash: str | None = Field(default=None, max_length=64)
    version: int = 0
    created_at: datetime
    sent_at: datetime | None = None
    release_at: datetime | None = Field(default=None, index=True)
    released_at: datetime | None = None
    skipped_reason: str | None = Field(default=None, max_length=40)
    opened_at: datetime | None = None
    statement_shared: bool = False


class SelfRatingRow(SQLModel, table=True):
    """How the seeker saw the same items before opening the employer's answers."""

    __tablename__ = "self_rating"

    scorecard_id: UUID = Field(foreign_key="scorecard.id", primary_key=True)
    ratings: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    at: datetime


class ReplyRow(SQLModel, table=True):
    """The seeker's reply to the recruiter; one a scorecard."""

    __tablename__ = "reply"

    scorecard_id: UUID = Field(foreign_key="scorecard.id", primary_key=True)
    text: str = Field(max_length=1000)
    sent_at: datetime


class ReceptionRow(SQLModel, table=True):
    """How the seeker received the feedback: three items, 1 to 5 each."""

    __tablename__ = "reception"
    __table_args__ = (
        CheckConstraint(
            "next_clear BETWEEN 1 AND 5 AND respected BETWEEN 1 AND 5 AND rings_true BETWEEN 1 AND 5",
            name="ratings_on_scale",
        ),
    )

    scorecard_id: UUID = Field(foreign_key="scorecard.id", primary_key=True)
    next_clear: int
    respected: int
    rings_true: int
    at: datetime


class StatementTranslationRow(SQLModel, table=True):
    """An employer's sentence in the other language, written by a person; the original stays as it was sent."""

    __tablename__ = "statement_translation"
    __table_args__ = (one_of("language", ("sv", "en")),)

    scorecard_id: UUID = Field(foreign_key="scorecard.id", primary_key=True)
    language: str = Field(max_length=2)
    text: str = Field(max_length=300)
    translator_id: UUID = Field(foreign_key="person.id")
    at: datetime
