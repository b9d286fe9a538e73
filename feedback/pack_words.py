"""Packs in words: where in a pack something stands, and what differs between two versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

NAMES = {
    "items": "rated items",
    "next_step": "the question about the next step",
    "worked": "the question about what worked",
    "do_next": "the question about what to do next",
    "enabling": "the question about what would make hiring possible",
    "skip_reasons": "reasons to skip",
    "reception": "how the seeker received it",
    "actions": "actions",
    "competence_groups": "groups of competences",
    "competences": "competences",
    "occupations": "occupations",
    "choices": "choices",
    "anchors": "anchors",
    "title": "title",
    "own_title": "title to the seeker",
    "text": "text",
    "own_text": "text to the seeker",
    "short": "short text",
    "practise": "how to practise",
    "about": "explanation",
    "aliases": "other ways to write it",
    "sv": "in Swedish",
    "en": "in English",
    "valid_from": "date from which it is used",
}
_STEP = re.compile(r"([^.\[\]]+)|\[([^\]]*)\]")


def place_in_words(path: str) -> str:
    """A path of `pack_check` for somebody who does not program, from the outside in.

    ``do_next.choices[practise_sql].practise.en`` is *the question about what to
    do next, choices, “practise_sql”, how to practise, in English*.
    """
    steps = []
    for name, entry in _STEP.findall(path):
        if name:
            steps.append(NAMES.get(name, f"“{name}”" if name.isidentifier() else name))
        else:
            steps.append(f"number {entry[1:]}" if entry.startswith("#") else f"“{entry}”")
    return ", ".join(steps) or "the whole file"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: `kind` is added, removed, changed or moved; where, and what stood and stands there."""

    kind: str
    path: str
    before: str = ""
    after: str = ""

    def in_words(self) -> str:
        """The difference as one line."""
        where = place_in_words(self.path)
        if self.kind == "added":
            return f"New: {where}: {self.after}"
        if self.kind == "removed":
            return f"Gone: {where}: {self.before}"
        if self.kind == "moved":
            return f"Other order: {where}: {self.after}"
        return f"Changed: {where}: “{self.before}” is now “{self.after}”"


def pack_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """What `after` says otherwise than `before`, in the order of the pack; the version itself does not count.

    Entries of a list are told apart by their code, anchors by their value, so
    that an entry put in between changes nothing after it.
    """
    return tuple(_record(_without_version(before), _without_version(after), ""))


def _without_version(pack: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pack.items() if name != "version"}


def _differences(before: Any, after: Any, path: str) -> Iterator[Change]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _record(before, after, path)
    elif _is_list(before) and _is_list(after):
        yield from _entries(before, after, path)
    elif before != after:
        yield Change("changed", path, _shown(before), _shown(after))


def _record(before: Mapping[str, Any], after: Mapping[str, Any], path: str) -> Iterator[Change]:
    for name in dict.fromkeys((*before, *after)):
        place = f"{path}.{name}" if path else str(name)
        if name not in after:
            yield Change("removed", place, before=_shown(before[name]))
        elif name not in before:
            yield Change("added", place, after=_shown(after[name]))
        else:
            yield from _differences(before[name], after[name], place)


def _entries(before: Sequence[Any], after: Sequence[Any], path: str) -> Iterator[Change]:
    old, new = ({_key(entry): entry for entry in entries} for entries in (before, after))
    for key, entry in old.items():
        if key not in new:
            yield Change("removed", f"{path}[{key}]", before=_shown(entry))
    for key, entry in new.items():
        if key not in old:
            yield Change("added", f"{path}[{key}]", after=_shown(entry))
        else:
            yield from _differences(old[key], entry, f"{path}[{key}]")
    kept = [key for key in new if key in old]
    if kept != [key for key in old if key in new]:
        yield Change("moved", path, after=", ".join(kept))


def _key(entry: Any) -> str:
    if isinstance(entry, Mapping):
        return str(entry.get("code", entry.get("value", "")))
    return str(entry)


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _shown(value: Any) -> str:
    """A value as its author would say it: a text in both languages, an entry by its text."""
    if isinstance(value, Mapping):
        text = value.get("text", value.get("title", value))
        if isinstance(text, Mapping) and {"sv", "en"} <= set(text):
            return f"{text['sv']} / {text['en']}"
        return ", ".join(f"{name}: {_shown(inner)}" for name, inner in value.items())
    if _is_list(value):
        return ", ".join(map(_shown, value))
    return str(value)
