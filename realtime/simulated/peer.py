"""One connection to the other side on aiortc, in step with the browser's `peer.ts`.

aiortc can neither roll back an offer nor restart ICE. So where a browser would do either, the connection is
thrown away and made anew: the other side sees a new fingerprint and begins anew as well.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from typing import Any

from aiortc import (
    RTCBundlePolicy,
    RTCConfiguration,
    RTCIceServer,
    RTCPeerConnection,
    RTCRtpSender,
    RTCSessionDescription,
)
from aiortc.rtcconfiguration import RTCIceTransportPolicy
from aiortc.sdp import candidate_from_sdp

from realtime.simulated.clip import Clip
from realtime.simulated.media import Playback, Received, count_track
from realtime.simulated.sdp import identity, with_video_limit

log = logging.getLogger(__name__)

Signal = dict[str, Any]
Send = Callable[[Signal], Awaitable[None]]

TICK_S = 0.5
RESEND_S = 2.5
REBUILD_S = {False: 15.0, True: 20.0}
"""How long a connection may take, by politeness; the polite side waits longer, so that not both begin anew."""
VIDEO_LIMIT_KBPS = 350
EARLY_MOST = 64
STOP_WITHIN_S = 3.0


class Peer:
    """Keeps a connection to the other side until it is closed.

    The impolite side (the recruiter) offers; the polite side answers, and offers only when nothing comes of
    the other's offers. When both offer at once, the impolite side's offer stands.
    """

    def __init__(self, room: dict[str, Any], *, send: Send, clip: Clip | None, received: Received) -> None:
        self._polite: bool = room["polite"]
        self._configuration = _configuration(room)
        self._send, self._clip, self._received = send, clip, received
        self._signals: asyncio.Queue[Signal] = asyncio.Queue()
        self._early: list[Signal] = []
        self._tasks: set[asyncio.Task[Any]] = set()
        self._closing: set[asyncio.Task[None]] = set()
        self._closed = False
        self._sent_at = 0.0
        self._troubled_since: float | None = None
        self.rebuilds = -1
        self._pc: Any = None

    @property
    def connected(self) -> bool:
        """Whether picture and sound can flow."""
        return self._pc is not None and self._pc.connectionState == "connected"

    async def start(self) -> None:
        """Begin: offer, or wait for the offer."""
        await self._rebuild(offering=not self._polite)
        self._run(self._handle_signals())
        self._run(self._keep_up())

    def receive(self, signal: Signal) -> None:
        """A description or candidate from the other side."""
        self._signals.put_nowait(signal)

    def verify(self) -> None:
        """The other side is there with a new line: find out whether the connection still leads to them."""
        self._signals.put_nowait({"verify": True})

    async def close(self) -> None:
        """End the connection, in bounded time."""
        self._closed = True
        self._drop()
        await stopped(self._tasks)
        if self._closing:
            await asyncio.wait(self._closing, timeout=STOP_WITHIN_S)

    def _run(self, work: Any) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _handle_signals(self) -> None:
        while not self._closed:
            signal = await self._signals.get()
            try:
                await self._handle(signal)
            except Exception as error:
                log.debug("a signal was of no use: %r", error)

    async def _handle(self, signal: Signal) -> None:
        if description := signal.get("description"):
            if description["type"] == "offer":
                await self._offered(description["sdp"])
            elif description["type"] == "answer":
                await self._answered(description["sdp"])
        elif candidate := signal.get("candidate"):
            await self._add(candidate)
        elif "look" in signal:
            await self._help_along()
        else:
            await self._verify()

    async def _verify(self) -> None:
        if not self.connected:
            await self._resend()
        elif not self._polite and self._pc.signalingState == "stable":
            await self._offer()

    async def _offered(self, sdp: str) -> None:
        if self._pc.signalingState == "have-local-offer":
            if not self._polite:
                await self._resend()
                return
            await self._rebuild(offering=False)
        elif self._pc.remoteDescription is not None:
            known = self._pc.remoteDescription
            if identity(known.sdp) != identity(sdp):
                await self._rebuild(offering=False)
        try:
            await self._pc.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="offer"))
        except (ValueError, AttributeError):
            await self._rebuild(offering=False)
            await self._pc.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="offer"))
        for held in self._take_early():
            await self._add(held)
        await self._pc.setLocalDescription(await self._pc.createAnswer())
        await self._resend()

    async def _answered(self, sdp: str) -> None:
        if self._pc.signalingState != "have-local-offer":
            return
        known = self._pc.remoteDescription
        if known is not None and identity(known.sdp) != identity(sdp):
            # Whoever answers is not who we were connected to: the page was loaded anew.
            await self._rebuild(offering=True)
            return
        await self._pc.setRemoteDescription(RTCSessionDescription(sdp=sdp, type="answer"))
        for held in self._take_early():
            await self._add(held)

    async def _add(self, candidate: dict[str, Any]) -> None:
        if self._pc.remoteDescription is None:
            if len(self._early) < EARLY_MOST:
                self._early.append(candidate)
            return
        text = str(candidate.get("candidate") or "")
        ufrag = candidate.get("usernameFragment")
        if not text or (ufrag and ufrag != identity(self._pc.remoteDescription.sdp)[1]):
            return
        parsed = candidate_from_sdp(text.removeprefix("candidate:"))
        parsed.sdpMid, parsed.sdpMLineIndex = candidate.get("sdpMid"), candidate.get("sdpMLineIndex")
        await self._pc.addIceCandidate(parsed)

    def _take_early(self) -> list[Signal]:
        early, self._early = self._early, []
        return early

    async def _offer(self) -> None:
        await self._pc.setLocalDescription(await self._pc.createOffer())
        await self._resend()

    async def _resend(self) -> None:
        description = self._pc.localDescription
        if description is None:
            return
        self._sent_at = time.monotonic()
        sdp = with_video_limit(description.sdp, kbps=VIDEO_LIMIT_KBPS)
        await self._send({"description": {"type": description.type, "sdp": sdp}})

    async def _rebuild(self, *, offering: bool) -> None:
        self._drop()
        if self._closed:
            return
        self._early = []
        self.rebuilds += 1
        self._troubled_since = time.monotonic()
        pc: Any = RTCPeerConnection(self._configuration)
        self._pc = pc
        sound, picture = Playback(self._clip).tracks() if self._clip else ("audio", "video")
        pc.addTransceiver(sound, direction="sendrecv")
        pc.addTransceiver(picture, direction="sendrecv").setCodecPreferences(_vp8())
        pc.on("track", lambda track: self._run(count_track(track, self._received)))
        if offering:
            await self._offer()

    def _drop(self) -> None:
        old, self._pc = self._pc, None
        if old is not None:
            # On its own: aioice lets no cancellation through while it closes.
            task = asyncio.create_task(_closed(old))
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)

    async def _keep_up(self) -> None:
        while not self._closed:
            await asyncio.sleep(TICK_S)
            self._signals.put_nowait({"look": True})

    async def _help_along(self) -> None:
        """What has not come about by itself gets another try."""
        pc, now = self._pc, time.monotonic()
        if self.connected:
            self._troubled_since = None
            return
        if self._troubled_since is None:
            self._troubled_since = now
        failed = pc.connectionState in ("failed", "closed")
        if now - self._troubled_since > REBUILD_S[self._polite] or (failed and not self._polite):
            await self._rebuild(offering=True)
        elif pc.signalingState == "have-local-offer" and now - self._sent_at > RESEND_S:
            await self._resend()


async def stopped(tasks: Collection[asyncio.Task[Any]]) -> None:
    """Cancel the tasks and wait a while for them: one that is deep in aiortc may miss that it was cancelled."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=STOP_WITHIN_S)


async def _closed(pc: Any) -> None:
    # A connection that is still being made raises while it is taken apart.
    with suppress(Exception):
        await pc.close()


def _configuration(room: dict[str, Any]) -> Any:
    servers = [
        RTCIceServer(urls=server["urls"], username=server["username"], credential=server["credential"])
        for server in room["ice_servers"]
    ]
    # Always a list: without one aiortc asks a public server for our address.
    return RTCConfiguration(
        iceServers=servers,
        iceTransportPolicy=RTCIceTransportPolicy(room["ice_transport_policy"]),
        bundlePolicy=RTCBundlePolicy.MAX_BUNDLE,
    )


def _vp8() -> list[Any]:
    codecs = RTCRtpSender.getCapabilities("video").codecs
    return [codec for codec in codecs if codec.mimeType.lower() in ("video/vp8", "video/rtx")]
