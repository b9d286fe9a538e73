"""Tables of support."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, SQLModel


class CaseAssignmentRow(SQLModel, table=True):
    """Which case worker has which seeker."""

    __tablename__ = "case_assignment"

    case_worker_id: UUID = Field(foreign_key="person.id", primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", primary_key=True, index=True)
    since: datetime
