"""`direktkontakt import`: bring employers and seekers from spreadsheets, the same way as the screen does."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID

import click
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.commands.settings import read_settings
from server.imports import service
from server.imports.rules import SheetRefused, choices_from_json, preview_to_json
from server.kit.clock import utc_now
from server.kit.db import Database
from server.recruitment_events.tables import EventStaffRow, RecruitmentEventRow


@click.command("import")
@click.argument("event_id", type=click.UUID)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--save", is_flag=True, help="Save what is ready; without it nothing is saved.")
@click.option("--leave-out-refused", is_flag=True, help="Go on without the rows that are refused.")
@click.option("--answer", "answers", multiple=True, metavar="ID=VALUE", help="Answer an open question.")
def import_sheets(event_id: UUID, file: Path, save: bool, leave_out_refused: bool, answers: tuple[str, ...]) -> None:
    """Read FILE (CSV) for the recruitment event EVENT_ID, say what was understood, and with --save take it all."""
    given = []
    for answer in answers:
        name, equals, value = answer.partition("=")
        if not equals:
            raise click.UsageError(f"--answer {answer!r}: write ID=VALUE")
        given.append({"id": name, "value": value})
    try:
        asyncio.run(
            _import(event_id, file.name, file.read_bytes(), save=save, leave_out=leave_out_refused, answers=given)
        )
    except SheetRefused as refusal:
        raise click.ClickException(
            f"{file} cannot be read as a table: {refusal.reason} {refusal.params or ''}"
        ) from None
    except (service.IsBlocked, service.RowDoesNotFit) as refusal:
        raise click.ClickException(f"nothing was saved: {refusal}") from None


async def _import(
    event_id: UUID, filename: str, raw: bytes, *, save: bool, leave_out: bool, answers: list[dict[str, str]]
) -> None:
    database = Database(read_settings().database_url)
    try:
        async with database.transaction() as session:
            event, staff = await _event(session, event_id)
            found = await service.upload(session, event, raw, filename=filename, person_id=staff, now=utc_now())
            shown = preview_to_json(found.preview) if found.preview else {}
            left_out = [row["line"] for row in shown["rows"] if row["status"] == "refused"] if leave_out else []
            choices = choices_from_json({"answers": answers, "left_out": left_out})
            decided = await service.decide(session, event, found.row, choices)
            shown = preview_to_json(decided.preview) if decided.preview else {}
            for line in told(shown):
                click.echo(line)
            if not save:
                await session.delete(found.row)
                click.echo("Nothing is saved. Add --save to save it.")
                return
            counts = await service.bring_in(session, event, found.row, now=utc_now())
            click.echo("Saved: " + ", ".join(f"{number} {name}" for name, number in counts.items()))
    finally:
        await database.dispose()


async def _event(session: AsyncSession, event_id: UUID) -> tuple[RecruitmentEventRow, UUID]:
    event = await session.get(RecruitmentEventRow, event_id)
    query = select(EventStaffRow.person_id).where(col(EventStaffRow.recruitment_event_id) == event_id)
    staff = (await session.exec(query)).first()
    if event is None or staff is None:
        raise click.ClickException(f"there is no recruitment event {event_id} with staff")
    return event, staff


def told(shown: dict[str, Any]) -> list[str]:
    """The preview in lines: counts, unread columns, refused rows with reasons, guesses, open questions with options."""
    summary = shown["summary"]
    lines = [
        f"{shown['kind']}: {summary['rows']} rows, {summary['ready']} ready, {summary['guess']} with guesses, "
        f"{summary['decision']} to decide, {summary['refused']} refused, {summary['left_out']} left out"
    ]
    for notice in shown["notices"]:
        params = ", ".join(f"{name} {value}" for name, value in notice["params"].items())
        lines.append(f"  {notice['code']}{': ' if params else ''}{params}")
    for row in shown["rows"]:
        if row["status"] == "refused":
            reasons = "; ".join(f"{one['field']}: {one['reason']}" for one in row["refusals"])
            lines.append(f"  line {row['line']}: refused: {reasons}")
        if row["status"] != "left_out":
            lines += [f"  line {row['line']}: {_guessed(guess)}" for guess in row["guesses"]]
    for asked in shown["decisions"]:
        decision = asked["decision"]
        if decision["proposed"] is None and decision["answer"] is None:
            options = ", ".join(option["value"] for option in decision["options"])
            lines.append(f"  lines {asked['lines']}: {decision['id']} {decision['question']}: one of {options}")
    return lines


def _guessed(guess: dict[str, Any]) -> str:
    understood = guess["understood"]
    words = ", ".join(understood) if isinstance(understood, (list, tuple)) else understood
    read = (
        "hidden" if guess["sensitive"] else f"{guess['raw']!r} read as {words if words not in (None, '') else 'empty'}"
    )
    return f"{guess['field']}: {read} ({guess['reason']})"
