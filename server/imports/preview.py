"""The preview of an import: the whole sheet read under staff's choices, and whether it may be saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from server.imports.above import Above
from server.imports.codes import Kind, Status
from server.imports.columns import find_kind, missing_columns, understand_columns, unread_columns
from server.imports.draft import Draft, all_of, check_width, is_row
from server.imports.employers import read_employer
from server.imports.heading_match import says_last_first
from server.imports.headings import FIELDS, TYPED_ONLY
from server.imports.marks import WISH_MARK, add_marked, with_marks, with_wishes
from server.imports.names import CompanyMatcher
from server.imports.same_employer import merge_employers
from server.imports.seekers import read_seeker, settle_seekers
from server.imports.separated import Record
from server.imports.sheet import Sheet
from server.imports.values import (
    Blocked,
    BlockedReason,
    Choices,
    ColumnGuess,
    Context,
    Decision,
    EmployerEntry,
    Entry,
    Notice,
    Preview,
    ReadySet,
    ReasonLines,
    RowResult,
    SeekerEntry,
    SharedDecision,
    Summary,
)

_SAMPLE_ROWS = 200
_SAMPLE_CHARS = 200
_UNREAD_MAX = 8
_UNREAD_CHARS_MAX = 40


def make_preview(sheet: Sheet, context: Context, choices: Choices | None = None) -> Preview:
    """All that importing `sheet` would do under staff's `choices`. The same input gives the same preview.

    Choices that fit nothing (an answer to a question no longer asked, say) are named in
    `ignored_choices` and change nothing.
    """
    choices = choices or Choices()
    samples = [[cell[:_SAMPLE_CHARS] for cell in sheet.column(index)[:_SAMPLE_ROWS]] for index in range(sheet.width)]
    kind, is_certain = find_kind(sheet.headings or (), samples)
    notices = list(sheet.notices)
    if choices.kind is None and not is_certain:
        notices.append(Notice("kind_guessed", {"kind": kind}))
    kind = choices.kind or kind
    columns = understand_columns(sheet.headings, samples, kind, choices.columns)
    matcher = CompanyMatcher(context.known_employers)
    if kind == "seekers":
        columns = with_wishes(with_marks(columns, samples, matcher), samples, matcher)
    drafts = _drafts(sheet, columns, kind, choices)
    entries = _read(drafts, kind, context, matcher)
    rows = tuple(_row(draft, choices, entries.get(draft.line), context) for draft in drafts)
    decisions = _shared_decisions(rows)
    notices += _notices(kind, columns, context)
    kept = {row.line for row in rows if row.status in ("ready", "guess")}
    return Preview(
        kind=kind,
        encoding=sheet.encoding,
        delimiter=sheet.delimiter,
        columns=columns,
        missing_columns=missing_columns(columns, kind),
        rows=rows,
        other_lines=sheet.other_lines,
        decisions=decisions,
        notices=tuple(notices),
        summary=_summary(rows, decisions),
        ignored_choices=_ignored(choices, rows, sheet.width, kind),
        entries=tuple(entry for line, entry in sorted(entries.items()) if line in kept),
    )


def _drafts(sheet: Sheet, columns: Sequence[ColumnGuess], kind: Kind, choices: Choices) -> list[Draft]:
    held = [(column.field, column.index) for column in columns if column.field and column.field != WISH_MARK]
    marks = [(column.heading, column.index) for column in columns if column.field == WISH_MARK]
    turned = frozenset(column.field for column in columns if column.field and says_last_first(column.heading))
    overrides: dict[int, dict[str, str]] = defaultdict(dict)
    for (line, field), text in choices.overrides.items():
        overrides[line][field] = text
    above = Above(merges="name" if kind == "employers" else None)
    drafts = []
    for record in sheet.rows:
        written = {field: _cell(record, index) for field, index in held}
        add_marked(written, {heading: _cell(record, index) for heading, index in marks})
        written.update(overrides.get(record.line, {}))
        cells, borrowed = above.read(record.line, written)
        draft = Draft(record.line, record.last_line, cells, frozenset(cells), turned, choices)
        draft.is_left_out = record.line in choices.left_out
        for each in borrowed:
            draft.guess(each.field, each.raw, each.text, each.reason, {"line": each.line})
        draft.is_row = record.line in overrides or is_row(draft, record.cells, sheet.width)
        if draft.is_row:
            check_width(draft, record.cells[sheet.width :])
        drafts.append(draft)
    return drafts


def _cell(record: Record, index: int) -> str:
    return record.cells[index] if index < len(record.cells) else ""


def _read(drafts: Sequence[Draft], kind: Kind, context: Context, matcher: CompanyMatcher) -> dict[int, Entry]:
    """The entries by the line they stand on; a merged one on its first line."""
    drafts = [draft for draft in drafts if draft.is_row]
    if kind == "employers":
        employers = [(draft, read_employer(draft, context, matcher)) for draft in drafts]
        found = [(draft, entry) for draft, entry in employers if entry and not draft.is_left_out]
        merged = merge_employers(found, matcher)
        return {entry.lines[0]: entry for entry in merged}
    seekers = [(draft, read_seeker(draft, context, matcher)) for draft in drafts]
    kept = settle_seekers([(draft, entry) for draft, entry in seekers if entry and not draft.is_left_out])
    return {entry.line: entry for entry in kept}


def _row(draft: Draft, choices: Choices, entry: Entry | None, context: Context) -> RowResult:
    exists = isinstance(entry, EmployerEntry) and entry.existing_key is not None
    if isinstance(entry, SeekerEntry):
        exists = entry.email in context.known_seeker_emails
    return RowResult(
        line=draft.line,
        last_line=draft.last_line,
        status=_status(draft),
        label=str(draft.values.get("name") or ""),
        values=draft.values,
        sensitive=draft.sensitive,
        guesses=tuple(draft.guesses),
        decisions=tuple(draft.decisions),
        refusals=tuple(draft.refusals),
        exists=exists,
    )


def _status(draft: Draft) -> Status:
    if draft.is_left_out:
        return "left_out"
    if draft.refusals:
        return "refused"
    if any(decision.is_open for decision in draft.decisions):
        return "decision"
    return "guess" if any(not guess.accepted for guess in draft.guesses) else "ready"


def _shared_decisions(rows: Iterable[RowResult]) -> tuple[SharedDecision, ...]:
    """Every question once, in the order of its first line; rows left out ask nothing more."""
    first: dict[str, Decision] = {}
    lines: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for decision in row.decisions:
            if row.status == "left_out" and decision.answer is None:
                continue
            first.setdefault(decision.id, decision)
            if row.line not in lines[decision.id]:
                lines[decision.id].append(row.line)
    return tuple(SharedDecision(decision, tuple(lines[decision.id])) for decision in first.values())


def _notices(kind: Kind, columns: Sequence[ColumnGuess], context: Context) -> list[Notice]:
    held = {column.field for column in columns}
    notices: list[Notice] = []
    if kind == "seekers" and "consent" not in held:
        notices.append(Notice("consent_column_missing"))
    if kind == "seekers" and "wish_1" in held and not context.known_employers:
        notices.append(Notice("no_known_employers"))
    unread = unread_columns(columns)
    if unread:
        shown = ", ".join(name[:_UNREAD_CHARS_MAX] for name in unread[:_UNREAD_MAX])
        notices.append(Notice("columns_unread", {"count": len(unread), "names": shown}))
    return notices


def _summary(rows: Sequence[RowResult], decisions: Sequence[SharedDecision]) -> Summary:
    guessed: dict[str, list[int]] = defaultdict(list)
    refused: dict[str, list[int]] = defaultdict(list)
    count: dict[Status, int] = defaultdict(int)
    for row in rows:
        count[row.status] += 1
        if row.status == "refused":
            for reason in dict.fromkeys(refusal.reason for refusal in row.refusals):
                refused[reason].append(row.line)
        if row.status in ("guess", "decision"):
            for doubt in dict.fromkeys(guess.reason for guess in row.guesses if not guess.accepted):
                guessed[doubt].append(row.line)
    return Summary(
        rows=len(rows),
        ready=count["ready"],
        guess=count["guess"],
        decision=count["decision"],
        refused=count["refused"],
        left_out=count["left_out"],
        existing=sum(1 for row in rows if row.exists),
        open_decisions=sum(1 for shared in decisions if shared.decision.is_open),
        open_guesses=sum(1 for row in rows for guess in row.guesses if not guess.accepted),
        guess_reasons=_reasons(guessed),
        refusal_reasons=_reasons(refused),
    )


def _reasons(lines: Mapping[str, Sequence[int]]) -> tuple[ReasonLines, ...]:
    return tuple(ReasonLines(reason, tuple(lines[reason])) for reason in sorted(lines))


def _ignored(choices: Choices, rows: Sequence[RowResult], width: int, kind: Kind) -> tuple[str, ...]:
    lines = {row.line for row in rows}
    answered = {decision.id for row in rows for decision in row.decisions if decision.answer is not None}
    guesses = [guess for row in rows for guess in row.guesses]
    guessed = {guess.id for guess in guesses} | {all_of(guess.reason) for guess in guesses}
    ignored = [f"answer:{each}" for each in choices.answers if each not in answered]
    ignored += [f"accepted:{each}" for each in choices.accepted if each not in guessed]
    ignored += [f"left_out:{line}" for line in choices.left_out if line not in lines]
    ignored += [
        f"override:{line}:{field}"
        for line, field in choices.overrides
        if line not in lines or field not in {*FIELDS[kind], *(TYPED_ONLY if kind == "seekers" else ())}
    ]
    ignored += [f"column:{index}" for index in choices.columns if not 0 <= index < width]
    return tuple(sorted(ignored))


def importable(preview: Preview) -> ReadySet | Blocked:
    """Everything to save, or the reasons why nothing may be saved yet. Open guesses do not block."""
    reasons: list[BlockedReason] = []
    if preview.missing_columns:
        reasons.append(BlockedReason("columns_missing", names=preview.missing_columns))
    refused = tuple(row.line for row in preview.rows if row.status == "refused")
    if refused:
        reasons.append(BlockedReason("rows_refused", lines=refused))
    waiting = [shared for shared in preview.decisions if shared.decision.is_open]
    if waiting:
        lines = sorted({line for shared in waiting for line in shared.lines})
        names = tuple(shared.decision.id for shared in waiting)
        reasons.append(BlockedReason("decisions_open", lines=tuple(lines), names=names))
    if not reasons and not preview.entries:
        reasons.append(BlockedReason("nothing_to_import"))
    if reasons:
        return Blocked(tuple(reasons))
    return ReadySet(
        kind=preview.kind,
        employers=tuple(entry for entry in preview.entries if isinstance(entry, EmployerEntry)),
        seekers=tuple(entry for entry in preview.entries if isinstance(entry, SeekerEntry)),
        left_out=tuple(row.line for row in preview.rows if row.status == "left_out"),
    )


def preview_to_json(preview: Preview) -> dict[str, Any]:
    """`preview` as plain JSON values, without the entries: what staff see is in the rows."""
    shown = asdict(preview)
    del shown["entries"]
    return shown
