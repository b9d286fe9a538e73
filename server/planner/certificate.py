"""What a plan comes with, so that nobody has to take its word."""

from __future__ import annotations

from server.planner.model import Certificate, Rules
from server.planner.state import State


def certify(state: State, *, bound: int, breaks_before: int, seconds: float, seed: int) -> Certificate:
    """The certificate of a finished plan; `bound` comes from the flow over all its problem."""
    compiled = state.compiled
    listed = {(pair.seeker, pair.employer): pair.value for pair in compiled.problem.pairs}
    meetings = state.meetings()
    return Certificate(
        value=state.value(),
        bound=bound,
        match_value=sum(listed.get((meeting.seeker, meeting.employer), 0) for meeting in meetings),
        meetings=len(meetings),
        breaks_before=breaks_before,
        breaks=state.breaks_total(),
        rules_kept=rules_kept(compiled.problem.rules, compiled.pool_names),
        seconds=seconds,
        seed=seed,
    )


def rules_kept(rules: Rules, pools: list[str]) -> tuple[str, ...]:
    """The rules that a plan was built to keep, by the names that the verifier uses."""
    always = ("seeker_once_a_slot", "desk_once_a_slot", "pair_once", "on_duty", "available", "form", "maximum")
    extra = [name for name in ("rest_slots", "form_change_slots", "zone_change_slots") if getattr(rules, name)]
    return (*always, *extra, *pools)
