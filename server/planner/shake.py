"""Small events once more: part of the plan is thrown out at random and made anew, kept when it is worth more.

Source: ruin and recreate, Schrimpf et al. (2000), with the planner's own flows to recreate.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from server.planner.polish import refill
from server.planner.state import State

ROUNDS_MAX = 80
# Pairs times slots: above the first an event is not shaken at all, the second is shared out over the rounds.
SHAKEN_MAX, WORK_MAX = 60_000, 1_000_000
BARRED = 0.3


def shake(state: State, random: Random, *, bound: int, tick: Callable[[float], None]) -> None:
    """Better the plan for as many rounds as its size allows, or until it is proven the best."""
    work = len(state.slot_of) * state.compiled.slots
    rounds = min(ROUNDS_MAX, WORK_MAX // max(work, 1)) if work <= SHAKEN_MAX else 0
    value = state.value()
    for number in range(rounds):
        if value == bound:
            return
        tick(number / rounds)
        before = _seats(state)
        for pair in _ruin(state, random):
            state.remove(pair)
        # What is barred for a moment makes room for combinations that the flow by itself would never try.
        barred = [pair for pair, slot in enumerate(state.slot_of) if slot < 0 and random.random() < BARRED]
        refill(state, _unheard, without=barred)
        refill(state, _unheard)
        if state.value() >= value:
            value = state.value()
        else:
            _restore(state, before)


def _unheard(share: float) -> None:
    """Rounds are short enough not to be told of one by one."""


def _seats(state: State) -> list[tuple[int, int, int, int]]:
    placed = (pair for pair, slot in enumerate(state.slot_of) if slot >= 0 and not state.compiled.fixed[pair])
    return [(pair, state.crew_of[pair], state.slot_of[pair], state.desk_of[pair]) for pair in placed]


def _restore(state: State, before: list[tuple[int, int, int, int]]) -> None:
    for pair, *_ in _seats(state):
        state.remove(pair)
    for pair, crew, slot, desk in before:
        state.place_at(pair, crew, slot, desk)


def _ruin(state: State, random: Random) -> list[int]:
    """Everything in some slots, with some seekers, and now and then a share of all."""
    slots = set(random.sample(range(state.compiled.slots), random.randint(0, min(3, state.compiled.slots))))
    seekers = set(random.sample(range(len(state.busy)), random.randint(0, min(4, len(state.busy)))))
    share = random.choice((0, 0.05, 0.3))
    return [
        pair
        for pair, _, slot, _ in _seats(state)
        if slot in slots or state.compiled.of_seeker[pair] in seekers or random.random() < share
    ]
