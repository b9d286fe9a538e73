"""The simple planner: everybody one meeting, then a second, each the first that fits. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from server.planning.ports import Placement, PlanDesk, PlanMeeting, PlanProblem, PlanSeeker, PlanSlot, Proposal
from server.planning.rules import Busy, available, form_fits


class FirstFit:
    """A `Planner` that never looks back.

    Round by round each seeker gets the dearest wish that still fits, then an employer who looks for
    what they can, and in the first round any employer, so that nobody is left out while others have two.
    Between desks the emptiest goes first, between slots the earliest.
    """

    def propose(self, problem: PlanProblem) -> Proposal:
        """New meetings for `problem`, the same for the same problem."""
        return _Search(problem).run()


class _Search:
    def __init__(self, problem: PlanProblem) -> None:
        self.problem = problem
        self.busy = Busy(problem.laid)
        self.met: dict[UUID, set[UUID]] = defaultdict(set)
        self.number: dict[UUID, int] = defaultdict(int)
        self.load: dict[UUID, int] = defaultdict(int)
        self.desks: dict[UUID, list[PlanDesk]] = defaultdict(list)
        self.wanted: dict[UUID, frozenset[str]] = {}
        for desk in problem.desks:
            self.desks[desk.organisation_id].append(desk)
            known = self.wanted.get(desk.organisation_id, frozenset())
            self.wanted[desk.organisation_id] = known | desk.competences_wanted
        here = {desk.id for desk in problem.desks}
        for meeting in problem.laid:
            if meeting.organisation_id is not None:
                self.met[meeting.seeker_id].add(meeting.organisation_id)
            if meeting.desk_id is not None and meeting.desk_id in here:
                self.number[meeting.seeker_id] += 1
                self.load[meeting.desk_id] += 1

    def run(self) -> Proposal:
        found: list[Placement] = []
        for target in range(1, self.problem.meetings_max + 1):
            for seeker in sorted(self.problem.seekers, key=_room):
                if self.number[seeker.id] < target:
                    placement = self._first(seeker, anybody=target == 1)
                    found += [placement] if placement else []
        left = tuple(seeker.id for seeker in self.problem.seekers if not self.number[seeker.id])
        return Proposal(tuple(found), left)

    def _first(self, seeker: PlanSeeker, *, anybody: bool) -> Placement | None:
        for organisation_id in self._employers(seeker, anybody=anybody):
            desks = [desk for desk in self.desks[organisation_id] if form_fits(desk.form, seeker.form)]
            for slot in self.problem.slots:
                if not available(seeker, slot.starts_at, slot.ends_at) or not self.busy.is_free(seeker.id, slot):
                    continue
                free = [desk for desk in desks if self.busy.fits(desk, slot, seeker_id=seeker.id)]
                if free:
                    return self._take(seeker, min(free, key=lambda desk: (self.load[desk.id], desk.id)), slot)
        return None

    def _employers(self, seeker: PlanSeeker, *, anybody: bool) -> Iterator[UUID]:
        """Whom the seeker may still meet, best first."""
        barred = self.met[seeker.id] | seeker.avoids
        yield from (wish for wish in seeker.wishes if wish in self.desks and wish not in barred)
        others = [organisation for organisation in self.desks if organisation not in barred | set(seeker.wishes)]
        matches = {organisation: len(self.wanted[organisation] & seeker.competences) for organisation in others}
        others.sort(key=lambda organisation: (-matches[organisation], self._crowd(organisation), organisation))
        yield from (organisation for organisation in others if anybody or matches[organisation])

    def _crowd(self, organisation_id: UUID) -> float:
        desks = self.desks[organisation_id]
        return sum(self.load[desk.id] for desk in desks) / len(desks)

    def _take(self, seeker: PlanSeeker, desk: PlanDesk, slot: PlanSlot) -> Placement:
        self.busy.take(
            PlanMeeting(
                seeker_id=seeker.id,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
                desk_id=desk.id,
                recruiter_id=desk.recruiter_id,
                station_id=desk.station_id,
            )
        )
        self.met[seeker.id].add(desk.organisation_id)
        self.number[seeker.id] += 1
        self.load[desk.id] += 1
        return Placement(desk.id, slot.id, seeker.id)


def _room(seeker: PlanSeeker) -> tuple[int, float, UUID]:
    """Those with the least room in their day choose first."""
    limits = (seeker.available_from is not None) + (seeker.available_until is not None)
    hours = 24.0
    if seeker.available_from is not None and seeker.available_until is not None:
        hours = (seeker.available_until - seeker.available_from).total_seconds() / 3600
    return (-limits, hours, seeker.id)
