"""Who is in a meeting: leases that run out, one for each person, the newest connection wins.

What others are told goes over the bus, so that it does not matter which
process holds whose connection. A lost line does not end a presence at once:
whoever comes back within the grace has never left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from realtime.bus import Bus, BusMessage
from realtime.connections import Connection, Connections
from realtime.ports import Lease, MeetingDirectory, PresenceStore
from realtime.protocol import (
    EVENT_NAMES,
    ConnectionReplaced,
    InMeeting,
    MediaAnnounced,
    MediaState,
    Message,
    PresenceJoined,
    PresenceLeft,
    Present,
    body_of,
)

LEASE = timedelta(seconds=30)
GRACE = timedelta(seconds=5)
"""How long a presence outlives the line it came through."""


class PresenceRefused(Exception):
    """The presence asked for is not to be had; the message is the error code of the acknowledgement."""


class Presence:
    """Joins, keeps and ends the presence of this process's connections."""

    def __init__(
        self,
        store: PresenceStore,
        directory: MeetingDirectory,
        connections: Connections,
        bus: Bus,
        *,
        now: Callable[[], datetime],
    ) -> None:
        self._store, self._directory, self._connections = store, directory, connections
        self._bus, self._now = bus, now

    async def join(self, connection: Connection, meeting_id: UUID) -> list[Present]:
        """Be present, and hear who else is.

        Raises:
            PresenceRefused: the meeting does not admit this person now.
        """
        participant = await self._directory.admit(connection.actor, meeting_id)
        if participant is None:
            raise PresenceRefused("not_admitted")
        now = self._now()
        lease = Lease(
            meeting_id=meeting_id,
            person_id=participant.person_id,
            connection_id=connection.connection_id,
            role=participant.role,
            media=MediaState(),
            expires_at=now + LEASE,
        )
        replaced = await self._store.take(lease, now=now)
        self._connections.enter(connection, meeting_id, participant)
        if replaced is not None and replaced != connection.connection_id:
            self.tell(replaced, ConnectionReplaced(meeting_id=meeting_id))
        joined = PresenceJoined(meeting_id=meeting_id, **_present(lease))
        self._tell_meeting(joined, skip=connection.connection_id)
        await self._directory.on_present(meeting_id, participant.person_id)
        leases = await self._store.list_present(meeting_id, now=now)
        return [Present(**_present(other)) for other in leases if other.person_id != participant.person_id]

    async def keep(self, connection: Connection, meeting_id: UUID) -> None:
        """Renew the lease, if the meeting still admits this person.

        Raises:
            PresenceRefused: it does not, or the lease ran out or was taken by a newer connection.
        """
        if await self._directory.admit(connection.actor, meeting_id) is None:
            await self.leave(connection, meeting_id)
            raise PresenceRefused("not_admitted")
        now = self._now()
        if await self._store.renew(meeting_id, connection.connection_id, expires_at=now + LEASE):
            return
        person_id = connection.actor.person_id
        present = await self._store.list_present(meeting_id, now=now)
        if any(lease.person_id == person_id for lease in present):
            self.tell(connection.connection_id, ConnectionReplaced(meeting_id=meeting_id))
            raise PresenceRefused("replaced")
        self._connections.exit(connection, meeting_id)
        raise PresenceRefused("expired")

    async def leave(self, connection: Connection, meeting_id: UUID) -> None:
        """Be present no more; the others are told unless a newer connection took the place."""
        participant = connection.joined.get(meeting_id)
        self._connections.exit(connection, meeting_id)
        if participant is not None and await self._store.release(meeting_id, connection.connection_id):
            await self._left(meeting_id, participant.person_id, connection.connection_id)

    async def announce(self, connection: Connection, meeting_id: UUID, media: MediaState) -> None:
        """Tell the others what this connection sends.

        Raises:
            PresenceRefused: it holds no lease.
        """
        if not await self._store.announce(meeting_id, connection.connection_id, media):
            raise PresenceRefused("expired")
        announced = MediaAnnounced(
            meeting_id=meeting_id,
            person_id=connection.joined[meeting_id].person_id,
            connection_id=connection.connection_id,
            **media.model_dump(),
        )
        self._tell_meeting(announced, skip=connection.connection_id)

    async def lose(self, connection: Connection, joined: list[UUID]) -> None:
        """The line is gone: each lease ends after the grace unless its person comes back."""
        for meeting_id in joined:
            await self._store.renew(meeting_id, connection.connection_id, expires_at=self._now() + GRACE)

    async def sweep(self) -> None:
        """Tell of those whose lease has run out."""
        for lease in await self._store.expire(now=self._now()):
            await self._left(lease.meeting_id, lease.person_id, lease.connection_id)

    async def is_present(self, meeting_id: UUID, connection_id: str) -> bool:
        """Whether this connection, of any process, is in the meeting."""
        local = self._connections.find_by_id(connection_id)
        if local is not None:
            return meeting_id in local.joined
        present = await self._store.list_present(meeting_id, now=self._now())
        return any(lease.connection_id == connection_id for lease in present)

    def tell(self, connection_id: str, message: InMeeting) -> bool:
        """Say something to one connection, of any process; False if it surely got lost."""
        data: dict[str, Any] = {"connection_id": connection_id, "meeting_id": str(message.meeting_id)} | _said(message)
        return self._bus.publish(BusMessage("connection", data), node_id=connection_id.partition(".")[0])

    def _tell_meeting(self, message: InMeeting, *, skip: str | None = None) -> None:
        data = {"meeting_id": str(message.meeting_id), "skip": skip} | _said(message)
        self._bus.publish(BusMessage("meeting", data))

    async def _left(self, meeting_id: UUID, person_id: UUID, connection_id: str) -> None:
        left = PresenceLeft(meeting_id=meeting_id, person_id=person_id, connection_id=connection_id)
        self._tell_meeting(left, skip=connection_id)
        await self._directory.on_absent(meeting_id, person_id)


def _said(message: Message) -> dict[str, Any]:
    return {"event": EVENT_NAMES[type(message)], "body": body_of(message)}


def _present(lease: Lease) -> dict[str, Any]:
    return {
        "person_id": lease.person_id,
        "connection_id": lease.connection_id,
        "role": lease.role,
        **lease.media.model_dump(),
    }
