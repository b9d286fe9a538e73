"""What a simulated participant sends, and how much it receives."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
from aiortc.mediastreams import MediaStreamError, MediaStreamTrack

from realtime.simulated.clip import AUDIO_PER_S, FRAMES_PER_S, KEY_EVERY, Clip
from realtime.simulated.sound import LOOP_S


class Playback:
    """One run through a clip, whose picture and sound keep time with each other.

    The loops of everybody on this machine's clock are in step, so that two people take turns in speaking.
    It begins with a whole picture, and is made anew for each connection.
    """

    def __init__(self, clip: Clip) -> None:
        self._clip = clip
        self._began: float | None = None
        self._offset = 0

    def tracks(self) -> tuple[MediaStreamTrack, MediaStreamTrack]:
        """The sound and the picture."""
        return (
            ClipTrack("audio", self, self._clip.packets, AUDIO_PER_S),
            ClipTrack("video", self, self._clip.frames, FRAMES_PER_S),
        )

    def start(self) -> tuple[float, int]:
        """When this began, on the monotonic clock, and how many seconds into the loop."""
        if self._began is None:
            self._began = time.monotonic()
            key_s = KEY_EVERY // FRAMES_PER_S
            self._offset = int(time.time() % LOOP_S) // key_s * key_s
        return self._began, self._offset


class ClipTrack(MediaStreamTrack):
    """Gives out encoded packets of a clip when their time comes."""

    def __init__(self, kind: str, playback: Playback, packets: tuple[bytes, ...], per_s: int) -> None:
        super().__init__()
        self.kind = kind
        self._playback, self._packets, self._per_s = playback, packets, per_s
        self._number = 0

    async def recv(self) -> av.Packet[Any]:
        """The next packet, not before it is due."""
        if self.readyState != "live":
            raise MediaStreamError
        began, offset = self._playback.start()
        due = began + self._number / self._per_s
        if (late := time.monotonic() - due) < 0:
            await asyncio.sleep(-late)
        packet = av.Packet(self._packets[(self._number + offset * self._per_s) % len(self._packets)])
        packet.pts, packet.time_base = self._number, Fraction(1, self._per_s)
        self._number += 1
        return packet


@dataclass(slots=True)
class Received:
    """What came from the other side over all connections of one meeting; instants are monotonic seconds."""

    frames: int = 0
    sounds: int = 0
    first_at: float | None = None
    last_at: float | None = None

    def count(self, kind: str) -> None:
        """One more decoded picture or piece of sound."""
        now = time.monotonic()
        self.first_at = self.first_at or now
        self.last_at = now
        if kind == "video":
            self.frames += 1
        else:
            self.sounds += 1

    @property
    def seconds(self) -> float:
        """How long something has been coming in."""
        return 0.0 if self.first_at is None or self.last_at is None else self.last_at - self.first_at


async def count_track(track: Any, received: Received) -> None:
    """Take in all that comes on a track and keep only its count."""
    with suppress(MediaStreamError):
        while True:
            await track.recv()
            received.count(track.kind)
