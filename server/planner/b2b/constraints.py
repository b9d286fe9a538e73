"""The benchmark's rules as a CP-SAT model.

A participant without a break holds one block of slots: a literal for each place where the block can start says so,
and the rest follows. Participants who may have breaks have a literal *no break* beside, and count what they have.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from server.planner.b2b.blocks import blocks as possible_blocks
from server.planner.b2b.model import AFTERNOON, MORNING, Instance

DIFFERENCE_MAX = 2


@dataclass(slots=True)
class Program:
    """A CP-SAT model; `held[request][slot]` says that a request is held in a slot."""

    model: Any
    held: list[dict[int, Any]]
    costs: list[Any] = field(default_factory=list)


def open_slots(instance: Instance) -> list[list[int]]:
    """The slots that each request can be held in, by itself."""
    found = []
    for request in instance.requests:
        forbidden = instance.forbidden[request.first - 1] | instance.forbidden[request.second - 1]
        first = instance.morning_slots + 1 if request.session == AFTERNOON else 1
        last = instance.morning_slots if request.session == MORNING else instance.slots
        slots = [slot for slot in range(first, last + 1) if slot not in forbidden]
        found.append([slot for slot in slots if request.fixed in (None, slot)])
    return found


def requests_of(instance: Instance) -> list[list[int]]:
    """The requests of each participant, both counted from 0."""
    found: list[list[int]] = [[] for _ in range(instance.participants)]
    for number, request in enumerate(instance.requests):
        found[request.first - 1].append(number)
        found[request.second - 1].append(number)
    return found


def state_program(
    instance: Instance,
    may_break: Collection[int] | None = None,
    *,
    loose: Collection[int] = (),
    choices: Sequence[Sequence[int]] | None = None,
    most: int | None = None,
) -> Program:
    """The instance, to minimise breaks.

    Args:
        may_break: the participants, from 0, who may have breaks; None for everybody.
        loose: participants whose breaks are left out of the count, which makes the program a relaxation.
        choices: the slots that each request can be held in; `open_slots` where they are not given.
        most: allow so many breaks in all.
    """
    # CP-SAT brings pandas along: only who solves should pay for it.
    from ortools.sat.python import cp_model

    stating = _Stating(instance, cp_model.CpModel(), may_break, loose)
    return stating.state(open_slots(instance) if choices is None else choices, most)


class _Stating:
    def __init__(
        self, instance: Instance, model: Any, may_break: Collection[int] | None, loose: Collection[int]
    ) -> None:
        self.instance, self.model, self.loose = instance, model, loose
        self.slots = range(1, instance.slots + 1)
        self.of = requests_of(instance)
        self.may_break = range(instance.participants) if may_break is None else may_break
        self.busy: dict[int, list[Any]] = defaultdict(list)
        self.everybody_can = all(len(requests) > 1 for requests in self.of)
        self.breaks: list[list[Any]] = []

    def state(self, choices: Sequence[Sequence[int]], most: int | None) -> Program:
        model = self.model
        held = [{slot: model.new_bool_var("") for slot in slots} for slots in choices]
        for literals in held:
            model.add_exactly_one(literals.values())
        self.program = Program(model, held)
        for who, requests in enumerate(self.of):
            self.participant(who, requests)
        self.capacity()
        self.order()
        self.difference()
        costs = self.program.costs
        if most is not None:
            model.add(sum(costs) <= most)
        if costs:
            model.minimize(sum(costs))
        return self.program

    def participant(self, who: int, requests: list[int]) -> None:
        at: dict[int, list[Any]] = defaultdict(list)
        for request in requests:
            for slot, literal in self.program.held[request].items():
                at[slot].append(literal)
        length = len(requests)
        if length < 2 or who in self.loose:
            for slot, literals in at.items():
                self.model.add_at_most_one(literals)
                self.busy[slot] += literals
            self.breaks.append([])
            return
        blocks = self.blocks(requests)
        if who in self.may_break:
            self.breaks.append(self.broken(length, at, blocks))
        else:
            self.unbroken(length, at, blocks)
            self.breaks.append([])

    def blocks(self, requests: list[int]) -> dict[int, Any]:
        """A literal for each slot where the participant's block can start."""
        found = {}
        for block in possible_blocks(
            {request: list(self.program.held[request]) for request in requests}, self.instance.slots
        ):
            found[block.start] = literal = self.model.new_bool_var("")
            for request, slot in block.ruled_out:
                self.model.add_implication(literal, self.program.held[request][slot].negated())
        return found

    def unbroken(self, length: int, at: dict[int, list[Any]], blocks: dict[int, Any]) -> None:
        model = self.model
        model.add_exactly_one(blocks.values())
        for slot, literals in at.items():
            cover = [block for start, block in blocks.items() if start <= slot < start + length]
            if len(cover) == len(blocks):
                model.add_exactly_one(literals)
                self.busy[slot].append(1)
            elif not cover:
                model.add_bool_and([literal.negated() for literal in literals])
            else:
                busy = model.new_bool_var("")
                model.add_exactly_one([*literals, busy.negated()])
                model.add_exactly_one([*cover, busy.negated()])
                self.busy[slot].append(busy)

    def broken(self, length: int, at: dict[int, list[Any]], blocks: dict[int, Any]) -> list[Any]:
        """Literals for the first break, the second …; they can say more than there are where that is no use."""
        model = self.model
        busy = {slot: model.new_bool_var("") for slot in sorted(at)}
        has_none = model.new_bool_var("")
        model.add_exactly_one([*blocks.values(), has_none.negated()])
        for slot, literals in at.items():
            cover = [block for start, block in blocks.items() if start <= slot < start + length]
            model.add_exactly_one([*literals, busy[slot].negated()])
            for block in cover:
                model.add_implication(block, busy[slot])
            model.add_bool_or([*cover, busy[slot].negated(), has_none.negated()])
            self.busy[slot].append(busy[slot])
        model.add(sum(busy.values()) == length)
        most = min(length - 1, (self.instance.slots - 1) // 2)
        if not self.everybody_can:
            most = min(most, DIFFERENCE_MAX)
        breaks = [has_none.negated(), *(model.new_bool_var("") for _ in range(1, most))]
        for one, other in pairwise(breaks):
            model.add_implication(other, one)
        runs = self.runs(busy)
        if self.everybody_can:
            model.add(sum(runs) == 1 + sum(breaks))
        else:
            model.add(sum(runs) <= 1 + sum(breaks))
        self.program.costs += breaks
        return breaks

    def runs(self, busy: dict[int, Any]) -> list[Any]:
        """A literal for each slot in which a run of meetings begins."""
        found = []
        for slot, literal in busy.items():
            before = busy.get(slot - 1)
            if before is None:
                found.append(literal)
                continue
            begins = self.model.new_bool_var("")
            self.model.add_bool_or([begins, literal.negated(), before])
            if self.everybody_can:
                self.model.add_implication(begins, literal)
                self.model.add_implication(begins, before.negated())
            found.append(begins)
        return found

    def capacity(self) -> None:
        """A slot has at most a meeting a table; and at least those for which the other slots have no room.

        Twice the meetings are the participants at work: said again for them, it prunes far more (a tight instance
        that took longer than 30 s takes 0.2 s).
        """
        model, tables = self.model, self.instance.tables
        total = len(self.program.held)
        for slot in self.slots:
            least = max(0, total - tables * (self.instance.slots - 1))
            held = [literals[slot] for literals in self.program.held if slot in literals]
            if least > tables:
                model.add_bool_or([])
                return
            number = model.new_int_var(least, tables, "")
            model.add(sum(held) == number)
            model.add(sum(self.busy[slot]) == 2 * number)
            for literals, times in ((held, 1), (self.busy[slot], 2)):
                model.add(sum(literals) <= times * tables)
                model.add(sum(literals) >= times * least)

    def order(self) -> None:
        for earlier, later in self.instance.precedences:
            one, other = self.program.held[earlier - 1], self.program.held[later - 1]
            for slot, literal in one.items():
                self.model.add_bool_or([literal.negated(), *(at for after, at in other.items() if after > slot)])

    def difference(self) -> None:
        """Where somebody can have no break at all, `broken` allows two and that is all there is to say."""
        if not self.everybody_can or not self.of or self.loose:
            return
        fewest = self.model.new_int_var(0, self.instance.slots, "")
        for breaks in self.breaks:
            self.model.add(sum(breaks) >= fewest)
            self.model.add(sum(breaks) <= fewest + DIFFERENCE_MAX)
