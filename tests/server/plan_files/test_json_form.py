from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from server.plan_files.json_form import plan_to_json, problem_from_json, problem_to_json
from server.planner.model import Problem
from server.planner.plan import make_plan
from server.planner.validation import ProblemInvalid
from tests.bench.planner.generate import Shape, make
from tests.server.planner.instances import problems

SMALL = make(Shape(seekers=6, employers=2, slots=4), 1)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_a_problem_comes_back_as_it_was(problem: Problem) -> None:
    assert problem_from_json(problem_to_json(problem)) == problem


def test_the_same_problem_is_the_same_text() -> None:
    text = problem_to_json(SMALL)

    assert problem_to_json(problem_from_json(text)) == text


def test_a_plan_says_its_meetings_and_its_certificate() -> None:
    plan = make_plan(SMALL)
    said = json.loads(plan_to_json(plan))

    assert (said["format"], len(said["meetings"])) == ("direktkontakt-plan", len(plan.meetings))
    assert said["certificate"]["bound"] >= said["certificate"]["value"]
    assert said["certificate"]["gap_pct"] == round(plan.certificate.gap_pct, 4)


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("{", "line 1", "not JSON"),
        ("[]", "format", "another kind of file"),
        ("[" * 100_000, "", "nested too deeply"),
        ('{"format": "direktkontakt-problem", "version": 2}', "version", "reads version 1"),
    ],
)
def test_another_document_is_refused_with_what_it_is(text: str, path: str, words: str) -> None:
    with pytest.raises(ProblemInvalid) as refused:
        problem_from_json(text)
    assert [fault.path for fault in refused.value.faults] == [path]
    assert words in refused.value.faults[0].message


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (lambda said: said["seekers"][2].update(available="monday"), "seekers[2].available"),
        (lambda said: said["desks"][0]["blocks"][1].update(mode="telephone"), "desks[0].blocks[1].mode"),
        (lambda said: said["pairs"][3].pop("value"), "pairs[3].value"),
        (lambda said: said["rules"].update(rest_slot=1), "rules.rest_slot"),
        (lambda said: said["slots"][0].update(starts_at="9 o'clock"), "slots[0].starts_at"),
        (lambda said: said.update(seekers=None), "seekers"),
    ],
)
def test_what_is_wrong_is_named_by_its_field(change: object, path: str) -> None:
    said = json.loads(problem_to_json(SMALL))
    change(said)  # type: ignore[operator]

    with pytest.raises(ProblemInvalid) as refused:
        problem_from_json(json.dumps(said))
    assert refused.value.faults[0].path == path


def test_the_least_that_the_document_shows_can_be_planned() -> None:
    document = (Path(__file__).parents[3] / "docs" / "planner.md").read_text(encoding="utf-8")
    [example] = re.findall(r"```json\n(.*?)```", document, flags=re.S)
    problem = problem_from_json(example)

    assert {seeker.id: set(seeker.available) for seeker in problem.seekers} == {"amina": {0, 1}, "bilal": {1}}
    assert [desk.recruiter for desk in problem.desks] == ["1"]
    assert {(one.seeker, one.slot) for one in make_plan(problem).meetings} == {("amina", 0), ("bilal", 1)}


@pytest.mark.parametrize(
    ("seekers", "words"),
    [(7, "should be a list"), ([7], "should be an object with fields"), ([{"name": "Amina"}], "is missing")],
)
def test_what_a_field_should_be_is_said_in_plain_words(seekers: object, words: str) -> None:
    with pytest.raises(ProblemInvalid) as refused:
        problem_from_json(json.dumps(json.loads(problem_to_json(SMALL)) | {"seekers": seekers}))

    assert words in refused.value.faults[0].message
