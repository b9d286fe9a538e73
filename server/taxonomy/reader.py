"""The entries of a JSON file of concepts one by one, however long the file is. Pure.

The taxonomy comes as an object of concepts by id, or as a list of them, at the top or within `data` and
`concepts`. Only one piece of the file and the entry at hand are in memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

ENTRY_CHARS_MAX = 1_000_000
WRAPPERS = ("data", "concepts")
DEPTH_MAX = 3
_DECODER = json.JSONDecoder()
_BLANKS = re.compile(r"[ \t\r\n]*")


class FileBroken(ValueError):
    """The file cannot be read as JSON from a line on."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the file with the line it begins on, and the name it has in an object."""

    line: int
    name: str | None
    value: object


def read_entries(pieces: Iterable[str]) -> Iterator[Entry]:
    """The entries in order.

    Raises:
        FileBroken: from here on nothing can be read; what came before is sound.
    """
    window = _Window(pieces)
    yield from _within(window, DEPTH_MAX)
    if window.sign():
        raise FileBroken(window.line, "the list has ended, but there is more. Is it two files in one?")


def _within(window: _Window, depth: int) -> Iterator[Entry]:
    if window.take("{[", "Here should stand { or [, the beginning of the concepts.") == "[":
        yield from _listed(window)
    else:
        yield from _named(window, depth)


def _listed(window: _Window) -> Iterator[Entry]:
    if window.ends("]"):
        return
    while True:
        window.sign()
        yield Entry(window.line, None, window.value())
        if window.take(",]", "Between two concepts stands a comma, and after the last one ].") == "]":
            return


def _named(window: _Window, depth: int) -> Iterator[Entry]:
    if window.ends("}"):
        return
    while True:
        window.sign()
        line, name = window.line, window.value()
        if not isinstance(name, str):
            raise FileBroken(line, "Here should stand a name between quotes.")
        window.take(":", f"After “{name}” should stand a colon.")
        if depth and name in WRAPPERS and window.sign() in ("{", "["):
            yield from _within(window, depth - 1)
        else:
            yield Entry(line, name, window.value())
        if window.take(",}", "Between two concepts stands a comma, and after the last one }.") == "}":
            return


class _Window:
    """The piece of the file that is being read, and the line that it has come to."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._text = ""
        self._at = 0
        self.line = 1

    def sign(self) -> str:
        """The next sign that is not blank; "" at the end of the file."""
        while True:
            blanks = _BLANKS.match(self._text, self._at)
            self._pass(blanks.end() if blanks else self._at)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._read_on():
                return ""

    def take(self, signs: str, why: str) -> str:
        """The next sign, which is one of `signs`."""
        sign = self.sign()
        if not sign or sign not in signs:
            raise FileBroken(self.line, why if sign else "the file ends too early. Was it copied as a whole?")
        self._pass(self._at + 1)
        return sign

    def ends(self, closing: str) -> bool:
        """Whether `closing` is next; then it is passed."""
        if self.sign() != closing:
            return False
        self._pass(self._at + 1)
        return True

    def value(self) -> object:
        """The next whole value."""
        self.sign()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if len(self._text) - self._at <= ENTRY_CHARS_MAX and self._read_on():
                    continue
                line = self.line + self._text.count("\n", self._at, error.pos)
                raise FileBroken(line, f"this is not JSON: {error.msg}.") from None
            except (ValueError, RecursionError):
                raise FileBroken(self.line, "no concept can look like this.") from None
            if end == len(self._text) and self._text[-1] not in '}]"' and self._read_on():
                continue  # a number that may go on in the next piece
            self._pass(end)
            return value

    def _pass(self, to: int) -> None:
        self.line += self._text.count("\n", self._at, to)
        self._at = to

    def _read_on(self) -> bool:
        piece = next(self._pieces, None)
        if piece is None:
            return False
        self._text, self._at = self._text[self._at :] + piece, 0
        return True
