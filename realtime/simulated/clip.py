"""A person's picture and sound, encoded once and played in a loop: sending them then costs next to nothing."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import av
import numpy as np
from av.video.frame import PictureType

from realtime.simulated.picture import HEIGHT, WIDTH, Portrait, Role
from realtime.simulated.sound import LOOP_S, SAMPLE_RATE, Sound, loudness, speak

FRAMES_PER_S = 12
KEY_EVERY = 2 * FRAMES_PER_S
"""Who has lost a packet sees the picture again at the next whole one, so these come often."""
VIDEO_BPS = 110_000
AUDIO_BPS = 24_000
AUDIO_PER_S = 50
PEOPLE_KEPT = 64


@dataclass(frozen=True, slots=True)
class Clip:
    """VP8 frames and Opus packets of one loop; each `KEY_EVERY`th frame stands alone."""

    frames: tuple[bytes, ...]
    packets: tuple[bytes, ...]


@lru_cache(maxsize=PEOPLE_KEPT)
def clip_of(initials: str, role: Role) -> Clip:
    """The loop of the person with these initials."""
    sound = speak(role, voice=zlib.crc32(f"{role} {initials}".encode()))
    return Clip(frames=_encoded_frames(Portrait(initials, role), sound), packets=_encoded_sound(sound))


def _encoded_frames(portrait: Portrait, sound: Sound) -> tuple[bytes, ...]:
    count = LOOP_S * FRAMES_PER_S
    codec = av.CodecContext.create("libvpx", "w")
    assert isinstance(codec, av.VideoCodecContext), "libvpx makes pictures"
    codec.width, codec.height, codec.pix_fmt = WIDTH, HEIGHT, "yuv420p"
    codec.time_base, codec.framerate = Fraction(1, FRAMES_PER_S), Fraction(FRAMES_PER_S)
    codec.bit_rate, codec.gop_size, codec.thread_count = VIDEO_BPS, KEY_EVERY, 1
    codec.options = {"deadline": "realtime", "cpu-used": "-6", "lag-in-frames": "0", "auto-alt-ref": "0"}
    encoded: list[bytes] = []
    for number, loud in enumerate(loudness(sound, frames=count)):
        pixels = portrait.frame(at_s=number / FRAMES_PER_S, loudness=float(loud), period_s=LOOP_S / 2)
        frame = av.VideoFrame.from_ndarray(pixels, format="rgb24").reformat(format="yuv420p")
        frame.pts = number
        if number % KEY_EVERY == 0:
            frame.pict_type = PictureType.I
        encoded += [bytes(packet) for packet in codec.encode(frame)]
    encoded += [bytes(packet) for packet in codec.encode(None)]
    return tuple(encoded)


def _encoded_sound(sound: Sound) -> tuple[bytes, ...]:
    codec = av.CodecContext.create("libopus", "w")
    assert isinstance(codec, av.AudioCodecContext), "libopus makes sound"
    codec.sample_rate, codec.layout, codec.format = SAMPLE_RATE, "mono", "s16"
    codec.bit_rate, codec.options = AUDIO_BPS, {"application": "voip", "frame_duration": "20"}
    samples = (sound * 32767).astype(np.int16)
    size = SAMPLE_RATE // AUDIO_PER_S
    encoded: list[bytes] = []
    for number in range(LOOP_S * AUDIO_PER_S):
        part = samples[number * size : (number + 1) * size].reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(part, format="s16", layout="mono")
        frame.sample_rate, frame.pts = SAMPLE_RATE, number * size
        encoded += [bytes(packet) for packet in codec.encode(frame)]
    encoded += [bytes(packet) for packet in codec.encode(None)]
    return tuple(encoded[: LOOP_S * AUDIO_PER_S])
