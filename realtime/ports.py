"""What the live layer needs from whoever hosts it.

The host implements these on its database; each call is one transaction of its
own. A method may raise when the host cannot answer: the client is then told
`unavailable` and asks again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from realtime.protocol import MediaState


@dataclass(frozen=True, slots=True)
class Handshake:
    """What a connection brought along: its cookies and its headers, names in lower case."""

    cookies: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is at the other end of a connection, and through which sign-in."""

    person_id: UUID
    session_id: UUID


class Authenticator(Protocol):
    """Knows sign-ins."""

    async def authenticate(self, handshake: Handshake) -> Actor | None:
        """Who the handshake's session belongs to, or None if nobody is signed in."""

    async def find_ended(self, session_ids: Collection[UUID]) -> Collection[UUID]:
        """Those of `session_ids` that are no longer valid: expired, signed out or revoked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamEvent:
    """One event of a numbered stream."""

    seq: int
    kind: str
    body: Mapping[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamPage:
    """Events after a number, in order; none when the reader must read the whole view anew."""

    epoch: UUID
    head: int
    events: Sequence[StreamEvent] = ()
    snapshot_required: bool = False


class StreamReader(Protocol):
    """Reads numbered streams and knows who may."""

    async def may_follow(self, actor: Actor, stream: str) -> bool:
        """Whether `actor` may follow `stream` now."""

    async def read(self, stream: str, *, epoch: UUID | None, after: int | None, limit: int) -> StreamPage:
        """At most `limit` events after `after`.

        `snapshot_required` when the epoch is None or another one, when `after`
        is None or from the future, or when events in between are kept no more.
        A stream that nobody has written to has the head 0.
        """

    async def list_heads(self, streams: Collection[str]) -> Mapping[str, tuple[UUID, int]]:
        """Epoch and head of each stream that has any event."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody whom a meeting admits; `role` is what the others are told."""

    person_id: UUID
    role: str


class MeetingDirectory(Protocol):
    """Knows who belongs to which meeting."""

    async def admit(self, actor: Actor, meeting_id: UUID) -> Participant | None:
        """Who `actor` is in the meeting, or None if they may not be there now."""

    async def on_present(self, meeting_id: UUID, person_id: UUID) -> None:
        """Somebody is there; told at every join, also of one who was there already."""

    async def on_absent(self, meeting_id: UUID, person_id: UUID) -> None:
        """Somebody left, or their lease ran out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Somebody's presence in a meeting through one connection, until `expires_at`."""

    meeting_id: UUID
    person_id: UUID
    connection_id: str
    role: str
    media: MediaState
    expires_at: datetime


class PresenceStore(Protocol):
    """Leases of presence, one for each person in each meeting; each method is atomic."""

    async def take(self, lease: Lease, *, now: datetime) -> str | None:
        """Store `lease` in place of any that its person has in its meeting.

        Returns the connection that it took the place of, if that was another
        one whose lease had not run out.
        """

    async def renew(self, meeting_id: UUID, connection_id: str, *, expires_at: datetime) -> bool:
        """Move the end of this connection's lease; False if it holds none."""

    async def announce(self, meeting_id: UUID, connection_id: str, media: MediaState) -> bool:
        """Store what this connection sends; False if it holds no lease."""

    async def release(self, meeting_id: UUID, connection_id: str) -> bool:
        """End this connection's lease; False if it held none."""

    async def list_present(self, meeting_id: UUID, *, now: datetime) -> Sequence[Lease]:
        """The leases in a meeting that have not run out, oldest first."""

    async def expire(self, *, now: datetime) -> Sequence[Lease]:
        """Remove the leases that have run out and return each to exactly one caller."""
