"""Tables of the employer's own page."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel import CheckConstraint, Field, SQLModel


class AgencyFeedbackRow(SQLModel, table=True):
    """What an employer says to the agency of one event: four answers of 1 to 5, no words. Staff see sums only."""

    __tablename__ = "agency_feedback"
    __table_args__ = (
        CheckConstraint(
            "right_people BETWEEN 1 AND 5 AND time_well_spent BETWEEN 1 AND 5"
            " AND help BETWEEN 1 AND 5 AND come_again BETWEEN 1 AND 5",
            name="answers_on_scale",
        ),
    )

    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", primary_key=True)
    organisation_id: UUID = Field(foreign_key="organisation.id", primary_key=True)
    right_people: int
    time_well_spent: int
    help: int
    come_again: int
    said_by: UUID = Field(foreign_key="person.id")
    said_at: datetime
