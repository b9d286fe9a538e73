"""A table of ratings read from a CSV file; what is wrong in it is named by line and reason."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from feedback.severity.table import LEVELS_MAX, RatingTable

DELIMITERS = ",;\t"
WHITESPACE = ' \r\n"'
EXAMPLES_MAX = 12


class CsvInvalid(ValueError):
    """The file cannot be read as ratings; `faults` are sentences, each with its line."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(self.faults))


def read_ratings(path: Path, *, rating: str, random: Sequence[str], fixed: Sequence[str]) -> RatingTable:
    """The named columns of the file; other columns are passed over.

    Commas, semicolons or tabs; UTF-8 with or without a byte order mark.

    Raises:
        CsvInvalid: a column that is not there, cells that are empty, ratings that are not whole numbers.
        TableInvalid: the columns cannot be fitted.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as refusal:
        raise CsvInvalid([f"the file is not text in UTF-8 (byte {refusal.start}): save it as CSV UTF-8"]) from None
    if not text.strip(DELIMITERS + WHITESPACE):
        raise CsvInvalid(["line 1: the file is empty: its first line must name the columns"])
    wanted = [rating, *random, *fixed]
    lines = _lines(text, _delimiter(text, wanted))
    header = [name.strip() for name in next(lines)[1]]
    places = _places(header, wanted)
    columns = _columns(lines, len(header), places)
    names = iter(columns)
    ratings = [int(_number(cell)) for cell in next(names)]
    return RatingTable(ratings, {name: next(names) for name in random}, {name: next(names) for name in fixed})


def _delimiter(text: str, wanted: Sequence[str]) -> str:
    """The sign that parts the first line into most of the wanted columns, else into most columns."""

    def fits(sign: str) -> tuple[int, int]:
        header = next(_lines(text, sign))[1]
        return len({name.strip() for name in header} & set(wanted)), len(header)

    return max(DELIMITERS, key=fits)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as refusal:
        raise CsvInvalid([f"line {reader.line_num}: {refusal}"]) from None


def _places(header: list[str], wanted: list[str]) -> list[tuple[str, int]]:
    faults = []
    for name in wanted:
        if wanted.count(name) > 1:
            faults.append(f"column {name!r} is asked for twice: each column has one part to play, so name it once")
        elif header.count(name) > 1:
            faults.append(f"line 1: there are {header.count(name)} columns {name!r}: give each a name of its own")
        elif name not in header:
            there = ", ".join(repr(one) for one in header[:EXAMPLES_MAX])
            more = f" and {len(header) - EXAMPLES_MAX} more" if len(header) > EXAMPLES_MAX else ""
            hint = ": say with --rating which one holds the ratings" if name == wanted[0] else ""
            faults.append(f"line 1: there is no column {name!r}; there are {there}{more}{hint}")
    if faults:
        raise CsvInvalid(list(dict.fromkeys(faults)))
    return [(name, header.index(name)) for name in wanted]


def _columns(lines: Iterator[tuple[int, list[str]]], width: int, places: list[tuple[str, int]]) -> list[list[str]]:
    """The cells of the named columns, the ratings first."""
    columns: list[list[str]] = [[] for _ in places]
    faults: list[str] = []
    levels: dict[str, int] = {}
    for number, row in lines:
        while len(row) > width and not row[-1].strip():
            row.pop()
        if len(row) != width:
            faults.append(
                f"line {number}: {len(row)} cells, the first line has {width}: "
                "put quotes around a text that holds a comma, semicolon or quote"
            )
            continue
        cells = [row[at].strip() for _, at in places]
        empty = [name for (name, _), cell in zip(places, cells, strict=True) if not cell]
        faults += [f"line {number}: {name!r} is empty: fill it in, or leave the row out" for name in empty]
        if cells[0] and not _is_whole(cells[0]):
            faults.append(
                f"line {number}: {places[0][0]!r} is {cells[0][:40]!r}, not a whole number: "
                "write 1 for the lowest level, 2 for the next, or leave the row out"
            )
        elif cells[0]:
            levels.setdefault(f"{_number(cells[0]):.0f}", number)
        for column, cell in zip(columns, cells, strict=True):
            column.append(cell)
    if len(levels) > LEVELS_MAX:
        value, number = list(levels.items())[LEVELS_MAX]
        faults.append(
            f"line {number}: {value} is the {LEVELS_MAX + 1}th level of {places[0][0]!r}, "
            f"at most {LEVELS_MAX} are possible: put neighbours together ({len(levels)} are used)"
        )
    if faults:
        raise CsvInvalid(faults)
    return columns


def _is_whole(cell: str) -> bool:
    try:
        return _number(cell).is_integer() and abs(_number(cell)) < 1e9
    except ValueError:
        return False


def _number(cell: str) -> float:
    """A number with a decimal point or, as in Swedish sheets, a decimal comma."""
    return float(cell.replace(",", "."))
