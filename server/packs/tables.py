"""Tables of packs: one row a version made here; a published one never changes again."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel, UniqueConstraint

from server.kit.columns import json_column, one_of

STATES = ("draft", "published")


class PackVersionRow(SQLModel, table=True):
    """One version of a pack as its JSON. `revision` guards a draft against two editors."""

    __tablename__ = "pack_version"
    __table_args__ = (one_of("state", STATES), UniqueConstraint("code", "version", name="one_of_a_version"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    code: str = Field(max_length=40)
    version: int
    state: str = Field(default="draft", max_length=10)
    data: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    revision: int = 0
    valid_from: date | None = None
    edited_by: UUID = Field(foreign_key="person.id")
    edited_at: datetime
    published_at: datetime | None = None
