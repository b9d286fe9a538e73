"""What a seeker writes to themselves after a meeting: two or three short prompts, each of them optional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from feedback.guides import guide
from feedback.instrument import Option, Text
from feedback.own_words import parse_words_by_code

REFLECTION_LENGTH_MAX = 600
# Longer ago than this nobody remembers well enough to be asked; what was written stays.
ASKED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Prompt(Option):
    """A question to think about, with a hint at how little is enough."""

    hint: Text


@cache
def prompts() -> tuple[Prompt, ...]:
    """The prompts in their order."""
    data = guide("reflection")
    return tuple(Prompt(one["code"], Text(**one["text"]), Text(**one["hint"])) for one in data["prompts"])


def parse_reflection(raw: Mapping[str, object]) -> dict[str, str]:
    """What was written, by prompt; a prompt left empty is left out.

    Raises:
        AnswersInvalid: a text is too long or cannot be shown, or there is no such prompt.
    """
    return parse_words_by_code(raw, [prompt.code for prompt in prompts()], length_max=REFLECTION_LENGTH_MAX)


def asks_to_reflect(held_at: datetime, *, now: datetime) -> bool:
    """Whether a meeting is fresh enough to be thought about."""
    return held_at <= now <= held_at + ASKED_FOR
