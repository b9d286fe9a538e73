"""Finding released feedback, always together with what `feedback.visibility` must know of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import col
from sqlmodel import select as select_entity
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.visibility import ScorecardFacts, SharingChoice, SharingLedger
from server.identity.repository import lock_person
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.rows import Found, find_row, list_rows
from server.meetings.tables import MeetingRow
from server.reading.tables import GoalRow, SharingChoiceRow
from server.scorecards.tables import ReceptionRow, ReplyRow, ScorecardRow, SelfRatingRow, StatementTranslationRow

LIST_MAX = 500
MANY_MAX = 20_000
_seeker = aliased(PersonRow)
_translator = aliased(PersonRow)
_COLUMNS: tuple[Any, ...] = (
    col(ScorecardRow.id),
    col(ScorecardRow.meeting_id),
    col(ScorecardRow.recruitment_event_id),
    col(ScorecardRow.organisation_id),
    col(ScorecardRow.seeker_id),
    col(ScorecardRow.pack),
    col(ScorecardRow.pack_version),
    col(ScorecardRow.answers),
    col(ScorecardRow.created_at),
    col(ScorecardRow.sent_at),
    col(ScorecardRow.released_at),
    col(ScorecardRow.opened_at),
    col(ScorecardRow.statement_shared),
    col(MeetingRow.talk_started_at),
    col(OrganisationRow.name).label("employer_name"),
    col(PersonRow.name).label("recruiter_name"),
    col(_seeker.name).label("seeker_name"),
    col(SelfRatingRow.ratings).label("own_ratings"),
    col(ReplyRow.text).label("reply_text"),
    col(ReplyRow.sent_at).label("reply_sent_at"),
    col(ReceptionRow.next_clear),
    col(ReceptionRow.respected),
    col(ReceptionRow.rings_true),
    col(StatementTranslationRow.language).label("translation_language"),
    col(StatementTranslationRow.text).label("translation_text"),
    col(StatementTranslationRow.at).label("translated_at"),
    col(_translator.name).label("translated_by"),
)
_FEEDBACK = (
    select(*_COLUMNS)
    .join(MeetingRow, col(MeetingRow.id) == col(ScorecardRow.meeting_id))
    .join(OrganisationRow, col(OrganisationRow.id) == col(ScorecardRow.organisation_id))
    .join(PersonRow, col(PersonRow.id) == col(ScorecardRow.recruiter_id))
    .join(_seeker, col(_seeker.id) == col(ScorecardRow.seeker_id))
    .outerjoin(SelfRatingRow, col(SelfRatingRow.scorecard_id) == col(ScorecardRow.id))
    .outerjoin(ReplyRow, col(ReplyRow.scorecard_id) == col(ScorecardRow.id))
    .outerjoin(ReceptionRow, col(ReceptionRow.scorecard_id) == col(ScorecardRow.id))
    .outerjoin(StatementTranslationRow, col(StatementTranslationRow.scorecard_id) == col(ScorecardRow.id))
    .outerjoin(_translator, col(_translator.id) == col(StatementTranslationRow.translator_id))
    .order_by(col(ScorecardRow.sent_at).desc())
    .limit(bindparam("limit"))
)
_RELEASED_TO = _FEEDBACK.where(
    col(ScorecardRow.seeker_id) == bindparam("seeker_id"), col(ScorecardRow.state) == "released"
)
_ONE_RELEASED_TO = _RELEASED_TO.where(col(ScorecardRow.id) == bindparam("scorecard_id"))
_RELEASED_TO_MANY = _FEEDBACK.where(
    col(ScorecardRow.seeker_id).in_(bindparam("seeker_ids", expanding=True)), col(ScorecardRow.state) == "released"
)
_GIVEN_BY = _FEEDBACK.where(
    col(ScorecardRow.organisation_id).in_(bindparam("organisation_ids", expanding=True)),
    col(ScorecardRow.state).in_(("sent", "released")),
)
_ONE_GIVEN_BY = _GIVEN_BY.where(col(ScorecardRow.meeting_id) == bindparam("meeting_id"))
_LEDGERS = (
    select(col(SharingChoiceRow.person_id), col(SharingChoiceRow.at), col(SharingChoiceRow.shares))
    .where(col(SharingChoiceRow.person_id).in_(bindparam("person_ids", expanding=True)))
    .order_by(col(SharingChoiceRow.at))
)


@dataclass(frozen=True, slots=True)
class FoundFeedback:
    """A scorecard with what was said around it; to change any of it, read its own row."""

    row: Found

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
        began: datetime = self.row.talk_started_at or self.row.created_at
        return began


async def list_released_to(
    session: AsyncSession, seeker_id: UUID, *, scope_event_id: UUID | None
) -> list[FoundFeedback]:
    """A seeker's released feedback, newest first; within one event for a personal link."""
    rows = await list_rows(session, _RELEASED_TO, seeker_id=seeker_id, limit=LIST_MAX)
    return [FoundFeedback(row) for row in rows if scope_event_id in (None, row.recruitment_event_id)]


async def list_released_to_many(session: AsyncSession, seeker_ids: Collection[UUID]) -> list[FoundFeedback]:
    """The released feedback of these seekers, newest first."""
    rows = await list_rows(session, _RELEASED_TO_MANY, seeker_ids=list(seeker_ids), limit=MANY_MAX)
    return [FoundFeedback(row) for row in rows]


async def list_given_by(
    session: AsyncSession, organisation_ids: Collection[UUID], *, limit: int
) -> list[FoundFeedback]:
    """Feedback that these employers have sent, newest first."""
    rows = await list_rows(session, _GIVEN_BY, organisation_ids=list(organisation_ids), limit=limit)
    return [FoundFeedback(row) for row in rows]


async def find_released_to(
    session: AsyncSession, scorecard_id: UUID, *, seeker_id: UUID, scope_event_id: UUID | None
) -> FoundFeedback | None:
    """One released scorecard of a seeker, or None; within one event for a personal link."""
    row = await find_row(session, _ONE_RELEASED_TO, scorecard_id=scorecard_id, seeker_id=seeker_id, limit=1)
    return FoundFeedback(row) if row and scope_event_id in (None, row.recruitment_event_id) else None


async def find_given_by(
    session: AsyncSession, organisation_ids: Collection[UUID], *, meeting_id: UUID
) -> FoundFeedback | None:
    """The feedback that one of these employers has sent after a meeting, or None."""
    row = await find_row(
        session, _ONE_GIVEN_BY, organisation_ids=list(organisation_ids), meeting_id=meeting_id, limit=1
    )
    return FoundFeedback(row) if row else None


async def lock_current_goal(session: AsyncSession, person_id: UUID) -> GoalRow | None:
    """The goal that the seeker has now, to be changed; whoever else would change it waits until this is over."""
    await lock_person(session, person_id)
    mine = select_entity(GoalRow).where(col(GoalRow.person_id) == person_id, col(GoalRow.status) == "current")
    return (await session.exec(mine)).first()


async def read_ledger(session: AsyncSession, person_id: UUID) -> SharingLedger:
    """The seeker's sharing choices, oldest first."""
    return (await read_ledgers(session, [person_id]))[person_id]


async def read_ledgers(session: AsyncSession, person_ids: Collection[UUID]) -> dict[UUID, SharingLedger]:
    """The sharing choices of each of these people, oldest first."""
    ledgers = dict.fromkeys(person_ids, SharingLedger())
    for row in await list_rows(session, _LEDGERS, person_ids=list(person_ids)):
        ledgers[row.person_id] = ledgers[row.person_id].with_choice(SharingChoice(row.at, row.shares))
    return ledgers
