"""Between a meeting's row and the pure state machine of `realtime.meeting`."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

from realtime.meeting import Meeting, MeetingForm, MeetingPlan, MeetingState, due_at
from server.kit.rows import Found
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import RecruitmentEventRow

_FIELDS = tuple(field.name for field in fields(Meeting))


def plan_of(event: RecruitmentEventRow | Found) -> MeetingPlan:
    """The times that `event` gives its meetings."""
    return MeetingPlan(
        talk=timedelta(seconds=event.talk_s),
        feedback=timedelta(seconds=event.feedback_s),
        extension=timedelta(seconds=event.extension_s),
        early_start=timedelta(seconds=event.early_start_s),
        late_after=timedelta(seconds=event.late_after_s),
        no_show_after=timedelta(seconds=event.no_show_after_s),
    )


def meeting_of(row: MeetingRow | Found) -> Meeting:
    """The pure meeting that `row` stores."""
    values = {name: getattr(row, name) for name in _FIELDS}
    return Meeting(**values | {"state": MeetingState(row.state), "form": MeetingForm(row.form)})


def store(row: MeetingRow, meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> bool:
    """Write `meeting` into `row`, with the instant at which somebody must look at it again; whether it changed."""
    changed = False
    for name in _FIELDS:
        value = getattr(meeting, name)
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed = True
    row.due_at = look_again_at(meeting, plan=plan, now=now)
    return changed


def look_again_at(meeting: Meeting, *, plan: MeetingPlan, now: datetime) -> datetime | None:
    """When time alone may change the meeting or its turn at the desk next; None if only people can.

    Somebody who has checked in may be called early from ``starts_at - early_start`` and goes before
    others from ``starts_at`` on.
    """
    due = due_at(meeting, plan=plan)
    if due is not None or meeting.state is not MeetingState.CHECKED_IN or meeting.starts_at is None:
        return due
    turns = (meeting.starts_at - plan.early_start, meeting.starts_at)
    return next((turn for turn in turns if turn > now), None)
