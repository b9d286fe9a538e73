"""What a seeker writes to themselves after a meeting: two or three short prompts, each of them optional."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from feedback.answers import AnswersInvalid
from feedback.instrument import Option, Text
from feedback.problem import Problem
from feedback.statement import read_statement

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
    data = json.loads((files("feedback") / "guides" / "reflection.json").read_text(encoding="utf-8"))
    return tuple(Prompt(one["code"], Text(**one["text"]), Text(**one["hint"])) for one in data["prompts"])


def parse_reflection(raw: Mapping[str, object]) -> dict[str, str]:
    """What was written, by prompt; a prompt left empty is left out.

    Raises:
        AnswersInvalid: a text is too long or cannot be shown, or there is no such prompt.
    """
    problems: list[Problem] = []
    codes = [prompt.code for prompt in prompts()]
    for code in raw:
        if code not in codes:
            problems.append(Problem(code, "unknown_code", "is not one of the prompts"))
    written = {
        code: read_statement(raw.get(code, ""), path=code, length_max=REFLECTION_LENGTH_MAX, problems=problems)
        for code in codes
    }
    if problems:
        raise AnswersInvalid(problems)
    return {code: text for code, text in written.items() if text}


def asks_to_reflect(held_at: datetime, *, now: datetime) -> bool:
    """Whether a meeting is fresh enough to be thought about."""
    return held_at <= now <= held_at + ASKED_FOR
