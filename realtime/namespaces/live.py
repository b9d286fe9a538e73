"""The ``/live`` namespace: decode, ask, acknowledge.

Every event is declared in `realtime.protocol.LIVE_EVENTS`; one that is not
declared there does not reach a handler, whatever this class has.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, cast

import socketio
from pydantic import ValidationError
from socketio.exceptions import ConnectionRefusedError as Refusal

from realtime.connections import Connection, Connections
from realtime.fanout import Fanout
from realtime.ports import Authenticator, Handshake, StreamReader
from realtime.presence import Presence, PresenceRefused
from realtime.protocol import (
    LIVE_EVENTS,
    NAMESPACE,
    Announce,
    Follow,
    InMeeting,
    Join,
    Joined,
    Keep,
    Leave,
    MediaState,
    Message,
    Refused,
    Signal,
    SignalReceived,
    Unfollow,
    Who,
    body_of,
)

logger = logging.getLogger(__name__)

ANSWER_WITHIN_S = 10.0
STREAMS_MAX = 100
MEETINGS_MAX = 8
CONNECTIONS_MAX = 20
OK: dict[str, Any] = {"ok": True}

Answer = dict[str, Any]
Handle = Callable[[Connection, Any], Awaitable[Answer]]


class LiveNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # python-socketio ships no types
    """Answers the client events of every connection of this process."""

    def __init__(
        self,
        authenticator: Authenticator,
        streams: StreamReader,
        connections: Connections,
        fanout: Fanout,
        presence: Presence,
    ) -> None:
        super().__init__(NAMESPACE)
        self._authenticator, self._streams = authenticator, streams
        self._connections, self._fanout, self._presence = connections, fanout, presence
        self.stopped = False
        self.handles: dict[str, Handle] = {
            "follow": self._follow,
            "unfollow": self._unfollow,
            "join": self._join,
            "leave": self._leave,
            "keep": self._keep,
            "signal": self._signal,
            "announce": self._announce,
        }

    async def trigger_event(self, event: str, *args: Any) -> Any:
        """Lead every event to its handler; the answer is the acknowledgement."""
        if event == "connect":
            return await self._connect(args[0], args[1])
        if event == "disconnect":
            return await self._disconnect(args[0], str(args[1]) if len(args) > 1 else "")
        connection = self._connections.find(args[0])
        if connection is None or event not in LIVE_EVENTS:
            return _refused("unknown_event")
        return await self._answer(connection, event, args[1:])

    async def _answer(self, connection: Connection, event: str, args: tuple[Any, ...]) -> Answer:
        declared = LIVE_EVENTS[event]
        try:
            said = declared.model.model_validate(args[0] if len(args) == 1 else None)
        except ValidationError:
            return _refused("malformed")
        if declared.who is Who.JOINED and cast(InMeeting, said).meeting_id not in connection.joined:
            return _refused("not_joined")
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                return await self.handles[event](connection, said)
        except PresenceRefused as refusal:
            return _refused(str(refusal))
        except Exception:
            logger.exception("the live event %s could not be answered", event)
            return _refused("unavailable")

    async def _connect(self, sid: str, environ: Mapping[str, Any]) -> None:
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                actor = await self._authenticator.authenticate(handshake_of(environ))
        except Exception:
            logger.exception("a connection could not be authenticated")
            raise Refusal("unavailable") from None
        if actor is None:
            raise Refusal("not_signed_in")
        if len(self._connections.list_of_person(actor.person_id)) >= CONNECTIONS_MAX:
            raise Refusal("too_many")
        self._connections.open(sid, actor)

    async def _disconnect(self, sid: str, reason: str) -> None:
        connection = self._connections.find(sid)
        if connection is None:
            return
        joined = list(connection.joined)
        try:
            if reason == "client disconnect" and not self.stopped:
                for meeting_id in joined:
                    await self._presence.leave(connection, meeting_id)
            elif not self.stopped:
                await self._presence.lose(connection, joined)
        except Exception:
            logger.exception("the end of a connection could not be recorded; its leases run out by themselves")
        finally:
            self._connections.close(sid)
            for stream in connection.followed:
                self._fanout.unfollow(sid, stream)

    async def _follow(self, connection: Connection, said: Follow) -> Answer:
        if not await self._streams.may_follow(connection.actor, said.stream):
            self._let_go(connection, said.stream)
            return _refused("not_allowed")
        if said.stream not in connection.followed and len(connection.followed) >= STREAMS_MAX:
            return _refused("too_many")
        followed = await self._fanout.follow(connection.sid, said.stream, epoch=said.epoch, after=said.after)
        connection.followed.add(said.stream)
        if self._connections.find(connection.sid) is None:
            self._let_go(connection, said.stream)
        return body_of(followed)

    async def _unfollow(self, connection: Connection, said: Unfollow) -> Answer:
        self._let_go(connection, said.stream)
        return OK

    def _let_go(self, connection: Connection, stream: str) -> None:
        connection.followed.discard(stream)
        self._fanout.unfollow(connection.sid, stream)

    async def _join(self, connection: Connection, said: Join) -> Answer:
        if said.meeting_id not in connection.joined and len(connection.joined) >= MEETINGS_MAX:
            return _refused("too_many")
        others = await self._presence.join(connection, said.meeting_id)
        if self._connections.find(connection.sid) is None:
            await self._presence.leave(connection, said.meeting_id)
        return body_of(Joined(connection_id=connection.connection_id, others=others))

    async def _leave(self, connection: Connection, said: Leave) -> Answer:
        await self._presence.leave(connection, said.meeting_id)
        return OK

    async def _keep(self, connection: Connection, said: Keep) -> Answer:
        await self._presence.keep(connection, said.meeting_id)
        return OK

    async def _signal(self, connection: Connection, said: Signal) -> Answer:
        if not await self._presence.is_present(said.meeting_id, said.to):
            return _refused("gone")
        signal = SignalReceived(
            meeting_id=said.meeting_id,
            sender=connection.connection_id,
            description=said.description,
            candidate=said.candidate,
        )
        return OK if self._presence.tell(said.to, signal) else _refused("unavailable")

    async def _announce(self, connection: Connection, said: Announce) -> Answer:
        media = MediaState(**said.model_dump(exclude={"meeting_id"}))
        await self._presence.announce(connection, said.meeting_id, media)
        return OK


def handshake_of(environ: Mapping[str, Any]) -> Handshake:
    """Cookies and headers of the request that opened a connection.

    Cookies are split plainly: the standard library's parser drops all of them when it dislikes one.
    """
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in environ["asgi.scope"]["headers"]
    }
    pairs = (part.partition("=") for part in headers.get("cookie", "").split(";"))
    return Handshake(cookies={name.strip(): value.strip(' "') for name, _, value in pairs}, headers=headers)


def _refused(error: str) -> Answer:
    return body_of(cast(Message, Refused(error=error)))
