"""Numbered streams brought to the connections of this process that follow them.

All followers of a stream stand at the same number, `position`. A notice says
no more than that the stream has advanced; the missing events are then read
once for the whole process and sent on in order. Since a notice can get lost,
the heads of all followed streams are asked for every few seconds.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from realtime.ports import StreamEvent, StreamPage, StreamReader
from realtime.protocol import Followed, StreamAdvanced, body_of

logger = logging.getLogger(__name__)

PAGE_MAX = 500
RESET = "stream.reset"
"""Kind of an event that stands for events no longer kept: its gap or new epoch makes a client follow anew."""

Deliver = Callable[[Iterable[str], str, dict[str, Any]], None]


@dataclass(slots=True)
class _Followed:
    """A stream with followers in this process."""

    epoch: UUID
    position: int
    sids: set[str] = field(default_factory=set)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    wanted: int = 0
    task: asyncio.Task[None] | None = None


class Fanout:
    """The streams that are followed in this process."""

    def __init__(self, reader: StreamReader, deliver: Deliver, *, now: Callable[[], datetime]) -> None:
        self._reader, self._deliver, self._now = reader, deliver, now
        self._streams: dict[str, _Followed] = {}

    def __len__(self) -> int:
        return len(self._streams)

    async def follow(self, sid: str, stream: str, *, epoch: UUID | None, after: int | None) -> Followed:
        """Make `sid` a follower; the answer joins on to what it will be sent without a gap or a double."""
        followed = self._streams.setdefault(stream, _Followed(epoch=UUID(int=0), position=0))
        followed.waiting += 1
        try:
            async with followed.lock:
                page = await self._reader.read(stream, epoch=epoch, after=after, limit=PAGE_MAX)
                if not followed.sids:
                    followed.epoch, followed.position = page.epoch, page.head
                elif (page.epoch, page.head) != (followed.epoch, followed.position):
                    await self._catch_up(stream, followed, until=page)
                followed.sids.add(sid)
        finally:
            followed.waiting -= 1
            self._forget_if_unheard(stream, followed)
        return _answer(stream, page)

    def unfollow(self, sid: str, stream: str) -> None:
        """Send the stream to `sid` no more."""
        followed = self._streams.get(stream)
        if followed is not None:
            followed.sids.discard(sid)
            self._forget_if_unheard(stream, followed)

    def notice(self, stream: str, seq: int) -> None:
        """The stream has advanced to `seq`; many notices in a row cost one reading."""
        followed = self._streams.get(stream)
        if followed is None or seq <= followed.position:
            return
        followed.wanted = max(followed.wanted, seq)
        if followed.task is None or followed.task.done():
            followed.task = asyncio.create_task(self._advance(stream, followed))

    async def look(self) -> None:
        """Ask for the heads of all followed streams and bring what no notice told of."""
        if not self._streams:
            return
        heads = await self._reader.list_heads(list(self._streams))
        for stream, (epoch, head) in heads.items():
            followed = self._streams.get(stream)
            if followed is None or followed.lock.locked():
                continue
            if epoch != followed.epoch:
                followed.position = -1
            self.notice(stream, head)

    async def stop(self) -> None:
        """Stop reading."""
        tasks = [followed.task for followed in self._streams.values() if followed.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _advance(self, stream: str, followed: _Followed) -> None:
        while followed.wanted > followed.position and followed.sids:
            wanted = followed.wanted
            try:
                async with followed.lock:
                    await self._catch_up(stream, followed, until=None)
            except Exception:
                # The next notice or look tries again; a client that waits is not helped by an end.
                logger.exception("a stream could not be read")
                followed.wanted = 0
                return
            if followed.position < wanted:
                followed.wanted = 0

    async def _catch_up(self, stream: str, followed: _Followed, *, until: StreamPage | None) -> None:
        while True:
            page = await self._reader.read(stream, epoch=followed.epoch, after=followed.position, limit=PAGE_MAX)
            end = page if until is None else until
            if page.snapshot_required or end.epoch != page.epoch:
                followed.epoch, followed.position = end.epoch, end.head
                self._send(stream, followed, StreamEvent(seq=end.head, kind=RESET, body={}, at=self._now()))
                return
            before = followed.position
            for event in page.events:
                if followed.position < event.seq <= end.head:
                    followed.position = event.seq
                    self._send(stream, followed, event)
            if followed.position in (before, end.head) or followed.position > end.head:
                followed.position = max(followed.position, end.head)
                return

    def _send(self, stream: str, followed: _Followed, event: StreamEvent) -> None:
        self._deliver(followed.sids, "stream.advanced", body_of(_said(stream, followed.epoch, event)))

    def _forget_if_unheard(self, stream: str, followed: _Followed) -> None:
        if not followed.sids and not followed.waiting and self._streams.get(stream) is followed:
            del self._streams[stream]


def _said(stream: str, epoch: UUID, event: StreamEvent) -> StreamAdvanced:
    return StreamAdvanced(
        stream=stream, epoch=epoch, seq=event.seq, kind=event.kind, body=dict(event.body), at=event.at
    )


def _answer(stream: str, page: StreamPage) -> Followed:
    if page.snapshot_required:
        return Followed(epoch=page.epoch, head=page.head, snapshot_required=True)
    events = [_said(stream, page.epoch, event) for event in page.events]
    return Followed(epoch=page.epoch, head=page.head, events=events)
