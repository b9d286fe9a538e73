"""`direktkontakt taxonomy`: take in the JobTech Taxonomy, search it, and check the packs' ids against it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click
from sqlalchemy.exc import IntegrityError

from feedback.pack_loader import load_pack, pack_names
from feedback.pack_references import Concept, check_jobtech
from server.commands.settings import read_settings
from server.kit.db import Database
from server.taxonomy import repository, service
from server.taxonomy.reader import FileBroken

PIECE_CHARS = 65_536
TOLD_MAX = 10
ResultT = TypeVar("ResultT")


@click.group()
def taxonomy() -> None:
    """The JobTech Taxonomy of the Swedish employment service."""


@taxonomy.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="sv", type=click.Choice(["sv", "en"]), help="The language of its labels.")
def import_(file: Path, language: str) -> None:
    """Take in FILE (JSON): an object of concepts by id, or a list of them.

    Run it again at any time: what is here already is not doubled, what the file says otherwise is changed, and
    labels in another language stay.
    """
    began = time.perf_counter()

    async def take_in(database: Database) -> service.Imported:
        return await service.import_file(lambda: _pieces(file), database.transaction, language=language)

    try:
        done = _run(take_in)
    except service.FileHasFaults as refusal:
        more = [f"… and {refusal.number - len(refusal.faults)} more"] if refusal.number > len(refusal.faults) else []
        told = "\n".join(["nothing was imported:", *map(str, refusal.faults), *more])
        raise click.ClickException(told) from None
    except (FileBroken, service.FileTooLong, service.FileWithoutConcepts) as refusal:
        raise click.ClickException(f"nothing was imported: {file.name}, {refusal}") from None
    except UnicodeDecodeError:
        raise click.ClickException(f"nothing was imported: {file.name} is not written in UTF-8") from None
    except IntegrityError:
        raise click.ClickException("another import is under way; run this one again when it is done") from None
    for line in _told(done):
        click.echo(line)
    click.echo(f"Done in {time.perf_counter() - began:.1f} s.")


def _told(done: service.Imported) -> Iterator[str]:
    seen = done.survey
    yield f"{len(seen.lines)} concepts: {done.new} new, {done.changed} changed, {done.unchanged} as they were."
    if seen.deprecated:
        yield f"{seen.deprecated} are no longer used; {seen.replaced} of them have been replaced."
    if seen.repeated:
        yield f"{seen.repeated} stand more than once, each time the same."
    for type, number in seen.unknown_types.items():
        yield f"{number} are of the type “{type}”, which is new to this program."
    if done.not_in_file:
        yield f"{done.not_in_file} that were here before are not in the file; they are kept."
    if done.leads_nowhere:
        named = ", ".join(done.leads_nowhere[:TOLD_MAX]) + (", …" if len(done.leads_nowhere) > TOLD_MAX else "")
        yield f"{len(done.leads_nowhere)} are replaced by nothing that is here: {named}"


@taxonomy.command("search")
@click.argument("words", nargs=-1, required=True)
@click.option("--type", "type_", help="Only concepts of this type, such as skill or occupation-name.")
@click.option("--most", default=20, type=click.IntRange(1, service.FOUND_MAX))
def search(words: tuple[str, ...], type_: str | None, most: int) -> None:
    """Concepts that are called WORDS, the nearest first."""

    async def look(database: Database) -> list[service.FoundConcept]:
        async with database.read() as session:
            return await service.search(session, " ".join(words), type=type_, most=most)

    found = _run(look)
    for one in found:
        notes = [f"instead of {one.instead_of}"] if one.instead_of else []
        notes += ["no longer used"] if one.is_deprecated else []
        click.echo(f"{one.id}  {one.type}  {one.label}" + (f"  ({', '.join(notes)})" if notes else ""))
    if not found:
        raise click.ClickException("nothing is called so")


@taxonomy.command("check")
def check() -> None:
    """Whether each JobTech id of the packs is here, for a skill, under the label that the pack holds."""
    packs = [load_pack(name) for name in pack_names()]
    ids = [one.jobtech.id for pack in packs for one in pack.competences if one.jobtech]

    async def look(database: Database) -> dict[str, Concept]:
        async with database.read() as session:
            concepts, labels = await repository.list_concepts(session, ids), await repository.list_labels(session, ids)
        return {id: Concept(labels[id].get("sv", ""), row.type) for id, row in concepts.items()}

    known = _run(look)
    problems = [(pack, problem) for pack in packs for problem in check_jobtech(pack, known.get)]
    for pack, problem in problems:
        click.echo(f"{pack.code}, {problem.path}: {problem.message}")
    if problems:
        raise click.ClickException(f"{len(problems)} of {len(ids)} ids are not as they should be")
    click.echo(f"All {len(ids)} ids are as they should be.")


def _pieces(file: Path) -> Iterator[str]:
    with file.open(encoding="utf-8-sig") as text:
        while piece := text.read(PIECE_CHARS):
            yield piece


def _run(work: Callable[[Database], Awaitable[ResultT]]) -> ResultT:
    async def run() -> ResultT:
        database = Database(read_settings().database_url)
        try:
            return await work(database)
        finally:
            await database.dispose()

    return asyncio.run(run())
