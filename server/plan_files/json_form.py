"""Problems and plans as JSON documents.

A document names its ``format`` and ``version``; the rest are the fields of `server.planner.model`, sets as sorted
lists. What is unknown is refused, so that a misspelt field never passes for its default. A seeker without
``available`` can at every slot, and a desk without ``recruiter`` has one of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from server.planner.model import Plan, Problem
from server.planner.validation import Fault, ProblemInvalid

PROBLEM_FORMAT, PLAN_FORMAT, VERSION = "direktkontakt-problem", "direktkontakt-plan", 1
_PROBLEM: TypeAdapter[Problem] = TypeAdapter(Problem)
_PLAN: TypeAdapter[Plan] = TypeAdapter(Plan)
_WORDS = {
    "missing": "is missing and has no default",
    "tuple_type": "should be a list",
    "frozen_set_type": "should be a list of slots, counted from 0",
    "dataclass_type": "should be an object with fields",
}
Default = Callable[[Mapping[str, Any], Mapping[str, Any]], Mapping[str, Any]]


def problem_to_json(problem: Problem) -> str:
    """The document of a problem, the same for the same problem."""
    said = _PROBLEM.dump_python(problem, mode="json")
    for desk in said["desks"]:
        desk["breaks"].sort()
    for seeker in said["seekers"]:
        seeker["available"].sort()
    return _document(PROBLEM_FORMAT, said)


def plan_to_json(plan: Plan) -> str:
    """The document of a plan, its certificate with the gap worked out."""
    said = _PLAN.dump_python(plan, mode="json")
    said["certificate"]["gap_pct"] = round(plan.certificate.gap_pct, 4)
    return _document(PLAN_FORMAT, said)


def problem_from_json(text: str) -> Problem:
    """The problem of a document.

    Raises:
        ProblemInvalid: it is not such a document; each fault says where and what to do.
    """
    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        raise _refused(f"line {error.lineno}", f"not JSON ({error.msg.lower()})") from None
    except RecursionError:
        raise _refused("", "the document is nested too deeply") from None
    if not isinstance(said, dict) or said.pop("format", None) != PROBLEM_FORMAT:
        raise _refused("format", f"must say {PROBLEM_FORMAT!r}: is this another kind of file?")
    if (version := said.pop("version", None)) != VERSION:
        raise _refused("version", f"is {version!r}; this program reads version {VERSION}")
    return problem_from_fields(said)


def problem_from_fields(said: Mapping[str, Any]) -> Problem:
    """The problem of a document's fields.

    Raises:
        ProblemInvalid: a field is missing, unknown or not as it should be.
    """
    said = {
        **said,
        "seekers": _completed(said, "seekers", _slots_of),
        "desks": _completed(said, "desks", _recruiter_of),
    }
    try:
        problem = _PROBLEM.validate_python(said)
    except ValidationError as error:
        found = [Fault(_path(one["loc"]), _in_words(one)) for one in error.errors(include_url=False)]
        raise ProblemInvalid(tuple(found)) from None
    unknown = tuple(Fault(path, "there is no such field") for path in _unknown(said, _PROBLEM.dump_python(problem), ""))
    if unknown:
        raise ProblemInvalid(unknown)
    return problem


def _completed(said: Mapping[str, Any], table: str, default: Default) -> Any:
    """A table with what its rows may leave out; whatever is no table is left for the reading to refuse."""
    rows = said.get(table, [])
    if not isinstance(rows, (list, tuple)):
        return rows
    return [{**default(said, row), **row} if isinstance(row, Mapping) else row for row in rows]


def _slots_of(said: Mapping[str, Any], seeker: Mapping[str, Any]) -> Mapping[str, Any]:
    slots = said.get("slots")
    return {"available": range(len(slots))} if isinstance(slots, (list, tuple)) else {}


def _recruiter_of(said: Mapping[str, Any], desk: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"recruiter": desk["id"]} if "id" in desk else {}


def _in_words(error: ErrorDetails) -> str:
    """What to do about a field, in plain words where pydantic has a programmer's."""
    return _WORDS.get(error["type"]) or error["msg"].lower()


def _document(form: str, said: Mapping[str, Any]) -> str:
    return json.dumps({"format": form, "version": VERSION, **said}, ensure_ascii=False, indent=1) + "\n"


def _refused(path: str, message: str) -> ProblemInvalid:
    return ProblemInvalid((Fault(path, message),))


def _path(steps: tuple[int | str, ...]) -> str:
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps).lstrip(".")


def _unknown(said: Any, known: Any, path: str) -> Iterator[str]:
    """The keys that were said and came to nothing; free mappings keep all of theirs."""
    if isinstance(said, Mapping) and isinstance(known, Mapping):
        for key, value in said.items():
            if key not in known:
                yield f"{path}.{key}".lstrip(".")
            else:
                yield from _unknown(value, known[key], f"{path}.{key}")
    elif isinstance(said, (list, tuple)) and isinstance(known, (list, tuple)):
        for number, (one, other) in enumerate(zip(said, known, strict=True)):
            yield from _unknown(one, other, f"{path}[{number}]".lstrip("."))
