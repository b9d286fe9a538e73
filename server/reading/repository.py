"""Finding released feedback, always together with what `feedback.visibility` must know of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.visibility import ScorecardFacts, SharingChoice, SharingLedger
from server.identity.tables import OrganisationRow, PersonRow
from server.meetings.tables import MeetingRow
from server.reading.tables import SharingChoiceRow
from server.scorecards.tables import ReceptionRow, ReplyRow, ScorecardRow, SelfRatingRow


@dataclass(frozen=True, slots=True)
class FoundFeedback:
    """A scorecard with what was said around it."""

    row: ScorecardRow
    talk_started_at: datetime | None
    employer: OrganisationRow
    recruiter_name: str
    seeker_name: str
    own: SelfRatingRow | None
    reply: ReplyRow | None
    reception: ReceptionRow | None

    @property
    def facts(self) -> ScorecardFacts:
        """What decides who may see it."""
        return ScorecardFacts(
            seeker_id=self.row.seeker_id,
            employer_id=self.row.organisation_id,
            recruitment_event_id=self.row.recruitment_event_id,
            released_at=self.row.released_at,
            opened_at=self.row.opened_at,
        )

    @property
    def held_at(self) -> datetime:
        """When the talk began."""
        return self.talk_started_at or self.row.created_at


async def list_released_to(
    session: AsyncSession, seeker_id: UUID, *, scope_event_id: UUID | None
) -> list[FoundFeedback]:
    """A seeker's released feedback, newest first; within one event for a personal link."""
    conditions = [col(ScorecardRow.seeker_id) == seeker_id, col(ScorecardRow.state) == "released"]
    if scope_event_id is not None:
        conditions.append(col(ScorecardRow.recruitment_event_id) == scope_event_id)
    return await _list(session, *conditions)


async def list_given_by(
    session: AsyncSession, organisation_ids: Collection[UUID], *, limit: int
) -> list[FoundFeedback]:
    """Feedback that these employers have sent, newest first."""
    sent = col(ScorecardRow.state).in_(("sent", "released"))
    return await _list(session, col(ScorecardRow.organisation_id).in_(organisation_ids), sent, limit=limit)


async def find_released_to(
    session: AsyncSession, scorecard_id: UUID, *, seeker_id: UUID, scope_event_id: UUID | None
) -> FoundFeedback | None:
    """One released scorecard of a seeker, or None."""
    found = await list_released_to(session, seeker_id, scope_event_id=scope_event_id)
    return next((one for one in found if one.row.id == scorecard_id), None)


async def read_ledger(session: AsyncSession, person_id: UUID) -> SharingLedger:
    """The seeker's sharing choices, oldest first."""
    query = select(SharingChoiceRow).where(col(SharingChoiceRow.person_id) == person_id)
    rows = (await session.exec(query.order_by(col(SharingChoiceRow.at)))).all()
    return SharingLedger(tuple(SharingChoice(row.at, row.shares) for row in rows))


async def _list(session: AsyncSession, *conditions: ColumnElement[bool], limit: int = 500) -> list[FoundFeedback]:
    seeker = PersonRow.__table__.alias("seeker")  # type: ignore[attr-defined]
    query = (
        select(ScorecardRow, OrganisationRow, SelfRatingRow, ReplyRow)
        .add_columns(ReceptionRow, col(MeetingRow.talk_started_at), col(PersonRow.name), seeker.c.name)
        .join(MeetingRow, col(MeetingRow.id) == col(ScorecardRow.meeting_id))
        .join(OrganisationRow, col(OrganisationRow.id) == col(ScorecardRow.organisation_id))
        .join(PersonRow, col(PersonRow.id) == col(ScorecardRow.recruiter_id))
        .join(seeker, seeker.c.id == col(ScorecardRow.seeker_id))
        .outerjoin(SelfRatingRow, col(SelfRatingRow.scorecard_id) == col(ScorecardRow.id))
        .outerjoin(ReplyRow, col(ReplyRow.scorecard_id) == col(ScorecardRow.id))
        .outerjoin(ReceptionRow, col(ReceptionRow.scorecard_id) == col(ScorecardRow.id))
        .where(*conditions)
        .order_by(col(ScorecardRow.sent_at).desc())
        .limit(limit)
    )
    rows: Any = await session.exec(query)  # type: ignore[call-overload]  # sqlmodel types four columns at the most
    return [
        FoundFeedback(row, talk_started_at, employer, recruiter, seeker_name, own, reply, reception)
        for row, employer, own, reply, reception, talk_started_at, recruiter, seeker_name in rows
    ]
