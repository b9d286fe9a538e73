"""What seekers share with their case worker: the one door for many seekers at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback import visibility
from feedback.answers import Answers
from feedback.visibility import SharingLedger, Viewer
from server.reading import repository
from server.reading.answers import shown_to
from server.reading.repository import FoundFeedback


@dataclass(frozen=True, slots=True)
class Shared:
    """One feedback that a case worker may see; `answers` have passed the door, so read none of the row's."""

    found: FoundFeedback
    answers: Answers


@dataclass(frozen=True, slots=True)
class Sharing:
    """What one seeker shares now, newest first; nothing while they do not."""

    shares: bool
    asked: bool
    feedback: Sequence[Shared]


async def list_shared(
    session: AsyncSession, case_worker_id: UUID, seeker_ids: Collection[UUID], *, now: datetime
) -> dict[UUID, Sharing]:
    """What each of a case worker's own seekers shares with them at `now`.

    The caller answers for it that they are the case worker's own.
    """
    viewer = Viewer(visibility.Role.CASE_WORKER, case_worker_id, seeker_ids=frozenset(seeker_ids))
    ledgers = await repository.read_ledgers(session, seeker_ids)
    shared: defaultdict[UUID, list[Shared]] = defaultdict(list)
    for found in await repository.list_released_to_many(session, seeker_ids):
        seeker_id = found.row.seeker_id
        shown, answers = shown_to(found, viewer, now=now, sharing=ledgers[seeker_id])
        if shown.existence:
            shared[seeker_id].append(Shared(found, answers))
    return {one: _sharing(ledgers[one], shared[one], now) for one in seeker_ids}


def _sharing(ledger: SharingLedger, feedback: Sequence[Shared], now: datetime) -> Sharing:
    return Sharing(shares=ledger.shares_at(now), asked=ledger.at(now) is not None, feedback=feedback)
