"""Responses by HTTP: to the seeker all of theirs; to others what is meant for them, field by field."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from server.kit.rows import Found


class Question(BaseModel):
    """What the seeker asked, and what the employer answered, once they have."""

    text: str
    asked_at: datetime
    answer: str | None
    answered_at: datetime | None


class Dispute(BaseModel):
    """The seeker's own words beside the employer's; `shared` is whether staff may read them."""

    words: str
    shared: bool
    at: datetime


class MyResponse(BaseModel):
    """What you have done about one feedback."""

    feedback_id: UUID
    later_at: datetime | None
    wished_at: datetime | None
    question: Question | None
    dispute: Dispute | None


class MyConversationRequest(BaseModel):
    """That you would like to talk to your case worker."""

    words: str
    asked_at: datetime


class MyResponses(BaseModel):
    """All that you have done about your feedback; `conversation_request` is None while you have made none."""

    responses: list[MyResponse]
    conversation_request: MyConversationRequest | None
    case_worker: str | None


class GivenResponse(BaseModel):
    """What a seeker asks or wishes of the employer who gave feedback."""

    feedback_id: UUID
    meeting_id: UUID
    question: Question | None
    wished_at: datetime | None


class DisputedFeedback(BaseModel):
    """That a feedback is disputed. Who and why only where the seeker shares it; never what the employer wrote.

    Its id is left out: other answers tell staff which meeting or seeker belongs to it.
    """

    employer_name: str
    at: datetime
    seeker_name: str | None
    words: str | None


class MeetingWish(BaseModel):
    """A seeker who would like to meet an employer again."""

    feedback_id: UUID
    seeker_name: str
    employer_name: str
    at: datetime


class EventResponses(BaseModel):
    """What the staff of an event should know."""

    disputes: list[DisputedFeedback]
    meeting_wishes: list[MeetingWish]


def my_response(row: Found) -> MyResponse:
    """One response as its seeker sees it."""
    dispute = Dispute(words=row.dispute, shared=row.dispute_shared, at=row.disputed_at) if row.disputed_at else None
    return MyResponse(
        feedback_id=row.scorecard_id,
        later_at=row.later_at,
        wished_at=row.wished_at,
        question=_question(row),
        dispute=dispute,
    )


def given_response(row: Found) -> GivenResponse:
    """One response as the employer may see it."""
    return GivenResponse(
        feedback_id=row.scorecard_id, meeting_id=row.meeting_id, question=_question(row), wished_at=row.wished_at
    )


def event_responses(rows: list[Found]) -> EventResponses:
    """The responses as staff may see them."""
    return EventResponses(
        disputes=[
            DisputedFeedback(
                employer_name=row.employer_name,
                at=row.disputed_at,
                seeker_name=row.seeker_name if row.dispute_shared else None,
                words=row.dispute if row.dispute_shared else None,
            )
            for row in sorted((one for one in rows if one.disputed_at is not None), key=lambda one: one.disputed_at)
        ],
        meeting_wishes=[
            MeetingWish(
                feedback_id=row.scorecard_id,
                seeker_name=row.seeker_name,
                employer_name=row.employer_name,
                at=row.wished_at,
            )
            for row in rows
            if row.wished_at is not None
        ],
    )


def _question(row: Found) -> Question | None:
    if row.asked_at is None:
        return None
    return Question(text=row.question, asked_at=row.asked_at, answer=row.answer, answered_at=row.answered_at)
