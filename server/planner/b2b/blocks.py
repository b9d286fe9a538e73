"""Where a participant without a break can begin: only where its meetings can fill the block, one a slot.

A block needs a perfect matching of meetings and slots; what is in none of them is ruled out with it.
Source: Régin, *A filtering algorithm for constraints of difference* (1994).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Block:
    """A place for a participant's meetings in a row, and the (meeting, slot) that cannot be in it."""

    start: int
    ruled_out: frozenset[tuple[int, int]]


def blocks(open_slots: Mapping[int, Sequence[int]], slots: int) -> list[Block]:
    """The blocks in which a participant can hold its meetings, each given with the slots it can be held in."""
    found = []
    for start in range(1, slots - len(open_slots) + 2):
        inside = range(start, start + len(open_slots))
        choices = {meeting: [slot for slot in own if slot in inside] for meeting, own in open_slots.items()}
        at = _matching(choices)
        if at is not None:
            found.append(Block(start, frozenset(_never(choices, at))))
    return found


def _matching(choices: Mapping[int, Sequence[int]]) -> dict[int, int] | None:
    """A slot for each meeting, all different; None where there is no such thing."""
    holder: dict[int, int] = {}

    def place(meeting: int, seen: set[int]) -> bool:
        for slot in choices[meeting]:
            if slot not in seen:
                seen.add(slot)
                if slot not in holder or place(holder[slot], seen):
                    holder[slot] = meeting
                    return True
        return False

    if all(place(meeting, set()) for meeting in choices):
        return {meeting: slot for slot, meeting in holder.items()}
    return None


def _never(choices: Mapping[int, Sequence[int]], at: Mapping[int, int]) -> set[tuple[int, int]]:
    """The (meeting, slot) that no perfect matching has: the slot's holder cannot pass one on to the meeting.

    Every slot of a block is held, so a meeting can change to a slot only around a circle of exchanges.
    """
    holder = {slot: meeting for meeting, slot in at.items()}
    never = set()
    for meeting, own in choices.items():
        reached = _reached(meeting, choices, holder)
        # A circle: the meeting takes the slot, its holder goes on … and somebody takes the meeting's old slot.
        never |= {(meeting, slot) for slot in own if slot != at[meeting] and holder[slot] not in reached}
    return never


def _reached(meeting: int, choices: Mapping[int, Sequence[int]], holder: Mapping[int, int]) -> set[int]:
    """The meetings from which exchanges lead to this meeting's slot."""
    slot_of = {one: slot for slot, one in holder.items()}
    reached, fresh = {meeting}, [meeting]
    while fresh:
        target = slot_of[fresh.pop()]
        for other, own in choices.items():
            if other not in reached and target in own:
                reached.add(other)
                fresh.append(other)
    return reached
