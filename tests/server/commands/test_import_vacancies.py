"""Vacancies brought in from the command line."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from tests.server.commands.test_commands import run
from tests.server.vacancy_imports.files import SHEET, advertisement, removed, stream


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "cli.db"
    run(file, "migrate")
    return file


def test_a_file_is_told_of_and_saved_only_when_that_is_asked(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "jobb.csv"
    file.write_bytes(SHEET.encode("cp1252"))

    looked = run(database, "import-vacancies", str(file))
    before = _titles(database)
    saved = run(database, "import-vacancies", str(file), "--save")

    assert looked.exit_code == 0, looked.output
    assert "2 vacancies: 2 new, 0 changed, 0 the same; 0 refused" in looked.output
    assert "line 3: apply_by: day_first, 2026-07-01" in looked.output
    assert before == []
    assert "Saved: 2 new, 0 changed, 0 confirmed, 0 closed" in saved.output
    assert _titles(database) == ["Drifttekniker", "Testare"]


def test_a_refused_row_stops_the_file_until_it_is_left_out(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "annonser.json"
    file.write_bytes(stream(advertisement(), advertisement("2", application_deadline="snart"), removed("3")))

    stopped = run(database, "import-vacancies", str(file), "--save")
    taken = run(database, "import-vacancies", str(file), "--save", "--leave-out-refused")

    assert (stopped.exit_code, "line 2: refused: bad_date (value snart)" in stopped.output) == (1, True)
    assert "nothing was saved" in stopped.output
    assert taken.exit_code == 0, taken.output
    assert _titles(database) == ["Systemutvecklare till Påhittsvall"]


def test_a_file_of_something_else_is_refused_in_words(database: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    for raw, said in ((b"[1", "no advertisements"), (b"%PDF", "file_pdf")):
        file.write_bytes(raw)
        answer = run(database, "import-vacancies", str(file))
        assert (answer.exit_code, said in answer.output) == (1, True)


def _titles(database: Path) -> list[str]:
    return [title for (title,) in sqlite3.connect(database).execute("SELECT title FROM vacancy ORDER BY title")]
