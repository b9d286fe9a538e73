"""Why a must-have is not in a plan, in words."""

from __future__ import annotations

from collections.abc import Iterator

from server.planner.compiled import Compiled, crews_for
from server.planner.model import Mode, Pair, Unmet
from server.planner.state import State


def unmet_musts(state: State) -> tuple[Unmet, ...]:
    """Each must-have that the plan does not meet, with the first reason that holds, pairs before minimums."""
    return (*_pairs(state), *_minimums(state))


def _pairs(state: State) -> Iterator[Unmet]:
    compiled = state.compiled
    for pair in compiled.problem.pairs:
        if pair.must:
            number = compiled.pair_at.get((compiled.seeker_at[pair.seeker], compiled.employer_at[pair.employer]), -1)
            if number < 0 or state.slot_of[number] < 0:
                yield Unmet(pair.seeker, pair.employer, _reason(state, pair, number))


def _minimums(state: State) -> Iterator[Unmet]:
    compiled = state.compiled
    for number, seeker in enumerate(compiled.problem.seekers):
        has = len(state.mine[number])
        if has >= seeker.meetings_min:
            continue
        can = sum(
            1 for pair in compiled.pairs_of[number] if any(compiled.begins(pair, c) for c in compiled.options[pair])
        )
        if can < seeker.meetings_min:
            reason = f"only {can} employers among the wishes can be met at all; the minimum is {seeker.meetings_min}"
        else:
            reason = f"{has} of at least {seeker.meetings_min}: every other seat in the seeker's hours is taken"
        yield Unmet(seeker.id, None, reason)


def _reason(state: State, pair: Pair, number: int) -> str:
    compiled = state.compiled
    seeker = compiled.seeker_at[pair.seeker]
    who = compiled.problem.seekers[seeker]
    if not who.available:
        return "the seeker has no hours"
    if not who.meetings_max:
        return "the seeker's maximum is no meeting at all"
    crews = crews_for(compiled, compiled.employer_at[pair.employer], who)
    if number < 0 or not crews:
        return _no_desk(compiled, pair)
    if not any(compiled.begins(number, crew) for crew in crews):
        if who.extra_time:
            return "the employer has no two slots in a row at one desk in the seeker's hours"
        return "the employer has nobody on duty in the seeker's hours"
    if missing := _closed_pool(state, number, crews):
        return missing
    if not state.can_have_more(seeker):
        return f"the seeker's {who.meetings_max} meetings are taken by others that count as much"
    if not any(compiled.begins(number, crew) & ~state.around(number, crew) for crew in crews):
        return "the seeker's other meetings, and the rest between them, leave no time for it"
    return "every seat of the employer in the seeker's hours is taken by somebody who counts as much"


def _no_desk(compiled: Compiled, pair: Pair) -> str:
    employer = compiled.employer_at[pair.employer]
    who = compiled.problem.seekers[compiled.seeker_at[pair.seeker]]
    theirs = [crew for crew in compiled.crews if crew.employer == employer and crew.duty]
    if not theirs:
        return "the employer has no desk on duty"
    if who.form is not None and all(crew.mode not in (who.form, Mode.HYBRID) for crew in theirs):
        return f"the employer meets nobody {'by video' if who.form == 'video' else 'on site'}"
    if who.needs_accessible and not crews_for(compiled, employer, who):
        return "the employer has no accessible station"
    return "the employer has no two slots in a row at one desk"


def _closed_pool(state: State, number: int, crews: tuple[int, ...]) -> str:
    """The pool that has no capacity at all in the slots in which the pair could meet, or nothing."""
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
    return f"there is no capacity in {' or '.join(sorted(closed))} when both could meet" if closed else ""
