from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, TypeAdapter, computed_field
from typing_extensions import TypedDict

from server.kit.rendering import AT_ONCE, Json

MANY = 5 * AT_ONCE + 1
AT = datetime(2026, 5, 12, 9, tzinfo=UTC)


class Cell(TypedDict):
    id: UUID
    name: str
    at: datetime | None


class Grid(TypedDict):
    name: str
    cells: list[Cell]
    rows: list[int]


class Card(BaseModel):
    name: str
    at: datetime | None = None


class Board(BaseModel):
    at: datetime
    cards: list[Card]
    counts: dict[str, int]


class Counted(BaseModel):
    cards: list[Card]

    @computed_field
    def number(self) -> int:
        return len(self.cards)


CELLS: list[Cell] = [{"id": UUID(int=n), "name": f'Åsa "{n}"', "at": AT if n % 2 else None} for n in range(MANY)]
CARDS = [Card(name=f"Bo {n}", at=AT) for n in range(MANY)]
ANSWERS: list[tuple[Any, Any]] = [
    (list[Cell], CELLS),
    (list[Cell], []),
    (list[Card], CARDS[:AT_ONCE]),
    (list[Card], CARDS[: AT_ONCE + 1]),
    (Grid, {"name": "a", "cells": CELLS, "rows": list(range(MANY))}),
    (Grid, {"name": "a", "cells": CELLS[:1], "rows": []}),
    (Board, Board(at=AT, cards=CARDS, counts={"booked": 3})),
    (Counted, Counted(cards=CARDS)),
    (Card | None, None),
    (dict[str, list[int]], {"a": list(range(MANY))}),
]


@pytest.mark.parametrize(("type_", "value"), ANSWERS)
async def test_an_answer_is_the_same_bytes_however_long_it_is(type_: Any, value: Any) -> None:
    assert await Json(type_).write(value) == TypeAdapter(type_).dump_json(value)


@pytest.mark.parametrize(
    ("type_", "value", "turns"),
    [
        (list[Cell], CELLS, 6),
        (Grid, {"name": "a", "cells": CELLS, "rows": list(range(MANY))}, 12),
        (Board, Board(at=AT, cards=CARDS, counts={}), 6),
        (list[Card], CARDS[:AT_ONCE], 0),
    ],
)
async def test_others_have_their_turn_while_a_long_answer_is_written(type_: Any, value: Any, turns: int) -> None:
    had = 0

    async def other() -> None:
        nonlocal had
        while True:
            await asyncio.sleep(0)
            had += 1

    task = asyncio.create_task(other())
    await asyncio.sleep(0)
    await Json(type_).write(value)
    task.cancel()

    assert had == turns
