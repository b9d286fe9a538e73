"""Packs in words: places and differences."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest

from feedback.pack_check import check_pack
from feedback.pack_loader import PACKS
from feedback.pack_words import Change, pack_changes, place_in_words


def pack() -> dict[str, Any]:
    return dict(json.loads((PACKS / "it_v1.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            "do_next.choices[practise_sql].practise.en",
            "the question about what to do next, choices, “practise_sql”, how to practise, in English",
        ),
        ("items[#2].title.sv", "rated items, number 2, title, in Swedish"),
        ("worked.most", "the question about what worked, “most”"),
        ("line 3, character 7", "line 3, character 7"),
        ("", "the whole file"),
    ],
)
def test_a_path_is_said_in_words(path: str, words: str) -> None:
    assert place_in_words(path) == words


def test_the_same_pack_under_another_version_differs_in_nothing() -> None:
    assert pack_changes(pack(), pack() | {"version": 2}) == ()


def test_each_difference_is_told_once_where_it_is() -> None:
    before, after = pack(), copy.deepcopy(pack())
    after["items"][0]["title"]["sv"] = "Kunskap för rollen"
    gone = after["do_next"]["choices"].pop(9)
    after["do_next"]["choices"].insert(0, {**gone, "code": "practise_rust"})
    after["worked"]["choices"].reverse()
    after["competences"][0]["aliases"] = ["ett nytt sätt"]
    del after["competences"][1]["group"]

    told = [change.in_words() for change in pack_changes(before, after)]

    assert told[0] == (
        "Changed: rated items, “item_1”, title, in Swedish: “Yrkeskunskap för rollen” is now “Kunskap för rollen”"
    )
    assert told[1].startswith("Other order: the question about what worked, choices: skill_in_practice, ")
    assert "Gone: the question about what to do next, choices, “practise_sql”: Öva SQL / Practise SQL" in told
    assert "New: the question about what to do next, choices, “practise_rust”: Öva SQL / Practise SQL" in told
    assert any(line.startswith("Gone: competences, ") for line in told)
    assert any("ett nytt sätt" in line for line in told)


def test_whatever_stands_in_a_place_can_be_shown() -> None:
    before = {"a": [1, 2], "b": {"x": 1}, "c": "text", "d": "old"}

    assert pack_changes(before, {"a": [2, 3], "b": 5, "c": ["t", {"y": 1}], "e": "new"}) == (
        Change("removed", "a[1]", before="1"),
        Change("added", "a[3]", after="3"),
        Change("changed", "b", "x: 1", "5"),
        Change("changed", "c", "text", "t, y: 1"),
        Change("removed", "d", before="old"),
        Change("added", "e", after="new"),
    )


def test_a_broken_pack_is_refused_with_a_place_and_what_to_do() -> None:
    broken = pack()
    broken["do_next"]["choices"][0]["competence"] = "showing_merit"

    (problem,) = check_pack(broken)

    assert f"{place_in_words(problem.path)}: {problem.message}" == (
        "the question about what to do next, choices, “tell_own_part”, “competence”: “showing_merit” is not in the "
        "list “competences”. Did you mean “showing_merits”?"
    )
