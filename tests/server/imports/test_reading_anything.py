from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.imports import codes
from server.imports.rules import (
    Blocked,
    Choices,
    Preview,
    ReadySet,
    SheetRefused,
    importable,
    make_preview,
    message_keys,
    read_sheet,
    sheet_from_json,
    sheet_to_json,
)
from server.imports.times import read_span
from server.imports.values import DayFrame
from tests.server.imports.sheets import CONTEXT, SPREADSHEETS

FILES = [path.read_bytes() for path in sorted(SPREADSHEETS.glob("*.csv"))]
WORDS = [
    "Namn", "E-post", "Företag", "Kontakt", "Önskar träffa 1", "Kan från", "Kan till", "Form", "Samtycke",
    "Född", "Antal", "Mobil", "Kompetens", "Behov", "Anna Berg", "a@x.example", "b(at)x.example", "Nordkod",
    "Molnverk", "Tesla", "09:00", "lunch", "25:00", "9-12", "video", "telepati", "ja", "nej", "kanske", "95",
    "620312-1234", "två", "-1", "070-1234567", "Java, SQL", "tolk", "", "-", "#REF!", "\"", "a;b", "rad\nrad",
    "x,y", "Arb.giv.", "Tid t.o.m.", "Kontaktperson 2", "E-post 2", "Namn och pnr", "Summa", "Totalt", '-"-', "d:o",
    "samma som ovan", "vill träffa: Nordkod; ej Fjällnät", "alla utom Molnverket", "9-10, 13-15", "fm/em", "=SUM(A1)",
    "Anna Berg (a@x.example)", "a@x.example, b@x.example", "7,01234567E+08", "19990909-9999",
]  # fmt: skip

MENDED = {"name": "Anna Berg", "email": "anna{}@x.example", "consent": "ja", "recruiter_count": "1"}


def quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if re.search('[";\r\n,]', cell) else cell


cells = st.sampled_from(WORDS) | st.text(max_size=12)
tables = st.lists(st.lists(cells, min_size=1, max_size=8), min_size=1, max_size=12).map(
    lambda rows: "\r\n".join(";".join(quoted(cell) for cell in row) for row in rows)
)
cut_files = st.builds(
    lambda raw, start, end, put: raw[:start] + put + raw[start + end :],
    st.sampled_from(FILES),
    st.integers(0, 4000),
    st.integers(0, 200),
    st.binary(max_size=20),
).map(lambda raw: raw[:6000])
files = st.binary(max_size=400) | tables.map(str.encode) | tables.map(lambda text: text.encode("utf-16")) | cut_files


def previewed(raw: bytes, choices: Choices | None = None) -> Preview | None:
    try:
        return make_preview(read_sheet(raw), CONTEXT, choices)
    except SheetRefused as refused:
        assert refused.reason in get_args(codes.FileReason)
        return None


@settings(max_examples=300, deadline=None)
@given(files)
def test_no_bytes_ever_raise_and_every_line_is_accounted_for_once(raw: bytes) -> None:
    preview = previewed(raw)
    if preview is None:
        return
    spans = [(row.line, row.last_line) for row in preview.rows]
    spans += [(other.line, other.last_line) for other in preview.other_lines]
    lines = [line for first, last in sorted(spans) for line in range(first, last + 1)]

    assert lines == list(range(1, len(lines) + 1))
    assert isinstance(importable(preview), ReadySet | Blocked)


@settings(max_examples=100, deadline=None)
@given(files)
def test_no_choices_change_nothing_and_the_same_input_gives_the_same_preview(raw: bytes) -> None:
    try:
        sheet = read_sheet(raw)
    except SheetRefused:
        return

    assert make_preview(sheet, CONTEXT, Choices()) == make_preview(sheet, CONTEXT)
    assert make_preview(sheet_from_json(sheet_to_json(sheet)), CONTEXT) == make_preview(sheet, CONTEXT)


@settings(max_examples=100, deadline=None)
@given(tables)
def test_leaving_out_what_is_refused_and_answering_what_is_asked_always_leads_to_an_import(text: str) -> None:
    preview = previewed(text.encode())
    answers: dict[str, str] = {}
    left_out: frozenset[int] = frozenset()
    for _ in range(4):
        if preview is None:
            return
        answers |= {shared.decision.id: shared.decision.options[0].value for shared in preview.decisions}
        left_out |= {row.line for row in preview.rows if row.status == "refused"}
        preview = previewed(text.encode(), Choices(answers=answers, left_out=left_out))
    assert preview is not None
    outcome = importable(preview)
    codes_left = {reason.code for reason in outcome.reasons} if isinstance(outcome, Blocked) else set()

    assert codes_left <= {"columns_missing", "nothing_to_import"}


@settings(max_examples=100, deadline=None)
@given(tables)
def test_every_refused_cell_can_be_mended_where_it_is_named(text: str) -> None:
    preview = previewed(text.encode())
    overrides: dict[tuple[int, str], str] = {}
    for _ in range(4):
        if preview is None:
            return
        for row in preview.rows:
            for refusal in row.refusals:
                overrides[row.line, refusal.field] = MENDED.get(refusal.field, "").format(row.line)
        preview = previewed(text.encode(), Choices(overrides=overrides))
    assert preview is not None

    assert [row.refusals for row in preview.rows if row.refusals] == []


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=20) | st.from_regex(r"[a-zåäö]{0,5} ?\d{1,4}[:.,-]?\d{0,4}", fullmatch=True))
def test_no_text_is_too_odd_for_a_time(text: str) -> None:
    read = read_span(text, "both", DayFrame())

    assert read.fault is None or read.value is None


def test_every_code_has_a_key_for_its_texts() -> None:
    families = {key.split(".")[1] for key in message_keys()}

    assert families == {
        "kind", "column", "file", "notice", "guess", "refusal", "question", "option", "blocked", "field",
    }  # fmt: skip
    assert len(set(message_keys())) == len(message_keys())


LONG_FIELDS = ("Namn", "E-post", "Mobil", "Val 1", "Helst inte", "Tid", "Form", "Behov", "Född", "Samtycke", "Krok")


@pytest.mark.parametrize("sign", ["a", "(", "9", "9-", "a@", "a.", "ej ", "och ", "=a|", "x@y.", '"-', "**"])
def test_cells_without_end_are_refused_by_name_before_anybody_reads_them(sign: str) -> None:
    cell = '"' + (sign * 9_000)[:9_000].replace('"', '""') + '"'
    row = ";".join([cell] * len(LONG_FIELDS))

    preview = make_preview(read_sheet(f"{';'.join(LONG_FIELDS)}\n{row}\n".encode()), CONTEXT)

    refused = {refusal.field for row in preview.rows for refusal in row.refusals if refusal.reason == "cell_too_long"}
    assert {"name", "consent"} <= refused


def test_a_sheet_of_the_longest_cells_that_are_read_is_read() -> None:
    rows = "".join(";".join([sign * (250 // len(sign))] * len(LONG_FIELDS)) + "\n" for sign in ("a", "(", "9-", "och "))

    assert len(make_preview(read_sheet(f"{';'.join(LONG_FIELDS)}\n{rows}".encode()), CONTEXT).rows) == 4
