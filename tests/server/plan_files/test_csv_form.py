from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings

from server.plan_files.csv_form import read_tables, write_tables
from server.planner.model import Problem
from server.planner.validation import ProblemInvalid, check
from tests.bench.planner.generate import Shape, make
from tests.server.planner.instances import problems

SMALL = make(Shape(seekers=6, employers=2, slots=4), 1)


@given(problems())
@settings(max_examples=60, deadline=None)
def test_a_problem_comes_back_from_its_tables(problem: Problem) -> None:
    check(problem)
    with TemporaryDirectory() as folder:
        for target in (Path(folder) / "tables", Path(folder) / "tables.zip"):
            write_tables(problem, target)
            assert read_tables(target) == problem


def test_semicolons_a_byte_order_mark_and_other_columns_order_are_read(tmp_path: Path) -> None:
    write_tables(SMALL, tmp_path)
    lines = [line.split(",") for line in (tmp_path / "pairs.csv").read_text().splitlines()]
    turned = "\n".join(";".join(reversed(line)) for line in lines)
    (tmp_path / "pairs.csv").write_bytes(b"\xef\xbb\xbf" + turned.encode())

    assert read_tables(tmp_path) == SMALL


@pytest.mark.parametrize(
    ("table", "old", "new", "path", "words"),
    [
        ("pairs", "s1,e0,", "s1,e0,dear", "pairs.csv line ", "is not a whole number"),
        ("desks", "0-1:", "1-0:", "desks.csv line 2, blocks", "ends before it begins"),
        ("desks", "0-1:", "0-99999999999:", "desks.csv line 2, blocks", "write slots"),
        ("seekers", "s2,", "s1,", "seekers", "s1"),
        ("seekers", "available", "avaliable", "seekers.csv line 1", "there is no column 'avaliable'"),
        ("pairs", "s1,e0,", "s1,e99,", "pairs.csv line ", "e99"),
        ("rules", "rest_slots,0", "rest_slots,often", "rules.csv line 2", "whole number"),
        ("rules", "rest_slots,0", "rest_slot,0", "rules.rest_slot", "no such field"),
        ("capacities", "video_rooms", "cellars", "capacities.csv line ", "is one of stations"),
    ],
)
def test_what_is_wrong_is_named_by_file_and_line(
    table: str, old: str, new: str, path: str, words: str, tmp_path: Path
) -> None:
    write_tables(SMALL, tmp_path)
    text = (tmp_path / f"{table}.csv").read_text()
    assert old in text
    (tmp_path / f"{table}.csv").write_text(text.replace(old, new, 1))

    with pytest.raises(ProblemInvalid) as refused:
        read_tables(tmp_path)
    assert any(fault.path.startswith(path) and words in fault.message for fault in refused.value.faults), (
        refused.value.faults
    )


def test_a_missing_table_a_broken_zip_and_other_letters_are_named(tmp_path: Path) -> None:
    write_tables(SMALL, tmp_path / "one")
    (tmp_path / "one" / "desks.csv").unlink()
    (tmp_path / "two.zip").write_bytes(b"PK no")
    write_tables(SMALL, tmp_path / "three")
    (tmp_path / "three" / "employers.csv").write_bytes("id,name\ne0,Åre".encode("latin-1"))

    for source, words in (
        ("one", "the file is missing"),
        ("two.zip", "is not a zip"),
        ("three", "save it as CSV UTF-8"),
    ):
        with pytest.raises(ProblemInvalid, match=words):
            read_tables(tmp_path / source)


def test_without_the_column_everybody_can_at_every_slot_and_in_an_empty_cell_at_none(tmp_path: Path) -> None:
    write_tables(SMALL, tmp_path)
    (tmp_path / "seekers.csv").write_text("id\ns0\ns1\ns2\ns3\ns4\ns5\n")
    assert {seeker.available for seeker in read_tables(tmp_path).seekers} == {frozenset(range(4))}

    (tmp_path / "seekers.csv").write_text("id,available\ns0,0-1\ns1,\ns2,\ns3,\ns4,\ns5,\n")
    assert {seeker.available for seeker in read_tables(tmp_path).seekers} == {frozenset({0, 1}), frozenset()}
