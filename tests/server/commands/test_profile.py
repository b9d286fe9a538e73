"""`direktkontakt profile fit`, run as its user runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli import main
from tests.feedback.severity.tables import drawn

HEADER = "seeker,employer,meeting,item,rating"
LINES = [",".join(map(str, row)) for row in drawn(seekers=25, employers=5, each=4)]
CROSSED = ("--random", "seeker,employer,meeting", "--fixed", "item")


def fit(file: Path, text: str | bytes, *options: str) -> Result:
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(main, ["profile", "fit", str(file), *(options or CROSSED), "--json"])


def sheet(*lines: str, header: str = HEADER) -> str:
    return "\n".join([header, *lines]) + "\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ratings.csv"


def test_a_table_is_fitted_and_everything_is_printed(file: Path) -> None:
    answer = fit(file, sheet(*LINES))

    assert answer.exit_code == 0, answer.output
    said = json.loads(answer.stdout)
    assert list(said) == [
        *("model_version", "ratings", "levels", "log_likelihood", "thresholds"),
        *("fixed", "variances", "modes", "standard_errors"),
    ]
    assert (said["model_version"], said["ratings"], said["levels"]) == ("severity-1", 300, [1, 2, 3, 4, 5])
    assert said["thresholds"] == sorted(said["thresholds"])
    assert list(said["fixed"]["item"]) == ["item_0", "item_1", "item_2"]
    assert sorted(said["variances"]) == ["employer", "meeting", "seeker"]
    assert {name: len(of) for name, of in said["modes"].items()} == {"meeting": 100, "seeker": 25, "employer": 5}
    assert all(error > 0 for error in said["standard_errors"]["modes"]["seeker"].values())
    assert (len(said["standard_errors"]["thresholds"]), said["standard_errors"]["fixed"]["item"]["item_0"]) == (4, 0.0)


def test_without_json_it_is_told_in_lines(file: Path) -> None:
    file.write_text(sheet(*LINES))

    answer = CliRunner().invoke(main, ["profile", "fit", str(file), *CROSSED])

    assert answer.exit_code == 0, answer.output
    starts = [line.split("  ")[0] for line in answer.output.splitlines()]
    assert starts[:2] == [starts[0], "threshold 1|2"]
    assert starts[0].startswith("log-likelihood -")
    assert {"item item_0", "item item_2"} <= set(starts)
    assert any(line.startswith("seeker: variance ") for line in answer.output.splitlines())


@pytest.mark.parametrize("delimiter", [";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_semicolons_tabs_marks_quotes_and_other_columns_change_nothing(file: Path, delimiter: str, end: str) -> None:
    plain = fit(file, sheet(*LINES)).stdout
    wide = [f"  x{n} ,{HEADER}" if n == 0 else f' "{n}" ,{line}.0' for n, line in enumerate([HEADER, *LINES])]
    wide.insert(5, "," * 5)

    told = fit(file, b"\xef\xbb\xbf" + end.join(wide).replace(",", delimiter).encode())

    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["log_likelihood"] == json.loads(plain)["log_likelihood"]


def test_thousands_of_columns_are_passed_over(file: Path) -> None:
    many = ",".join(f"c{n}" for n in range(3000))
    more = "," + ",".join("7" * 3000)

    answer = fit(file, sheet(*(line + more for line in LINES), header=f"{HEADER},{many}"))
    refused = fit(file, sheet(*(line + more for line in LINES), header=f"{HEADER},{many}"), "--random", "person")

    assert answer.exit_code == 0, answer.output
    assert "there is no column 'person'; there are 'seeker'" in refused.output
    assert "and 2993 more" in refused.output


def test_decimal_commas_trailing_separators_and_a_list_in_a_heading_change_nothing(file: Path) -> None:
    plain = fit(file, sheet(*LINES)).stdout
    lines = [f"{line.replace(',', ';')},0;x;;" for line in LINES]

    told = fit(file, sheet(*lines, header=f"{HEADER.replace(',', ';')};why, who, when, where, how, or not"))

    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["log_likelihood"] == json.loads(plain)["log_likelihood"]


HOSTILE = {
    "empty file": ("", ["line 1: the file is empty"]),
    "empty cells": (",,;\n , \n", ["line 1: the file is empty: its first line must name the columns"]),
    "no such column": (
        sheet(*LINES, header="Sökande,employer,meeting,item,rating"),
        ["line 1: there is no column 'seeker'; there are 'Sökande', 'employer', 'meeting', 'item', 'rating'"],
    ),
    "ratings under another name": (
        sheet(*LINES, header="seeker,employer,meeting,item,betyg"),
        ["there is no column 'rating'", "'betyg': say with --rating which one holds the ratings"],
    ),
    "the same name twice": (
        sheet(*LINES, header="seeker,seeker,meeting,item,rating"),
        ["there are 2 columns 'seeker'"],
    ),
    "missing values": (
        sheet(*LINES, "s01,,m,item_0,3", "s01,e1,m,item_0,"),
        ["line 302: 'employer' is empty: fill it in, or leave the row out", "line 303: 'rating' is empty"],
    ),
    "text ratings": (
        sheet("s1,e1,m1,item_0,bra", "s1,e1,m1,item_1,3.5", "s1,e1,m1,item_2,nan", "s1,e1,m1,item_2,1e99"),
        [
            "line 2: 'rating' is 'bra', not a whole number: write 1 for the lowest level, 2 for the next, or leave",
            "line 3: 'rating' is '3.5', not a whole number",
            "line 4: 'rating' is 'nan', not a whole number",
            "line 5: 'rating' is '1e99', not a whole number",
        ],
    ),
    "too many levels": (
        sheet(*LINES, *(f"s01,e1,m,item_0,{level}" for level in range(6, 13))),
        ["line 306: 10 is the 10th level of 'rating', at most 9 are possible: put neighbours together (12 are used)"],
    ),
    "cells that are too many": (
        sheet(*LINES, "s01,e1,m,item_0,3,4"),
        ["6 cells, the first line has 5: put quotes around a text"],
    ),
    "a quote that never ends": (sheet(*LINES, 's01,e1,"m,item_0,3'), ["line 302: 3 cells, the first line has 5"]),
    "no ratings": (sheet(), ["the table has no ratings"]),
    "one level": (sheet(*(line[:-1] + "4" for line in LINES)), ["every rating is 4, so nothing can be told apart"]),
    "another alphabet": (
        sheet(*LINES).replace("s01", "Å1").encode("latin-1"),
        ["the file is not text in UTF-8 (byte "],
    ),
    "an endless cell": (sheet(f"{'x' * 200_000},e1,m,item_0,3"), ["line 2: field larger than field limit"]),
}


@pytest.mark.parametrize(("text", "reasons"), HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused_with_line_and_reason(file: Path, text: str | bytes, reasons: list[str]) -> None:
    answer = fit(file, text)

    assert (answer.exit_code, answer.stdout) == (2, "")
    assert answer.stderr.startswith(f"{file} cannot be fitted:\n  ")
    assert [reason for reason in reasons if reason not in answer.stderr] == []


def test_many_faults_are_counted_not_poured_out(file: Path) -> None:
    answer = fit(file, sheet(*["s1,e1,m1,item_0,bad"] * 80))

    assert len(answer.stderr.splitlines()) == 52
    assert answer.stderr.endswith("  … and 30 more\n")


def test_a_column_has_one_part_to_play(file: Path) -> None:
    answer = fit(file, sheet(*LINES), "--random", "seeker,employer", "--fixed", "seeker")

    assert answer.exit_code == 2
    assert answer.stderr.count("column 'seeker' is asked for twice") == 1
