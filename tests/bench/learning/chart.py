"""A line chart with linear axes, in the style of the planner's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import numpy as np

from tests.bench.planner.chart import BOTTOM, COLOURS, HEIGHT, LEFT, RIGHT, STYLE, TOP, WIDTH, Line

PICTURES = Path(__file__).parents[3] / "docs" / "pictures"
STEPS = 7


def linear_chart(title: str, y_name: str, x_name: str, lines: Sequence[Line], ys: tuple[float, float]) -> str:
    """The picture; `ys` are the ends of the upright axis."""
    xs = sorted({x for line in lines for x, _ in line.points})
    right = WIDTH - RIGHT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="20">{escape(title)}</text>',
        f'<text x="{LEFT}" y="38">{escape(y_name)}</text>',
        *_grid(xs, ys),
        f'<text x="{(LEFT + right) // 2}" y="{HEIGHT - 6}" text-anchor="middle">{escape(x_name)}</text>',
        *(part for number, line in enumerate(lines) for part in _drawn(number, line, xs, ys)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _x(value: float, xs: Sequence[float]) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * (value - xs[0]) / (xs[-1] - xs[0])


def _y(value: float, ys: tuple[float, float]) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (value - ys[0]) / (ys[1] - ys[0])


def _grid(xs: Sequence[float], ys: tuple[float, float]) -> Iterator[str]:
    for value in np.linspace(*ys, STEPS + 1 if ys[0] else STEPS + 2):
        y = _y(float(value), ys)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:.1f}</text>'
    for value in xs:
        yield f'<text x="{_x(value, xs):.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{value:g}</text>'


def _drawn(number: int, line: Line, xs: Sequence[float], ys: tuple[float, float]) -> Iterator[str]:
    colour, kind = COLOURS[number % len(COLOURS)], "line peer" if line.is_peer else "line"
    path = " ".join(f"{_x(x, xs):.1f},{_y(y, ys):.1f}" for x, y in line.points)
    yield f'<polyline class="{kind}" stroke="{colour}" points="{path}"/>'
    for x, y in line.points:
        yield f'<circle cx="{_x(x, xs):.1f}" cy="{_y(y, ys):.1f}" r="3" fill="{colour}"/>'
    key, at = WIDTH - RIGHT + 16, TOP + 12 + 20 * number
    yield f'<line class="{kind}" stroke="{colour}" x1="{key}" x2="{key + 22}" y1="{at - 4}" y2="{at - 4}"/>'
    yield f'<text x="{key + 28}" y="{at}" font-size="11">{escape(line.name)}</text>'
