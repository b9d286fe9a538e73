"""The live server: composed from the host's ports, started and stopped with the host."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import socketio

from realtime.bus import Bus, BusMessage
from realtime.connections import Connection, Connections
from realtime.delivery import LiveSocketServer
from realtime.fanout import Fanout
from realtime.limits import LimitedTransport, Limits
from realtime.namespaces.live import LiveNamespace
from realtime.ports import Authenticator, MeetingDirectory, PresenceStore, StreamReader
from realtime.presence import Presence
from realtime.protocol import AccessEnded, SessionEnded, body_of

logger = logging.getLogger(__name__)

PATH = "/socket.io"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSettings:
    """How the live server behaves. `allowed_origins` None means the page's own origin only."""

    allowed_origins: tuple[str, ...] | None = None
    ping_interval_s: float = 15.0
    ping_timeout_s: float = 15.0
    look_every_s: float = 2.0
    sweep_every_s: float = 2.0
    sessions_every_s: float = 20.0
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCounts:
    """What the live server counts, for the metrics."""

    connections: int
    streams: int
    malformed: int
    limited: int
    cut_off: int


class LiveServer:
    """Everything live in this process. `asgi` serves the requests under `PATH`."""

    def __init__(
        self,
        *,
        authenticator: Authenticator,
        streams: StreamReader,
        meetings: MeetingDirectory,
        presence: PresenceStore,
        bus: Bus,
        now: Callable[[], datetime],
        settings: LiveSettings,
    ) -> None:
        self._bus, self._settings = bus, settings
        self._authenticator, self._streams, self._meetings = authenticator, streams, meetings
        self._sio = LiveSocketServer(
            cors_allowed_origins=None if settings.allowed_origins is None else list(settings.allowed_origins),
            ping_interval=settings.ping_interval_s,
            ping_timeout=settings.ping_timeout_s,
            max_http_buffer_size=settings.limits.frame_max_bytes,
        )
        self._connections = Connections(bus.node_id)
        self._fanout = Fanout(streams, self._sio.deliver, now=now)
        self._presence = Presence(presence, meetings, self._connections, bus, now=now)
        self._namespace = LiveNamespace(authenticator, streams, self._connections, self._fanout, self._presence)
        self._sio.register_namespace(self._namespace)
        self._tasks: set[asyncio.Task[None]] = set()
        self.asgi = LimitedTransport(socketio.ASGIApp(self._sio, socketio_path=None), settings.limits)
        bus.subscribe(self._heard)

    @property
    def node_id(self) -> str:
        """The name of this process on the bus; connection ids begin with it."""
        return self._bus.node_id

    async def start(self) -> None:
        """Open the bus and begin the rounds; the ports must be ready."""
        settings = self._settings
        await self._bus.start()
        self._spawn(_rounds(self._fanout.look, settings.look_every_s))
        self._spawn(_rounds(self._presence.sweep, settings.sweep_every_s))
        self._spawn(_rounds(self._end_sessions, settings.sessions_every_s))

    async def stop(self) -> None:
        """End the rounds and the bus. The web server closes what is open, and clients come back by themselves."""
        self._namespace.stopped = True
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._fanout.stop()
        await self._sio.shutdown()
        await self._bus.stop()

    def notify(self, stream: str, seq: int) -> None:
        """A committed event of `stream` has the number `seq`: bring it to all who follow. Never waits."""
        self._bus.publish(BusMessage("stream", {"stream": stream, "seq": seq}))

    def revoke_session(self, session_id: UUID) -> None:
        """Close the connections of a sign-in that has ended, in every process."""
        self._bus.publish(BusMessage("session_ended", {"session_id": str(session_id)}))

    def recheck_person(self, person_id: UUID) -> None:
        """Ask again what a person may follow and attend, in every process, and end what they may not."""
        self._bus.publish(BusMessage("access_changed", {"person_id": str(person_id)}))

    async def ping(self, *, timeout_s: float = 2.0) -> float:
        """Seconds through the bus and back, for the readiness check.

        Raises:
            BusUnavailable: nothing came back in time.
        """
        return await self._bus.ping(timeout_s=timeout_s)

    def counts(self) -> LiveCounts:
        """What there is and what there was, since the start of this process."""
        return LiveCounts(
            connections=len(self._connections),
            streams=len(self._fanout),
            malformed=self._sio.malformed + self.asgi.malformed,
            limited=self.asgi.limited,
            cut_off=self._sio.cut_off,
        )

    def _heard(self, message: BusMessage) -> None:
        data = message.data
        match message.kind:
            case "stream":
                self._fanout.notice(data["stream"], data["seq"])
            case "meeting":
                self._tell_meeting(data)
            case "connection":
                self._tell_connection(data)
            case "session_ended":
                session_id = UUID(data["session_id"])
                self._end(connection for connection in self._connections if connection.actor.session_id == session_id)
            case "access_changed":
                for connection in self._connections.list_of_person(UUID(data["person_id"])):
                    self._spawn(self._recheck(connection))
            case "resumed":
                self._spawn(self._fanout.look())

    def _tell_meeting(self, data: dict[str, Any]) -> None:
        skipped = self._connections.find_by_id(data["skip"]) if data["skip"] else None
        sids = self._connections.sids_in(UUID(data["meeting_id"]))
        self._sio.deliver([sid for sid in sids if skipped is None or sid != skipped.sid], data["event"], data["body"])

    def _tell_connection(self, data: dict[str, Any]) -> None:
        connection, meeting_id = self._connections.find_by_id(data["connection_id"]), UUID(data["meeting_id"])
        if connection is None or meeting_id not in connection.joined:
            return
        if data["event"] == "connection.replaced":
            self._connections.exit(connection, meeting_id)
        self._sio.deliver([connection.sid], data["event"], data["body"])

    def _end(self, connections: Iterable[Connection]) -> None:
        for connection in list(connections):
            self._sio.deliver([connection.sid], "session.ended", body_of(SessionEnded()))
            self._spawn(self._sio.dismiss(connection.sid))

    async def _end_sessions(self) -> None:
        session_ids = {connection.actor.session_id for connection in self._connections}
        if session_ids:
            ended = set(await self._authenticator.find_ended(session_ids))
            self._end(connection for connection in self._connections if connection.actor.session_id in ended)

    async def _recheck(self, connection: Connection) -> None:
        for stream in list(connection.followed):
            if not await self._streams.may_follow(connection.actor, stream):
                connection.followed.discard(stream)
                self._fanout.unfollow(connection.sid, stream)
                self._sio.deliver([connection.sid], "access.ended", body_of(AccessEnded(stream=stream)))
        for meeting_id in list(connection.joined):
            if await self._meetings.admit(connection.actor, meeting_id) is None:
                await self._presence.leave(connection, meeting_id)
                self._sio.deliver([connection.sid], "access.ended", body_of(AccessEnded(meeting_id=meeting_id)))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("work of the live server failed", exc_info=task.exception())


def create_live(
    *,
    authenticator: Authenticator,
    streams: StreamReader,
    meetings: MeetingDirectory,
    presence: PresenceStore,
    bus: Bus,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    settings: LiveSettings | None = None,
) -> LiveServer:
    """The live server of this process; call `start` before it serves and `stop` after."""
    return LiveServer(
        authenticator=authenticator,
        streams=streams,
        meetings=meetings,
        presence=presence,
        bus=bus,
        now=now,
        settings=settings or LiveSettings(),
    )


async def _rounds(work: Callable[[], Awaitable[None]], every_s: float) -> None:
    """Do `work` again and again; a failure is logged once until it has succeeded again."""
    failing = False
    while True:
        await asyncio.sleep(every_s)
        try:
            await work()
            failing = False
        except Exception:
            if not failing:
                logger.exception("a round of the live server failed; it goes on trying")
            failing = True
