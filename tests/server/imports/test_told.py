"""What the command line says of a file: each guess, each refusal, each question, and what is not read."""

from __future__ import annotations

from server.commands.import_sheets import told
from server.imports.rules import preview_to_json
from tests.server.imports.sheets import preview_of


def test_the_command_line_tells_every_guess_as_the_screen_does() -> None:
    preview = preview_of(
        "Namn;E-post;Val 1;Tid;Krok\nAnna;A(at)x.example;Nordkd;9-12;blå\nBo;bo.x.example;Okänd;;grå\n"
    )

    assert told(preview_to_json(preview)) == [
        "seekers: 2 rows, 0 ready, 1 with guesses, 0 to decide, 1 refused, 0 left out",
        "  consent_column_missing",
        "  columns_unread: count 1, names Krok",
        "  line 2: email: 'A(at)x.example' read as a@x.example (email_repaired)",
        "  line 2: wish_1: 'Nordkd' read as Nordkod AB (company_spelling)",
        "  line 2: times: '9-12' read as 09:00–12:00 (time_range)",
        "  line 3: refused: email: email_without_at",
        "  lines (3,): company:okand wish_unknown: one of drop",
    ]
