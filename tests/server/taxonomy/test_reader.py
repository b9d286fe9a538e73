from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.taxonomy.reader import ENTRY_CHARS_MAX, Entry, FileBroken, read_entries

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)
names = st.text(max_size=8).filter(lambda name: name not in ("data", "concepts"))


def pieces(text: str, size: int) -> list[str]:
    return [text[at : at + size] for at in range(0, len(text), size)]


def broken(text: str, size: int = 3) -> str:
    with pytest.raises(FileBroken) as caught:
        list(read_entries(pieces(text, size)))
    return str(caught.value)


@given(concepts=st.lists(plain, max_size=6), size=st.integers(1, 50), indent=st.none() | st.integers(0, 2))
def test_a_list_is_read_as_it_is_in_whatever_pieces_it_comes(
    concepts: list[object], size: int, indent: int | None
) -> None:
    text = json.dumps(concepts, indent=indent, ensure_ascii=False)

    found = list(read_entries(pieces(text, size)))

    assert [(one.name, one.value) for one in found] == [(None, concept) for concept in concepts]


@given(concepts=st.dictionaries(names, plain, max_size=6), size=st.integers(1, 50))
def test_an_object_is_read_by_name_in_whatever_pieces_it_comes(concepts: dict[str, object], size: int) -> None:
    found = list(read_entries(pieces(json.dumps(concepts), size)))

    assert {one.name: one.value for one in found} == concepts


def test_concepts_may_lie_within_data_and_concepts_beside_remarks() -> None:
    text = '{"version": 2,\n "data": {"concepts": [\n  {"id": 1},\n  {"id": 2}]},\n "more": []}'

    assert list(read_entries([text])) == [
        Entry(1, "version", 2),
        Entry(3, None, {"id": 1}),
        Entry(4, None, {"id": 2}),
        Entry(5, "more", []),
    ]
    assert list(read_entries(['{"concepts": 5}', " \n"])) == [Entry(1, "concepts", 5)]
    assert list(read_entries(["{}"])) == list(read_entries(["[", "]"])) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "line 1: the file ends too early. Was it copied as a whole?"),
        ("\n<html>", "line 2: Here should stand { or [, the beginning of the concepts."),
        ('[\n{"id": 1}\n{"id": 2}]', "line 3: Between two concepts stands a comma, and after the last one ]."),
        ('{"a": 1\n"b": 2}', "line 2: Between two concepts stands a comma, and after the last one }."),
        ('{"a" 1}', "line 1: After “a” should stand a colon."),
        ("{\n1: 2}", "line 2: Here should stand a name between quotes."),
        ('[1,\n\n{"id": }]', "line 3: this is not JSON: Expecting value."),
        ('[{"id": "A\n', "line 1: this is not JSON: Invalid control character at."),
        ('[{"id": "A"}', "line 1: the file ends too early. Was it copied as a whole?"),
        ("[1]\n[2]", "line 2: the list has ended, but there is more. Is it two files in one?"),
        ("[" + "9" * 5000 + "]", "line 1: no concept can look like this."),
        ("[" + "[" * 100_000, "line 1: no concept can look like this."),
    ],
)
def test_a_broken_file_says_on_which_line_and_what_should_be_there(text: str, why: str) -> None:
    assert broken(text, 70_000 if len(text) > 100 else 3) == why


def test_wrappers_within_wrappers_end_somewhere() -> None:
    deep = '{"data": ' * 20 + "1" + "}" * 20

    [entry] = read_entries([deep])

    assert entry.name == "data"


def test_a_quote_that_never_ends_is_given_up_after_a_while() -> None:
    def endless() -> Iterator[str]:
        yield '["'
        while True:
            yield "a" * 65_536

    with pytest.raises(FileBroken, match="Unterminated string"):
        list(read_entries(endless()))


def test_a_long_file_takes_no_more_memory_than_a_short_one() -> None:
    def concepts(number: int) -> Iterator[str]:
        yield "["
        for _ in range(number):
            yield '{"id": "AAAA_aaa_001", "label": "' + "x" * 200 + '"},\n'
        yield "0]"

    def peak(number: int) -> int:
        tracemalloc.start()
        assert sum(1 for _ in read_entries(concepts(number))) == number + 1
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(20_000) < peak(200) + ENTRY_CHARS_MAX
