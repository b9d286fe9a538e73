"""What an entry of the file says of a concept, and where replaced concepts lead. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from feedback.wording import word_key
from server.taxonomy.reader import Entry

LABEL_CHARS_MAX = 300
LABELS_MAX = 100
REPLACEMENTS_MAX = 50
CONCEPT_ID = re.compile(r"[0-9A-Za-z]{4}_[0-9A-Za-z]{3}_[0-9A-Za-z]{3}")
TYPE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Concepts of other types are kept too: a new version of the taxonomy may have new ones. They are told.
TYPES = frozenset(
    {
        "continent",
        "country",
        "driving-licence",
        "employment-duration",
        "employment-type",
        "isco-level-4",
        "keyword",
        "language",
        "language-level",
        "municipality",
        "occupation-collection",
        "occupation-experience-year",
        "occupation-field",
        "occupation-name",
        "region",
        "skill",
        "skill-headline",
        "sni-level-1",
        "sni-level-2",
        "ssyk-level-1",
        "ssyk-level-2",
        "ssyk-level-3",
        "ssyk-level-4",
        "sun-education-field-1",
        "sun-education-field-2",
        "sun-education-field-3",
        "sun-education-field-4",
        "sun-education-level-1",
        "sun-education-level-2",
        "sun-education-level-3",
        "unemployment-fund",
        "unemployment-type",
        "wage-type",
        "worktime-extent",
    }
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept in one language; `labels` begin with the preferred one and hold each once."""

    id: str
    type: str
    labels: tuple[str, ...]
    is_deprecated: bool = False
    replaced_by: tuple[str, ...] = ()
    legacy_id: str | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an entry: where it stands, what it is called, and words for a person."""

    line: int
    name: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, concept {self.name}: {self.message}"


def concept_in(entry: Entry) -> Concept | Fault | None:
    """The concept that an entry describes, what is wrong with it, or None for a remark beside the concepts."""
    name = entry.name if entry.name is not None else "without id"
    if not isinstance(entry.value, Mapping):
        if entry.name is not None and not CONCEPT_ID.fullmatch(entry.name):
            return None
        return Fault(entry.line, name, "Here should stand { … } with a type and a label.")
    fields = {_field(str(key)): value for key, value in entry.value.items()}
    id = fields.get("id", entry.name)
    if not isinstance(id, str) or not CONCEPT_ID.fullmatch(id):
        return Fault(entry.line, str(id or name)[:40], "An id looks like this: DHhX_uVf_y6X.")
    try:
        return _concept(id, fields)
    except _Wrong as wrong:
        return Fault(entry.line, id, str(wrong))


class _Wrong(Exception):
    pass


def _field(name: str) -> str:
    """A field's name however the file writes it: ``taxonomy/preferred-label``, ``preferredLabel``."""
    return _CAPITAL.sub("_", name.rsplit("/", 1)[-1]).replace("-", "_").lower()


def _concept(id: str, fields: Mapping[str, object]) -> Concept:
    type, deprecated = fields.get("type"), fields.get("deprecated", False)
    legacy = fields.get("legacy_ams_taxonomy_id", fields.get("deprecated_legacy_id"))
    if not isinstance(type, str) or not TYPE.fullmatch(type):
        raise _Wrong("The type is missing, or is not a word of small letters such as “skill”.")
    if deprecated is not None and not isinstance(deprecated, bool):
        raise _Wrong("“deprecated” is true or false.")
    if legacy is not None and not (isinstance(legacy, (str, int)) and len(str(legacy)) <= 20):
        raise _Wrong("The former id is a text of at most 20 characters.")
    replaced_by = _replaced_by(id, fields.get("replaced_by"))
    return Concept(
        id,
        type,
        _labels(fields),
        is_deprecated=bool(deprecated or replaced_by),
        replaced_by=replaced_by,
        legacy_id=None if legacy is None else str(legacy),
    )


def _labels(fields: Mapping[str, object]) -> tuple[str, ...]:
    preferred, others = fields.get("preferred_label"), fields.get("alternative_labels") or ()
    if not isinstance(preferred, str) or not preferred.strip():
        raise _Wrong("The preferred label is missing.")
    if not isinstance(others, Sequence) or isinstance(others, str) or len(others) >= LABELS_MAX:
        raise _Wrong(f"Other labels are a list of fewer than {LABELS_MAX} texts.")
    labels = [preferred, *others]
    if not all(isinstance(label, str) and len(label) <= LABEL_CHARS_MAX for label in labels):
        raise _Wrong(f"A label is a text of at most {LABEL_CHARS_MAX} characters.")
    if any("\0" in str(label) or not _is_writable(str(label)) for label in labels):
        raise _Wrong("A label holds a sign that cannot be stored.")
    return tuple(dict.fromkeys(str(label).strip() for label in labels if str(label).strip()))


def _is_writable(label: str) -> bool:
    """Whether a file can hold the label: JSON can name half of a sign."""
    return not any("\ud800" <= sign <= "\udfff" for sign in label)


def _replaced_by(id: str, raw: object) -> tuple[str, ...]:
    if raw is None:
        return ()
    if not isinstance(raw, Sequence) or isinstance(raw, str) or len(raw) > REPLACEMENTS_MAX:
        raise _Wrong(f"“replaced by” is a list of at most {REPLACEMENTS_MAX} concepts.")
    found = [_id_of(one) for one in raw]
    if not all(isinstance(one, str) and CONCEPT_ID.fullmatch(one) for one in found):
        raise _Wrong("“replaced by” names concepts by their ids.")
    if id in found:
        raise _Wrong("A concept cannot replace itself.")
    return tuple(dict.fromkeys(str(one) for one in found))


def _id_of(one: object) -> object:
    if not isinstance(one, Mapping):
        return one
    return next((value for key, value in one.items() if _field(str(key)) == "id"), None)


def successors(id: str, replaced_by: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Where a replaced concept leads at last: the ends of every chain from it, each once; itself if it has none.

    A circle leads nowhere: its concepts are ends of nothing.
    """
    ends: dict[str, None] = {}
    seen: set[str] = set()
    ahead = [id]
    while ahead:
        one = ahead.pop()
        if one in seen:
            continue
        seen.add(one)
        following = replaced_by.get(one, ())
        ahead += reversed(following)
        if not following:
            ends[one] = None
    return tuple(ends)


def folded(label: str) -> str:
    """A label as it is searched: each word by its letters, digits, # and + alone, with a blank between."""
    return " ".join(key for key in map(word_key, label.split()) if key)
