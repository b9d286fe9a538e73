"""Frames that no client of ours sends: broken packets, and events whose bodies are wrong."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

from realtime.protocol import LIVE_EVENTS
from tests.contract.hostile_values import VALUES

Frame = str | bytes
ID = "00000000-0000-4000-8000-000000000001"
SOUND: dict[str, dict[str, Any]] = {
    "follow": {"stream": f"desk:{ID}", "epoch": ID, "after": 0},
    "unfollow": {"stream": f"desk:{ID}"},
    "join": {"meeting_id": ID},
    "leave": {"meeting_id": ID},
    "keep": {"meeting_id": ID},
    "signal": {"meeting_id": ID, "to": "00000000.a", "description": {"type": "offer", "sdp": "v=0"}},
    "announce": {"meeting_id": ID, "has_video": True, "has_audio": True},
}
"""A body of each event that its model takes, to be spoilt."""
READABLE = [value for value in VALUES if "\\ud" not in json.dumps(value) and value != 10**400]
"""Values that a JSON text may hold for its strictest readers; one with another ends its connection."""
ALPHABET = '0123456789[]{}",:-/live\\u0000_é🧑\ud7ff\x00\x1e '


def broken(number: int) -> list[Frame]:
    """`number` frames that are no packets, the same in every run; each must end its connection."""
    chance = random.Random(8)
    made: dict[Frame, None] = dict.fromkeys(_named())
    whole = [f"42/live,{chance.randint(0, 99)}" + json.dumps([event, body]) for event, body in SOUND.items()]
    while len(made) < number:
        kind = chance.randint(0, 4)
        if kind == 0:
            made[chance.choice("0678bcdefz٣ ") + _text(chance, 40)] = None
        elif kind == 1:
            made[chance.randbytes(chance.randint(1, 40))] = None
        elif kind == 2:
            frame = chance.choice(whole)
            made[frame[: chance.randint(9, len(frame) - 1)]] = None
        elif kind == 3:
            made[f"4{chance.choice('36789')}/live,{_text(chance, 20)}"] = None
        else:
            made["42/live," + chance.choice('{"-.x[') + _text(chance, 30)] = None
    return list(made)


def wrong_events(number: int) -> list[str]:
    """`number` packets with events that are unknown or whose body is wrong; each is refused by name."""
    chance = random.Random(9)
    made: list[str] = []
    while len(made) < number:
        event = chance.choice(list(LIVE_EVENTS))
        made.append(json.dumps([event, *_spoilt(chance, event)]))
        made.append(json.dumps([chance.choice(("shout", "", "on_join", "trigger_event", "__class__", "é" * 50)), {}]))
    return made[:number]


def _spoilt(chance: random.Random, event: str) -> list[Any]:
    body = dict(SOUND[event])
    match chance.randint(0, 3):
        case 0:
            return [chance.choice([value for value in READABLE if not isinstance(value, dict)])]
        case 1:
            del body[next(iter(body))]
        case 2:
            body["one_more"] = chance.choice(READABLE)
        case _:
            field = next(iter(body))
            body[field] = chance.choice(READABLE)
    return [body] * chance.choice((1, 1, 1, 2))


def _named() -> Iterator[Frame]:
    yield from (
        "",
        "x",
        "4",
        "47",
        "4{}",
        "4[]",
        "42",
        "42[]",
        "0{}",
        "6",
        "b4AAA",
        "7",
        "\x00",
        "4\ud7ff",
        "43/live,1[]",
    )
    yield from ('42["connect"]', '42/live,["disconnect"]', "42/live,[1]", "42/live,{}", "40/live,[]", "44/live,{}")
    yield from ("451-[]", '461-["a",{"_placeholder":true,"num":0}]', "4" + "9" * 200, "42" + "1" * 150 + "[]")
    yield from ("42/live," + "[" * 5000, '42/live,["follow",' + "[" * 2000, '42/live,["follow",1e400]')
    yield from (
        '42/live,["follow",' + "9" * 5000 + "x]",
        '42/live,["\\ud800"',
        "45" + "9" * 50 + "-[]",
        "4" + "2" * 5000,
    )


def _text(chance: random.Random, most: int) -> str:
    return "".join(chance.choice(ALPHABET) for _ in range(chance.randint(1, most)))
