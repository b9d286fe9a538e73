"""`realtime.ports` on the database; each call is one transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from realtime.meeting import AT_DESK, MeetingRefused, MeetingState
from realtime.ports import Actor, Handshake, Participant, StreamEvent, StreamPage
from server.identity import authentication
from server.identity.roles import Role
from server.kit import streams
from server.kit.db import Database
from server.kit.streams import StreamRow
from server.live.access import find_ended, find_party, may_follow
from server.meetings.service import meet_if_both_present
from server.meetings.tables import MeetingRow, PresenceRow

Clock = Callable[[], datetime]


class Sessions:
    """`Authenticator`: sign-ins by the session cookie, the same rules as HTTP."""

    def __init__(self, database: Database, *, now: Clock, https: bool) -> None:
        self._database = database
        self._now = now
        self._https = https

    async def authenticate(self, handshake: Handshake) -> Actor | None:
        """Who the handshake's session belongs to, or None."""
        name = authentication.cookie_name(https=self._https)
        token = handshake.cookies.get(name)
        if token is None:
            return None
        # only our own cookie: another site's odd one on this host must not cost the session
        header = f"{name}={token}"
        async with self._database.read() as session:
            actor = await authentication.actor_of_cookie(session, header, now=self._now(), https=self._https)
        return Actor(actor.person_id, actor.session_id) if actor else None

    async def find_ended(self, session_ids: Collection[UUID]) -> Collection[UUID]:
        """Those that are no longer valid."""
        async with self._database.read() as session:
            return await find_ended(session, session_ids, now=self._now())


class Streams:
    """`StreamReader` on the stream tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def may_follow(self, actor: Actor, stream: str) -> bool:
        """Whether the person may follow `stream` now."""
        async with self._database.read() as session:
            return await may_follow(session, actor, stream)

    async def read(self, stream: str, *, epoch: UUID | None, after: int | None, limit: int) -> StreamPage:
        """At most `limit` events after `after`."""
        async with self._database.read() as session:
            page = await streams.read(session, stream, epoch=epoch, after=after, limit=limit)
        events = [StreamEvent(seq=one.seq, kind=one.kind, body=one.body, at=one.at) for one in page.events]
        return StreamPage(epoch=page.epoch, head=page.head, events=events, snapshot_required=page.snapshot_required)

    async def list_heads(self, names: Collection[str]) -> Mapping[str, tuple[UUID, int]]:
        """Epoch and head of each stream that has any event."""
        query = select(StreamRow.name, StreamRow.epoch, StreamRow.head).where(col(StreamRow.name).in_(names))
        async with self._database.read() as session:
            return {name: (epoch, head) for name, epoch, head in await session.exec(query)}


class Rooms:
    """`MeetingDirectory`: who belongs to which meeting; the talk begins when both are there."""

    def __init__(self, database: Database, *, now: Clock) -> None:
        self._database = database
        self._now = now

    async def admit(self, actor: Actor, meeting_id: UUID) -> Participant | None:
        """Who the person is in the meeting, or None if they may not be there now."""
        async with self._database.read() as session:
            found = await find_party(session, actor, meeting_id)
        if found is None or found[0].state not in AT_DESK:
            return None
        return Participant(person_id=actor.person_id, role=found[1])

    async def on_present(self, meeting_id: UUID, person_id: UUID) -> None:
        """Somebody is there; with both there a called meeting becomes a talk."""
        now = self._now()
        async with self._database.transaction() as session:
            meeting = await self._tell(meeting_id, session=session, now=now)
            if meeting is None or meeting.state != MeetingState.CALLED:
                return
            present = select(PresenceRow.role).where(
                col(PresenceRow.meeting_id) == meeting_id, col(PresenceRow.expires_at) > now
            )
            if set((await session.exec(present)).all()) >= {Role.SEEKER, Role.RECRUITER}:
                try:
                    await meet_if_both_present(session, meeting_id, now=now)
                except MeetingRefused:
                    return  # it was called back or closed at the same moment: there is nothing to begin

    async def on_absent(self, meeting_id: UUID, person_id: UUID) -> None:
        """Somebody left: the desk shows it."""
        async with self._database.transaction() as session:
            await self._tell(meeting_id, session=session, now=self._now())

    async def _tell(self, meeting_id: UUID, *, session: AsyncSession, now: datetime) -> MeetingRow | None:
        meeting = await session.get(MeetingRow, meeting_id)
        if meeting is not None:
            body = {"meeting_id": str(meeting_id)}
            await streams.append(session, f"desk:{meeting.desk_id}", "presence.changed", body, now=now)
        return meeting
