"""Who sits where while a plan is being made: meetings placed and taken away, with every limit kept at each step."""

from __future__ import annotations

from server.planner.compiled import Compiled, bits, spread
from server.planner.model import Meeting

NOWHERE = -1


class State:
    """A plan in the making.

    Per pair: `slot_of` (where its meeting begins, or -1), `desk_of`, `crew_of`. Per seeker: `busy` (mask) and `mine`
    (pairs placed). Per crew: `free` (mask of slots with a seat left). Per pool: `open` (mask) and `left` (numbers).
    `seat[desk][slot]` is the pair that sits there, or -1. No meeting begins in a slot of `barred`; pairs in `kept`
    stand where an earlier plan had them, and are not moved for breaks.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        pairs = len(compiled.worth)
        self.slot_of = [NOWHERE] * pairs
        self.desk_of = [NOWHERE] * pairs
        self.crew_of = [NOWHERE] * pairs
        self.busy = [0] * len(compiled.starts)
        self.mine: list[list[int]] = [[] for _ in compiled.starts]
        self.seat = [[NOWHERE] * compiled.slots for _ in compiled.crew_at]
        self.left = [list(numbers) for numbers in compiled.pools]
        self.open = [sum(1 << slot for slot, number in enumerate(row) if number > 0) for row in self.left]
        self.free = [crew.duty for crew in compiled.crews]
        self.barred = 0
        self.kept: set[int] = set()
        for meeting in compiled.problem.frozen:
            self._place_frozen(meeting)

    def _place_frozen(self, meeting: Meeting) -> None:
        compiled = self.compiled
        seeker, desk = compiled.seeker_at[meeting.seeker], compiled.desk_at[meeting.desk]
        pair = compiled.pair_at[seeker, compiled.employer_at[meeting.employer]]
        self._put(pair, compiled.crew_at[desk][meeting.slot], meeting.slot, desk)

    def around(self, pair: int, crew: int, *, without: int = NOWHERE) -> int:
        """The slots in which the pair's meeting must not begin, for its seeker's other meetings' sake."""
        compiled = self.compiled
        seeker = compiled.of_seeker[pair]
        length = compiled.length[seeker]
        if not compiled.travels:
            busy = self.busy[seeker]
            if self.slot_of[pair] >= 0:
                busy &= ~self.mask(pair)
            if without >= 0:
                busy &= ~self.mask(without)
            rest = compiled.problem.rules.rest_slots
            return busy if length == 1 and not rest else spread(busy, rest + length - 1, rest)
        barred = 0
        for other in self.mine[seeker]:
            if other not in (pair, without):
                there = self.crew_of[other]
                rest = compiled.gap(compiled.crews[crew].place, compiled.crews[there].place) if there >= 0 else 0
                rest = max(rest, compiled.problem.rules.rest_slots)
                barred |= spread(self.mask(other), rest + length - 1, rest)
        return barred

    def mask(self, pair: int) -> int:
        """The slots that the pair's meeting takes."""
        return ((1 << self.compiled.length[self.compiled.of_seeker[pair]]) - 1) << self.slot_of[pair]

    def seats(self, pair: int, crew: int) -> int:
        """The slots in which a meeting of the pair could begin as far as the crew's seats go."""
        if self.compiled.length[self.compiled.of_seeker[pair]] == 1:
            return self.free[crew]
        starts = self.free[crew] & (self.free[crew] >> 1) & self.compiled.crews[crew].duty_two
        found = 0
        for slot in bits(starts):
            if self.free_desk(crew, slot, 2) >= 0:
                found |= 1 << slot
        return found

    def rooms(self, pair: int, crew: int) -> int:
        """The slots in which a meeting of the pair could begin as far as rooms, stations and interpreters go."""
        compiled = self.compiled
        seeker = compiled.of_seeker[pair]
        found = -1
        for pool in compiled.pools_for[crew, compiled.need[seeker]]:
            found &= self.open[pool]
        return found if compiled.length[seeker] == 1 else found & (found >> 1)

    def direct(self, pair: int, crew: int) -> int:
        """The slots in which the pair's meeting could begin right now."""
        found = self.seats(pair, crew) & self.compiled.starts[self.compiled.of_seeker[pair]] & ~self.barred
        if found:
            found &= self.rooms(pair, crew)
        return found & ~self.around(pair, crew) if found else 0

    def free_desk(self, crew: int, slot: int, length: int) -> int:
        """A desk of the crew with nobody there for `length` slots from `slot`, or -1."""
        for desk in self.compiled.crews[crew].desks[slot]:
            if self.seat[desk][slot] < 0:
                if length == 1:
                    return desk
                if self.compiled.crew_at[desk][slot + 1] == crew and self.seat[desk][slot + 1] < 0:
                    return desk
        return NOWHERE

    def place(self, pair: int, crew: int, slot: int) -> None:
        """Place a meeting where `direct` allows it."""
        length = self.compiled.length[self.compiled.of_seeker[pair]]
        self._put(pair, crew, slot, self.free_desk(crew, slot, length))

    def place_at(self, pair: int, crew: int, slot: int, desk: int) -> None:
        """Place a meeting at a certain desk that is free."""
        self._put(pair, crew, slot, desk)

    def _put(self, pair: int, crew: int, slot: int, desk: int) -> None:
        compiled = self.compiled
        seeker = compiled.of_seeker[pair]
        self.slot_of[pair], self.desk_of[pair], self.crew_of[pair] = slot, desk, crew
        self.mine[seeker].append(pair)
        pools = compiled.pools_for[crew, compiled.need[seeker]] if crew >= 0 else ()
        for now in range(slot, min(slot + compiled.length[seeker], compiled.slots)):
            self.busy[seeker] |= 1 << now
            self.seat[desk][now] = pair
            there = compiled.crew_at[desk][now]
            if there >= 0 and self.free[there] >> now & 1 and self.free_desk(there, now, 1) < 0:
                self.free[there] &= ~(1 << now)
            for pool in pools:
                self.left[pool][now] -= 1
                if self.left[pool][now] <= 0:
                    self.open[pool] &= ~(1 << now)

    def remove(self, pair: int) -> None:
        """Take a placed meeting away."""
        compiled = self.compiled
        seeker, slot, desk, crew = compiled.of_seeker[pair], self.slot_of[pair], self.desk_of[pair], self.crew_of[pair]
        self.slot_of[pair] = self.desk_of[pair] = self.crew_of[pair] = NOWHERE
        self.mine[seeker].remove(pair)
        pools = compiled.pools_for[crew, compiled.need[seeker]] if crew >= 0 else ()
        for now in range(slot, min(slot + compiled.length[seeker], compiled.slots)):
            self.busy[seeker] &= ~(1 << now)
            self.seat[desk][now] = NOWHERE
            there = compiled.crew_at[desk][now]
            if there >= 0:
                self.free[there] |= 1 << now
            for pool in pools:
                self.left[pool][now] += 1
                if self.left[pool][now] > 0:
                    self.open[pool] |= 1 << now

    def close(self, desk: int, slot: int) -> None:
        """Take a desk off duty in a slot; whoever sits there stays until moved."""
        crew = self.compiled.crew_at[desk][slot]
        if crew < 0:
            return
        self.compiled.crew_at[desk][slot] = NOWHERE
        self.compiled.crews[crew].desks[slot].remove(desk)
        if self.free_desk(crew, slot, 1) < 0:
            self.free[crew] &= ~(1 << slot)
        if not self.compiled.crews[crew].desks[slot]:
            self.compiled.crews[crew].duty &= ~(1 << slot)

    def grow(self) -> None:
        """Make room for seekers and pairs that have been added to the numbers."""
        more = len(self.compiled.worth) - len(self.slot_of)
        for row in (self.slot_of, self.desk_of, self.crew_of):
            row.extend([NOWHERE] * more)
        for _ in range(len(self.compiled.starts) - len(self.busy)):
            self.busy.append(0)
            self.mine.append([])

    def gain(self, pair: int) -> int:
        """What one more meeting, of this pair, would be worth now."""
        compiled = self.compiled
        seeker = compiled.of_seeker[pair]
        number = len(self.mine[seeker])
        return compiled.worth[pair] + (compiled.bonus[seeker][number] if number < compiled.most[seeker] else 0)

    def can_have_more(self, seeker: int) -> bool:
        """Whether the seeker is below their maximum."""
        return len(self.mine[seeker]) < self.compiled.most[seeker]

    def value(self) -> int:
        """What the plan is worth, in hundredths."""
        return sum(self.worth_of(seeker) for seeker in range(len(self.mine)))

    def worth_of(self, seeker: int) -> int:
        """What a seeker's meetings are worth together, in hundredths."""
        mine, compiled = self.mine[seeker], self.compiled
        return sum(compiled.worth[pair] for pair in mine) + sum(compiled.bonus[seeker][: len(mine)])

    def breaks(self, seeker: int) -> int:
        """The seeker's idle gaps: stretches between two meetings that are longer than the rest they must have."""
        return (
            runs(spread(self.busy[seeker], 0, self.compiled.problem.rules.rest_slots)) - 1 if self.busy[seeker] else 0
        )

    def breaks_total(self) -> int:
        """The idle gaps of all seekers."""
        return sum(self.breaks(seeker) for seeker in range(len(self.busy)))

    def meetings(self) -> tuple[Meeting, ...]:
        """The plan as meetings, by slot and desk."""
        compiled = self.compiled
        found = []
        for pair, slot in enumerate(self.slot_of):
            if slot >= 0:
                seeker = compiled.problem.seekers[compiled.of_seeker[pair]].id
                employer = compiled.problem.employers[compiled.of_employer[pair]].id
                found.append(Meeting(seeker, employer, compiled.problem.desks[self.desk_of[pair]].id, slot))
        return tuple(sorted(found, key=lambda meeting: (meeting.slot, meeting.desk)))


def runs(mask: int) -> int:
    """How many stretches of set bits a mask has."""
    return (mask & ~(mask << 1)).bit_count()
