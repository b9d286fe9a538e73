"""An event's rows as a planner's problem, and a plan as placements. Pure.

Ids become strings on the way in. A recruiter or a station that two desks share at the same time is given to one of
them in each slot: see `duty`. What does not lie as a plan would lay it (between slots, at another event, a pair laid
twice) takes its time and is otherwise left alone. A kind of interpreter that the rules do not number is enough.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from uuid import UUID

from server.planner.model import Employer, Meeting, Mode, Plan, Problem, Rules, Seeker, Slot, Unmet
from server.planner.reasons import unmet
from server.planning.ports import Placement, PlanSeeker
from server.planning.rules import available
from server.planning_runs.candidates import Matching, Weigh
from server.planning_runs.duty import desks_of
from server.planning_runs.laid import Laid, read_laid
from server.planning_runs.material import Material, Need, PlanOptions, Tick, unheard

# In a draft nobody has been told of anything: what lies there is kept only where it costs next to nothing.
KEEP_BONUS_UNTOLD = 5


def problem_of(
    material: Material, options: PlanOptions, weigh: Weigh | None = None, *, tick: Tick = unheard
) -> Problem:
    """The event as a planner takes it; with `weigh`, without the pairs that do not matter for a repair."""
    laid = read_laid(material, options.keep)
    matching = Matching(material)
    rules = material.rules
    count = len(material.slots)
    kept = [(UUID(meeting.seeker), UUID(meeting.employer)) for meeting in (*laid.frozen, *laid.previous)]
    return Problem(
        slots=tuple(Slot(slot.starts_at, slot.ends_at) for slot in material.slots),
        employers=tuple(Employer(str(employer)) for employer in matching.employers),
        desks=desks_of(material, laid),
        seekers=_seekers(material, options, laid),
        pairs=matching.pairs(kept, laid.met, weigh, tick),
        video_rooms=None if rules.video_rooms is None else (rules.video_rooms,) * count,
        interpreters={kind: (number,) * count for kind, number in sorted(rules.interpreters.items())},
        frozen=tuple(laid.frozen),
        previous=tuple(laid.previous),
        rules=Rules(
            rest_slots=rules.rest_slots,
            form_change_slots=rules.form_change_slots,
            zone_change_slots=rules.zone_change_slots,
            keep_bonus=Rules().keep_bonus if material.is_told else KEEP_BONUS_UNTOLD,
        ),
    )


def _seekers(material: Material, options: PlanOptions, laid: Laid) -> tuple[Seeker, ...]:
    most = min(options.meetings_max or material.meetings_max, material.meetings_max)
    least = material.rules.meetings_min if options.meetings_min is None else options.meetings_min
    elsewhere = Counter(seeker_id for seeker_id, _ in laid.met)
    hours = _Hours(material)
    found = []
    for seeker in material.seekers:
        need = material.needs.get(seeker.id, Need())
        left = max(most - elsewhere[seeker.id], 0)
        found.append(
            Seeker(
                id=str(seeker.id),
                available=hours.of(seeker) - frozenset(laid.taken.get(seeker.id, ())),
                form=None if seeker.form in (None, "hybrid") else Mode(seeker.form),
                meetings_max=left,
                meetings_min=min(max(least - elsewhere[seeker.id], 0), left),
                needs_accessible=need.accessible_station,
                interpreter=need.interpreter if need.interpreter in material.rules.interpreters else None,
                extra_time=need.extra_time,
                groups=tuple(material.groups.get(seeker.id, ())),
            )
        )
    return tuple(found)


class _Hours:
    """The slots in which people can come; thousands of them share a few windows."""

    def __init__(self, material: Material) -> None:
        self.ahead = [(n, slot) for n, slot in enumerate(material.slots) if slot.starts_at > material.now]
        self._known: dict[tuple[datetime | None, datetime | None, object], frozenset[int]] = {}

    def of(self, seeker: PlanSeeker) -> frozenset[int]:
        window = (seeker.available_from, seeker.available_until, seeker.absences)
        if window not in self._known:
            self._known[window] = frozenset(
                number for number, slot in self.ahead if available(seeker, slot.starts_at, slot.ends_at)
            )
        return self._known[window]


def untold_musts(material: Material) -> tuple[Unmet, ...]:
    """Musts that are no part of the problem, since the pair can never meet: why not."""
    here = {desk.organisation_id for desk in material.desks}
    avoids = {seeker.id: seeker.avoids for seeker in material.seekers}
    found = []
    for seeker_id, employer in sorted(material.musts):
        if seeker_id not in avoids:
            continue
        if employer not in here:
            found.append(unmet(str(seeker_id), str(employer), "no_desk"))
        elif employer in avoids[seeker_id]:
            found.append(unmet(str(seeker_id), str(employer), "avoided"))
    return tuple(found)


def placements_of(plan: Plan, material: Material) -> list[Placement]:
    """The plan's meetings as desk, slot and seeker, those that were to stay among them."""
    return [_placement(meeting, material) for meeting in plan.meetings]


def _placement(meeting: Meeting, material: Material) -> Placement:
    return Placement(UUID(meeting.desk), material.slots[meeting.slot].id, UUID(meeting.seeker))
