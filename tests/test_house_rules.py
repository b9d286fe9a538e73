from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import house_rules as rules

ROOT = Path(__file__).parents[1]
SWEDISH = json.loads((ROOT / "frontend/messages/sv.json").read_text())
ENGLISH = json.loads((ROOT / "frontend/messages/en.json").read_text())

Rule = Callable[[Path, str], Iterator[str]]

LONG_FUNCTION = '"""A module."""\ndef slow():\n' + "    pass\n" * 50
PYTHON_RULES: list[tuple[Rule, str, str]] = [
    (rules.long_functions, "server/planted.py", LONG_FUNCTION),
    (rules.commits_below_the_edge, "server/meetings/service.py", "async def book(s): await s.commit()"),
    (rules.missing_module_docstring, "server/planted.py", "x = 1"),
    (rules.missing_docstrings, "feedback/planted.py", "def tone(): ..."),
    (rules.missing_docstrings, "server/meetings/endpoints.py", "@add('get')\ndef meeting(): ..."),
    (rules.hollow_tests, "tests/test_planted.py", "from unittest import mock"),
    (rules.hollow_tests, "tests/test_planted.py", "@pytest.mark.skip\ndef test(): ..."),
    (rules.hollow_tests, "tests/test_planted.py", "def test(): pytest.skip('later')"),
    (rules.unfinished, "server/planted.py", "# FIX" + "ME mend this"),
    (rules.impure, "feedback/planted.py", "from datetime import datetime\nx = datetime.now()"),
    (rules.impure, "server/planted/rules.py", "import random\nx = random.random()"),
    (
        rules.rows_that_leave,
        "server/meetings/endpoints.py",
        "@operations.add()\ndef meeting() -> list[MeetingRow]: ...",
    ),
    (rules.rows_that_leave, "server/meetings/answers.py", "class Answer:\n    meeting: MeetingRow | None"),
]


@pytest.mark.parametrize("rule", dict.fromkeys(rule for rule, _, _ in PYTHON_RULES), ids=lambda rule: rule.__name__)
def test_the_house_keeps_its_rule(rule: Rule) -> None:
    paths = [
        path
        for path in rules.sources(ROOT, ".py")
        if path.parts[0] in {"server", "realtime", "feedback", "tests", "infra"}
    ]

    assert [found for path in paths for found in rule(path, (ROOT / path).read_text())] == []


@pytest.mark.parametrize(("rule", "path", "source"), PYTHON_RULES)
def test_a_rule_catches_what_breaks_it(rule: Rule, path: str, source: str) -> None:
    assert len(list(rule(Path(path), source))) == 1


def test_no_source_file_is_over_400_lines() -> None:
    paths = list(rules.sources(ROOT, ".py", ".ts", ".svelte", ".css"))

    assert {path.suffix for path in paths} == {".py", ".ts", ".svelte", ".css"}
    assert [found for path in paths for found in rules.too_long(path, (ROOT / path).read_text())] == []
    assert list(rules.too_long(Path("planted.css"), "\n" * 401)) == ["planted.css has 401 lines"]


def test_no_web_source_waits_to_be_finished() -> None:
    paths = rules.sources(ROOT, ".ts", ".svelte", ".css")

    assert [found for path in paths for found in rules.unfinished(path, (ROOT / path).read_text())] == []


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt", "frontend/package-lock.json"])
def test_locks_carry_no_addresses_to_fetch_from(lock: str) -> None:
    assert list(rules.addresses_in_lock(Path(lock), (ROOT / lock).read_text())) == []


def test_an_address_in_a_lock_is_caught() -> None:
    planted = '"resolved": "https://registry.example/x.tgz"\n--index-url https://index.example\nx @ https://x.example\n'

    assert len(list(rules.addresses_in_lock(Path("planted"), planted))) == 3


def test_what_is_tested_is_what_is_served() -> None:
    production = rules.pins((ROOT / "requirements.txt").read_text())
    development = rules.pins((ROOT / "requirements-dev.txt").read_text())

    assert len(production) > 50
    assert production - development == set()


def test_both_languages_say_everything() -> None:
    assert len(SWEDISH) > 20
    assert sorted(SWEDISH) == sorted(ENGLISH)
    assert [key for key in SWEDISH if not SWEDISH[key].strip() or not ENGLISH[key].strip()] == []


def test_both_languages_show_the_same_arguments() -> None:
    differing = [key for key in SWEDISH if rules.arguments_of(SWEDISH[key]) != rules.arguments_of(ENGLISH[key])]

    assert differing == []
    assert rules.arguments_of("{count, plural, one {en dag} other {{days} dagar}} för {name}") == {"days", "name"}
