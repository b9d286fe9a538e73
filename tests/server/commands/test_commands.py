"""The command line, run as its user runs it."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli import main

SHEETS = Path(__file__).parents[2] / "data" / "event-spreadsheets"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cli.db"


def run(file: Path, *arguments: str) -> Result:
    """The command in a thread of its own: each runs a loop."""
    environment = {"DIREKTKONTAKT_DATABASE_URL": f"sqlite+aiosqlite:///{file}"}
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(CliRunner().invoke, main, arguments, env=environment).result()


def test_help_lists_every_command_in_words() -> None:
    answer = CliRunner().invoke(main, ["--help"])

    assert answer.exit_code == 0
    for name in ("demo", "doctor", "import", "migrate", "openapi", "plan", "profile", "serve", "taxonomy", "user"):
        assert f"  {name} " in answer.output


def test_a_new_database_is_migrated_and_the_doctor_says_so(file: Path) -> None:
    before = run(file, "doctor")
    migrated = run(file, "migrate")
    after = run(file, "doctor")

    assert (before.exit_code, migrated.exit_code) == (1, 0)
    assert "FAIL  database" in before.output
    assert "SQLite answers, at revision" in after.output


def test_the_first_member_of_staff_is_made_from_the_command_line(file: Path) -> None:
    run(file, "migrate")

    refused = run(file, "user", "add", "karin@expo.example", "--name", "Karin Provsson", "--role", "staff")
    made = run(
        file,
        *("user", "add", "karin@expo.example", "--name", "Karin Provsson", "--role", "staff"),
        *("--organisation", "E"),
    )

    assert (refused.exit_code, "needs an organisation" in refused.output) == (2, True)
    assert made.exit_code == 0, made.output
    assert sqlite3.connect(file).execute("SELECT email FROM person").fetchall() == [("karin@expo.example",)]


def test_sheets_are_understood_first_and_saved_only_when_asked(file: Path) -> None:
    run(file, "migrate")
    run(file, "demo", "load")
    events = sqlite3.connect(file).execute("SELECT id FROM recruitment_event WHERE status = 'published'").fetchall()
    event_id = str(events[0][0])
    employers = str(SHEETS / "arbetsgivare.csv")

    looked = run(file, "import", event_id, employers)
    blocked = run(file, "import", event_id, employers, "--save")
    saved = run(file, "import", event_id, employers, "--save", "--answer", "14:name:employer_twice=merge")

    assert "Nothing is saved" in looked.output
    assert (blocked.exit_code, "nothing was saved" in blocked.output) == (1, True)
    assert "Saved: 10 employers_new" in saved.output
    count = "SELECT count(*) FROM organisation WHERE kind = 'employer'"
    assert sqlite3.connect(file).execute(count).fetchone() == (16,)


def test_a_file_that_is_no_table_is_refused_in_words(file: Path, tmp_path: Path) -> None:
    run(file, "migrate")
    run(file, "demo", "load")
    event_id = (
        sqlite3.connect(file).execute("SELECT id FROM recruitment_event WHERE status = 'published'").fetchone()[0]
    )
    (tmp_path / "bild.csv").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))

    answer = run(file, "import", str(event_id), str(tmp_path / "bild.csv"))

    assert answer.exit_code == 1
    assert "cannot be read as a table" in answer.output
