"""What is wrong with something that came in, place by place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

PROBLEMS_MAX = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right: where it is, a stable code, and words for a person."""

    path: str
    code: str
    message: str

    def __post_init__(self) -> None:
        if not self.code or not self.message:
            raise ValueError("a problem has a code and a message")


class Invalid(ValueError):
    """What came in cannot be used; `problems` says why, in the order they were met."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)[:PROBLEMS_MAX]
        super().__init__("; ".join(f"{problem.path}: {problem.message}" for problem in self.problems))
