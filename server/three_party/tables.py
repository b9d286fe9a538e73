"""Tables of three-party meetings."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel

from server.kit.columns import one_of

STATES = ("asking_seeker", "asking_employer", "fixed", "declined", "cancelled")
FORMS = ("video", "on_site")
PARTIES = ("seeker", "employer")


class ThreePartyMeetingRow(SQLModel, table=True):
    """A meeting of three. `employer_asked_at` is set when the seeker has said yes: before that no employer knows of it.

    `sequence` is the calendar file's. `case_worker_id` asked for it; is the seeker another's by the time when the
    employer chooses a time, it is that one, who takes part.
    """

    __tablename__ = "three_party_meeting"
    __table_args__ = (one_of("state", STATES), one_of("form", FORMS), one_of("declined_by", PARTIES))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    seeker_id: UUID = Field(foreign_key="person.id", index=True)
    case_worker_id: UUID = Field(foreign_key="person.id")
    organisation_id: UUID = Field(foreign_key="organisation.id")
    recruiter_id: UUID = Field(foreign_key="person.id", index=True)
    purpose: str = Field(max_length=300)
    form: str = Field(max_length=10)
    place: str = Field(max_length=200)
    length_min: int
    state: str = Field(default="asking_seeker", max_length=16)
    declined_by: str | None = Field(default=None, max_length=10)
    starts_at: datetime | None = None
    sequence: int = 0
    made_at: datetime
    employer_asked_at: datetime | None = None
    ended_at: datetime | None = None


class ThreePartyTimeRow(SQLModel, table=True):
    """A time that was asked about, and whether it suits the seeker."""

    __tablename__ = "three_party_time"

    meeting_id: UUID = Field(foreign_key="three_party_meeting.id", primary_key=True)
    starts_at: datetime = Field(primary_key=True)
    suits_seeker: bool | None = None
