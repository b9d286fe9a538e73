"""Separated text (CSV) into records with the lines they stand on. Never fails, however odd the text."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

DELIMITERS = (";", ",", "\t", "|")
CELL_CHARS_MAX = 10_000
_SAMPLE_CHARS = 100_000
_HINT = re.compile(r"\A\s*sep=(.)[^\S\r\n]*(\r\n|\r|\n|\Z)", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the first and last line of the file it stands on (1-based)."""

    line: int
    last_line: int
    cells: tuple[str, ...]


def find_delimiter(text: str) -> str:
    """The separator that cuts `text` into the most even table; a ``sep=`` hint in the file decides."""
    hint = _HINT.match(text)
    if hint and hint.group(1) in DELIMITERS:
        return hint.group(1)
    sample = text[:_SAMPLE_CHARS]
    return max(DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter))


def _evenness(sample: str, delimiter: str) -> float:
    widths = [len(record.cells) for record in read_records(sample, delimiter) if any(map(str.strip, record.cells))]
    wide = Counter(width for width in widths if width > 1)
    if not wide:
        return 0.0
    width, count = max(wide.items(), key=lambda item: (item[1] * min(item[0], 12), item[0]))
    return count / len(widths) * min(width, 12)


def read_records(text: str, delimiter: str) -> list[Record]:
    """Every record of `text`, empty ones too; together they stand on every line exactly once.

    A quote opens a cell only if it is the cell's first character and is closed before a delimiter or a
    line's end; otherwise it is an ordinary character, so one stray quote costs nothing but itself.
    """
    records: list[Record] = []
    cells: list[str] = []
    at, line, first = 0, 1, 1
    bare = re.compile(f"[^{re.escape(delimiter)}\r\n]*")
    while at < len(text):
        cell, at = _read_cell(text, at, delimiter, bare)
        cells.append(cell)
        line += len(_LINE_END.findall(cell))
        if text.startswith(delimiter, at):
            at += 1
            if at < len(text):
                continue
            cells.append("")
        ending = _LINE_END.match(text, at)
        at = ending.end() if ending else at
        records.append(Record(line=first, last_line=line, cells=tuple(cells)))
        cells, line = [], line + 1
        first = line
    return records


def _read_cell(text: str, at: int, delimiter: str, bare: re.Pattern[str]) -> tuple[str, int]:
    if text.startswith('"', at):
        closed = _find_closing_quote(text, at + 1, delimiter)
        if closed is not None:
            end, after = closed
            return text[at + 1 : end].replace('""', '"'), after
    found = bare.match(text, at)
    assert found is not None
    return found.group(), found.end()


def _find_closing_quote(text: str, start: int, delimiter: str) -> tuple[int, int] | None:
    """Where the quoted cell ends, and where its separator is (spaces between are let be)."""
    at = start
    limit = start + CELL_CHARS_MAX
    while True:
        at = text.find('"', at, limit)
        if at < 0:
            return None
        if text.startswith('"', at + 1):
            at += 2
            continue
        after = at + 1
        while text.startswith(" ", after) and after < limit:
            after += 1
        if after >= len(text) or text[after] in (delimiter, "\r", "\n"):
            return at, after
        return None
