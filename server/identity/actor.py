"""Who calls: the person behind a session, with the roles and organisations that decide what they may do."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from starlette.requests import Request

from server.identity.roles import Role
from server.kit.problems import NotFound

CSRF_HEADER = "x-csrf-token"


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person.

    `scope_event_id` is set when the session was opened by a personal join link: such a caller is that
    seeker, in that event, and nothing else. `organisation_ids` are those of the recruiter role.
    """

    person_id: UUID
    session_id: UUID
    roles: frozenset[str]
    organisation_ids: frozenset[UUID]
    csrf_token: str
    scope_event_id: UUID | None = None

    @property
    def key(self) -> str:
        """What makes this caller's idempotency keys its own."""
        return str(self.person_id)

    def may_write(self, request: Request) -> bool:
        """Whether the request carries this session's CSRF token."""
        given = request.headers.get(CSRF_HEADER, "")
        return secrets.compare_digest(given.encode(), self.csrf_token.encode())

    def has(self, role: Role) -> bool:
        """Whether the person has `role`."""
        return role in self.roles


def check_whole(actor: Actor) -> None:
    """Return where the caller may reach what is more than one event.

    Raises:
        NotFound: the session was opened by a personal link, which opens one event alone.
    """
    if actor.scope_event_id is not None:
        raise NotFound("sign in by e-mail to reach this")
