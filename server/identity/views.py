"""What identity's operations take and show."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator

from server.identity.actor import Actor
from server.identity.mail import Locale
from server.identity.people import Self
from server.identity.roles import Role
from server.identity.rules import normal_email
from server.kit.operations import RequestModel
from server.kit.words import initials

Email = Annotated[str, StringConstraints(max_length=320), AfterValidator(normal_email)]
Token = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]


class SignInRequest(RequestModel):
    """Whose address a code shall be sent to."""

    email: Email


class CodeSent(BaseModel):
    """The answer for every address, known or not."""

    valid_for_s: int


class Confirmation(RequestModel):
    """Either the code with the address it was sent to, or the token of the mailed link."""

    email: Email | None = None
    code: str | None = Field(default=None, pattern=r"^[0-9 ]{8,12}$")
    token: Token | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Confirmation:
        if self.token is not None and self.email is None and self.code is None:
            return self
        if self.token is None and self.email is not None and self.code is not None:
            self.code = self.code.replace(" ", "")
            return self
        raise ValueError("give either email and code, or token")


class Redemption(RequestModel):
    """The token of a personal link."""

    token: str = Field(max_length=200)


class LocaleChoice(RequestModel):
    """The language to read."""

    locale: Locale


class JoinLinkRequest(RequestModel):
    """The seeker a personal link is for."""

    person_id: UUID


class RoleView(BaseModel):
    """A role of the caller."""

    role: Role
    organisation_id: UUID | None
    organisation_name: str | None


class PersonView(BaseModel):
    """The caller."""

    id: UUID
    name: str
    initials: str
    email: str | None
    locale: str


class Me(BaseModel):
    """Who calls; nobody when `person` is null. `csrf_token` goes with every write."""

    person: PersonView | None
    roles: list[RoleView]
    csrf_token: str | None
    scope_event_id: UUID | None
    shares_with_case_worker: bool | None
    demo: bool


class SessionView(BaseModel):
    """A browser somebody is signed in with."""

    id: UUID
    browser: str
    created_at: datetime
    last_seen_at: datetime
    expires_at: datetime
    scope_event_id: UUID | None
    is_current: bool


class JoinLinkView(BaseModel):
    """A personal link as staff see it."""

    id: UUID
    person_id: UUID
    recruitment_event_id: UUID
    created_at: datetime
    expires_at: datetime


def me_view(actor: Actor | None, person: Self | None, *, demo: bool) -> Me:
    """The caller's own view of themselves."""
    if actor is None or person is None:
        return Me(person=None, roles=[], csrf_token=None, scope_event_id=None, shares_with_case_worker=None, demo=demo)
    return Me(
        person=PersonView(
            id=person.id, name=person.name, initials=initials(person.name), email=person.email, locale=person.locale
        ),
        roles=[
            RoleView(role=Role(r.role), organisation_id=r.organisation_id, organisation_name=r.organisation_name)
            for r in person.roles
        ],
        csrf_token=actor.csrf_token,
        scope_event_id=actor.scope_event_id,
        shares_with_case_worker=person.shares_with_case_worker,
        demo=demo,
    )
