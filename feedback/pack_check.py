"""What is wrong with a pack, in words that its author can act on without programming."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from feedback.instrument import ANCHOR_VALUES, TAPS_MAX
from feedback.pack_shape import PACK, entry_path
from feedback.problem import Problem
from feedback.wording import word_key

QUESTIONS = ("next_step", "worked", "do_next", "enabling")
RECEPTION = ("next_clear", "respected", "rings_true")
CHIPS = ("worked", "do_next")
LISTS = ("skip_reasons", "actions", "competence_groups", "competences", "occupations")

# An employer who picks one of these tells that the seeker has a disability.
# Only a case worker may add them.
HEALTH_MEASURES = (
    "lönebidrag",
    "wage subsidy",
    "skyddat arbete",
    "sheltered",
    "trygghetsanställning",
    "utvecklingsanställning",
    "samhall",
    "funktionsned",
    "funktionshind",
    "disab",
)


def check_pack(data: object) -> tuple[Problem, ...]:
    """Everything wrong with a pack's decoded JSON; empty when it can be used.

    A path names the place from the outside in, with an entry's code in brackets:
    ``do_next.choices[practise_sql].practise.en``. How parts fit together is
    looked at only once each part has its right shape.
    """
    problems = PACK(data, "")
    if problems or not isinstance(data, Mapping):
        return tuple(problems)
    return tuple(_misfits(data))


def _misfits(pack: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _same_codes(pack)
    yield from _anchors(pack)
    yield from _numbers(pack)
    for name in QUESTIONS:
        yield from _limits(name, pack[name])
    yield from _reception(pack)
    yield from _references(pack)
    yield from _chips(pack)
    yield from _words(pack)
    yield from _health_measures(pack)
    yield from _taps(pack)


def _same_codes(pack: Mapping[str, Any]) -> Iterator[Problem]:
    lists = {name: pack[name] for name in ("items", *LISTS)}
    lists |= {f"{name}.choices": pack[name]["choices"] for name in QUESTIONS}
    lists["reception.items"] = pack["reception"]["items"]
    for path, entries in lists.items():
        codes = [entry["code"] for entry in entries]
        for code in sorted({code for code in codes if codes.count(code) > 1}):
            message = f"The code “{code}” is used {codes.count(code)} times here. Give each entry a code of its own."
            yield Problem(f"{path}[{code}].code", "code_twice", message)


def _anchors(pack: Mapping[str, Any]) -> Iterator[Problem]:
    for item in pack["items"]:
        if [anchor["value"] for anchor in item["anchors"]] != list(ANCHOR_VALUES):
            message = "There should be three anchors in this order: value 1, value 3, value 5."
            yield Problem(f"items[{item['code']}].anchors", "anchors", message)


def _numbers(pack: Mapping[str, Any]) -> Iterator[Problem]:
    asked = [(f"items[{item['code']}]", item) for item in pack["items"]] + [(name, pack[name]) for name in QUESTIONS]
    for number, (path, entry) in enumerate(asked, start=1):
        if entry["number"] != number:
            message = f"This is question {number} in the order they are asked. Write {number} as its number."
            yield Problem(f"{path}.number", "number", message)


def _limits(name: str, question: Mapping[str, Any]) -> Iterator[Problem]:
    least, most, choices = question["least"], question["most"], len(question["choices"])
    if question["code"] != name:
        yield Problem(f"{name}.code", "question_code", f"The code of this question must be “{name}”.")
    if not (least <= most and 1 <= most <= choices):
        message = f"Write a “most” from {max(1, least)}, which “least” asks for, to {choices}, the number of choices."
        yield Problem(f"{name}.most", "limits", message)
    if name == "next_step" and (least, most) != (1, 1):
        yield Problem(f"{name}.most", "limits", "Exactly one next step is chosen: write 1 as both “least” and “most”.")
    if name == "do_next" and least < 1:
        yield Problem(f"{name}.least", "limits", "Every answer says what to do next: write 1 or more as “least”.")
    if name == "enabling" and least > 0:
        yield Problem(f"{name}.least", "limits", "This question is always optional: write 0 as “least”.")


def _reception(pack: Mapping[str, Any]) -> Iterator[Problem]:
    """The same three things are asked of every seeker, so that industries can be compared."""
    if _codes(pack["reception"]["items"]) != list(RECEPTION):
        message = f"The seeker is asked three things, with these codes in this order: {', '.join(RECEPTION)}."
        yield Problem("reception.items", "reception", f"{message} Keep the codes; the texts are yours.")


def _references(pack: Mapping[str, Any]) -> Iterator[Problem]:
    competences, actions, groups = (_codes(pack[name]) for name in ("competences", "actions", "competence_groups"))
    for name in CHIPS:
        for index, chip in enumerate(pack[name]["choices"]):
            path = entry_path(f"{name}.choices", index, chip)
            yield from _reference(chip.get("competence"), competences, f"{path}.competence", "competences")
            yield from _reference(chip.get("action"), actions, f"{path}.action", "actions")
    for competence in pack["competences"]:
        path = f"competences[{competence['code']}].group"
        yield from _reference(competence["group"], groups, path, "competence_groups")


def _codes(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    return [entry["code"] for entry in entries]


def _reference(code: str | None, known: Sequence[str], path: str, listed: str) -> Iterator[Problem]:
    if code is None or code in known:
        return
    nearest = get_close_matches(code, known, 1)
    hint = f"Did you mean “{nearest[0]}”?" if nearest else f"Add it to “{listed}”, or use a code from there."
    yield Problem(path, "unknown_code", f"“{code}” is not in the list “{listed}”. {hint}")


def _chips(pack: Mapping[str, Any]) -> Iterator[Problem]:
    for name in CHIPS:
        for chip in pack[name]["choices"]:
            path = f"{name}.choices[{chip['code']}]"
            if "competence" not in chip and "action" not in chip:
                message = "Say what this phrase is about: add “competence”, “action” or both."
                yield Problem(path, "carries_nothing", message)
            if name == "do_next" and "practise" not in chip:
                message = "Add “practise”: one sentence that tells the job seeker how to practise this."
                yield Problem(path, "no_practise", message)


def _words(pack: Mapping[str, Any]) -> Iterator[Problem]:
    """Each way to write a competence must say which one is meant."""
    meant: dict[str, str] = {}
    for competence in pack["competences"]:
        code, path = competence["code"], f"competences[{competence['code']}]"
        for word in dict.fromkeys((*competence["text"].values(), *competence.get("aliases", ()))):
            key = word_key(word)
            if not key:
                message = f"“{word}” has no letter or digit. Write the competence in words."
                yield Problem(path, "no_word", message)
            elif meant.setdefault(key, code) != code:
                message = f"“{word}” is already a way to write “{meant[key]}”. Take it away from one of them."
                yield Problem(path, "word_twice", message)


def _health_measures(pack: Mapping[str, Any]) -> Iterator[Problem]:
    for name in QUESTIONS:
        for choice in pack[name]["choices"]:
            said = f"{choice['code'].replace('_', ' ')} {choice['text']['sv']} {choice['text']['en']}".lower()
            if any(word in said for word in HEALTH_MEASURES):
                message = (
                    "An employer who picks this tells that the person has a disability. "
                    "Take it away here; a case worker can add such a measure."
                )
                yield Problem(f"{name}.choices[{choice['code']}]", "reveals_health", message)


def _taps(pack: Mapping[str, Any]) -> Iterator[Problem]:
    taps = len(pack["items"]) + sum(max(1, pack[name]["least"]) for name in ("next_step", *CHIPS)) + 1
    if taps > TAPS_MAX:
        message = (
            f"Filling this in takes {taps} taps, sending included; {TAPS_MAX} is the most. "
            "Rate fewer items or ask for fewer choices."
        )
        yield Problem("items", "too_many_taps", message)
