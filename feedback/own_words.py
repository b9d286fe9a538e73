"""What somebody writes in words of their own: kept as it is, or refused with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from feedback.answers import AnswersInvalid
from feedback.problem import Problem
from feedback.statement import read_statement


def parse_words(raw: object, *, length_max: int, path: str = "text") -> str:
    """The text in `raw`, unchanged, where something must be said.

    Raises:
        AnswersInvalid: it is empty, too long, or cannot be shown.
    """
    problems: list[Problem] = []
    text = read_statement(raw, path=path, length_max=length_max, problems=problems)
    if not text and not problems:
        problems.append(Problem(path, "empty", "is empty"))
    if problems:
        raise AnswersInvalid(problems)
    return text


def parse_words_by_code(raw: Mapping[str, object], codes: Sequence[str], *, length_max: int) -> dict[str, str]:
    """What was written under each of `codes`, in their order; one left empty is left out.

    Raises:
        AnswersInvalid: a text is too long or cannot be shown, or its code is none of these.
    """
    problems = [Problem(code, "unknown_code", "is not asked for") for code in raw if code not in codes]
    written = {
        code: read_statement(raw.get(code, ""), path=code, length_max=length_max, problems=problems) for code in codes
    }
    if problems:
        raise AnswersInvalid(problems)
    return {code: text for code, text in written.items() if text}
