"""The plan while the day runs: what happens is noted at once, and the three best answers to it are offered.

Nothing that has begun is touched, and nobody is moved until somebody confirms an option.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from server.planner.compiled import add_pair, add_seeker, compile_problem
from server.planner.model import Meeting, Pair, Problem, Seeker
from server.planner.options import CHAINS_TRIED, LOOKS_MAX, Change, Option, Place, Spot, Trial, place_of
from server.planner.repair import apply, chains
from server.planner.state import NOWHERE, State
from server.planner.validation import Fault, ProblemInvalid, check, seeker_faults
from server.planner.waiting import WaitingList

OPTIONS_MAX = 3
MOVES_MAX = 2


class NoSuchMeeting(LookupError):
    """The plan has no such meeting, or it has begun."""


class LiveDay:
    """A plan on its day. `now` is the first slot that has not begun.

    Each thing that happens is a method: it notes the fact and gives at most three options, the one that moves the
    fewest first; `confirm` carries one out. An option holds until something else changes. Meetings that the problem
    has frozen move only when what happens takes their own seat, hour or room.
    """

    def __init__(self, problem: Problem, meetings: Iterable[Meeting], *, now: int = 0) -> None:
        pinned = problem.frozen
        problem = replace(problem, frozen=tuple(meetings))
        check(problem)
        self.compiled = compile_problem(problem)
        self.state = State(self.compiled)
        self.compiled.fixed = [False] * len(self.compiled.fixed)
        for meeting in pinned:
            self.compiled.fixed[self._listed(meeting.seeker, meeting.employer)] = True
        self.now = 0
        self.waiting = WaitingList(self.state)
        self.advance(now)

    def advance(self, now: int) -> None:
        """Let time go on to `now`: what begins before it stays as it is."""
        self.now = max(now, self.now)
        self.state.barred = (1 << self.now) - 1
        for row in self.state.seat:
            for pair in row[: self.now]:
                if pair >= 0:
                    self.compiled.fixed[pair] = True

    def meetings(self) -> tuple[Meeting, ...]:
        """The plan as it stands."""
        return self.state.meetings()

    def no_show(self, seeker: str, employer: str) -> tuple[Option, ...]:
        """Free the seat of somebody who did not come; who could sit there instead, the dearest first."""
        pair = self._placed(seeker, employer)
        crew, slot, desk = self._spot(pair)
        self.state.remove(pair)
        self.compiled.fixed[pair] = True
        self.waiting.update(self.compiled.of_seeker[pair])
        return self.fill(desk, crew, slot)

    def fill(self, desk: int, crew: int, slot: int) -> tuple[Option, ...]:
        """Who could take a free seat: first whoever waits, else somebody with a later meeting there."""
        state = self.state
        barred, state.barred = state.barred, state.barred & ~(1 << slot)
        found = []
        for pair in self.waiting.for_seat(self.compiled.crews[crew].employer, slot):
            if crew in self.compiled.options[pair] and state.direct(pair, crew) >> slot & 1 and self._short(pair):
                trial = Trial(state)
                trial.place_at(pair, crew, slot, desk)
                found.append(self._option(trial, concerned=()))
                trial.take_back()
                if len(found) == OPTIONS_MAX:
                    break
        found = found or self._brought_forward(desk, crew, slot)
        state.barred = barred
        return tuple(found)

    def _brought_forward(self, desk: int, crew: int, slot: int) -> list[Option]:
        """Somebody who has a later meeting with the crew comes now, and who waits takes that seat."""
        state = self.state
        found = []
        for later in range(slot + 1, self.compiled.slots):
            for other_desk in self.compiled.crews[crew].desks[later]:
                pair = state.seat[other_desk][later]
                if pair < 0 or not self._short(pair) or not self._can_begin(pair, crew, slot):
                    continue
                trial = Trial(state)
                trial.touch(pair)
                state.remove(pair)
                trial.place_at(pair, crew, slot, desk)
                for next_ in self.waiting.for_seat(self.compiled.crews[crew].employer, later):
                    if crew in self.compiled.options[next_] and state.direct(next_, crew) >> later & 1:
                        trial.touch(next_)
                        state.place(next_, crew, later)
                        found.append(self._option(trial, concerned=()))
                        break
                trial.take_back()
                if len(found) == OPTIONS_MAX:
                    return found
        return found

    def late(self, seeker: str, slots: int) -> tuple[Option, ...]:
        """Note that somebody comes `slots` slots from now at the earliest; where their missed meetings could go."""
        number = self._seeker(seeker)
        arrives = self.now + max(slots, 0)
        missed = [pair for pair in self.state.mine[number] if self.now <= self.state.slot_of[pair] < arrives]
        self.compiled.starts[number] &= ~((1 << arrives) - 1)
        self.waiting.update(number)
        return self._seat_again(missed)

    def walk_in(self, seeker: Seeker, pairs: Iterable[Pair], *, wanted: int = 1) -> tuple[Option, ...]:
        """Take in somebody nobody expected; where they could have up to `wanted` meetings.

        Raises:
            ProblemInvalid: the seeker or a pair names what is not there.
        """
        pairs = tuple(pairs)
        self._check_new(seeker, pairs)
        compiled, state = self.compiled, self.state
        problem = compiled.problem
        compiled.problem = replace(problem, seekers=(*problem.seekers, seeker))
        number = add_seeker(compiled, seeker)
        compiled.seeker_at[seeker.id] = number
        for pair in pairs:
            add_pair(compiled, pair, seeker)
        state.grow()
        self.waiting.update(number)
        mine = sorted(compiled.pairs_of[number], key=lambda pair: (-compiled.worth[pair], pair))
        for moves in range(MOVES_MAX + 1):
            found = self._first_seats(number, mine, wanted, moves)
            if found:
                return _best(found)
        return ()

    def recruiter_gone(self, recruiter: str) -> tuple[Option, ...]:
        """Close every desk of a recruiter from now on; where the meetings there could go."""
        desks = [number for number, desk in enumerate(self.compiled.problem.desks) if desk.recruiter == recruiter]
        return self._close(desks)

    def desk_closed(self, desk: str) -> tuple[Option, ...]:
        """Close a desk from now on; where the meetings there could go."""
        return self._close([self.compiled.desk_at[desk]])

    def room_lost(self, pool: str, number: int = 1) -> tuple[Option, ...]:
        """Take `number` rooms, stations or interpreters away from now on; where the cheapest too many could go.

        `pool` is stations, accessible_stations, video_rooms or interpreters[kind].
        """
        compiled, state = self.compiled, self.state
        index = compiled.pool_names.index(pool)
        for slot in range(self.now, compiled.slots):
            compiled.pools[index][slot] = max(compiled.pools[index][slot] - number, 0)
            state.left[index][slot] -= number
            if state.left[index][slot] <= 0:
                state.open[index] &= ~(1 << slot)
        too_many: list[int] = []
        for slot in range(self.now, compiled.slots):
            drawing = sorted(
                (row[slot] for row in state.seat if row[slot] >= 0 and self._draws(row[slot], index)),
                key=lambda pair: (compiled.fixed[pair], compiled.worth[pair], pair),
            )
            gone = sum(1 for pair in too_many if state.mask(pair) >> slot & 1)
            free = [pair for pair in drawing if pair not in too_many and state.slot_of[pair] >= self.now]
            too_many += free[: max(-state.left[index][slot] - gone, 0)]
        return self._seat_again(too_many)

    def confirm(self, option: Option) -> None:
        """Carry an option out.

        Raises:
            NoSuchMeeting: the plan has changed since it was offered.
        """
        trial = Trial(self.state)
        changes = [(self._listed(change.seeker, change.employer), change) for change in option.changes]
        for pair, change in changes:
            if place_of(self.state, self._spot(pair)) != change.before:
                raise NoSuchMeeting("the plan has changed since this was offered")
        for pair, change in changes:
            trial.touch(pair)
            if change.before is not None:
                self.state.remove(pair)
        if not all(self._put(pair, change.after) for pair, change in changes if change.after is not None):
            trial.take_back()
            raise NoSuchMeeting("the place has been taken since this was offered")
        for pair, _ in changes:
            self.waiting.update(self.compiled.of_seeker[pair])
        self.advance(self.now)

    def _put(self, pair: int, place: Place) -> bool:
        state, desk = self.state, self.compiled.desk_at[place.desk]
        crew = self.compiled.crew_at[desk][place.slot]
        barred, state.barred = state.barred, state.barred & ~(1 << place.slot)
        fits = crew in self.compiled.options[pair] and state.direct(pair, crew) >> place.slot & 1
        state.barred = barred
        if not fits or not self._desk_is_free(pair, desk, place.slot):
            return False
        state.place_at(pair, crew, place.slot, desk)
        return True

    def _seat_again(self, pairs: list[int]) -> tuple[Option, ...]:
        """Where meetings that cannot stay could go, the ones worth most choosing first."""
        compiled = self.compiled
        pairs = sorted(pairs, key=lambda pair: (-compiled.worth[pair], pair))
        for pair in pairs:
            compiled.fixed[pair] = False
            self.waiting.update(compiled.of_seeker[pair])
        if not pairs:
            return ()
        if len(pairs) == 1:
            return self._places_for(pairs[0])
        found: list[Option] = []
        for moves in range(MOVES_MAX + 1):
            trial = self._without(pairs)
            for pair in pairs:
                if not trial.seat(pair, moves=moves):
                    self._compensate(trial, pair, moves)
            self._keep(found, trial, pairs)
        return _best(found)

    def _compensate(self, trial: Trial, lost: int, moves: int) -> None:
        """Somebody whose meeting finds no place meets another employer whom they wait for, the dearest who can."""
        compiled = self.compiled
        others = [pair for pair in compiled.pairs_of[compiled.of_seeker[lost]] if pair != lost]
        for pair in sorted(others, key=lambda pair: (-compiled.worth[pair], pair)):
            waits = self.state.slot_of[pair] < 0 and not compiled.fixed[pair]
            if waits and self.state.gain(pair) > 0 and trial.seat(pair, moves=moves):
                return

    def _places_for(self, pair: int) -> tuple[Option, ...]:
        """The three places for one meeting that move the fewest, or no place at all."""
        found: list[Option] = []
        for moves in range(1, MOVES_MAX + 1):
            trial = self._without([pair])
            tries = list(islice(chains(self.state, pair, depth=moves, looks=LOOKS_MAX), CHAINS_TRIED))
            trial.take_back()
            for chain in tries:
                trial = self._without([pair])
                for step in chain:
                    trial.touch(step.pair)
                if apply(self.state, chain):
                    self._keep(found, trial, [pair])
                else:
                    trial.take_back()
                if len(found) == OPTIONS_MAX:
                    return _best(found)
            if found:
                break
        for moves in (0, 1):
            trial = self._without([pair])
            self._compensate(trial, pair, moves)
            self._keep(found, trial, [pair])
        return _best(found)

    def _without(self, pairs: Iterable[int]) -> Trial:
        trial = Trial(self.state)
        for pair in pairs:
            trial.touch(pair)
            self.state.remove(pair)
        return trial

    def _keep(self, found: list[Option], trial: Trial, pairs: Iterable[int]) -> None:
        """Add what has been tried to the options, unless it is there already, and take it back."""
        option = self._option(trial, concerned=[self.compiled.of_seeker[pair] for pair in pairs])
        trial.take_back()
        if option.changes and option.changes not in [other.changes for other in found]:
            found.append(option)

    def _first_seats(self, seeker: int, pairs: list[int], wanted: int, moves: int) -> list[Option]:
        """Ways to give a seeker meetings, each beginning with another of the dearest pairs that have a place."""
        found: list[Option] = []
        for number, first in enumerate(pairs):
            trial = Trial(self.state)
            if trial.seat(first, moves=moves):
                for pair in pairs[number + 1 :]:
                    if len(self.state.mine[seeker]) < min(wanted, self.compiled.most[seeker]):
                        trial.seat(pair, moves=moves)
            self._keep(found, trial, [first])
            if len(found) == OPTIONS_MAX:
                break
        return found

    def _close(self, desks: list[int]) -> tuple[Option, ...]:
        displaced: list[int] = []
        for desk in desks:
            for slot in range(self.now, self.compiled.slots):
                pair = self.state.seat[desk][slot]
                if pair >= 0 and pair not in displaced and self.state.slot_of[pair] >= self.now:
                    displaced.append(pair)
                self.state.close(desk, slot)
        return self._seat_again(displaced)

    def _option(self, trial: Trial, *, concerned: Iterable[int]) -> Option:
        state, compiled = self.state, self.compiled
        there = set(concerned)
        changes: list[Change] = []
        moved: dict[str, None] = {}
        for pair in trial.changed():
            seeker = compiled.of_seeker[pair]
            before, after = place_of(state, trial.before[pair]), place_of(state, self._spot(pair))
            who = compiled.problem.seekers[seeker].id
            changes.append(Change(who, compiled.problem.employers[compiled.of_employer[pair]].id, before, after))
            if before is not None and seeker not in there:
                moved[who] = None
        dropped = tuple(change for change in changes if change.after is None)
        return Option(tuple(changes), -trial.gained(), tuple(moved), dropped)

    def _check_new(self, seeker: Seeker, pairs: tuple[Pair, ...]) -> None:
        found = list(seeker_faults("seeker", seeker, self.compiled.problem))
        if seeker.id in self.compiled.seeker_at:
            found.append(Fault("seeker.id", f"{seeker.id!r} is there already"))
        seen: set[str] = set()
        for number, pair in enumerate(pairs):
            if pair.employer not in self.compiled.employer_at:
                found.append(Fault(f"pairs[{number}].employer", f"there is no employer {pair.employer!r}"))
            if pair.seeker != seeker.id or pair.employer in seen:
                found.append(Fault(f"pairs[{number}]", "it is another seeker's, or there twice"))
            seen.add(pair.employer)
        if found:
            raise ProblemInvalid(tuple(found))

    def _seeker(self, seeker: str) -> int:
        if seeker not in self.compiled.seeker_at:
            raise NoSuchMeeting(f"there is no seeker {seeker!r}")
        return self.compiled.seeker_at[seeker]

    def _listed(self, seeker: str, employer: str) -> int:
        key = (self._seeker(seeker), self.compiled.employer_at.get(employer, NOWHERE))
        if key not in self.compiled.pair_at:
            raise NoSuchMeeting(f"{seeker!r} and {employer!r} are not to meet")
        return self.compiled.pair_at[key]

    def _placed(self, seeker: str, employer: str) -> int:
        pair = self._listed(seeker, employer)
        if self.state.slot_of[pair] < 0:
            raise NoSuchMeeting(f"{seeker!r} has no meeting with {employer!r}")
        return pair

    def _spot(self, pair: int) -> Spot:
        return self.state.crew_of[pair], self.state.slot_of[pair], self.state.desk_of[pair]

    def _short(self, pair: int) -> bool:
        return self.compiled.length[self.compiled.of_seeker[pair]] == 1

    def _desk_is_free(self, pair: int, desk: int, slot: int) -> bool:
        length = self.compiled.length[self.compiled.of_seeker[pair]]
        return all(self.state.seat[desk][now] < 0 for now in range(slot, slot + length))

    def _can_begin(self, pair: int, crew: int, slot: int) -> bool:
        state = self.state
        begins = (
            self.compiled.starts[self.compiled.of_seeker[pair]] & state.rooms(pair, crew) & ~state.around(pair, crew)
        )
        return bool(begins >> slot & 1) and not self.compiled.fixed[pair]

    def _draws(self, pair: int, pool: int) -> bool:
        crew, need = self.state.crew_of[pair], self.compiled.need[self.compiled.of_seeker[pair]]
        return crew >= 0 and pool in self.compiled.pools_for[crew, need]


def _best(options: list[Option]) -> tuple[Option, ...]:
    """The three that drop the fewest, move the fewest and cost least, in that order."""
    options.sort(key=lambda option: (len(option.dropped), len(option.moved), option.cost))
    return tuple(options[:OPTIONS_MAX])
