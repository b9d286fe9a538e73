"""The shape of a pack: which fields it has and what each may hold, said in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches

from feedback.instrument import is_code
from feedback.problem import Problem

TEXT_LENGTH_MAX = 300
ENTRIES_MAX = 500

Check = Callable[[object, str], list[Problem]]


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def entry_path(path: str, index: int, entry: object) -> str:
    """Where an entry of a list stands: by its code where it has one, else counted from 1."""
    code = entry.get("code") if isinstance(entry, Mapping) else None
    return f"{path}[{code}]" if isinstance(code, str) and is_code(code) else f"{path}[#{index + 1}]"


def text(data: object, path: str) -> list[Problem]:
    """A text in Swedish and in English."""
    if not isinstance(data, Mapping):
        message = 'Write the text in both languages, like this: {"sv": "…", "en": "…"}.'
        return [Problem(path, "not_an_object", message)]
    return record({"sv": _words, "en": _words})(data, path)


def _words(data: object, path: str) -> list[Problem]:
    if not isinstance(data, str) or not data.strip():
        return [Problem(path, "text_missing", "The text is missing. Write it here, between quotes.")]
    if any(sign < " " and sign not in "\n\t" for sign in data):
        return [Problem(path, "text_unprintable", "The text holds a sign that cannot be shown. Write it anew by hand.")]
    if len(data) > TEXT_LENGTH_MAX:
        return [Problem(path, "text_too_long", f"The text is too long. Keep it within {TEXT_LENGTH_MAX} characters.")]
    return []


def code(data: object, path: str) -> list[Problem]:
    """A code."""
    if isinstance(data, str) and is_code(data):
        return []
    message = "A code has only small letters a to z, digits and _, begins with a letter, and has at most 40 characters."
    return [Problem(path, "not_a_code", message)]


def day(data: object, path: str) -> list[Problem]:
    """A date."""
    try:
        date.fromisoformat(data if isinstance(data, str) else "")
    except ValueError:
        return [Problem(path, "not_a_date", "Write the date as year-month-day, for example 2026-01-31.")]
    return []


def flag(data: object, path: str) -> list[Problem]:
    """True or false."""
    if isinstance(data, bool):
        return []
    return [Problem(path, "not_true_or_false", "Write true or false, without quotes.")]


def number(least: int, most: int) -> Check:
    """A whole number from `least` to `most`."""

    def check(data: object, path: str) -> list[Problem]:
        if isinstance(data, int) and not isinstance(data, bool) and least <= data <= most:
            return []
        message = f"Write a whole number from {least} to {most}, without quotes."
        return [Problem(path, "not_a_number", message)]

    return check


def record(required: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """An object with every field of `required`, perhaps some of `optional`, and no other."""
    known = {**required, **(optional or {})}

    def check(data: object, path: str) -> list[Problem]:
        if not isinstance(data, Mapping):
            return [Problem(path, "not_an_object", f"Here should stand {{ … }} with: {', '.join(required)}.")]
        found = [_unknown_field(str(name), path, known) for name in data if name not in known]
        for name, field in known.items():
            place = _below(path, name)
            if name in data:
                found += field(data[name], place)
            elif name in required:
                found.append(Problem(place, "missing", f"“{name}” is missing. Add it."))
        return found

    return check


def _unknown_field(name: str, path: str, known: Mapping[str, Check]) -> Problem:
    nearest = get_close_matches(name, known, 1)
    hint = f"Did you mean “{nearest[0]}”?" if nearest else f"These can stand here: {', '.join(known)}."
    return Problem(_below(path, name), "unknown_field", f"Nothing here is called “{name}”. {hint}")


def many(entry: Check, *, what: str = f"with 1 to {ENTRIES_MAX} entries") -> Check:
    """A list with at least one entry."""

    def check(data: object, path: str) -> list[Problem]:
        if not isinstance(data, Sequence) or isinstance(data, str) or not 1 <= len(data) <= ENTRIES_MAX:
            return [Problem(path, "not_a_list", f"Here should stand a list [ … ] {what}.")]
        return [problem for index, one in enumerate(data) for problem in entry(one, entry_path(path, index, one))]

    return check


_OPTION: dict[str, Check] = {"code": code, "text": text}
_ANCHOR = record({"value": number(1, 5), "text": text, "own_text": text, "short": text})
_ANCHORS = many(_ANCHOR, what="with three anchors in this order: value 1, value 3, value 5")
_ITEM = record({"code": code, "number": number(1, 20), "title": text, "own_title": text, "anchors": _ANCHORS})
_REFERENCE = record({"id": _words, "label": _words})
_NAMES: dict[str, Check] = {"aliases": many(_words), "jobtech": _REFERENCE, "esco": _REFERENCE, "ecf": _REFERENCE}
_CHIP = record(_OPTION, {"competence": code, "action": code, "practise": text})


def _question(choice: Check) -> Check:
    few = number(0, 20)
    return record(
        {"code": code, "number": number(1, 20), "title": text, "least": few, "most": few, "choices": many(choice)}
    )


PACK = record(
    {
        "code": code,
        "version": number(1, 9999),
        "valid_from": day,
        "title": text,
        "items": many(_ITEM),
        "next_step": _question(record({**_OPTION, "goes_on": flag}, {"names_occupation": flag})),
        "worked": _question(_CHIP),
        "do_next": _question(_CHIP),
        "enabling": _question(record({**_OPTION, "about": text}, {"alone": flag})),
        "skip_reasons": many(record(_OPTION)),
        "reception": record({"low": text, "high": text, "items": many(record(_OPTION))}),
        "actions": many(record(_OPTION)),
        "competence_groups": many(record(_OPTION)),
        "competences": many(record({**_OPTION, "group": code}, _NAMES)),
        "occupations": many(record(_OPTION)),
    }
)
