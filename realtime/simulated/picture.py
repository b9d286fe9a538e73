"""The picture of a simulated participant: two halves that lean towards each other, initials, a mouth that speaks.

The left half is always the employer and the right half the seeker; one's own half is the bright one.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from realtime.simulated.letters import Mask, draw

Role = Literal["seeker", "recruiter"]
Picture = NDArray[np.uint8]

WIDTH, HEIGHT = 320, 240
RADIUS = 82
CENTRE_X, CENTRE_Y = WIDTH // 2, 112
LEAN_PX = 5
BREATH_PX = 3
MOUTH_Y = CENTRE_Y + 44
MOUTH_WIDTH = 30
MOUTH_MOST_PX = 13

GROUND = (0x3D, 0x12, 0x31)
EMPLOYER, EMPLOYER_DIM = (0xEF, 0xA9, 0xCF), (0x6A, 0x1B, 0x4D)
SEEKER, SEEKER_DIM = (0xFF, 0xB3, 0x5C), (0x7A, 0x3D, 0x10)
INK = (0x26, 0x13, 0x1F)
Colour = tuple[int, int, int]


class Portrait:
    """Draws one person; everything that does not move is drawn once."""

    def __init__(self, initials: str, role: Role) -> None:
        employer = EMPLOYER if role == "recruiter" else EMPLOYER_DIM
        seeker = SEEKER if role == "seeker" else SEEKER_DIM
        self._halves = {
            breath: self._still(initials, role, employer, seeker, breath) for breath in range(-BREATH_PX, BREATH_PX + 1)
        }
        self._mouth_x = CENTRE_X + (-1 if role == "recruiter" else 1) * RADIUS * 4 // 9

    def frame(self, *, at_s: float, loudness: float, period_s: float) -> Picture:
        """The picture at `at_s` of a movement that repeats each `period_s`; `loudness` from 0 to 1 opens the mouth."""
        breath = round(BREATH_PX * math.sin(2 * math.pi * at_s / period_s))
        picture = self._halves[breath].copy()
        _bar(picture, self._mouth_x, MOUTH_Y + breath, MOUTH_WIDTH, 4 + round(MOUTH_MOST_PX * loudness))
        return picture

    def _still(self, initials: str, role: Role, employer: Colour, seeker: Colour, breath: int) -> Picture:
        picture = np.empty((HEIGHT, WIDTH, 3), dtype=np.uint8)
        picture[:] = GROUND
        own = -1 if role == "recruiter" else 1
        for side, colour in ((-1, employer), (1, seeker)):
            shift = LEAN_PX * side + (breath if side == own else 0)
            _blend(picture, _half_disc(side, CENTRE_Y + shift), colour)
        letters = draw(initials, dot_px=6 if len(initials) == 1 else 5)
        x = CENTRE_X + own * RADIUS * 4 // 9 - letters.shape[1] // 2
        _blend_at(picture, letters, INK, x, CENTRE_Y + own * LEAN_PX + breath - 34)
        return picture


def _half_disc(side: int, centre_y: int) -> Mask:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    inside = np.clip(RADIUS + 0.5 - np.hypot(x - CENTRE_X, y - centre_y), 0, 1)
    flat_side = np.clip((x - CENTRE_X) * side - 1.5, 0, 1)
    return np.asarray(inside * flat_side, dtype=np.float32)


def _bar(picture: Picture, x: int, y: int, width: int, height: int) -> None:
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = height / 2
    reach = np.clip(np.abs(columns + 0.5 - width / 2) - (width / 2 - radius), 0, None)
    mask = np.clip(radius + 0.5 - np.hypot(reach, rows + 0.5 - radius), 0, 1).astype(np.float32)
    _blend_at(picture, mask, INK, x - width // 2, y - height // 2)


def _blend(picture: Picture, mask: Mask, colour: Colour) -> None:
    wanted = np.array(colour, dtype=np.float32)
    picture[:] = (picture + (wanted - picture) * mask[..., None]).astype(np.uint8)


def _blend_at(picture: Picture, mask: Mask, colour: Colour, x: int, y: int) -> None:
    height, width = mask.shape
    _blend(picture[y : y + height, x : x + width], mask, colour)
