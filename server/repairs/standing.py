"""The plan as it stands in the hall: beside what the planner knows of a day, who is here and whose time has come.

A meeting whose time has begun without its people is not in the plan any more, yet it is to be held: it is named with
what happens, as (seeker, employer), and finds a place like those whose place is taken from them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from server.planner.live import MOVES_MAX, OPTIONS_MAX, LiveDay, NoSuchMeeting
from server.planner.options import Option, Trial

Couple = tuple[str, str]
"""A seeker and an employer."""
FROM_THE_LINE = 2
# More beginnings than are shown, since the first that are found need not be done soonest.
FIRST_SEATS_MAX = 6


class StandingDay(LiveDay):
    """A running day; each question leaves what has happened noted, so a day is asked once."""

    def late_until(self, seeker: str, slot: int, *, missed: Iterable[Couple] = ()) -> tuple[Option, ...]:
        """Where the meetings could go of somebody who comes in `slot` at the earliest."""
        number = self._seeker(seeker)
        mine = [pair for pair in self.state.mine[number] if self.now <= self.state.slot_of[pair] < slot]
        self.compiled.starts[number] &= ~((1 << slot) - 1)
        return self._seat_again(mine + self._pairs_of(missed))

    def closed(
        self, desks: Iterable[str], *, stranded: Iterable[Couple] = (), begun: Collection[Couple] = ()
    ) -> tuple[Option, ...]:
        """Where the meetings of desks could go that are closed from now on; those that have begun stay."""
        stay = set(self._pairs_of(begun))
        displaced: list[int] = []
        for desk in (self.compiled.desk_at[desk] for desk in desks):
            for slot in range(self.now, self.compiled.slots):
                pair = self.state.seat[desk][slot]
                if pair >= 0 and pair not in displaced and pair not in stay and self.state.slot_of[pair] >= self.now:
                    displaced.append(pair)
                self.state.close(desk, slot)
        return self._seat_again(displaced + self._pairs_of(stranded))

    def come(self, seeker: str, *, wanted: int) -> tuple[Option, ...]:
        """Where somebody who stands at the door could have up to `wanted` meetings more."""
        number = self._seeker(seeker)
        state, compiled = self.state, self.compiled
        wanted += len(state.mine[number])
        more = max(wanted - compiled.most[number], 0)
        compiled.most[number] += more
        compiled.bonus[number] += (0,) * more
        open_ = [pair for pair in compiled.pairs_of[number] if state.slot_of[pair] < 0 and not compiled.fixed[pair]]
        open_.sort(key=lambda pair: (-compiled.worth[pair], pair))
        for moves in range(MOVES_MAX + 1):
            found = self._first_seats(number, open_, wanted, moves)
            if found:
                return tuple(sorted(found, key=lambda option: _rank(option, seeker))[:OPTIONS_MAX])
        return ()

    def _first_seats(self, seeker: int, pairs: list[int], wanted: int, moves: int) -> list[Option]:
        """As a planner's day does, but with whatever else is wanted tried after each beginning."""
        found: list[Option] = []
        for first in pairs:
            trial = Trial(self.state)
            if trial.seat(first, moves=moves):
                for pair in pairs:
                    if pair != first and len(self.state.mine[seeker]) < wanted:
                        trial.seat(pair, moves=moves)
            self._keep(found, trial, [first])
            if len(found) == FIRST_SEATS_MAX:
                break
        return found

    def freed(self, desk: str, slot: int, *, here: Collection[str], is_now: bool) -> tuple[Option, ...]:
        """Who could take a free seat: whoever is here and waits, or comes there later, before who is on their way.

        In a slot that runs (`is_now`) only somebody who is here can.
        """
        number = self.compiled.desk_at[desk]
        crew = self.compiled.crew_at[number][slot]
        if crew < 0:
            return ()
        there = {self.compiled.seeker_at[seeker] for seeker in here if seeker in self.compiled.seeker_at}
        barred, self.state.barred = self.state.barred, self.state.barred & ~(1 << slot)
        line = self._line_for(crew, slot)
        ready = [pair for pair in line if self.compiled.of_seeker[pair] in there]
        found = [self._seated(pair, crew, slot, number) for pair in ready[:OPTIONS_MAX]]
        earlier = self._come_earlier(number, crew, slot, there)
        found = [*found[:FROM_THE_LINE], *earlier[: OPTIONS_MAX - len(found[:FROM_THE_LINE])], *found[FROM_THE_LINE:]]
        if not is_now:
            found += [self._seated(pair, crew, slot, number) for pair in line if pair not in ready][:OPTIONS_MAX]
        self.state.barred = barred
        return tuple(found[:OPTIONS_MAX])

    def _line_for(self, crew: int, slot: int) -> list[int]:
        """The pairs that could take a seat of the crew as it is, the dearest first."""
        state = self.state
        return [
            pair
            for pair in self.waiting.for_seat(self.compiled.crews[crew].employer, slot)
            if crew in self.compiled.options[pair] and self._short(pair) and state.direct(pair, crew) >> slot & 1
        ]

    def _seated(self, pair: int, crew: int, slot: int, desk: int) -> Option:
        trial = Trial(self.state)
        trial.place_at(pair, crew, slot, desk)
        option = self._option(trial, concerned=())
        trial.take_back()
        return option

    def _come_earlier(self, desk: int, crew: int, slot: int, here: Collection[int]) -> list[Option]:
        """Whoever is here and has a later meeting with the crew, the soonest first; somebody may take that seat."""
        state, compiled = self.state, self.compiled
        found = []
        for later in range(slot + 1, compiled.slots):
            for other in compiled.crews[crew].desks[later]:
                pair = state.seat[other][later]
                if pair < 0 or compiled.of_seeker[pair] not in here or not self._short(pair):
                    continue
                begins = compiled.starts[compiled.of_seeker[pair]] & state.rooms(pair, crew) & ~state.around(pair, crew)
                if begins >> slot & 1:
                    found.append(self._earlier(pair, (crew, slot, desk), later))
                if len(found) == OPTIONS_MAX:
                    return found
        return found

    def _earlier(self, pair: int, seat: tuple[int, int, int], later: int) -> Option:
        crew, slot, desk = seat
        trial = Trial(self.state)
        trial.touch(pair)
        self.state.remove(pair)
        trial.place_at(pair, crew, slot, desk)
        for next_ in self._line_for(crew, later)[:1] if later >= self.now else ():
            trial.touch(next_)
            self.state.place(next_, crew, later)
        option = self._option(trial, concerned=())
        trial.take_back()
        return option

    def _pairs_of(self, couples: Iterable[Couple]) -> list[int]:
        found = []
        for seeker, employer in couples:
            try:
                found.append(self._listed(seeker, employer))
            except NoSuchMeeting:
                continue  # the two can never meet as the desks are now
        return found

    def _without(self, pairs: Iterable[int]) -> Trial:
        """Also pairs that have no place just now."""
        trial = Trial(self.state)
        for pair in pairs:
            trial.touch(pair)
            if self.state.slot_of[pair] >= 0:
                self.state.remove(pair)
        return trial


def _rank(option: Option, seeker: str) -> tuple[int, int, int, int]:
    """Most meetings first, then whoever moves the fewest others, is worth most, and is done soonest."""
    mine = [change.after.slot for change in option.changes if change.seeker == seeker and change.after is not None]
    return (-len(mine), len(option.moved), option.cost, sum(mine))
