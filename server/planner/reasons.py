"""Why a must-have is not in a plan, as a code and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from server.planner.compiled import Compiled, crews_for
from server.planner.model import Mode, Pair, Unmet
from server.planner.state import State

WORDS = {
    "avoided": "the seeker would rather not meet the employer",
    "few_employers": "only {can} employers among the wishes can be met at all; the minimum is {minimum}",
    "few_seats": "{has} of at least {minimum}: every other seat in the seeker's hours is taken",
    "hours_taken": "the seeker's other meetings, and the rest between them, leave no time for it",
    "maximum_reached": "the seeker's {maximum} meetings are taken by others that count as much",
    "maximum_zero": "the seeker's maximum is no meeting at all",
    "no_accessible_station": "the employer has no accessible station",
    "no_capacity": "there is no capacity in {pools} when both could meet",
    "no_desk": "the employer has no desk on duty",
    "no_hours": "the seeker has no hours",
    "no_shared_hours": "the employer has nobody on duty in the seeker's hours",
    "no_two_slots": "the employer has no two slots in a row at one desk",
    "no_two_slots_in_hours": "the employer has no two slots in a row at one desk in the seeker's hours",
    "only_on_site": "the employer meets nobody by video",
    "only_video": "the employer meets nobody on site",
    "seats_taken": "every seat of the employer in the seeker's hours is taken by somebody who counts as much",
}
Why = tuple[str, Mapping[str, int | str]]


def unmet(seeker: str, employer: str | None, code: str, params: Mapping[str, int | str] | None = None) -> Unmet:
    """A must-have that is not met, for the reason with this code."""
    given = dict(params or {})
    return Unmet(seeker, employer, WORDS[code].format(**given), code, given)


def unmet_musts(state: State) -> tuple[Unmet, ...]:
    """Each must-have that the plan does not meet, with the first reason that holds, pairs before minimums."""
    return (*_pairs(state), *_minimums(state))


def _pairs(state: State) -> Iterator[Unmet]:
    compiled = state.compiled
    for pair in compiled.problem.pairs:
        if pair.must:
            number = compiled.pair_at.get((compiled.seeker_at[pair.seeker], compiled.employer_at[pair.employer]), -1)
            if number < 0 or state.slot_of[number] < 0:
                yield unmet(pair.seeker, pair.employer, *_reason(state, pair, number))


def _minimums(state: State) -> Iterator[Unmet]:
    compiled = state.compiled
    for number, seeker in enumerate(compiled.problem.seekers):
        has = len(state.mine[number])
        if has >= seeker.meetings_min:
            continue
        can = sum(
            1 for pair in compiled.pairs_of[number] if any(compiled.begins(pair, c) for c in compiled.options[pair])
        )
        few = can < seeker.meetings_min
        params = {"can": can} if few else {"has": has}
        code = "few_employers" if few else "few_seats"
        yield unmet(seeker.id, None, code, {**params, "minimum": seeker.meetings_min})


def _reason(state: State, pair: Pair, number: int) -> Why:
    compiled = state.compiled
    seeker = compiled.seeker_at[pair.seeker]
    who = compiled.problem.seekers[seeker]
    if not who.available:
        return "no_hours", {}
    if not who.meetings_max:
        return "maximum_zero", {}
    crews = crews_for(compiled, compiled.employer_at[pair.employer], who)
    if number < 0 or not crews:
        return _no_desk(compiled, pair), {}
    if not any(compiled.begins(number, crew) for crew in crews):
        return ("no_two_slots_in_hours" if who.extra_time else "no_shared_hours"), {}
    if missing := _closed_pools(state, number, crews):
        return "no_capacity", {"pools": missing}
    if not state.can_have_more(seeker):
        return "maximum_reached", {"maximum": who.meetings_max}
    if not any(compiled.begins(number, crew) & ~state.around(number, crew) for crew in crews):
        return "hours_taken", {}
    return "seats_taken", {}


def _no_desk(compiled: Compiled, pair: Pair) -> str:
    employer = compiled.employer_at[pair.employer]
    who = compiled.problem.seekers[compiled.seeker_at[pair.seeker]]
    theirs = [crew for crew in compiled.crews if crew.employer == employer and crew.duty]
    if not theirs:
        return "no_desk"
    if who.form is not None and all(crew.mode not in (who.form, Mode.HYBRID) for crew in theirs):
        return "only_on_site" if who.form is Mode.VIDEO else "only_video"
    if who.needs_accessible and not crews_for(compiled, employer, who):
        return "no_accessible_station"
    return "no_two_slots"


def _closed_pools(state: State, number: int, crews: tuple[int, ...]) -> str:
    """The pools that have no capacity at all in the slots in which the pair could meet, or nothing."""
    compiled = state.compiled
    need = compiled.need[compiled.of_seeker[number]]
    closed: set[str] = set()
    for crew in crews:
        begins = compiled.begins(number, crew)
        shut = {
            compiled.pool_names[pool]
            for pool in compiled.pools_for[crew, need]
            if not any(capacity > 0 and begins >> slot & 1 for slot, capacity in enumerate(compiled.pools[pool]))
        }
        if begins and not shut:
            return ""
        closed |= shut
    return " or ".join(sorted(closed))
