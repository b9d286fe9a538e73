"""Bands by HTTP: a seeker's own, or of one who shares; no other answer of the product names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.instrument import Text
from feedback.pack_loader import newest_pack
from feedback.places import Direction
from feedback.profile import BAND_FROM, ItemRow
from server.kit.rows import Found
from server.places import repository
from server.places.rules import Awaits, Item, awaits


class Band(BaseModel):
    """From where to where on the 1–5 scale, with 90 % certainty."""

    low: float
    high: float


class Place(BaseModel):
    """Where the seeker probably lies on one item: now, after three meetings, and which way it moved.

    `first` is None while now is after three. `direction` comes from six meetings on.
    """

    meetings: int
    now: Band
    first: Band | None
    direction: Direction | None


class Making(BaseModel):
    """How the bands were made, for those who want to know."""

    model_version: str
    fitted_at: datetime


class SharedPlace(BaseModel):
    """The band of one item as the seeker's case worker may see it."""

    pack: str
    item: str
    title: Text
    place: Place


@dataclass(frozen=True, slots=True)
class Places:
    """A seeker's bands as stored, the items that are fitted, and whether the reader may see them at all."""

    found: Mapping[Item, Found]
    fitted: Mapping[Item, Found]
    sees_all: bool

    def of(self, row: ItemRow) -> tuple[Place | None, Awaits | None]:
        """The band beside the row, or what it waits for."""
        item = (row.pack, row.item.code)
        if self.sees_all and item in self.found:
            return _place(self.found[item]), None
        return None, awaits(seen=row.seen, is_fitted=item in self.fitted, sees_all=self.sees_all)

    @property
    def made(self) -> Making | None:
        """How the bands were made; None where there is none to see."""
        if not self.found or not self.fitted or not self.sees_all:
            return None
        newest = max(self.fitted.values(), key=lambda row: row.at)
        return Making(model_version=newest.model_version, fitted_at=newest.at)


async def places_of(session: AsyncSession, person_id: UUID, *, sees_all: bool) -> Places:
    """Somebody's bands, for whoever `feedback.visibility.sees_places` lets in."""
    fitted = await repository.list_fitted(session)
    return Places(await repository.list_places(session, person_id) if sees_all else {}, fitted, sees_all)


def shared_places(places: Places) -> list[SharedPlace]:
    """The bands in the order that the questions are asked."""
    shown = []
    for pack in sorted({pack for pack, _ in places.found}):
        for item in newest_pack(pack).items:
            if (pack, item.code) in places.found:
                row = places.found[pack, item.code]
                shown.append(SharedPlace(pack=pack, item=item.code, title=item.title, place=_place(row)))
    return shown


def _place(row: Found) -> Place:
    return Place(
        meetings=row.meetings,
        now=_band(row.low, row.high),
        first=_band(row.first_low, row.first_high) if row.meetings > BAND_FROM else None,
        direction=row.direction,
    )


def _band(low: float, high: float) -> Band:
    return Band(low=round(low, 2), high=round(high, 2))
