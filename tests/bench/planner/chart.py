"""A line chart as a small SVG, both axes logarithmic, legible on light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape

WIDTH, HEIGHT = 640, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 200, 52, 44
COLOURS = ("#0b6e6e", "#b4541a", "#4a5fc1", "#8a3d7c")
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#4b5563}.title{font-size:15px;font-weight:600;fill:#1f2937}"
    ".grid{stroke:#9ca3af;stroke-opacity:.35}.line{fill:none;stroke-width:2}.peer{stroke-dasharray:5 4}"
    "@media(prefers-color-scheme:dark){text{fill:#b6bec9}.title{fill:#eef1f5}}"
)


@dataclass(frozen=True, slots=True)
class Line:
    """Points in the order of x; a peer's line is dashed."""

    name: str
    points: list[tuple[float, float]]
    is_peer: bool = False


@dataclass(slots=True)
class _Axes:
    xs: tuple[float, float]
    ys: tuple[float, float]
    least: float
    right: int = field(default=WIDTH - RIGHT)

    def x(self, value: float) -> float:
        return LEFT + (self.right - LEFT) * _share(value, self.xs)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * _share(max(value, self.least), self.ys)


def chart(title: str, y_name: str, x_name: str, lines: Sequence[Line], *, least: float) -> str:
    """The picture; what is below `least`, zero too, is drawn at it."""
    points = [point for line in lines for point in line.points]
    highest = max([least * 10, *(y for _, y in points)])
    ys = (least, 10 ** math.ceil(math.log10(highest)))
    axes = _Axes((min(x for x, _ in points), max(x for x, _ in points)), ys, least)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">',
        f"<title>{escape(title)}</title><style>{STYLE}</style>",
        f'<text class="title" x="{LEFT}" y="20">{escape(title)}</text>',
        f'<text x="{LEFT}" y="38">{escape(y_name)}</text>',
        *_grid(axes, {x for x, _ in points}),
        f'<text x="{(LEFT + axes.right) // 2}" y="{HEIGHT - 6}" text-anchor="middle">{escape(x_name)}</text>',
        *(part for number, line in enumerate(lines) for part in _drawn(axes, number, line)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _share(value: float, ends: tuple[float, float]) -> float:
    low, high = (math.log10(end) for end in ends)
    return (math.log10(value) - low) / (high - low) if high > low else 0.5


def _grid(axes: _Axes, xs: set[float]) -> Iterator[str]:
    low, high = (round(math.log10(end)) for end in axes.ys)
    for power in range(low, high + 1):
        y = axes.y(10**power)
        said = f"≤ {10**power:g}" if power == low else f"{10**power:g}"
        yield f'<line class="grid" x1="{LEFT}" x2="{axes.right}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{said}</text>'
    for value in sorted(xs):
        x = axes.x(value)
        yield f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{value:g}</text>'


def _drawn(axes: _Axes, number: int, line: Line) -> Iterator[str]:
    colour, kind = COLOURS[number % len(COLOURS)], "line peer" if line.is_peer else "line"
    path = " ".join(f"{axes.x(x):.1f},{axes.y(y):.1f}" for x, y in line.points)
    yield f'<polyline class="{kind}" stroke="{colour}" points="{path}"/>'
    for x, y in line.points:
        yield f'<circle cx="{axes.x(x):.1f}" cy="{axes.y(y):.1f}" r="3" fill="{colour}"/>'
    key, at = WIDTH - RIGHT + 16, TOP + 12 + 20 * number
    yield f'<line class="{kind}" stroke="{colour}" x1="{key}" x2="{key + 22}" y1="{at - 4}" y2="{at - 4}"/>'
    yield f'<text x="{key + 28}" y="{at}" font-size="11">{escape(line.name)}</text>'
