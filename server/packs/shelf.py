"""Every version that scorecards can be filled with: those that come with the product and those published here.

A published version never changes and is used from a later day on, so that a process has read it long before it is
needed; `PackKeeper` reads what is new every few seconds.
"""

from __future__ import annotations

import asyncio
from datetime import date

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.instrument import Instrument, InstrumentRef
from feedback.pack_loader import load_instrument, load_pack, pack_names, read_pack
from server.kit.db import Database
from server.packs.tables import PackVersionRow

READ_EVERY_S = 5.0
_published: dict[InstrumentRef, Instrument] = {}


def instrument(ref: InstrumentRef) -> Instrument:
    """The very version that a scorecard was filled with.

    Raises:
        LookupError: there is no such pack or version.
    """
    return _published.get(ref) or load_instrument(ref)


def versions(code: str) -> list[Instrument]:
    """Every version of a pack, the oldest first; none where there is no such pack."""
    shipped = [load_pack(name) for name in pack_names() if name.rpartition("_v")[0] == code]
    here = [one for one in _published.values() if one.code == code]
    return sorted([*shipped, *here], key=lambda one: one.version)


def newest(code: str, *, on: date) -> Instrument:
    """The newest version that is in use on a day; the very first where none is yet.

    Raises:
        LookupError: there is no such pack.
    """
    known = versions(code)
    if not known:
        raise LookupError(f"there is no pack {code!r}")
    return next((one for one in reversed(known) if one.valid_from <= on), known[0])


def codes() -> list[str]:
    """The packs that there are."""
    return sorted({load_pack(name).code for name in pack_names()} | {ref.code for ref in _published})


async def read_published(session: AsyncSession) -> None:
    """Take in what has been published since."""
    query = select(PackVersionRow).where(col(PackVersionRow.state) == "published")
    for row in (await session.exec(query)).all():
        ref = InstrumentRef(row.code, row.version)
        if ref not in _published:
            _published[ref] = read_pack(row.data)


def take_off(code: str) -> None:
    """Forget the published versions of a pack, as when a test's database is gone."""
    for ref in [ref for ref in _published if ref.code == code]:
        del _published[ref]


class PackKeeper:
    """Reads what other processes have published."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def look(self) -> None:
        """Read once."""
        async with self._database.read() as session:
            await read_published(session)

    async def run(self) -> None:
        """Read again and again."""
        while True:
            await self.look()
            await asyncio.sleep(READ_EVERY_S)
