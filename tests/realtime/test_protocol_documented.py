"""Each socket event has a model and a paragraph, and each error code its line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from realtime.protocol import ERRORS, EVENT_NAMES, LIVE_EVENTS, SERVER_EVENTS, Message

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs" / "protocol.md").read_text()
MODELS: dict[str, type[Message]] = {name: declared.model for name, declared in LIVE_EVENTS.items()} | SERVER_EVENTS


def paragraphs(heading: str) -> dict[str, str]:
    """The texts under the third-level headings of one second-level heading."""
    chapter = DOCUMENT.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return dict(re.findall(r"### `([^`]+)`\n\n(.+?)(?=\n### |\Z)", chapter, flags=re.DOTALL))


def test_every_event_has_a_paragraph_and_every_paragraph_an_event() -> None:
    assert list(paragraphs("From the client")) == list(LIVE_EVENTS)
    assert list(paragraphs("From the server")) == list(SERVER_EVENTS)


@pytest.mark.parametrize("name", MODELS)
def test_a_paragraph_names_every_field_of_its_model(name: str) -> None:
    text = (paragraphs("From the client") | paragraphs("From the server"))[name]
    fields = [field.alias or key for key, field in MODELS[name].model_fields.items()]

    assert [field for field in fields if not re.search(rf"\b{field}\b", text)] == []


@pytest.mark.parametrize("name", MODELS)
def test_a_model_says_what_it_is_and_forbids_what_it_does_not_name(name: str) -> None:
    assert MODELS[name].__doc__
    assert MODELS[name].model_config["extra"] == "forbid"


def test_every_server_event_has_one_model_of_its_own() -> None:
    assert {model: name for name, model in SERVER_EVENTS.items()} == EVENT_NAMES
    assert len(EVENT_NAMES) == len(SERVER_EVENTS)


def test_every_error_code_is_in_the_table() -> None:
    table = DOCUMENT.split("\n## Error codes\n")[1]

    assert dict(re.findall(r"^\| `(\w+)` \| (.+) \|$", table, flags=re.MULTILINE)) == ERRORS


def test_no_error_code_is_used_that_is_not_declared() -> None:
    used = set()
    for source in (ROOT / "realtime").rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text())):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in {"_refused", "PresenceRefused", "Refusal"}:
                used |= {argument.value for argument in node.args if isinstance(argument, ast.Constant)}

    assert used == (set(ERRORS) | {"not_signed_in"})
