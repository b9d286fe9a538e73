"""Finding responses: a seeker's own, those to an employer, those that concern an event's staff."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, list_rows
from server.responses.tables import ConversationRequestRow, FeedbackResponseRow
from server.scorecards.tables import ScorecardRow

_response = tuple(
    col(getattr(FeedbackResponseRow, name))
    for name in (
        "scorecard_id",
        "later_at",
        "wished_at",
        "question",
        "asked_at",
        "answer",
        "answered_at",
        "dispute",
        "disputed_at",
        "dispute_shared",
    )
)
_MINE_COLUMNS: tuple[Any, ...] = (*_response, col(ScorecardRow.recruitment_event_id))
_MINE = (
    select(*_MINE_COLUMNS)
    .join(ScorecardRow, col(ScorecardRow.id) == col(FeedbackResponseRow.scorecard_id))
    .where(col(ScorecardRow.seeker_id) == bindparam("seeker_id"))
)
_seeker = aliased(PersonRow)
_WITH_NAMES: tuple[Any, ...] = (
    *_response,
    col(ScorecardRow.meeting_id),
    col(_seeker.name).label("seeker_name"),
    col(OrganisationRow.name).label("employer_name"),
)
_NAMED = (
    select(*_WITH_NAMES)
    .join(ScorecardRow, col(ScorecardRow.id) == col(FeedbackResponseRow.scorecard_id))
    .join(_seeker, col(_seeker.id) == col(ScorecardRow.seeker_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(ScorecardRow.organisation_id))
    .order_by(col(ScorecardRow.released_at).desc(), col(ScorecardRow.id))
)
_TO_EMPLOYERS = _NAMED.where(
    col(ScorecardRow.organisation_id).in_(bindparam("organisation_ids", expanding=True)),
    col(FeedbackResponseRow.asked_at).is_not(None) | col(FeedbackResponseRow.wished_at).is_not(None),
)
_OF_EVENT = _NAMED.where(
    col(ScorecardRow.recruitment_event_id) == bindparam("event_id"),
    col(FeedbackResponseRow.disputed_at).is_not(None) | col(FeedbackResponseRow.wished_at).is_not(None),
)
_REQUEST_COLUMNS: tuple[Any, ...] = (
    col(ConversationRequestRow.id),
    col(ConversationRequestRow.seeker_id),
    col(PersonRow.name).label("seeker_name"),
    col(ConversationRequestRow.words),
    col(ConversationRequestRow.asked_at),
)
_REQUESTS = (
    select(*_REQUEST_COLUMNS)
    .join(PersonRow, col(PersonRow.id) == col(ConversationRequestRow.seeker_id))
    .where(
        col(ConversationRequestRow.seeker_id).in_(bindparam("seeker_ids", expanding=True)),
        col(ConversationRequestRow.closed_at).is_(None),
    )
    .order_by(col(ConversationRequestRow.asked_at))
)


async def list_mine(session: AsyncSession, seeker_id: UUID, *, scope_event_id: UUID | None) -> Sequence[Found]:
    """What a seeker has done about their feedback; within one event for a personal link."""
    rows = await list_rows(session, _MINE, seeker_id=seeker_id)
    return [row for row in rows if scope_event_id in (None, row.recruitment_event_id)]


async def list_to_employers(session: AsyncSession, organisation_ids: Collection[UUID]) -> Sequence[Found]:
    """Questions and wishes to meet again, to these employers, about the newest feedback first."""
    return await list_rows(session, _TO_EMPLOYERS, organisation_ids=list(organisation_ids))


async def list_of_event(session: AsyncSession, event_id: UUID) -> Sequence[Found]:
    """What concerns the staff of an event: that something is disputed, and who would like to meet again."""
    return await list_rows(session, _OF_EVENT, event_id=event_id)


async def lock_response(session: AsyncSession, scorecard_id: UUID) -> FeedbackResponseRow:
    """The row of one feedback, locked until commit; a new one where nothing has been done."""
    query = select(FeedbackResponseRow).where(col(FeedbackResponseRow.scorecard_id) == scorecard_id)
    return (await session.exec(query.with_for_update())).first() or FeedbackResponseRow(scorecard_id=scorecard_id)


async def find_given(
    session: AsyncSession, scorecard_id: UUID, *, organisation_ids: Collection[UUID]
) -> ScorecardRow | None:
    """A scorecard that one of these employers has given, or None."""
    query = select(ScorecardRow).where(
        col(ScorecardRow.id) == scorecard_id,
        col(ScorecardRow.organisation_id).in_(organisation_ids),
        col(ScorecardRow.state) == "released",
    )
    return (await session.exec(query)).first()


async def list_open_requests(session: AsyncSession, seeker_ids: Collection[UUID]) -> Sequence[Found]:
    """Who of these seekers would like to talk to their case worker, the one who has waited longest first."""
    return await list_rows(session, _REQUESTS, seeker_ids=list(seeker_ids))


async def lock_open_request(session: AsyncSession, seeker_id: UUID) -> ConversationRequestRow | None:
    """The seeker's request that is still open, locked until commit, or None."""
    query = select(ConversationRequestRow).where(
        col(ConversationRequestRow.seeker_id) == seeker_id, col(ConversationRequestRow.closed_at).is_(None)
    )
    return (await session.exec(query.with_for_update())).first()


async def close_request(session: AsyncSession, request_id: UUID, *, now: datetime) -> bool:
    """Whether there was such a request, which is now closed."""
    row = await session.get(ConversationRequestRow, request_id)
    if row is None or row.closed_at is not None:
        return False
    row.closed_at = now
    session.add(row)
    return True
