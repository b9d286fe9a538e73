"""How often ready phrases were picked, as sums: the door through which chips are ordered."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.answers import Answers, parse_answers
from feedback.chip_order import NO_USE, Use, use_of
from feedback.instrument import Instrument
from feedback.wording import word_key
from server.employers.tables import RequirementProfileRow
from server.kit.rows import list_rows
from server.scorecards.tables import ScorecardRow

CARDS_MAX = 300
PROFILES_MAX = 2000
# Fewer employers than this could be told apart in a sum.
EMPLOYERS_MIN = 5
_SENT = (
    select(col(ScorecardRow.organisation_id), col(ScorecardRow.answers))
    .where(
        col(ScorecardRow.organisation_id).in_(bindparam("organisation_ids", expanding=True)),
        col(ScorecardRow.pack) == bindparam("pack"),
        col(ScorecardRow.pack_version) == bindparam("version"),
        col(ScorecardRow.state).in_(("sent", "released")),
    )
    .order_by(col(ScorecardRow.sent_at).desc())
    .limit(CARDS_MAX)
)
_ROLES = select(col(RequirementProfileRow.organisation_id), col(RequirementProfileRow.roles)).limit(PROFILES_MAX)


async def own_use(session: AsyncSession, organisation_id: UUID, instrument: Instrument) -> Use:
    """What this employer's own people picked in their last scorecards of this version of the pack."""
    return use_of(answers for _, answers in await _picked(session, [organisation_id], instrument))


async def role_use(session: AsyncSession, organisation_id: UUID, instrument: Instrument) -> Use:
    """What others who recruit for the same occupations picked; nothing where they are too few to be a crowd."""
    roles = {row.organisation_id: frozenset(map(word_key, row.roles or ())) for row in await list_rows(session, _ROLES)}
    mine = roles.pop(organisation_id, frozenset())
    others = [other for other, theirs in roles.items() if theirs & mine]
    found = await _picked(session, others, instrument) if len(others) >= EMPLOYERS_MIN else []
    return use_of(answers for _, answers in found) if len({one for one, _ in found}) >= EMPLOYERS_MIN else NO_USE


async def _picked(
    session: AsyncSession, organisation_ids: Collection[UUID], instrument: Instrument
) -> list[tuple[UUID, Answers]]:
    rows = await list_rows(
        session,
        _SENT,
        organisation_ids=list(organisation_ids),
        pack=instrument.code,
        version=instrument.version,
    )
    return [(row.organisation_id, parse_answers(row.answers, instrument)) for row in rows]
