"""A meeting that gets another place, as ids alone. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Spot:
    """A desk and a slot."""

    desk_id: UUID
    slot_id: UUID


@dataclass(frozen=True, slots=True)
class Shift:
    """A meeting that gets another place; no place before means new, none after means that it is not held.

    `is_missed`: its seeker did not come.
    """

    seeker_id: UUID
    organisation_id: UUID
    before: Spot | None
    after: Spot | None
    is_missed: bool = False

    @property
    def couple(self) -> tuple[UUID, UUID]:
        """Seeker and employer."""
        return (self.seeker_id, self.organisation_id)
