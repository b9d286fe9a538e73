"""Hosts of the live layer that keep everything in memory."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from realtime.ports import Actor, Handshake, Lease, Participant, StreamEvent, StreamPage
from realtime.protocol import MediaState


def utc_now() -> datetime:
    return datetime.now(UTC)


class FakeAuthenticator:
    """Knows one session for each cookie ``session=<name>``."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.ended: set[UUID] = set()
        self.broken = False

    def sign_in(self, name: str) -> Actor:
        return self.actors.setdefault(name, Actor(person_id=uuid4(), session_id=uuid4()))

    async def authenticate(self, handshake: Handshake) -> Actor | None:
        if self.broken:
            raise OSError("the database is down")
        actor = self.actors.get(handshake.cookies.get("session", ""))
        return None if actor is None or actor.session_id in self.ended else actor

    async def find_ended(self, session_ids: Collection[UUID]) -> Collection[UUID]:
        return [session_id for session_id in session_ids if session_id in self.ended]


class FakeStreams:
    """Numbered streams that everybody may follow who is not in `refused`."""

    def __init__(self) -> None:
        self.epochs: dict[str, UUID] = {}
        self.events: dict[str, list[StreamEvent]] = {}
        self.refused: set[tuple[UUID, str]] = set()
        self.reads = 0
        self.page_max = 500
        self.broken = False

    def append(self, stream: str, body: Mapping[str, Any] | None = None, *, kind: str = "desk.changed") -> int:
        self.epochs.setdefault(stream, uuid4())
        kept = self.events.setdefault(stream, [])
        seq = len(kept) + 1
        kept.append(StreamEvent(seq=seq, kind=kind, body=body or {"n": seq}, at=utc_now()))
        return seq

    def begin_anew(self, stream: str) -> None:
        self.epochs[stream], self.events[stream] = uuid4(), []

    async def may_follow(self, actor: Actor, stream: str) -> bool:
        return (actor.person_id, stream) not in self.refused

    async def read(self, stream: str, *, epoch: UUID | None, after: int | None, limit: int) -> StreamPage:
        self.reads += 1
        if self.broken:
            raise OSError("the database is down")
        known, kept = self.epochs.get(stream, UUID(int=0)), self.events.get(stream, [])
        head = len(kept)
        if epoch != known or after is None or not 0 <= head - after <= self.page_max:
            return StreamPage(epoch=known, head=head, snapshot_required=True)
        return StreamPage(epoch=known, head=head, events=kept[after : after + limit])

    async def list_heads(self, streams: Collection[str]) -> Mapping[str, tuple[UUID, int]]:
        if self.broken:
            raise OSError("the database is down")
        return {stream: (self.epochs[stream], len(self.events[stream])) for stream in streams if stream in self.epochs}


class FakeMeetings:
    """Meetings with their parties, and a record of who was said to be there."""

    def __init__(self) -> None:
        self.parties: dict[tuple[UUID, UUID], str] = {}
        self.told: list[tuple[str, UUID, UUID]] = []

    def add(self, meeting_id: UUID, actor: Actor, role: str) -> None:
        self.parties[meeting_id, actor.person_id] = role

    def remove(self, meeting_id: UUID, actor: Actor) -> None:
        del self.parties[meeting_id, actor.person_id]

    async def admit(self, actor: Actor, meeting_id: UUID) -> Participant | None:
        role = self.parties.get((meeting_id, actor.person_id))
        return None if role is None else Participant(person_id=actor.person_id, role=role)

    async def on_present(self, meeting_id: UUID, person_id: UUID) -> None:
        self.told.append(("present", meeting_id, person_id))

    async def on_absent(self, meeting_id: UUID, person_id: UUID) -> None:
        self.told.append(("absent", meeting_id, person_id))


class FakePresence:
    """Leases in memory; two live servers may share one."""

    def __init__(self) -> None:
        self.leases: dict[tuple[UUID, UUID], Lease] = {}
        self.broken = False

    async def take(self, lease: Lease, *, now: datetime) -> str | None:
        before = self.leases.pop((lease.meeting_id, lease.person_id), None)
        self.leases[lease.meeting_id, lease.person_id] = lease
        if before is None or before.expires_at <= now or before.connection_id == lease.connection_id:
            return None
        return before.connection_id

    async def renew(self, meeting_id: UUID, connection_id: str, *, expires_at: datetime) -> bool:
        return self._change(meeting_id, connection_id, lambda lease: replace(lease, expires_at=expires_at))

    async def announce(self, meeting_id: UUID, connection_id: str, media: MediaState) -> bool:
        return self._change(meeting_id, connection_id, lambda lease: replace(lease, media=media))

    async def release(self, meeting_id: UUID, connection_id: str) -> bool:
        return self._change(meeting_id, connection_id, lambda lease: None)

    async def list_present(self, meeting_id: UUID, *, now: datetime) -> Sequence[Lease]:
        return [lease for lease in self.leases.values() if lease.meeting_id == meeting_id and lease.expires_at > now]

    async def expire(self, *, now: datetime) -> Sequence[Lease]:
        over = [lease for lease in self.leases.values() if lease.expires_at <= now]
        for lease in over:
            del self.leases[lease.meeting_id, lease.person_id]
        return over

    def _change(self, meeting_id: UUID, connection_id: str, change: Callable[[Lease], Lease | None]) -> bool:
        if self.broken:
            raise OSError("the database is down")
        for key, lease in self.leases.items():
            if (lease.meeting_id, lease.connection_id) == (meeting_id, connection_id):
                after = change(lease)
                if after is None:
                    del self.leases[key]
                else:
                    self.leases[key] = after
                return True
        return False
