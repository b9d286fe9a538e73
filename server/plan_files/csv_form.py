"""A problem as CSV tables, one file each, in a folder or a zip. Faults are told by file, line and column.

Commas or semicolons, with or without a byte order mark; the columns in any order. See docs/planner.md.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from server.plan_files import cells
from server.plan_files.cells import CellRefused
from server.plan_files.json_form import problem_from_fields, problem_to_json
from server.planner.model import Problem
from server.planner.validation import Fault, ProblemInvalid, faults

Read = Callable[[str], Any]
TABLE_MAX_BYTES = 64 * 1024 * 1024
_ITEM = re.compile(r"(\w+)\[(\d+)\](?:\.(\w+))?(.*)")


def _text(cell: str) -> str:
    return cell.strip()


def _perhaps(cell: str) -> str | None:
    return cell.strip() or None


TABLES: dict[str, dict[str, Read]] = {
    "slots": {"starts_at": _text, "ends_at": _text},
    "employers": {"id": _text, "name": _text},
    "desks": {
        "id": _text,
        "employer": _text,
        "recruiter": _text,
        "blocks": cells.read_blocks,
        "breaks": cells.read_slots,
        "station": _text,
        "zone": _text,
    },
    "seekers": {
        "id": _text,
        "name": _text,
        "available": cells.read_slots,
        "form": _perhaps,
        "meetings_max": cells.read_number,
        "meetings_min": cells.read_number,
        "needs_accessible": cells.read_flag,
        "interpreter": _perhaps,
        "extra_time": cells.read_flag,
        "groups": cells.read_groups,
    },
    "pairs": {
        "seeker": _text,
        "employer": _text,
        "value": cells.read_number,
        "must": cells.read_flag,
        "forbidden": cells.read_flag,
    },
    "meetings": {
        "kind": _text,
        "seeker": _text,
        "employer": _text,
        "desk": _text,
        "slot": cells.read_number,
    },
    "capacities": {"pool": _text, "numbers": cells.read_numbers},
    "rules": {"name": _text, "value": _text},
}
MUST_HAVE = ("slots", "employers", "desks", "seekers", "pairs")
_WRITE: dict[str, Callable[[Any], str]] = {
    "blocks": cells.write_blocks,
    "breaks": cells.write_slots,
    "available": cells.write_slots,
    "groups": cells.write_groups,
    **dict.fromkeys(("needs_accessible", "extra_time", "must", "forbidden"), cells.write_flag),
}
_LIST_RULES, _PRICE = ("bonuses",), "group_price:"
_POOLS = ("stations", "accessible_stations", "video_rooms")


def write_tables(problem: Problem, target: Path) -> None:
    """Write the tables into the folder `target`, or into one file when its name ends with .zip."""
    tables = {f"{name}.csv": _written(name, rows) for name, rows in rows_of(problem).items()}
    if target.suffix.lower() == ".zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in tables.items():
                archive.writestr(name, text)
        return
    target.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (target / name).write_text(text, encoding="utf-8", newline="")


def read_tables(source: Path) -> Problem:
    """The problem of a folder or a zip of tables.

    Raises:
        ProblemInvalid: a table is missing or cannot be read; each fault names file, line and column.
    """
    reading = _Reading()
    for name, columns in TABLES.items():
        text = _find(source, f"{name}.csv")
        if text is None and name in MUST_HAVE:
            reading.faults.append(Fault(f"{name}.csv", "the file is missing"))
        reading.read(name, columns, text or "")
    if reading.faults:
        raise ProblemInvalid(tuple(reading.faults))
    try:
        problem = problem_from_fields(reading.fields())
        found = tuple(faults(problem))
    except ProblemInvalid as error:
        found = error.faults
    if found:
        raise ProblemInvalid(tuple(reading.placed(fault) for fault in found))
    return problem


def rows_of(problem: Problem) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table, cells as the model's JSON has them."""
    said = json.loads(problem_to_json(problem))
    rules = said["rules"]
    prices = [
        {"name": f"{_PRICE}{price['dimension']}={price['label']}", "value": price["hundredths"]}
        for price in rules.pop("group_prices")
    ]
    pools = {name: said[name] for name in _POOLS if said[name] is not None}
    pools |= {f"interpreters:{kind}": numbers for kind, numbers in said["interpreters"].items()}
    return {
        **{name: said[name] for name in MUST_HAVE},
        "meetings": [{"kind": kind, **one} for kind in ("frozen", "previous") for one in said[kind]],
        "capacities": [{"pool": pool, "numbers": numbers} for pool, numbers in pools.items()],
        "rules": [{"name": name, "value": value} for name, value in rules.items()] + prices,
    }


def _written(name: str, rows: list[dict[str, Any]]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(TABLES[name])
    for row in rows:
        writer.writerow([_cell(column, row[column]) for column in TABLES[name]])
    return stream.getvalue()


def _cell(column: str, value: Any) -> str:
    if column in _WRITE:
        return _WRITE[column](value)
    if isinstance(value, list):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _find(source: Path, name: str) -> str | None:
    if source.is_dir():
        file = source / name
        return _decoded(file.read_bytes(), name) if file.is_file() else None
    try:
        with zipfile.ZipFile(source) as archive:
            inside = [one for one in archive.infolist() if one.filename.rpartition("/")[2] == name]
            if not inside:
                return None
            if inside[0].file_size > TABLE_MAX_BYTES:
                raise ProblemInvalid((Fault(name, "the table is larger than 64 MB"),))
            return _decoded(archive.read(inside[0]), name)
    except zipfile.BadZipFile:
        raise ProblemInvalid((Fault(source.name, "is not a zip that can be read"),)) from None


def _decoded(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ProblemInvalid((Fault(f"{name} line {line}", "is not UTF-8: save it as CSV UTF-8"),)) from None


@dataclass
class _Reading:
    """Rows of every table as JSON fields, and the line that each came from."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    lines: dict[str, list[int]] = field(default_factory=dict)
    columns: dict[str, Sequence[str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, name: str, columns: Mapping[str, Read], text: str) -> None:
        """Take in one table."""
        self.rows[name], self.lines[name], self.columns[name] = [], [], []
        heading = text.split("\n", 1)[0]
        reader = csv.reader(io.StringIO(text), delimiter=";" if heading.count(";") > heading.count(",") else ",")
        try:
            self.columns[name] = named = [cell.strip() for cell in next(reader, [])]
            for column in [one for one in named if one not in columns]:
                self.faults.append(Fault(f"{name}.csv line 1", f"there is no column {column!r}: {', '.join(columns)}"))
            for cells_of_row in reader:
                if any(cell.strip() for cell in cells_of_row):
                    self._take(name, columns, dict(zip(named, cells_of_row, strict=False)), reader.line_num)
        except csv.Error as error:
            self.faults.append(Fault(f"{name}.csv line {reader.line_num}", str(error)))

    def _take(self, name: str, columns: Mapping[str, Read], row: dict[str, str], line: int) -> None:
        found = {}
        for column, cell in row.items():
            # An empty cell is what a missing column is: the default.
            if column not in columns or not cell.strip():
                continue
            try:
                found[column] = columns[column](cell)
            except CellRefused as refusal:
                self.faults.append(Fault(f"{name}.csv line {line}, {column}", str(refusal)))
        self.rows[name].append(found)
        self.lines[name].append(line)

    def fields(self) -> dict[str, Any]:
        """All that was read, as the fields of a problem's document."""
        said: dict[str, Any] = {name: self.rows[name] for name in MUST_HAVE}
        for row in said["desks"]:
            row.setdefault("blocks", [])
        if "available" in self.columns["seekers"]:
            # An empty cell is nobody's time; without the column everybody can at every slot.
            for row in said["seekers"]:
                row.setdefault("available", [])
        for kind in ("frozen", "previous"):
            mine = [row for row in self.rows["meetings"] if row.get("kind") == kind]
            said[kind] = [{name: value for name, value in row.items() if name != "kind"} for row in mine]
        self._refuse_other_kinds()
        said["interpreters"] = {}
        for row, line in zip(self.rows["capacities"], self.lines["capacities"], strict=True):
            pool, _, kind = str(row.get("pool", "")).partition(":")
            if pool == "interpreters" and kind:
                said["interpreters"][kind] = row.get("numbers", [])
            elif pool in _POOLS:
                said[pool] = row.get("numbers", [])
            else:
                known = ", ".join((*_POOLS, "interpreters:<kind>"))
                raise ProblemInvalid((Fault(f"capacities.csv line {line}, pool", f"is one of {known}"),))
        said["rules"] = self._rules()
        return said

    def _refuse_other_kinds(self) -> None:
        for row, line in zip(self.rows["meetings"], self.lines["meetings"], strict=True):
            if row.get("kind") not in ("frozen", "previous"):
                raise ProblemInvalid((Fault(f"meetings.csv line {line}, kind", "is frozen or previous"),))

    def _rules(self) -> dict[str, Any]:
        rules: dict[str, Any] = {"group_prices": []}
        for row, line in zip(self.rows["rules"], self.lines["rules"], strict=True):
            name, value = str(row.get("name", "")), str(row.get("value", ""))
            try:
                if name.startswith(_PRICE):
                    [(dimension, label)] = cells.read_groups(name.removeprefix(_PRICE))
                    price = {"dimension": dimension, "label": label, "hundredths": cells.read_number(value)}
                    rules["group_prices"].append(price)
                else:
                    rules[name] = cells.read_numbers(value) if name in _LIST_RULES else cells.read_number(value)
            except ValueError as refusal:
                raise ProblemInvalid((Fault(f"rules.csv line {line}", str(refusal)),)) from None
        return rules

    def placed(self, fault: Fault) -> Fault:
        """The fault with file, line and column in place of the field."""
        found = _ITEM.fullmatch(fault.path)
        table = found[1] if found else ""
        if found is None or (table not in MUST_HAVE and table not in ("frozen", "previous")):
            return fault
        number = int(found[2])
        name, lines = table, self.lines.get(table, [])
        if table in ("frozen", "previous"):
            kinds = zip(self.rows["meetings"], self.lines["meetings"], strict=True)
            name, lines = "meetings", [line for row, line in kinds if row.get("kind") == table]
        where = f"{name}.csv line {lines[number]}" if number < len(lines) else f"{name}.csv"
        return Fault(f"{where}, {found[3]}" if found[3] else where, fault.message)
