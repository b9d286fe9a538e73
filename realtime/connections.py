"""The connections of this process: who they belong to, what they follow and where they are present."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from realtime.ports import Actor, Participant


@dataclass(slots=True)
class Connection:
    """One open socket. `connection_id` is what others may know of it."""

    sid: str
    connection_id: str
    actor: Actor
    followed: set[str] = field(default_factory=set)
    joined: dict[UUID, Participant] = field(default_factory=dict)


class Connections:
    """Finds connections by sid, by meeting, by person and by session."""

    def __init__(self, node_id: str) -> None:
        self._node_id = node_id
        self._by_sid: dict[str, Connection] = {}
        self._by_person: dict[UUID, set[str]] = {}
        self._by_meeting: dict[UUID, set[str]] = {}

    def __len__(self) -> int:
        return len(self._by_sid)

    def __iter__(self) -> Iterator[Connection]:
        return iter(list(self._by_sid.values()))

    def open(self, sid: str, actor: Actor) -> Connection:
        """Remember a new connection."""
        connection = Connection(sid, f"{self._node_id}.{sid}", actor)
        self._by_sid[sid] = connection
        self._by_person.setdefault(actor.person_id, set()).add(sid)
        return connection

    def close(self, sid: str) -> Connection | None:
        """Forget a connection; what it was is returned."""
        connection = self._by_sid.pop(sid, None)
        if connection is None:
            return None
        _discard(self._by_person, connection.actor.person_id, sid)
        for meeting_id in connection.joined:
            _discard(self._by_meeting, meeting_id, sid)
        return connection

    def find(self, sid: str) -> Connection | None:
        """The connection with this sid, if it is open."""
        return self._by_sid.get(sid)

    def find_by_id(self, connection_id: str) -> Connection | None:
        """The connection that others know by this id, if it is open in this process."""
        node_id, _, sid = connection_id.partition(".")
        return self._by_sid.get(sid) if node_id == self._node_id else None

    def enter(self, connection: Connection, meeting_id: UUID, participant: Participant) -> None:
        """The connection hears the meeting from now on."""
        connection.joined[meeting_id] = participant
        self._by_meeting.setdefault(meeting_id, set()).add(connection.sid)

    def exit(self, connection: Connection, meeting_id: UUID) -> bool:
        """The connection hears the meeting no more; False if it did not."""
        _discard(self._by_meeting, meeting_id, connection.sid)
        return connection.joined.pop(meeting_id, None) is not None

    def sids_in(self, meeting_id: UUID) -> Collection[str]:
        """The connections that hear a meeting."""
        return self._by_meeting.get(meeting_id, ())

    def list_of_person(self, person_id: UUID) -> list[Connection]:
        """The open connections of a person."""
        return [self._by_sid[sid] for sid in self._by_person.get(person_id, ())]


def _discard(index: dict[UUID, set[str]], key: UUID, sid: str) -> None:
    sids = index.get(key, set())
    sids.discard(sid)
    if not sids:
        index.pop(key, None)
