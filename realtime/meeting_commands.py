"""What people do to a meeting: each command takes a meeting and gives the next one.

A command that has already been followed gives the meeting back unchanged, so
that a repeated tap or a retried request does no harm. One that cannot be
followed raises a `MeetingRefused` whose message says what to do instead.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from realtime.meeting import (
    AT_DESK,
    EXPECTED,
    OVER,
    UNDER_WAY,
    WAITING,
    CompletedBy,
    ExtensionRefused,
    Meeting,
    MeetingForm,
    MeetingIsOver,
    MeetingIsUnderWay,
    MeetingPlan,
    MeetingState,
    NotCalled,
    NothingToReopen,
    NotReady,
    NotTalking,
    TooEarly,
    advance,
    not_before,
    talk_end,
)

_ENDINGS = {
    MeetingState.CLOSED: "it is closed",
    MeetingState.NO_SHOW: "it counts as a no-show",
    MeetingState.CANCELLED: "it was cancelled",
    MeetingState.MOVED: "it was moved to another time",
    MeetingState.HANDED_OVER: "it was handed over",
}


def check_in(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """The seeker is here: *I am ready* by video, the code or the QR picture on site.

    A no-show who turns up while the slot lasts is welcome after all.

    Raises:
        MeetingIsOver: it has ended, or a no-show's slot is over.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state is MeetingState.CHECKED_IN or meeting.state in AT_DESK:
        return meeting
    still_time = meeting.state is MeetingState.NO_SHOW and (meeting.ends_at is None or now < meeting.ends_at)
    if not still_time:
        _refuse_over(meeting, "book or join another one")
    return replace(meeting, state=MeetingState.CHECKED_IN, ready_at=now)


def withdraw(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """The seeker is not ready any more; the booked time decides whether they now count as late.

    Raises:
        MeetingIsUnderWay: the talk has started.
        MeetingIsOver: it has ended.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state in EXPECTED or meeting.state is MeetingState.NO_SHOW:
        return meeting
    _refuse_under_way(meeting, "leave the room to end your part")
    _refuse_over(meeting, "there is nothing to withdraw from")
    return advance(_cleared(meeting, MeetingState.BOOKED), plan=plan, now=now)


def call(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """The desk takes the seeker in.

    Raises:
        NotReady: the seeker has not checked in.
        TooEarly: the booked time is more than `plan.early_start` away.
        MeetingIsUnderWay: the talk has been held and its feedback time is running.
        MeetingIsOver: it has ended.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state in {MeetingState.CALLED, MeetingState.TALKING}:
        return meeting
    _refuse_under_way(meeting, "send or skip the scorecard, then call the next person")
    _refuse_over(meeting, "call the next person")
    _refuse_absent(meeting)
    now = not_before(meeting, now)
    if meeting.starts_at is not None and now < meeting.starts_at - plan.early_start:
        raise TooEarly("the meeting is booked for later; call somebody else until its time comes")
    return replace(meeting, state=MeetingState.CALLED, called_at=now)


def release(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """The desk takes its call back, for instance since the seeker did not come; their place is kept.

    Raises:
        NotReady: the seeker has not checked in.
        MeetingIsUnderWay: the talk has started.
        MeetingIsOver: it has ended.
    """
    meeting = advance(meeting, plan=plan, now=now)
    _refuse_under_way(meeting, "end the talk instead")
    _refuse_over(meeting, "call the next person")
    _refuse_absent(meeting)
    return replace(meeting, state=MeetingState.CHECKED_IN, called_at=None)


def start(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """Both are there and the talk begins.

    On site and in a hybrid meeting the desk may start with somebody who has
    checked in and stands before it, with no call in between.

    Raises:
        NotReady: the seeker has not checked in.
        NotCalled: the seeker waits by video and has not been called.
        TooEarly: the booked time is more than `plan.early_start` away.
        MeetingIsUnderWay: the talk has been held and its feedback time is running.
        MeetingIsOver: it has ended.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state is MeetingState.CHECKED_IN and meeting.form is MeetingForm.VIDEO:
        raise NotCalled("the seeker has not been called; call them in first")
    meeting = call(meeting, plan=plan, now=now)
    if meeting.state is MeetingState.TALKING:
        return meeting
    now = not_before(meeting, now)
    ends_at = talk_end(meeting, plan=plan, now=now)
    return replace(
        meeting,
        state=MeetingState.TALKING,
        talk_started_at=now,
        talk_ends_at=ends_at,
        feedback_ends_at=ends_at + plan.feedback,
    )


def can_extend(meeting: Meeting, *, next_starts_at: datetime | None, plan: MeetingPlan, now: datetime) -> bool:
    """Whether `extend` would be followed at `now`."""
    try:
        extend(meeting, next_starts_at=next_starts_at, plan=plan, now=now)
    except (ExtensionRefused, NotTalking):
        return False
    return True


def extend(meeting: Meeting, *, next_starts_at: datetime | None, plan: MeetingPlan, now: datetime) -> Meeting:
    """The talk made longer by `plan.extension`; each call adds one.

    Args:
        next_starts_at: the next booked start at this desk, or None if nobody is booked after.

    Raises:
        NotTalking: no talk is running.
        ExtensionRefused: it was extended often enough, or the next booked person would be made to wait.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state is not MeetingState.TALKING or meeting.talk_ends_at is None:
        raise NotTalking("no talk is running, so there is none to extend; start it first")
    if meeting.extensions >= plan.extensions_max:
        raise ExtensionRefused(
            f"the talk has been extended {meeting.extensions} times, which is the most; round it off"
        )
    talk_ends_at = meeting.talk_ends_at + plan.extension
    feedback_ends_at = talk_ends_at + plan.feedback
    if next_starts_at is not None and feedback_ends_at > next_starts_at:
        raise ExtensionRefused("the next person is booked too soon after; round off and book another meeting")
    return replace(
        meeting, talk_ends_at=talk_ends_at, feedback_ends_at=feedback_ends_at, extensions=meeting.extensions + 1
    )


def end_talk(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """The talk ends before its time and the protected feedback time begins, at its full length.

    Raises:
        NotTalking: no talk has started.
        MeetingIsOver: it has ended.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state is MeetingState.FEEDBACK:
        return meeting
    _refuse_over(meeting, "call the next person")
    if meeting.state is not MeetingState.TALKING:
        raise NotTalking("no talk is running, so there is none to end; start it first")
    now = not_before(meeting, now)
    return replace(meeting, state=MeetingState.FEEDBACK, talk_ends_at=now, feedback_ends_at=now + plan.feedback)


def complete(meeting: Meeting, *, by: CompletedBy, plan: MeetingPlan, now: datetime) -> Meeting:
    """The recruiter has sent the scorecard, or skipped it: the meeting is closed.

    While the talk runs this is possible once the scorecard has opened, and
    ends the talk. A meeting that time or staff closed, or whose scorecard was
    skipped, takes a scorecard sent afterwards and keeps the time it closed at.

    Raises:
        TooEarly: the talk runs and its scorecard has not opened.
        NotTalking: no talk has been held.
        MeetingIsOver: the scorecard was sent and cannot be skipped, or the meeting ended without a talk.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state is MeetingState.CLOSED and meeting.talk_ends_at is not None:
        if by == "skipped" and meeting.closed_by == "sent":
            raise MeetingIsOver("the scorecard has been sent; undo the sending before skipping it")
        return replace(meeting, closed_by=by)
    _refuse_over(meeting, "call the next person")
    if meeting.state not in UNDER_WAY or meeting.talk_ends_at is None:
        raise NotTalking("no talk has been held; start it before leaving feedback")
    if meeting.state is MeetingState.TALKING and now < meeting.talk_ends_at - plan.scorecard_opens_before:
        raise TooEarly("the talk has more time left; end it before you send or skip the scorecard")
    meeting = end_talk(meeting, plan=plan, now=now)
    return replace(meeting, state=MeetingState.CLOSED, closed_at=not_before(meeting, now), closed_by=by)


def reopen(meeting: Meeting, *, desk_taken: bool, plan: MeetingPlan, now: datetime) -> Meeting:
    """The sending (or skipping) of the scorecard undone.

    While the protected feedback time lasts and the desk has not gone on, the
    meeting is in its feedback time again. Afterwards it stays closed, by time:
    the scorecard is a draft that is asked for again.

    Args:
        desk_taken: whether the desk has called somebody else since.

    Raises:
        NothingToReopen: no scorecard of this meeting was sent or skipped.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.closed_by not in {"sent", "skipped"} or meeting.feedback_ends_at is None:
        raise NothingToReopen("no scorecard of this meeting has been sent or skipped, so there is nothing to undo")
    if desk_taken or now >= meeting.feedback_ends_at:
        return replace(meeting, closed_by="time")
    return replace(meeting, state=MeetingState.FEEDBACK, closed_at=None, closed_by=None)


def close(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """Staff close a meeting of somebody who came, for instance when a desk must be left at once.

    Raises:
        NotReady: the seeker never came; mark a no-show or cancel.
        MeetingIsOver: it ended in another way than by being closed.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state is MeetingState.CLOSED:
        return meeting
    _refuse_over(meeting, "there is nothing left to close")
    if meeting.state in EXPECTED:
        raise NotReady("the seeker has not come; mark a no-show or cancel the meeting instead")
    if meeting.state is MeetingState.TALKING:
        meeting = end_talk(meeting, plan=plan, now=now)
    return replace(meeting, state=MeetingState.CLOSED, closed_at=not_before(meeting, now), closed_by="staff")


def cancel(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """The meeting will not be held.

    Raises:
        MeetingIsUnderWay: the talk has started.
        MeetingIsOver: it has ended in another way.
    """
    return _left(meeting, MeetingState.CANCELLED, plan=plan, now=now)


def hand_over(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """Another desk has taken the seeker over; this meeting ends here and another stands for it there.

    Raises:
        MeetingIsUnderWay: the talk has started.
        MeetingIsOver: it has ended in another way.
    """
    return _left(meeting, MeetingState.HANDED_OVER, plan=plan, now=now)


def move(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """Another meeting, at another time, has taken this one's place; see `reschedule` for the same one at a new time.

    Raises:
        MeetingIsUnderWay: the talk has started.
        MeetingIsOver: it has ended in another way; a no-show may still be moved.
    """
    return _left(meeting, MeetingState.MOVED, plan=plan, now=now)


def reschedule(
    meeting: Meeting, *, starts_at: datetime, ends_at: datetime, plan: MeetingPlan, now: datetime
) -> Meeting:
    """The same meeting in another slot: who has checked in stays so, everybody else is awaited anew.

    Raises:
        MeetingIsUnderWay: the talk has started.
        MeetingIsOver: it has ended; a no-show may still be given a new time.
    """
    meeting = advance(meeting, plan=plan, now=now)
    _refuse_under_way(meeting, "book another meeting instead")
    if meeting.state is not MeetingState.NO_SHOW:
        _refuse_over(meeting, "book another meeting instead")
    checked_in = meeting.ready_at is not None
    return replace(
        meeting,
        state=MeetingState.CHECKED_IN if checked_in else MeetingState.BOOKED,
        called_at=None,
        starts_at=starts_at,
        ends_at=ends_at,
    )


def mark_no_show(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> Meeting:
    """The seeker did not come, also if they had checked in and did not answer the call.

    Raises:
        TooEarly: the booked time has not come.
        MeetingIsUnderWay: the talk has started.
        MeetingIsOver: it has ended in another way.
    """
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state in WAITING | {MeetingState.CALLED} and meeting.starts_at is not None and now < meeting.starts_at:
        raise TooEarly("the booked time has not come; release the call or wait for it")
    return _left(meeting, MeetingState.NO_SHOW, plan=plan, now=now)


def _left(meeting: Meeting, state: MeetingState, *, plan: MeetingPlan, now: datetime) -> Meeting:
    meeting = advance(meeting, plan=plan, now=now)
    if meeting.state is state:
        return meeting
    _refuse_under_way(meeting, "end the talk instead")
    if (meeting.state, state) != (MeetingState.NO_SHOW, MeetingState.MOVED):
        _refuse_over(meeting, "there is nothing left to change")
    return _cleared(meeting, state)


def _cleared(meeting: Meeting, state: MeetingState) -> Meeting:
    return replace(meeting, state=state, ready_at=None, called_at=None)


def _refuse_over(meeting: Meeting, instead: str) -> None:
    if meeting.state in OVER:
        raise MeetingIsOver(f"this meeting is over, since {_ENDINGS[meeting.state]}; {instead}")


def _refuse_under_way(meeting: Meeting, instead: str) -> None:
    if meeting.state in UNDER_WAY:
        raise MeetingIsUnderWay(f"the talk has started; {instead}")


def _refuse_absent(meeting: Meeting) -> None:
    if meeting.state in EXPECTED:
        raise NotReady("the seeker has not checked in; wait for them or check them in first")
