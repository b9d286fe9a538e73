"""The line of one desk: who goes next, each one's place, and how long it takes.

Pure: an order is worked out anew from the rows whenever it is asked for, so
there is no queue to lose. Three rules make the order:

1. A booked person whose time has come and who is ready goes first.
2. A drop-in goes when there is room before the next booked time that is held.
3. A booked person who is ready may go early, by at most `plan.early_start`.

A booked time is held for its person until they are late; who is in another
meeting keeps the place but is passed over meanwhile.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from realtime.meeting import AT_DESK, WAITING, Meeting, MeetingPlan, MeetingState, own_plan


class WaitReason(StrEnum):
    """Why somebody waits, in one word that the interface has a sentence for."""

    NEXT = "next"
    PREVIOUS_RUNNING = "previous_running"
    PREVIOUS_STARTED_LATE = "previous_started_late"
    NOT_YET_TIME = "not_yet_time"
    DESK_CLOSED = "desk_closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueEntry:
    """A meeting as the line of its desk sees it, advanced to the instant that is asked about.

    `busy_elsewhere` says that the seeker is at another desk just now.
    """

    meeting_id: UUID
    meeting: Meeting
    busy_elsewhere: bool = False

    @property
    def state(self) -> MeetingState:
        """Where the meeting stands."""
        return self.meeting.state

    @property
    def ready(self) -> bool:
        """Whether the seeker waits and has said that they are here."""
        return self.meeting.state is MeetingState.CHECKED_IN


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """How long until the desk calls, at the least and at the most; both None when nobody can know."""

    min_s: int | None
    max_s: int | None
    reason: WaitReason


DESK_CLOSED = Wait(min_s=None, max_s=None, reason=WaitReason.DESK_CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One meeting's place in the line; position 1 is called next."""

    meeting_id: UUID
    position: int
    wait: Wait


def callable_now(entries: Iterable[QueueEntry], *, plan: MeetingPlan, now: datetime) -> tuple[QueueEntry, ...]:
    """Those the desk may call at `now`, best first; whether the desk itself is free is not asked."""
    waiting = [entry for entry in entries if entry.state in WAITING]
    held = sorted(starts_at for entry in waiting if (starts_at := _held_time(entry, now)) is not None)
    may_go = [entry for entry in waiting if _may_go(entry, held[:1], plan=plan, now=now)]
    return tuple(sorted(may_go, key=lambda entry: _rank(entry, now)))


def line(entries: Iterable[QueueEntry], *, desk_open: bool, plan: MeetingPlan, now: datetime) -> tuple[Place, ...]:
    """The place and the expected wait of everybody who waits at a desk, in order.

    Each entry that is booked, late or checked in has exactly one place. It is
    taken for granted that those not yet late come in time and that nobody
    stays busy elsewhere; who is late and not ready stands last until they are.
    """
    everybody = list(entries)
    at_desk = [entry.meeting for entry in everybody if entry.state in AT_DESK]
    soonest = max((_leaves_at(meeting, plan, now)[0] for meeting in at_desk), default=now)
    latest = max((_leaves_at(meeting, plan, now)[1] for meeting in at_desk), default=now)
    places: list[Place] = []
    for entry in _expected_order(everybody, free_at=latest, plan=plan, now=now):
        starts_soonest = max(soonest, _earliest(entry, plan, now))
        starts_latest = max(latest, entry.meeting.starts_at or now)
        reason = _reason(entry.meeting, at_desk, first=not places, free_at=latest, plan=plan, now=now)
        wait = Wait(min_s=_seconds(starts_soonest - now), max_s=_seconds(starts_latest - now), reason=reason)
        places.append(
            Place(meeting_id=entry.meeting_id, position=len(places) + 1, wait=wait if desk_open else DESK_CLOSED)
        )
        soonest = starts_soonest + own_plan(entry.meeting, plan=plan).talk if entry.ready else soonest
        latest = starts_latest + _length(entry.meeting, plan)
    return tuple(places)


def _held_time(entry: QueueEntry, now: datetime) -> datetime | None:
    """The start that the desk keeps free for a booked person, or None if it keeps none."""
    starts_at = entry.meeting.starts_at
    if starts_at is None or entry.state is MeetingState.LATE or (entry.busy_elsewhere and starts_at <= now):
        return None
    return starts_at


def _may_go(entry: QueueEntry, first_held: Sequence[datetime], *, plan: MeetingPlan, now: datetime) -> bool:
    if not entry.ready or entry.busy_elsewhere:
        return False
    starts_at = entry.meeting.starts_at
    if starts_at is not None and (starts_at <= now or starts_at in first_held):
        return starts_at - plan.early_start <= now
    done_at = now + _length(entry.meeting, plan)
    fits = all(done_at <= held for held in first_held)
    return fits and (starts_at is None or starts_at - plan.early_start <= now)


def _rank(entry: QueueEntry, now: datetime) -> tuple[int, datetime, datetime, UUID]:
    starts_at, ready_at = entry.meeting.starts_at, entry.meeting.ready_at or now
    if starts_at is None:
        return (1, ready_at, ready_at, entry.meeting_id)
    return (0 if starts_at <= now else 2, starts_at, ready_at, entry.meeting_id)


def _expected_order(
    entries: Iterable[QueueEntry], *, free_at: datetime, plan: MeetingPlan, now: datetime
) -> list[QueueEntry]:
    """Everybody who waits, as the rules would take them from `free_at` on if all goes as planned."""
    waiting = sorted((entry for entry in entries if entry.state in WAITING), key=lambda entry: _by_time(entry, now))
    booked = [entry for entry in waiting if _expected(entry)]
    drop_ins = deque(entry for entry in waiting if entry.ready and entry.meeting.drop_in)
    absent = [entry for entry in waiting if not entry.ready and not _expected(entry)]
    clock, ordered = free_at, list[QueueEntry]()
    while booked:
        picked = _pick(booked, drop_ins, clock=clock, plan=plan)
        if picked is None:
            clock = min(instant for entry in booked if (instant := _earliest(entry, plan, now)) > clock)
            continue
        if picked.meeting.drop_in:
            drop_ins.popleft()
        else:
            booked.remove(picked)
        ordered.append(picked)
        clock += _length(picked.meeting, plan)
    return [*ordered, *drop_ins, *absent]


def _pick(
    booked: Sequence[QueueEntry], drop_ins: Sequence[QueueEntry], *, clock: datetime, plan: MeetingPlan
) -> QueueEntry | None:
    """Who goes at `clock` if those with a time come to it, or None if the desk waits."""
    starts = {entry.meeting_id: _by_time(entry, clock)[0] for entry in booked}
    first_at = starts[booked[0].meeting_id]
    if first_at <= clock:
        return booked[0]
    if drop_ins and clock + _length(drop_ins[0].meeting, plan) <= first_at:
        return drop_ins[0]
    early = (entry for entry in booked if entry.ready and starts[entry.meeting_id] - plan.early_start <= clock)
    may_go = (
        entry
        for entry in early
        if starts[entry.meeting_id] == first_at or clock + _length(entry.meeting, plan) <= first_at
    )
    return next(may_go, None)


def _length(meeting: Meeting, plan: MeetingPlan) -> timedelta:
    """How long the meeting keeps the desk: its own talk and the feedback time."""
    own = own_plan(meeting, plan=plan)
    return own.talk + own.feedback


def _by_time(entry: QueueEntry, now: datetime) -> tuple[datetime, datetime, UUID]:
    ready_at = entry.meeting.ready_at or now
    return (entry.meeting.starts_at or ready_at, ready_at, entry.meeting_id)


def _expected(entry: QueueEntry) -> bool:
    return not entry.meeting.drop_in and entry.state is not MeetingState.LATE


def _earliest(entry: QueueEntry, plan: MeetingPlan, now: datetime) -> datetime:
    starts_at = entry.meeting.starts_at
    if starts_at is None:
        return now
    return max(now, starts_at - plan.early_start if entry.ready else starts_at)


def _leaves_at(meeting: Meeting, plan: MeetingPlan, now: datetime) -> tuple[datetime, datetime]:
    """When the desk is free of `meeting`, at the soonest and at the latest if the talk is not extended."""
    if meeting.talk_ends_at is None or meeting.feedback_ends_at is None:
        return now + own_plan(meeting, plan=plan).talk, now + _length(meeting, plan)
    soonest = now if meeting.state is MeetingState.FEEDBACK else meeting.talk_ends_at
    return max(now, soonest), max(now, meeting.feedback_ends_at)


def _reason(
    meeting: Meeting,
    at_desk: Sequence[Meeting],
    *,
    first: bool,
    free_at: datetime,
    plan: MeetingPlan,
    now: datetime,
) -> WaitReason:
    starts_at = meeting.starts_at or now
    if first and not at_desk:
        return WaitReason.NEXT if starts_at - plan.early_start <= now else WaitReason.NOT_YET_TIME
    if starts_at > now and starts_at >= free_at:
        return WaitReason.NOT_YET_TIME
    if any(_started_late(other, plan, now) for other in at_desk):
        return WaitReason.PREVIOUS_STARTED_LATE
    return WaitReason.PREVIOUS_RUNNING


def _started_late(meeting: Meeting, plan: MeetingPlan, now: datetime) -> bool:
    if meeting.starts_at is None:
        return False
    return (meeting.talk_started_at or now) > meeting.starts_at + plan.late_after


def _seconds(wait: timedelta) -> int:
    return round(wait.total_seconds())
