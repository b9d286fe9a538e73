"""What could be done about something that has happened, tried out on the plan and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from server.planner.repair import apply, chains
from server.planner.state import State

Spot = tuple[int, int, int]
CHAINS_TRIED = 8
LOOKS_MAX = 1_500


@dataclass(frozen=True, slots=True)
class Place:
    """A desk, and the slot in which a meeting there begins."""

    desk: str
    slot: int


@dataclass(frozen=True, slots=True)
class Change:
    """A meeting that gets another place; no place before means new, none after means dropped."""

    seeker: str
    employer: str
    before: Place | None
    after: Place | None


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to what has happened.

    `cost` is the value lost against the plan as it was, in hundredths; below zero it is won. `moved` are the people
    with changes who were not concerned by what has happened; `dropped` the meetings that find no place.
    """

    changes: tuple[Change, ...]
    cost: int
    moved: tuple[str, ...] = ()
    dropped: tuple[Change, ...] = ()


class Trial:
    """Changes to a state that are remembered, so that they can be taken back and told."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.before: dict[int, Spot] = {}
        self._worth: dict[int, int] = {}

    def touch(self, pair: int) -> None:
        """Remember where a pair is before it changes for the first time."""
        state = self.state
        if pair not in self.before:
            seeker = state.compiled.of_seeker[pair]
            self._worth.setdefault(seeker, state.worth_of(seeker))
            self.before[pair] = (state.crew_of[pair], state.slot_of[pair], state.desk_of[pair])

    def place_at(self, pair: int, crew: int, slot: int, desk: int) -> None:
        """Put a pair at a free desk."""
        self.touch(pair)
        self.state.place_at(pair, crew, slot, desk)

    def seat(self, pair: int, *, moves: int) -> bool:
        """Find the pair a place in which at most so many others move; whether there was one."""
        for number, chain in enumerate(chains(self.state, pair, depth=moves, looks=LOOKS_MAX)):
            if number == CHAINS_TRIED:
                return False
            for step in chain:
                self.touch(step.pair)
            if apply(self.state, chain):
                return True
        return False

    def changed(self) -> list[int]:
        """The pairs that are elsewhere than before."""
        state = self.state
        return [
            pair
            for pair, (_, slot, desk) in self.before.items()
            if (state.slot_of[pair], state.desk_of[pair]) != (slot, desk)
        ]

    def gained(self) -> int:
        """What the changes have won, in hundredths."""
        return sum(self.state.worth_of(seeker) - before for seeker, before in self._worth.items())

    def take_back(self) -> None:
        """Leave the state as it was."""
        changed = self.changed()
        for pair in changed:
            if self.state.slot_of[pair] >= 0:
                self.state.remove(pair)
        for pair in changed:
            crew, slot, desk = self.before[pair]
            if slot >= 0:
                self.state.place_at(pair, crew, slot, desk)


def place_of(state: State, spot: Spot) -> Place | None:
    """A spot by its desk's id, None when it is nowhere."""
    _, slot, desk = spot
    return Place(state.compiled.problem.desks[desk].id, slot) if slot >= 0 else None
