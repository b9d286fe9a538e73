"""The words of the web app by their keys, so that a better wording breaks no journey."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

MESSAGES = Path(__file__).parents[3] / "frontend" / "messages"


@cache
def _catalogue(locale: str) -> dict[str, str]:
    words: dict[str, str] = json.loads((MESSAGES / f"{locale}.json").read_text())
    return words


def say(key: str, *, locale: str = "sv", **values: str) -> str:
    """The sentence under `key` with its plain `{values}` filled in; one that chooses between forms is refused."""
    sentence = _catalogue(locale)[key]
    for name, value in values.items():
        sentence = sentence.replace(f"{{{name}}}", value)
    assert not re.search(r"\{\w+", sentence), f"{key} needs more: {sentence}"
    return sentence
