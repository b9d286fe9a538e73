"""The text of a pack's file as data, or what is wrong with it as text, said to somebody who does not program."""

from __future__ import annotations

import json

from feedback.problem import Problem

SHOWN_MAX = 60
# What the JSON reader says, and what its author can do about it.
_ADVICE = {
    "Expecting property name enclosed in double quotes": (
        'Here should stand a name between double quotes, such as "title". Look for a comma too many just before, '
        'or for other quotes than ".'
    ),
    "Expecting value": (
        "Here should stand a value: a text between double quotes, a number, true, false, [ … ] or { … }. "
        'Look for a comma too many just before, or for other quotes than ".'
    ),
    "Invalid control character at": "A text may not go over to the next line. Look for a missing quote just before.",
    "Unterminated string starting at": "This text never ends. Write a quote at its end.",
    "Extra data": "The pack has ended before this. Look for a } too many just before, and take away what comes after.",
    "Invalid \\escape": "Write \\\\ where you mean \\.",
}
_NO_JSON = (
    "A pack is written as JSON: it begins with { and ends with }, and each name and text stands between double quotes. "
    "Begin with a copy of a pack that works, and change its texts."
)


def parse_pack(text: str) -> tuple[object, tuple[Problem, ...]]:
    """The data in a pack file's text, and what keeps it from being read; a name that stands twice is told."""
    text = text.removeprefix("\ufeff")
    if not text.strip():
        return None, (Problem("", "empty", f"The file is empty. {_NO_JSON}"),)
    if not text.lstrip().startswith("{"):
        return None, (Problem("line 1", "not_json", f"{_NO_JSON} Here stands “{_line(text.lstrip(), 1)}”."),)
    twice: list[Problem] = []

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        names = [name for name, _ in pairs]
        for name in dict.fromkeys(name for name in names if names.count(name) > 1):
            message = f"“{name}” stands {names.count(name)} times in the same {{ … }}. Keep one of them."
            twice.append(Problem(_entry(found, name), "name_twice", message))
        return found

    try:
        data: object = json.loads(text, object_pairs_hook=once)
        json.dumps(data, ensure_ascii=False).encode()
        return data, tuple(twice)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, character {error.colno}"
        advice = _ADVICE.get(error.msg, "Look for a missing comma, quote or bracket just before.")
        if error.pos >= len(text.rstrip()):
            advice = "The file ends too early. Was it copied as a whole?"
        message = f"The file cannot be read from here on: “{_line(text, error.lineno)}”. {advice}"
        return None, (Problem(where, "not_json", message),)
    except UnicodeEncodeError:
        message = "The file holds half of a sign, written as \\ud800 to \\udfff. Write the sign itself instead."
        return None, (Problem("", "not_json", message),)
    except (ValueError, RecursionError):
        message = "The file holds a number that is far too long, or brackets within brackets without end."
        return None, (Problem("", "not_json", f"{message} Begin with a copy of a pack that works."),)


def _entry(found: dict[str, object], name: str) -> str:
    """Where the name stands, as far as the entry around it tells."""
    code = found.get("code")
    return f"[{code}].{name}" if isinstance(code, str) else name


def _line(text: str, number: int) -> str:
    line = text.splitlines()[number - 1].strip() if number <= len(text.splitlines()) else ""
    return line if len(line) <= SHOWN_MAX else f"{line[:SHOWN_MAX]}…"
