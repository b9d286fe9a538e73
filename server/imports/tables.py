"""Tables of imports."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import JSON, Column, Field, SQLModel

from server.kit.columns import json_column, one_of


class ImportRow(SQLModel, table=True):
    """A spreadsheet between its preview and its commit. The sheet is forgotten once it is committed."""

    __tablename__ = "import"
    __table_args__ = (one_of("status", ("preview", "committed")),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    filename: str = Field(max_length=200)
    status: str = Field(default="preview", max_length=10)
    sheet: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    choices: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    counts: dict[str, int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True), nullable=True))
    created_at: datetime
    committed_at: datetime | None = None
