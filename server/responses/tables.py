"""Tables of responses. The feedback itself is never touched by any of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

WORDS_LENGTH_MAX = 1000


class FeedbackResponseRow(SQLModel, table=True):
    """What the seeker has done about one feedback; each part is absent until they do.

    The question, its answer and the wish to meet again are for the employer; that it is disputed is for the staff of
    the event, in the seeker's words only where they share them. When it is to be read is for the seeker alone.
    """

    __tablename__ = "feedback_response"

    scorecard_id: UUID = Field(foreign_key="scorecard.id", primary_key=True)
    later_at: datetime | None = None
    wished_at: datetime | None = None
    question: str | None = Field(default=None, max_length=WORDS_LENGTH_MAX)
    asked_at: datetime | None = None
    answer: str | None = Field(default=None, max_length=WORDS_LENGTH_MAX)
    answered_at: datetime | None = None
    answered_by: UUID | None = Field(default=None, foreign_key="person.id")
    dispute: str | None = Field(default=None, max_length=WORDS_LENGTH_MAX)
    disputed_at: datetime | None = None
    dispute_shared: bool = False


class ConversationRequestRow(SQLModel, table=True):
    """A seeker would like to talk to their case worker, about feedback or anything; of feedback it says nothing."""

    __tablename__ = "conversation_request"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    words: str = Field(default="", max_length=500)
    asked_at: datetime
    closed_at: datetime | None = None
