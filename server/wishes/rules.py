"""What may be wished for, and when somebody may be away. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

WISHES_MAX = 30
RATHER_NOT_MAX = 30
MUSTS_MAX = 3
ABSENCES_MAX = 40

Closed = Literal["published", "over"]


@dataclass(frozen=True, slots=True)
class Span:
    """A time within an event."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody to meet: an employer for a seeker, a seeker for an employer."""

    id: UUID
    is_must: bool = False


@dataclass(frozen=True, slots=True)
class Fault:
    """What must change in what was sent; `path` is dotted."""

    path: str
    message: str


def closed_because(status: str, ends_at: datetime, *, now: datetime) -> Closed | None:
    """Why wishes can no longer be changed, or None while they can: until the plan is published."""
    if ends_at <= now or status == "closed":
        return "over"
    return None if status == "draft" else "published"


def wish_faults(
    wishes: Sequence[Wish], rather_not: Sequence[UUID], *, known: Collection[UUID], id_name: str
) -> list[Fault]:
    """What is wrong with a list of wishes; `id_name` is what the id of a wish is called where it was sent."""
    faults: list[Fault] = []
    seen: set[UUID] = set()
    musts = 0
    for at, wish in enumerate(wishes):
        path = f"wishes.{at}"
        if wish.id not in known:
            faults.append(Fault(f"{path}.{id_name}", "is not at this event"))
        elif wish.id in seen:
            faults.append(Fault(f"{path}.{id_name}", "is wished for already"))
        seen.add(wish.id)
        musts += wish.is_must
        if wish.is_must and musts > MUSTS_MAX:
            faults.append(Fault(f"{path}.is_must", f"at most {MUSTS_MAX} can be a must"))
    for at, avoided in enumerate(rather_not):
        if avoided not in known:
            faults.append(Fault(f"rather_not.{at}", "is not at this event"))
        elif avoided in seen:
            faults.append(Fault(f"rather_not.{at}", "is named already"))
        seen.add(avoided)
    return faults


def absence_faults(absences: Sequence[Span], *, starts_at: datetime, ends_at: datetime) -> list[Fault]:
    """What is wrong with times of absence at an event from `starts_at` to `ends_at`."""
    faults: list[Fault] = []
    sound: list[tuple[Span, int]] = []
    for at, span in enumerate(absences):
        if span.ends_at <= span.starts_at:
            faults.append(Fault(f"absences.{at}.ends_at", "must be after the start"))
        elif span.starts_at < starts_at:
            faults.append(Fault(f"absences.{at}.starts_at", "is before the event begins"))
        elif span.ends_at > ends_at:
            faults.append(Fault(f"absences.{at}.ends_at", "is after the event ends"))
        else:
            sound.append((span, at))
    sound.sort(key=lambda one: (one[0].starts_at, one[1]))
    until: datetime | None = None
    for span, at in sound:
        if until is not None and span.starts_at < until:
            faults.append(Fault(f"absences.{at}.starts_at", "overlaps another absence"))
        until = span.ends_at if until is None else max(until, span.ends_at)
    return faults


def hours_faults(available_from: datetime | None, available_until: datetime | None) -> list[Fault]:
    """What is wrong with the hours in which somebody can come."""
    if available_from is not None and available_until is not None and available_until <= available_from:
        return [Fault("available_until", "must be after the hour from which you can come")]
    return []


def within(spans: Iterable[Span], *, starts_at: datetime, ends_at: datetime) -> list[Span]:
    """The parts of `spans` between two instants, in order: an event may have become shorter since."""
    cut = (Span(max(span.starts_at, starts_at), min(span.ends_at, ends_at)) for span in spans)
    return sorted((span for span in cut if span.starts_at < span.ends_at), key=lambda span: span.starts_at)


def version_of(*parts: object) -> str:
    """A name for exactly what is stored: it differs as soon as anything of `parts` does."""
    written = json.dumps(parts, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16]
