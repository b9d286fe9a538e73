"""A second reading of the benchmark's rules: what an answer breaks, each in words. Shares no code with the solver."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from server.planner.b2b.model import Answer, Instance, Meeting, Status

DIFFERENCE_MAX = 2


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that an answer breaks, by name, and how."""

    rule: str
    message: str


def breaches(instance: Instance, answer: Answer) -> tuple[Breach, ...]:
    """Everything in which the answer breaks the instance's rules or its own word; nothing for a good answer."""
    if answer.status in (Status.INFEASIBLE, Status.UNKNOWN):
        return tuple(_silent(answer))
    found = list(_ranges(instance, answer.meetings)) or list(_requests(instance, answer.meetings))
    if found:
        return tuple(found)
    return (
        *_clashes(answer.meetings),
        *_misfits(instance, answer.meetings),
        *_orders(instance, answer.meetings),
        *_breaks(instance, answer),
    )


def _silent(answer: Answer) -> Iterator[Breach]:
    if answer.meetings or answer.breaks is not None:
        yield Breach("status", f"{answer.status} answers have no meetings and no breaks")


def _ranges(instance: Instance, meetings: tuple[Meeting, ...]) -> Iterator[Breach]:
    for meeting in meetings:
        if not 1 <= meeting.slot <= instance.slots:
            yield Breach("slot", f"{_name(meeting)}: there is no such slot")
        if not 1 <= meeting.table <= instance.tables:
            yield Breach("table", f"{_name(meeting)}: there is no table {meeting.table}")


def _requests(instance: Instance, meetings: tuple[Meeting, ...]) -> Iterator[Breach]:
    if len(meetings) != len(instance.requests):
        yield Breach("requests", f"{len(meetings)} meetings for {len(instance.requests)} requests")
        return
    for number, (request, meeting) in enumerate(zip(instance.requests, meetings, strict=True), 1):
        if (request.first, request.second) != (meeting.first, meeting.second):
            yield Breach("requests", f"request {number} is {request.first} with {request.second}, not {_name(meeting)}")


def _clashes(meetings: tuple[Meeting, ...]) -> Iterator[Breach]:
    people = Counter((who, meeting.slot) for meeting in meetings for who in (meeting.first, meeting.second))
    for (who, slot), number in people.items():
        if number > 1:
            yield Breach("participant_once_a_slot", f"participant {who} has {number} meetings in slot {slot}")
    tables = Counter((meeting.table, meeting.slot) for meeting in meetings)
    for (table, slot), number in tables.items():
        if number > 1:
            yield Breach("table_once_a_slot", f"table {table} has {number} meetings in slot {slot}")


def _misfits(instance: Instance, meetings: tuple[Meeting, ...]) -> Iterator[Breach]:
    for request, meeting in zip(instance.requests, meetings, strict=True):
        is_morning = meeting.slot <= instance.morning_slots
        if request.session == 1 and not is_morning:
            yield Breach("session", f"{_name(meeting)} is to be in the morning")
        if request.session == 2 and is_morning:
            yield Breach("session", f"{_name(meeting)} is to be in the afternoon")
        if request.fixed is not None and request.fixed != meeting.slot:
            yield Breach("fixed", f"{_name(meeting)} is to be in slot {request.fixed}")
        for who in (meeting.first, meeting.second):
            if meeting.slot in instance.forbidden[who - 1]:
                yield Breach("forbidden", f"{_name(meeting)}: participant {who} cannot then")


def _orders(instance: Instance, meetings: tuple[Meeting, ...]) -> Iterator[Breach]:
    for earlier, later in instance.precedences:
        one, other = meetings[earlier - 1], meetings[later - 1]
        if one.slot >= other.slot:
            yield Breach("precedences", f"{_name(one)} is to be before {_name(other)}")


def _breaks(instance: Instance, answer: Answer) -> Iterator[Breach]:
    slots: dict[int, list[int]] = defaultdict(list)
    for meeting in answer.meetings:
        slots[meeting.first].append(meeting.slot)
        slots[meeting.second].append(meeting.slot)
    of_each = []
    for who in range(1, instance.participants + 1):
        of_each.append(sum(1 for one, other in pairwise(sorted(slots[who])) if other > one + 1))
    total = sum(of_each)
    if total != answer.breaks:
        yield Breach("breaks", f"there are {total} breaks, the answer says {answer.breaks}")
    if of_each and max(of_each) - min(of_each) > DIFFERENCE_MAX:
        yield Breach("difference", f"somebody has {max(of_each)} breaks, another {min(of_each)}")
    if answer.bound > total:
        yield Breach("bound", f"there are {total} breaks, fewer than the bound {answer.bound}")
    if answer.status is Status.OPTIMAL and answer.bound < total:
        yield Breach("status", f"optimal with {total} breaks, but the bound is {answer.bound}")


def _name(meeting: Meeting) -> str:
    return f"{meeting.first} with {meeting.second} in slot {meeting.slot}"
