"""Free text as a person wrote it: kept as it is, or refused with a reason; never reworded."""

from __future__ import annotations

import unicodedata

from feedback.problem import Problem

_UNSHOWABLE = frozenset({"Cc", "Cs"})
_LAYOUT = frozenset("\n\r\t")


def read_statement(raw: object, *, path: str, length_max: int, problems: list[Problem]) -> str:
    """The text in `raw`, unchanged; ``""`` where there is none or nothing but blanks.

    A text that cannot be kept adds to `problems` and reads as ``""``. Length is
    counted in Unicode characters.
    """
    if not isinstance(raw, str):
        problems.append(Problem(path, "not_a_text", "should be a text"))
    elif len(raw) > length_max:
        message = f"is {len(raw)} characters long; {length_max} is the most"
        problems.append(Problem(path, "too_long", message))
    elif any(unicodedata.category(sign) in _UNSHOWABLE and sign not in _LAYOUT for sign in raw):
        problems.append(Problem(path, "unshowable", "holds characters that cannot be shown"))
    elif raw.strip():
        return raw
    return ""
