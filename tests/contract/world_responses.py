"""What the matrix's seeker did about feedback: asked the employer, disputed it, and wished to talk."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.responses.tables import ConversationRequestRow, FeedbackResponseRow
from tests.contract.canaries import TEXTS


async def add_responses(session: AsyncSession, ids: dict[str, str], *, now: datetime) -> None:
    """Add them to the feedback that has been opened."""
    session.add_all(
        [
            FeedbackResponseRow(
                scorecard_id=UUID(ids["opened_card"]),
                question=TEXTS["asked"],
                asked_at=now,
                dispute=TEXTS["disputed"],
                disputed_at=now,
            ),
            ConversationRequestRow(seeker_id=UUID(ids["seeker"]), words=TEXTS["talk"], asked_at=now),
        ]
    )
    await session.flush()
