"""What is wrong with a pack as a text is said so that its author finds it."""

from __future__ import annotations

import pytest

from feedback.pack_loader import PackInvalid, read_pack, read_pack_text
from feedback.pack_text import parse_pack
from tests.feedback.strategies import pack_data

BROKEN = {
    "empty": (" \n", "", "The file is empty."),
    "yaml": ("code: bygg\nversion: 1\n", "line 1", "it begins with { and ends with }"),
    "toml": ("[pack]\ncode = 1", "line 1", "Here stands “[pack]”"),
    "a list": ("[1, 2]", "line 1", "A pack is written as JSON"),
    "comma too many": ('{"a": [1,\n]}', "line 2, character 1", "“]}”. Here should stand a value"),
    "comma at the end": ('{"a": 1,}', "line 1, character 9", 'such as "title". Look for a comma too many'),
    "single quotes": ("{'a': 1}", "line 1, character 2", "other quotes than"),
    "curly quotes": ("{“a”: 1}", "line 1, character 2", "other quotes than"),
    "no comma": ('{"a": 1 "b": 2}', "line 1, character 9", "Look for a missing comma"),
    "broken text": ('{"a": "b\nc"}', "line 1, character 9", "may not go over to the next line"),
    "endless text": ('{"a": "b', "line 1, character 7", "Write a quote at its end"),
    "two packs": ("{}{}", "line 1, character 3", "Look for a } too many"),
    "half": ('{"a": [1,\n', "line 2, character 1", "The file ends too early."),
    "backslash": ('{"a": "C:\\d"}', "line 1, character 10", "Write \\\\ where you mean \\."),
    "endless number": ('{"a": ' + "9" * 5000 + "}", "", "a number that is far too long"),
    "endless brackets": ('{"a":' + "[" * 100_000, "", "brackets within brackets without end"),
    "half a sign": ('{"a": "\\ud800"}', "", "Write the sign itself instead."),
    "a long line": ('{"a": ' + "x" * 200 + "}", "line 1, character 7", "x…”. Here should stand a value"),
    "twice": ('{"code": "x", "sv": 1, "sv": 2}', "[x].sv", "“sv” stands 2 times in the same { … }. Keep one of them."),
    "twice at the top": ('{"items": [], "items": []}', "items", "“items” stands 2 times"),
}


@pytest.mark.parametrize(("text", "path", "message"), BROKEN.values(), ids=BROKEN)
def test_a_text_that_is_no_pack_says_where_and_what_to_write(text: str, path: str, message: str) -> None:
    with pytest.raises(PackInvalid) as refusal:
        read_pack_text(text)

    [problem] = refusal.value.problems
    assert problem.path == path
    assert message in problem.message


def test_a_mark_at_the_beginning_which_windows_writes_is_passed_over() -> None:
    assert parse_pack("\ufeff{}") == ({}, ())


def test_anchors_and_texts_say_what_they_should_look_like() -> None:
    data = pack_data()
    data["items"][0] |= {"title": "Bygg", "anchors": []}

    with pytest.raises(PackInvalid) as refusal:
        read_pack(data)

    assert [one.message for one in refusal.value.problems] == [
        'Write the text in both languages, like this: {"sv": "…", "en": "…"}.',
        "Here should stand a list [ … ] with three anchors in this order: value 1, value 3, value 5.",
    ]
