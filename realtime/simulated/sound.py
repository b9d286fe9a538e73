"""The sound of a simulated participant: soft tones in the rhythm of speech, with pauses to listen in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from realtime.simulated.picture import Role

SAMPLE_RATE = 48_000
LOOP_S = 8
PEAK = 0.06
TURN_S = {"recruiter": (0.2, 3.8), "seeker": (4.2, 7.7)}
PITCH_HZ = {"recruiter": 118.0, "seeker": 168.0}
SYLLABLE_S = (0.11, 0.24)
GAP_S = (0.02, 0.07)
PHRASE_SYLLABLES = 6
BREATH_S = 0.28
HARMONICS = (1.0, 0.55, 0.30, 0.16, 0.08)

Sound = NDArray[np.float32]


def speak(role: Role, *, voice: int) -> Sound:
    """One loop of `LOOP_S` seconds at `SAMPLE_RATE`; a recruiter speaks in its first half, a seeker in its second.

    `voice` picks the melody; the same one always sounds the same.
    """
    chance = np.random.default_rng(voice)
    sound = np.zeros(LOOP_S * SAMPLE_RATE, dtype=np.float32)
    at_s, until_s = TURN_S[role]
    pitch, spoken = PITCH_HZ[role] * chance.uniform(0.88, 1.14), 0
    while at_s < until_s:
        length_s = min(chance.uniform(*SYLLABLE_S), until_s - at_s)
        syllable = _syllable(length_s, pitch * chance.uniform(0.92, 1.12), loudness=chance.uniform(0.6, 1.0))
        start = round(at_s * SAMPLE_RATE)
        sound[start : start + len(syllable)] = syllable[: len(sound) - start]
        spoken += 1
        pause_s = BREATH_S if spoken % PHRASE_SYLLABLES == 0 else chance.uniform(*GAP_S)
        at_s += length_s + pause_s
    return sound


def loudness(sound: Sound, *, frames: int) -> NDArray[np.float32]:
    """How loud each of `frames` equal parts of `sound` is, from 0 to 1."""
    parts = sound[: len(sound) // frames * frames].reshape(frames, -1)
    level = np.sqrt((parts**2).mean(axis=1))
    return np.asarray(level / max(float(level.max()), 1e-9), dtype=np.float32)


def _syllable(length_s: float, pitch_hz: float, *, loudness: float) -> Sound:
    time_s = np.arange(round(length_s * SAMPLE_RATE), dtype=np.float32) / SAMPLE_RATE
    falling = 2 * np.pi * pitch_hz * (time_s - 0.25 * time_s**2)
    tone = sum(share * np.sin(number * falling) for number, share in enumerate(HARMONICS, 1))
    envelope = np.sin(np.pi * np.clip(time_s / max(length_s, 1e-3), 0, 1)) ** 1.5
    return np.asarray(PEAK * loudness * envelope * tone / sum(HARMONICS), dtype=np.float32)
