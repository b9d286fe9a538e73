"""The meetings of an event about which something may not fit, picked by the database.

A plan of thousands of meetings has few conflicts, so that only few need to be looked at by `rules`. What is picked
here may be too much and never too little: with a meeting come all others of whoever it collides with.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlmodel import col

from server.meetings.tables import MeetingRow
from server.planning.repository import LAID_HERE
from server.recruitment_events.tables import AbsenceRow, DeskRow, EnrolmentRow, WishRow

_EVENT_ID: Any = bindparam("event_id")
_MAX: Any = bindparam("meetings_max")
_LAID = LAID_HERE.subquery()


def _doubled(party: ColumnElement[Any]) -> Select[Any]:
    """Those of a party for whom a meeting begins before an earlier one has ended."""
    busy_until = func.max(_LAID.c.ends_at).over(
        partition_by=party, order_by=(_LAID.c.starts_at, _LAID.c.id), rows=(None, -1)
    )
    timed = select(party.label("party"), _LAID.c.starts_at, busy_until.label("busy_until")).subquery()
    return select(timed.c.party).where(timed.c.party.is_not(None), timed.c.starts_at < timed.c.busy_until)


_TWICE = select(_LAID.c.seeker_id).group_by(_LAID.c.seeker_id, _LAID.c.organisation_id).having(func.count() > 1)
_OFTEN = select(_LAID.c.seeker_id).group_by(_LAID.c.seeker_id).having(func.count() > _MAX)

_off_duty = or_(
    col(MeetingRow.starts_at) < col(DeskRow.on_duty_from), col(MeetingRow.ends_at) > col(DeskRow.on_duty_until)
)
_unavailable = or_(
    col(MeetingRow.starts_at) < col(EnrolmentRow.available_from),
    col(MeetingRow.ends_at) > col(EnrolmentRow.available_until),
)
_wrong_form = and_(
    col(EnrolmentRow.form).not_in(("hybrid",)),
    col(EnrolmentRow.form) != col(MeetingRow.form),
    col(MeetingRow.form) != "hybrid",
)
_avoided = exists().where(
    col(WishRow.recruitment_event_id) == _EVENT_ID,
    col(WishRow.seeker_id) == col(MeetingRow.seeker_id),
    col(WishRow.organisation_id) == col(MeetingRow.organisation_id),
    col(WishRow.rank) == 0,
)
_away = exists().where(
    col(AbsenceRow.recruitment_event_id) == _EVENT_ID,
    or_(col(AbsenceRow.person_id) == col(MeetingRow.seeker_id), col(AbsenceRow.person_id) == col(DeskRow.recruiter_id)),
    col(AbsenceRow.starts_at) < col(MeetingRow.ends_at),
    col(AbsenceRow.ends_at) > col(MeetingRow.starts_at),
)
_enrolled = and_(
    col(EnrolmentRow.recruitment_event_id) == col(MeetingRow.recruitment_event_id),
    col(EnrolmentRow.seeker_id) == col(MeetingRow.seeker_id),
)
_MISFITS = (
    select(col(MeetingRow.id))
    .join(DeskRow, col(DeskRow.id) == col(MeetingRow.desk_id))
    .outerjoin(EnrolmentRow, _enrolled)
    .where(
        col(MeetingRow.recruitment_event_id) == _EVENT_ID,
        or_(_off_duty, _unavailable, _wrong_form, _avoided, _away),
    )
)

SUSPECTS = LAID_HERE.where(
    or_(
        col(MeetingRow.seeker_id).in_(_doubled(_LAID.c.seeker_id)),
        col(MeetingRow.desk_id).in_(_doubled(_LAID.c.desk_id)),
        col(MeetingRow.recruiter_id).in_(_doubled(_LAID.c.recruiter_id)),
        col(MeetingRow.station_id).in_(_doubled(_LAID.c.station_id)),
        col(MeetingRow.seeker_id).in_(_TWICE),
        col(MeetingRow.seeker_id).in_(_OFTEN),
        col(MeetingRow.id).in_(_MISFITS),
    )
)
"""Of `event_id`, in which a seeker has at most `meetings_max`; the columns of a `PlanMeeting`."""
