"""A spreadsheet as rows under headings, with every line of the file accounted for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from server.imports.decoding import SheetRefused, decode
from server.imports.heading_match import heading_score, match_heading, plain
from server.imports.headings import FIELDS
from server.imports.masking import mask_rows
from server.imports.separated import Record, find_delimiter, read_records
from server.imports.values import Notice, OtherLine

ROWS_MAX = 5_000
COLUMNS_MAX = 100
_HEADING_WITHIN = 20
_GROUPS_MIN = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was in the file, personal numbers removed; this, not the file, is what may be stored."""

    encoding: str
    delimiter: str
    headings: tuple[str, ...] | None
    width: int
    rows: tuple[Record, ...]
    other_lines: tuple[OtherLine, ...]
    notices: tuple[Notice, ...]

    def column(self, index: int) -> list[str]:
        """The cells of a column, from the top; an empty text where a row is too short."""
        return [record.cells[index] if index < len(record.cells) else "" for record in self.rows]


def read_sheet(raw: bytes) -> Sheet:
    """The table in the bytes of a file.

    Raises:
        SheetRefused: not a text table, or larger than 5 MB, 5,000 rows or 100 columns.
    """
    decoded = decode(raw)
    delimiter = find_delimiter(decoded.text)
    _refuse_size(decoded.text, delimiter)
    records = read_records(decoded.text, delimiter)
    filled = [record for record in records if any(cell.strip() for cell in record.cells)]
    is_hint = bool(filled) and filled[0].cells[0].strip().lower() in ("sep=", f"sep={delimiter}")
    table = filled[1:] if is_hint else filled
    heading = _find_heading(table)
    rows = [record for record in table if heading is None or record.line > heading.line]
    rows = [record for record in rows if heading is None or not _repeats(record, heading)]
    others = _other_lines(records, rows, heading)
    width = _width(rows, heading)
    _refuse_limits(rows, width)
    headings = _padded(_with_groups(heading, table), width) if heading else None
    rows, masked = mask_rows(rows, headings or ())
    notices = [*decoded.notices, *_notices(others, heading, masked)]
    return Sheet(
        encoding=decoded.encoding,
        delimiter=delimiter,
        headings=headings,
        width=width,
        rows=tuple(rows),
        other_lines=tuple(others),
        notices=tuple(notices),
    )


def _find_heading(table: Sequence[Record]) -> Record | None:
    best: Record | None = None
    best_score = 0.0
    for record in table[:_HEADING_WITHIN]:
        if len(record.cells) > COLUMNS_MAX:
            continue
        score = heading_score(record.cells)
        filled = sum(1 for cell in record.cells if cell.strip())
        if score > best_score and (score >= 2 or score == filled):
            best, best_score = record, score
    return best or _likely_heading(table)


def _likely_heading(table: Sequence[Record]) -> Record | None:
    """The first line, if it has one heading that we know and no data, and data follow."""
    if not table:
        return None
    first, *rest = table[:_HEADING_WITHIN]
    if len(first.cells) > COLUMNS_MAX or heading_score(first.cells) < 1:
        return None
    follows = any(_has_data(record.cells) for record in rest)
    return first if follows and not _has_data(first.cells) and _reach(first.cells) > 1 else None


def _has_data(cells: Sequence[str]) -> bool:
    marked = [cell for cell in cells if "@" in cell or any(sign.isdigit() for sign in cell)]
    return any(not any(match_heading(cell, kind) for kind in FIELDS) for cell in marked)


def _repeats(record: Record, heading: Record) -> bool:
    """Whether the headings stand there once more, over the next part of the table."""
    pairs = zip(_filled(record), _filled(heading), strict=False)
    return len(_filled(record)) == len(_filled(heading)) and all(plain(one) == plain(other) for one, other in pairs)


def _filled(record: Record) -> list[str]:
    return [cell for cell in record.cells if cell.strip()]


def _with_groups(heading: Record, table: Sequence[Record]) -> tuple[str, ...]:
    """The headings; one that says nothing alone, such as *1*, stands under the group named on the line above."""
    above = next((record for record in table if record.last_line == heading.line - 1), None)
    if above is None or sum(1 for cell in above.cells if cell.strip()) < _GROUPS_MIN:
        return heading.cells
    group = ""
    cells: list[str] = []
    for index, cell in enumerate(heading.cells):
        group = (above.cells[index].strip() if index < len(above.cells) else "") or group
        joined = f"{group} {cell}".strip()
        is_known = any(match_heading(cell, kind) for kind in FIELDS)
        cells.append(joined if not is_known and any(match_heading(joined, kind) for kind in FIELDS) else cell)
    return tuple(cells)


def _other_lines(records: Sequence[Record], rows: Sequence[Record], heading: Record | None) -> list[OtherLine]:
    is_row = {record.line for record in rows}
    others: list[OtherLine] = []
    for record in records:
        if record.line in is_row:
            continue
        if not any(cell.strip() for cell in record.cells):
            others.append(OtherLine(record.line, record.last_line, "empty"))
        elif heading is not None and _repeats(record, heading):
            others.append(OtherLine(record.line, record.last_line, "heading"))
        else:
            others.append(OtherLine(record.line, record.last_line, "title"))
    return others


def _width(rows: Sequence[Record], heading: Record | None) -> int:
    """The columns under headings; with none, or where headings are blank, as far as most rows reach."""
    reach = sorted(_reach(record.cells) for record in rows)
    common = reach[len(reach) // 2] if reach else 0
    return max(_reach(heading.cells), min(common, len(heading.cells))) if heading else max(reach, default=0)


def _reach(cells: Sequence[str]) -> int:
    return max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return tuple(cells[:width]) + ("",) * (width - len(cells))


def _refuse_size(text: str, delimiter: str) -> None:
    """Before anything is cut up: megabytes of line ends or separators would take gigabytes as cells."""
    lines = text.count("\n") + text.count("\r")
    if lines > 20 * ROWS_MAX:
        raise SheetRefused("file_too_many_rows", {"rows": lines, "max": ROWS_MAX})
    if text.count(delimiter) > 2 * ROWS_MAX * COLUMNS_MAX:
        raise SheetRefused("file_too_many_columns", {"columns": text.count(delimiter), "max": COLUMNS_MAX})


def _refuse_limits(rows: Sequence[Record], width: int) -> None:
    if not rows:
        raise SheetRefused("file_without_rows")
    if len(rows) > ROWS_MAX:
        raise SheetRefused("file_too_many_rows", {"rows": len(rows), "max": ROWS_MAX})
    if width > COLUMNS_MAX:
        raise SheetRefused("file_too_many_columns", {"columns": width, "max": COLUMNS_MAX})


def _notices(others: Sequence[OtherLine], heading: Record | None, masked: int) -> list[Notice]:
    notices: list[Notice] = []
    titles = sum(1 for other in others if other.kind == "title")
    if heading is None:
        notices.append(Notice("heading_missing"))
    if titles:
        notices.append(Notice("title_lines_skipped", {"count": titles}))
    if masked:
        notices.append(Notice("personal_numbers_removed", {"count": masked}))
    return notices


def sheet_to_json(sheet: Sheet) -> dict[str, Any]:
    """`sheet` as plain JSON values, to be stored until the import is decided."""
    return asdict(sheet)


def sheet_from_json(stored: Mapping[str, Any]) -> Sheet:
    """The sheet that `sheet_to_json` stored."""
    return Sheet(
        encoding=stored["encoding"],
        delimiter=stored["delimiter"],
        headings=None if stored["headings"] is None else tuple(stored["headings"]),
        width=stored["width"],
        rows=tuple(Record(row["line"], row["last_line"], tuple(row["cells"])) for row in stored["rows"]),
        other_lines=tuple(OtherLine(**other) for other in stored["other_lines"]),
        notices=tuple(Notice(**notice) for notice in stored["notices"]),
    )
