"""Who could take a freed seat, found without going through everybody.

Sets of seekers are numbers with a bit for each, so that "waits for this employer" and "is free in this slot" are met
by one AND over a few hundred bytes.
"""

from __future__ import annotations

from server.planner.compiled import bits, spread
from server.planner.state import State


class WaitingList:
    """Per employer who still wants to meet them; per slot who could begin a meeting then and may have one more."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.wants = [0] * len(state.compiled.problem.employers)
        self.idle = [0] * state.compiled.slots
        self._idle_of: list[int] = []
        for seeker in range(len(state.busy)):
            self.update(seeker)

    def update(self, seeker: int) -> None:
        """Note what has changed for a seeker; new ones come at the end."""
        state, bit = self.state, 1 << seeker
        compiled = state.compiled
        if seeker == len(self._idle_of):
            self._idle_of.append(0)
        for pair in compiled.pairs_of[seeker]:
            if state.slot_of[pair] < 0 and not compiled.fixed[pair]:
                self.wants[compiled.of_employer[pair]] |= bit
            else:
                self.wants[compiled.of_employer[pair]] &= ~bit
        idle = 0
        if state.can_have_more(seeker):
            rest, longer = compiled.problem.rules.rest_slots, compiled.length[seeker] - 1
            idle = compiled.starts[seeker] & ~spread(state.busy[seeker], rest + longer, rest)
        for slot in bits(idle ^ self._idle_of[seeker]):
            self.idle[slot] ^= bit
        self._idle_of[seeker] = idle

    def for_seat(self, employer: int, slot: int) -> list[int]:
        """The pairs that could take a seat of the employer in the slot, dearest first."""
        compiled = self.state.compiled
        found = [compiled.pair_at[seeker, employer] for seeker in bits(self.wants[employer] & self.idle[slot])]
        gains = {pair: self.state.gain(pair) for pair in found}
        return sorted((pair for pair in found if gains[pair] > 0), key=lambda pair: (-gains[pair], pair))
