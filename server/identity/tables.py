"""Tables of identity. Secrets are stored as hashes only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from sqlmodel import Field, SQLModel, UniqueConstraint

from server.identity.roles import Role
from server.kit.columns import one_of

ORGANISATION_KINDS = ("employer", "agency")


class OrganisationRow(SQLModel, table=True):
    """An employer or the agency that arranges."""

    __tablename__ = "organisation"
    __table_args__ = (one_of("kind", ORGANISATION_KINDS),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    kind: str = Field(max_length=10)
    name: str = Field(max_length=120, index=True)
    number: str | None = Field(default=None, max_length=20)
    created_at: datetime


class PersonRow(SQLModel, table=True):
    """A human being. `email` is in lower case."""

    __tablename__ = "person"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    name: str = Field(max_length=120)
    email: str | None = Field(default=None, max_length=254, unique=True)
    phone: str | None = Field(default=None, max_length=30)
    locale: str = Field(default="sv", max_length=5)
    created_at: datetime


class RoleRow(SQLModel, table=True):
    """A role somebody has, for recruiters and staff within an organisation."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("person_id", "role", "organisation_id"), one_of("role", Role))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    role: str = Field(max_length=12)
    organisation_id: UUID | None = Field(default=None, foreign_key="organisation.id", index=True)


class SessionRow(SQLModel, table=True):
    """A signed-in browser. `recruitment_event_id` is set when a join link opened it, and narrows it."""

    __tablename__ = "session"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    csrf_token: str = Field(max_length=64)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    recruitment_event_id: UUID | None = Field(default=None, foreign_key="recruitment_event.id")
    join_link_id: UUID | None = Field(default=None, foreign_key="join_link.id", index=True)
    browser: str = Field(default="", max_length=200)
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None


class SignInCodeRow(SQLModel, table=True):
    """A code and link sent by mail; used once, five tries."""

    __tablename__ = "sign_in_code"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    email: str = Field(max_length=254, index=True)
    code_hash: str = Field(max_length=64)
    link_hash: str = Field(max_length=64, unique=True)
    tries: int = 0
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class JoinLinkRow(SQLModel, table=True):
    """A personal link: lets one person into one event with no password, until it ends or is revoked."""

    __tablename__ = "join_link"

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: UUID = Field(foreign_key="person.id", index=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", index=True)
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None = None
