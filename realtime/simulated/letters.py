"""Initials as pictures: a small alphabet of dots, rounded when it is made large."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.float32]

COLUMNS = 5
_DOTS = """
A .###. #...# #...# ##### #...# #...# #...#
B ####. #...# #...# ####. #...# #...# ####.
C .###. #...# #.... #.... #.... #...# .###.
D ####. #...# #...# #...# #...# #...# ####.
E ##### #.... #.... ####. #.... #.... #####
F ##### #.... #.... ####. #.... #.... #....
G .###. #...# #.... #.### #...# #...# .###.
H #...# #...# #...# ##### #...# #...# #...#
I .###. ..#.. ..#.. ..#.. ..#.. ..#.. .###.
J ..### ...#. ...#. ...#. ...#. #..#. .##..
K #...# #..#. #.#.. ##... #.#.. #..#. #...#
L #.... #.... #.... #.... #.... #.... #####
M #...# ##.## #.#.# #.#.# #...# #...# #...#
N #...# ##..# ##..# #.#.# #..## #..## #...#
O .###. #...# #...# #...# #...# #...# .###.
P ####. #...# #...# ####. #.... #.... #....
Q .###. #...# #...# #...# #.#.# #..#. .##.#
R ####. #...# #...# ####. #.#.. #..#. #...#
S .#### #.... #.... .###. ....# ....# ####.
T ##### ..#.. ..#.. ..#.. ..#.. ..#.. ..#..
U #...# #...# #...# #...# #...# #...# .###.
V #...# #...# #...# #...# .#.#. .#.#. ..#..
W #...# #...# #...# #.#.# #.#.# ##.## #...#
X #...# #...# .#.#. ..#.. .#.#. #...# #...#
Y #...# #...# .#.#. ..#.. ..#.. ..#.. ..#..
Z ##### ....# ...#. ..#.. .#... #.... #####
Å ..#.. .#.#. ..#.. .###. #...# ##### #...#
Ä #...# ..... .###. #...# ##### #...# #...#
Ö #...# ..... .###. #...# #...# #...# .###.
· ..... ..... ..... ..#.. ..... ..... .....
"""
_ROWS_OF = {line[0]: line[2:].split() for line in _DOTS.strip().splitlines()}


def initials(name: str) -> str:
    """The first letters of the first and the last word of `name`, in capitals; ``·`` when there is none."""
    words = [word for word in name.split() if word[:1].isalpha()]
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [word[0] for word in words]
    return "".join(letters).upper() or "·"


def draw(text: str, *, dot_px: int) -> Mask:
    """`text` as a mask from 0 to 1, seven dots high, with softly rounded strokes."""
    glyphs = [_glyph(letter) for letter in text]
    gap = np.zeros((7, 1), dtype=np.float32)
    dots = np.hstack([part for glyph in glyphs for part in (glyph, gap)][:-1])
    large = np.pad(np.kron(dots, np.ones((dot_px, dot_px), dtype=np.float32)), dot_px)
    blurred = _blurred(_blurred(large, dot_px // 2), dot_px // 3)
    return np.asarray(np.clip((blurred - 0.38) * 5, 0, 1), dtype=np.float32)


def _glyph(letter: str) -> Mask:
    rows = _ROWS_OF.get(letter) or _ROWS_OF.get(unicodedata.normalize("NFKD", letter)[:1]) or _ROWS_OF["·"]
    return np.array([[dot == "#" for dot in row] for row in rows], dtype=np.float32)


def _blurred(mask: Mask, radius: int) -> Mask:
    kernel = np.ones(2 * radius + 1, dtype=np.float32) / (2 * radius + 1)
    for axis in (0, 1):
        mask = np.apply_along_axis(lambda line: np.convolve(line, kernel, mode="same"), axis, mask).astype(np.float32)
    return mask
