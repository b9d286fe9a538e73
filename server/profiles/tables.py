"""Tables of the seeker's own pages."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from feedback.competences import EXAMPLE_LENGTH_MAX, EvidenceKind
from server.kit.columns import one_of


class CompetenceRow(SQLModel, table=True):
    """A competence the seeker claims, with the kind of evidence there is for it, and an example in their own words.

    `own_evidence` is what the seeker says it rests on; `evidence` is told first, and is an employer's confirmation
    where there is one (`server.claims`).
    """

    __tablename__ = "competence"
    __table_args__ = (one_of("evidence", EvidenceKind),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    position: int = 0
    label: str = Field(max_length=80)
    detail: str = Field(default="", max_length=120)
    evidence: str = Field(default="self", max_length=20)
    own_evidence: str | None = Field(default=None, max_length=20)
    example: str | None = Field(default=None, max_length=EXAMPLE_LENGTH_MAX)


class QuestionRow(SQLModel, table=True):
    """A question the seeker brings to meetings."""

    __tablename__ = "question"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    position: int = 0
    text: str = Field(max_length=200)
