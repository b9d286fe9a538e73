"""What came of an event that simulated participants ran: counted from what they told."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(slots=True)
class MeetingAccount:
    """One meeting; frames are pictures decoded by each side, over all their connections."""

    meeting_id: str
    desk_id: str
    form: str
    state: str = "booked"
    frames: dict[str, int] = field(default_factory=dict)
    first_frame_s: dict[str, float] = field(default_factory=dict)
    checked_in_by_code: bool = False
    sent: bool = False
    opened: bool = False
    reason: str = ""

    @property
    def held(self) -> bool:
        """Whether a talk took place and came to its end."""
        return self.state in ("feedback", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAccount:
    """The counts of a whole event; `seconds` is how long it took."""

    desks: int
    desks_at_a_time: int
    seekers: int
    meetings_planned: int
    meetings_held: int
    meetings_by_form: dict[str, int]
    checked_in_by_code: int
    feedback_sent: int
    feedback_opened: int
    profiles_expected: int
    profiles_holding: int
    video_with_frames_both_ways: int
    frames: dict[str, dict[str, float]]
    first_frame_p95_s: float | None
    failed: list[dict[str, str]]
    seconds: float

    def document(self) -> dict[str, Any]:
        """The account as JSON data."""
        return asdict(self)

    @property
    def complete(self) -> bool:
        """Whether everything that was planned was held, has feedback, and is in the seekers' profiles."""
        whole = self.meetings_planned == self.meetings_held == self.feedback_sent == self.feedback_opened
        return whole and self.profiles_expected == self.profiles_holding and not self.failed


class Ledger:
    """Collects what participants tell, by meeting."""

    def __init__(self) -> None:
        self.meetings: dict[str, MeetingAccount] = {}

    def tell(self, fact: str, **details: Any) -> None:
        """Take in one fact; those about meetings that are not in the books are passed over."""
        meeting = self.meetings.get(str(details.get("meeting_id")))
        if meeting is None:
            return
        if fact == "met":
            role = details["role"]
            meeting.frames[role] = meeting.frames.get(role, 0) + details["frames"]
            if details["first_frame_s"] is not None:
                meeting.first_frame_s.setdefault(role, details["first_frame_s"])
        elif fact == "checked_in":
            meeting.checked_in_by_code = True
        elif fact == "feedback_sent":
            meeting.sent = True
        elif fact == "feedback_opened":
            meeting.opened = True
        elif fact in ("feedback_refused", "released"):
            meeting.reason = str(details.get("what", fact))

    def account(
        self, *, desks_at_a_time: int, seekers: int, profiles_expected: int, profiles_holding: int, seconds: float
    ) -> EventAccount:
        """The counts."""
        meetings = list(self.meetings.values())
        held = [meeting for meeting in meetings if meeting.held]
        videos = [meeting for meeting in held if meeting.form != "on_site"]
        seen = [meeting for meeting in videos if all(meeting.frames.get(role) for role in ("seeker", "recruiter"))]
        firsts = [second for meeting in videos for second in meeting.first_frame_s.values()]
        return EventAccount(
            desks=len({meeting.desk_id for meeting in meetings}),
            desks_at_a_time=desks_at_a_time,
            seekers=seekers,
            meetings_planned=len(meetings),
            meetings_held=len(held),
            meetings_by_form={form: sum(one.form == form for one in held) for form in sorted({m.form for m in held})},
            checked_in_by_code=sum(meeting.checked_in_by_code for meeting in meetings),
            feedback_sent=sum(meeting.sent for meeting in meetings),
            feedback_opened=sum(meeting.opened for meeting in meetings),
            profiles_expected=profiles_expected,
            profiles_holding=profiles_holding,
            video_with_frames_both_ways=len(seen),
            frames={role: _spread([m.frames.get(role, 0) for m in videos]) for role in ("seeker", "recruiter")},
            first_frame_p95_s=_p95(firsts),
            failed=[_failure(meeting) for meeting in meetings if not _all_well(meeting)],
            seconds=round(seconds, 1),
        )


def _all_well(meeting: MeetingAccount) -> bool:
    frames = meeting.form == "on_site" or all(meeting.frames.get(role) for role in ("seeker", "recruiter"))
    return meeting.held and meeting.sent and meeting.opened and frames


def _failure(meeting: MeetingAccount) -> dict[str, str]:
    if not meeting.held:
        reason = meeting.reason or f"was still {meeting.state}"
    elif not meeting.sent:
        reason = meeting.reason or "no feedback was sent"
    elif not meeting.opened:
        reason = "the feedback did not reach the seeker"
    else:
        reason = "no picture came to one side"
    return {"meeting_id": meeting.meeting_id, "desk_id": meeting.desk_id, "reason": reason}


def _spread(values: Sequence[int]) -> dict[str, float]:
    return {"min": min(values), "median": statistics.median(values)} if values else {}


def _p95(values: Sequence[float]) -> float | None:
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)] if ordered else None
