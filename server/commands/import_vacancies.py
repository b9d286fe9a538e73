"""`direktkontakt import-vacancies`: bring a file of vacancies into the bank, the same way as the screen does."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from server.commands.settings import read_settings
from server.imports.decoding import SheetRefused
from server.kit.clock import utc_now
from server.kit.db import Database
from server.vacancy_imports import service
from server.vacancy_imports.shapes import VacancyImport


@click.command("import-vacancies")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--save", is_flag=True, help="Save it; without it nothing is saved.")
@click.option("--leave-out-refused", is_flag=True, help="Go on without the rows that are refused.")
def import_vacancies(file: Path, save: bool, leave_out_refused: bool) -> None:
    """Read FILE and say what was understood; with --save take all of it.

    FILE holds advertisements of the Swedish employment service (JobSearch, JobStream, JSON lines) or is a CSV.
    """
    try:
        asyncio.run(_import(file.read_bytes(), save=save, leave_out_refused=leave_out_refused))
    except SheetRefused as refusal:
        raise click.ClickException(f"{file} cannot be read as vacancies: {refusal.reason}") from None
    except service.ImportRefused as refusal:
        raise click.ClickException(f"nothing was saved: {refusal}") from None


async def _import(raw: bytes, *, save: bool, leave_out_refused: bool) -> None:
    reading = service.read_file(raw)
    left_out = {one.line for one in reading.refused} if leave_out_refused else set()
    database = Database(read_settings().database_url)
    try:
        async with database.read() as session:
            for line in told(await service.preview(session, reading, left_out=left_out)):
                click.echo(line)
        if not save:
            click.echo("Nothing is saved. Add --save to save it.")
            return
        async with database.transaction() as session:
            done = await service.bring_in(session, reading, left_out=left_out, person_id=None, now=utc_now())
        click.echo(f"Saved: {done.new} new, {done.changed} changed, {done.same} confirmed, {len(done.closing)} closed")
    finally:
        await database.dispose()


def told(shown: VacancyImport) -> list[str]:
    """The preview in lines: counts, columns that are guessed or not read, refused rows, guesses, what closes."""
    lines = [
        f"{len(shown.rows)} vacancies: {shown.new} new, {shown.changed} changed, {shown.same} the same; "
        f"{len(shown.refused)} refused, {shown.left_out} left out; {len(shown.closing)} to close; "
        f"{shown.new_employers} new employers"
    ]
    lines += [
        f"  column {one.heading!r}: {f'read as {one.field}' if one.field else 'not read'}"
        for one in shown.columns
        if not one.is_certain
    ]
    for refused in shown.refused:
        params = ", ".join(f"{name} {value}" for name, value in refused.params.items())
        lines.append(f"  line {refused.line}: refused: {refused.reason}{f' ({params})' if params else ''}")
    lines += [
        f"  line {row.line}: {guess.field}: {guess.reason}{f', {guess.understood}' if guess.understood else ''}"
        for row in shown.rows
        for guess in row.guesses
    ]
    return lines + [f"  line {one.line}: closes {one.title}" for one in shown.closing]
