"""MiniZinc data (.dzn) as values: whole numbers, sets, lists and tables, each with the line where it stands.

What the benchmark's files can hold and no more: no strings, no fractions, no expressions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TOKEN = re.compile(
    r"(?P<blank>\s+|%[^\n]*|/\*.*?\*/)|(?P<number>-?\d+(?!\w|\.\d))|(?P<name>[A-Za-z_]\w*)"
    r"|(?P<sign>\.\.|\[\||\|\]|[\[\]{}(),;=|])",
    re.DOTALL,
)
DIGITS_MAX = 9


class DznInvalid(ValueError):
    """The text is not the data that was expected; `line` says where, the message what to do."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(f"line {line}: {message}")
        self.line = line


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number."""

    value: int
    line: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """Values in brackets: a `set`, a `list`, or a `table`, whose items are its rows."""

    kind: str
    items: tuple[Value, ...]
    line: int


Value = Number | Sequence


@dataclass(frozen=True, slots=True)
class Assignment:
    """A name and what it is given."""

    name: str
    value: Value
    line: int


@dataclass(slots=True)
class _Token:
    kind: str
    text: str
    line: int


def assignments(text: str) -> list[Assignment]:
    """The file's assignments in their order.

    Raises:
        DznInvalid: at the first thing that cannot be read.
    """
    return _Reader(_tokens(text)).all()


def _tokens(text: str) -> list[_Token]:
    found, at, line = [], 0, 1
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise DznInvalid(line, f"{text[at : at + 12].split()[0]!r} is no MiniZinc data of whole numbers; remove it")
        kind, piece = str(match.lastgroup), match.group()
        if kind == "number" and len(piece.lstrip("-")) > DIGITS_MAX:
            raise DznInvalid(line, f"the number {piece[:12]}… is too large")
        if kind != "blank":
            found.append(_Token(kind, piece, line))
        line += piece.count("\n")
        at = match.end()
    found.append(_Token("end", "the end of the file", line))
    return found


@dataclass(slots=True)
class _Reader:
    tokens: list[_Token]
    at: int = 0
    depth: int = 0

    @property
    def next(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> _Token:
        token = self.next
        if texts and token.text not in texts:
            said = " or ".join(repr(text) for text in texts)
            raise DznInvalid(token.line, f"{said} was expected here, not {token.text!r}")
        self.at += 1
        return token

    def has(self, text: str) -> bool:
        if self.next.text == text and self.next.kind == "sign":
            self.at += 1
            return True
        return False

    def all(self) -> list[Assignment]:
        found = []
        while self.next.kind != "end":
            name = self.next
            if name.kind != "name":
                raise DznInvalid(name.line, f"the name of a parameter was expected here, not {name.text!r}")
            self.at += 1
            self.take("=")
            found.append(Assignment(name.text, self.value(), name.line))
            if self.next.kind != "end":
                self.take(";")
        return found

    def value(self) -> Value:
        token = self.next
        if token.kind == "number":
            return self.number_or_range()
        if token.text == "{":
            self.at += 1
            return Sequence("set", self.items("}"), token.line)
        if token.text == "[":
            self.at += 1
            return Sequence("list", self.items("]"), token.line)
        if token.text == "[|":
            self.at += 1
            return self.table(token.line)
        if token.text in ("array1d", "array2d"):
            return self.call()
        raise DznInvalid(token.line, f"a whole number, a set or a list was expected here, not {token.text!r}")

    def number_or_range(self) -> Value:
        first = self.take()
        if not self.has(".."):
            return Number(int(first.text), first.line)
        last = self.take()
        if last.kind != "number":
            raise DznInvalid(last.line, f"the end of a range was expected here, not {last.text!r}")
        if int(last.text) - int(first.text) > 100_000:
            raise DznInvalid(last.line, f"the range {first.text}..{last.text} is too large")
        numbers = range(int(first.text), int(last.text) + 1)
        return Sequence("set", tuple(Number(number, first.line) for number in numbers), first.line)

    def items(self, end: str) -> tuple[Value, ...]:
        """Values up to the closing sign; a comma after the last is allowed, as MiniZinc does."""
        self.depth += 1
        if self.depth > 3:
            raise DznInvalid(self.next.line, "the brackets are nested too deep")
        found: list[Value] = []
        while not self.has(end):
            found.append(self.value())
            if not self.has(","):
                self.take(end)
                break
        self.depth -= 1
        return tuple(found)

    def table(self, line: int) -> Sequence:
        rows: list[Value] = []
        row: list[Value] = []
        while True:
            token = self.next
            if token.text in ("|", "|]"):
                self.at += 1
                if row:
                    rows.append(Sequence("list", tuple(row), row[0].line))
                    row = []
                if token.text == "|]":
                    return Sequence("table", tuple(rows), line)
                continue
            row.append(self.value())
            if not self.has(",") and self.next.text not in ("|", "|]"):
                raise DznInvalid(self.next.line, f"',' or '|' was expected here, not {self.next.text!r}")

    def call(self) -> Sequence:
        """``array1d(1..2, [...])`` and ``array2d(1..2, 1..3, [...])``, as MiniZinc writes them itself."""
        name = self.take()
        self.take("(")
        *sizes, content = self.items(")")
        is_table = name.text == "array2d"
        fits = len(sizes) == (2 if is_table else 1) and all(isinstance(size, Sequence) for size in sizes)
        if not fits or not isinstance(content, Sequence) or content.kind != "list":
            raise DznInvalid(name.line, f"write {name.text} with its ranges and one list")
        if not is_table:
            return content
        width = len(sizes[1].items) if isinstance(sizes[1], Sequence) else 0
        if not width or len(content.items) % width:
            raise DznInvalid(name.line, f"{len(content.items)} numbers do not fill rows of {width}")
        rows = (content.items[at : at + width] for at in range(0, len(content.items), width))
        return Sequence("table", tuple(Sequence("list", row, row[0].line) for row in rows), name.line)
