"""An instance of the benchmark and an answer to it, as plain data; everything is numbered from 1, as in the file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MORNING, AFTERNOON, ANY = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Request:
    """Two participants who are to meet once, in a session; `fixed` is the slot they must have, if any."""

    first: int
    second: int
    session: int = ANY
    fixed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """Who is to meet whom, and when they can.

    Of `slots`, the first `morning_slots` are the morning. `forbidden` has the slots that a participant cannot use,
    at the participant's number − 1. `precedences` are pairs of requests, by number, of which the one is held in an
    earlier slot than the other. `notes` tell what in the file was understood with a doubt.
    """

    participants: int
    tables: int
    slots: int
    morning_slots: int
    requests: tuple[Request, ...]
    forbidden: tuple[frozenset[int], ...]
    precedences: tuple[tuple[int, int], ...] = ()
    notes: tuple[str, ...] = ()


class Status(StrEnum):
    """What is known of an answer."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A request that has been given a slot and a table."""

    first: int
    second: int
    slot: int
    table: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Meetings in the order of the requests, none without a plan; no plan has fewer breaks than `bound`."""

    status: Status
    breaks: int | None
    bound: int
    seconds: float
    meetings: tuple[Meeting, ...] = ()
