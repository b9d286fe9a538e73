"""`direktkontakt pack`: look an industry pack over, and tell in words what differs between two."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from feedback.instrument import Instrument
from feedback.pack_loader import PackInvalid, read_pack_text
from feedback.pack_words import pack_changes, place_in_words
from feedback.problem import PROBLEMS_MAX

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def pack() -> None:
    """Industry packs: what employers are asked, as data."""


@pack.command("check")
@click.argument("file", type=FILE)
def check(file: Path) -> None:
    """Look FILE over, and say what to put right and where."""
    instrument = _read(file)
    click.echo(
        f"{file.name} can be used: “{instrument.title.sv}” ({instrument.code}, version {instrument.version}), "
        f"{len(instrument.items)} rated items, {len(instrument.competences)} competences, "
        f"used from {instrument.valid_from}."
    )


@pack.command("diff")
@click.argument("before", type=FILE)
@click.argument("after", type=FILE)
def diff(before: Path, after: Path) -> None:
    """Say in words what AFTER says otherwise than BEFORE."""
    packs = []
    for file in (before, after):
        _read(file)
        packs.append(json.loads(file.read_text(encoding="utf-8-sig")))
    changes = pack_changes(*packs)
    click.echo("\n".join(change.in_words() for change in changes) or "Nothing differs but the version.")


def _read(file: Path) -> Instrument:
    with in_words(file.name):
        return read_pack_text(file.read_text(encoding="utf-8"))


@contextmanager
def in_words(name: str) -> Iterator[None]:
    """A pack that cannot be used ends the command, with what to put right and where."""
    try:
        yield
    except UnicodeDecodeError:
        raise click.ClickException(f"{name} is not a text file in UTF-8. Save it again as UTF-8.") from None
    except PackInvalid as refusal:
        lines = [
            f"{number}. {place_in_words(one.path)}:\n   {one.message}"
            for number, one in enumerate(refusal.problems, start=1)
        ]
        more = ["Put these right first and check again: there may be more."] if len(lines) == PROBLEMS_MAX else []
        raise click.ClickException("\n".join([f"{name} cannot be used yet.", *lines, *more])) from None
