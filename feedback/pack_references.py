"""Whether the ids of a pack's competences are those of their register: read there, not guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from feedback.instrument import Competence, Instrument
from feedback.problem import Problem
from feedback.wording import word_key

SKILL = "skill"
_ALTERNATIVE = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Concept:
    """What the JobTech Taxonomy calls one of its ids."""

    label: str
    type: str


Register = Callable[[str], Concept | None]


def check_jobtech(instrument: Instrument, concept_of: Register) -> tuple[Problem, ...]:
    """Everything wrong with the pack's JobTech ids, where `concept_of` tells what is behind an id there.

    An id must be there, for a skill, under the very label that the pack holds,
    and that label must name the competence: it, its words before a comma, or
    one of its alternatives is a text or an alias of it.
    """
    return tuple(problem for one in instrument.competences for problem in _wrong(one, concept_of))


def _wrong(competence: Competence, concept_of: Register) -> Iterator[Problem]:
    if competence.jobtech is None:
        return
    given, path = competence.jobtech, f"competences[{competence.code}].jobtech"
    concept = concept_of(given.id)
    if concept is None:
        yield Problem(path, "unknown_id", f"The JobTech Taxonomy has no concept {given.id}.")
    elif concept.label != given.label:
        message = f"The JobTech Taxonomy calls {given.id} “{concept.label}”, not “{given.label}”."
        yield Problem(path, "other_label", message)
    elif concept.type != SKILL:
        yield Problem(path, "not_a_skill", f"{given.id} is no skill in the JobTech Taxonomy, but “{concept.type}”.")
    elif not _names(given.label, competence):
        message = f"“{given.label}” is not a way to write “{competence.text.sv}”. Take the id away, or add an alias."
        yield Problem(path, "another_thing", message)


def _names(label: str, competence: Competence) -> bool:
    texts = (competence.text.sv, competence.text.en, *competence.aliases)
    known = {word_key(text) for text in texts}
    alternatives = (label, *_ALTERNATIVE.split(label))
    return any(word_key(one) in known or word_key(one.split(",")[0]) in known for one in alternatives)
