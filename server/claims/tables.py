"""Tables of claims. The claim itself is `server.profiles.tables.CompetenceRow`."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel, UniqueConstraint

from server.kit.columns import json_column, one_of


class CompetenceConfirmationRow(SQLModel, table=True):
    """An employer's word that a seeker has a competence, until it is withdrawn.

    `key` names the competence however it is written (`feedback.vocabulary`), so that a claim that is removed and
    made again is confirmed still.
    """

    __tablename__ = "competence_confirmation"
    __table_args__ = (UniqueConstraint("person_id", "key", "organisation_id"),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    key: str = Field(max_length=400)
    label: str = Field(max_length=80)
    organisation_id: UUID = Field(foreign_key="organisation.id", index=True)
    recruiter_id: UUID = Field(foreign_key="person.id")
    at: datetime
    withdrawn_at: datetime | None = None


class InventoryAnswerRow(SQLModel, table=True):
    """What a seeker has told of one situation of the inventory, by question; nobody else reads it."""

    __tablename__ = "inventory_answer"
    __table_args__ = (one_of("state", ("begun", "done", "skipped")),)

    person_id: UUID = Field(foreign_key="person.id", primary_key=True)
    situation: str = Field(primary_key=True, max_length=40)
    answers: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    proof: str | None = Field(default=None, max_length=40)
    kept: list[str] = Field(default_factory=list, sa_column=json_column())
    state: str = Field(default="begun", max_length=10)
    at: datetime
