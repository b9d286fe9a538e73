"""Tables of support plans. None holds a word of anybody's feedback: a step names the scorecards behind it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from server.kit.columns import one_of

STATUSES = ("proposed", "running", "done", "cancelled")
ANSWERS = ("yes", "no")
RESPONSIBLE = ("seeker", "case_worker", "employer")
AUTHORS = ("agency", "seeker")


class PlanStepRow(SQLModel, table=True):
    """A step of a seeker's plan. `measure` is a code of the measures; `removed_at` is set, so that it can come back."""

    __tablename__ = "plan_step"
    __table_args__ = (
        one_of("status", STATUSES),
        one_of("answer", ANSWERS),
        one_of("responsible", RESPONSIBLE),
    )

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    position: int
    measure: str | None = Field(default=None, max_length=40)
    title: str = Field(default="", max_length=120)
    starts_on: date
    ends_on: date | None = None
    status: str = Field(default="proposed", max_length=10)
    responsible: str = Field(max_length=12)
    answer: str | None = Field(default=None, max_length=3)
    answered_at: datetime | None = None
    version: int = 1
    made_by: UUID = Field(foreign_key="person.id")
    made_at: datetime
    removed_at: datetime | None = None


class PlanStepSourceRow(SQLModel, table=True):
    """Feedback that a step rests on; whoever reads the step sees it only while they may see the feedback."""

    __tablename__ = "plan_step_source"

    step_id: UUID = Field(foreign_key="plan_step.id", primary_key=True)
    scorecard_id: UUID = Field(foreign_key="scorecard.id", primary_key=True)


class PlanCommentRow(SQLModel, table=True):
    """What the agency's case worker or the seeker has said about the plan or one of its steps; never changed."""

    __tablename__ = "plan_comment"
    __table_args__ = (one_of("said_by", AUTHORS),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    step_id: UUID | None = Field(default=None, foreign_key="plan_step.id", index=True)
    author_id: UUID = Field(foreign_key="person.id")
    said_by: str = Field(max_length=6)
    text: str = Field(max_length=1000)
    at: datetime
