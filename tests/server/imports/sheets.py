"""The two spreadsheets that staff sent, and short ways to read others."""

from __future__ import annotations

from pathlib import Path

from server.imports.rules import Choices, Context, KnownEmployer, Preview, make_preview, read_sheet
from server.imports.values import RowResult

SPREADSHEETS = Path(__file__).parents[2] / "data" / "event-spreadsheets"
YEAR = 2026
EMPLOYERS = ("Nordkod AB", "Molnverket AB", "Fjällnät AB", "Logistikbolaget; Lager & Lösning AB")
CONTEXT = Context(year=YEAR, known_employers=tuple(KnownEmployer(f"key of {name}", name) for name in EMPLOYERS))


def read_employers_file(choices: Choices | None = None) -> Preview:
    return make_preview(read_sheet((SPREADSHEETS / "arbetsgivare.csv").read_bytes()), CONTEXT, choices)


def read_seekers_file(choices: Choices | None = None) -> Preview:
    employers = make_preview(read_sheet((SPREADSHEETS / "arbetsgivare.csv").read_bytes()), Context(year=YEAR))
    known = tuple(KnownEmployer(f"line {row.line}", row.label) for row in employers.rows if row.line < 14)
    context = Context(year=YEAR, known_employers=known)
    return make_preview(read_sheet((SPREADSHEETS / "arbetssokande.csv").read_bytes()), context, choices)


def preview_of(text: str, choices: Choices | None = None, context: Context = CONTEXT) -> Preview:
    return make_preview(read_sheet(text.encode()), context, choices)


def only_row(text: str, choices: Choices | None = None) -> RowResult:
    [row] = preview_of(text, choices).rows
    return row


def doubts(row: RowResult) -> list[tuple[str, str, object, str]]:
    return [(guess.field, guess.raw, guess.understood, guess.reason) for guess in row.guesses]


def faults(row: RowResult) -> list[tuple[str, str, str]]:
    return [(refusal.field, refusal.raw, refusal.reason) for refusal in row.refusals]
