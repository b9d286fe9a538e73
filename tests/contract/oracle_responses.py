"""Who may act on feedback, who hears of it, and what staff are told."""

from __future__ import annotations

from tests.contract.oracle_rules import LINK, RECRUITER, RECRUITERS, SEEKER, SEEKERS, STAFF, Rule, of

RESPONSES: dict[str, Rule] = {
    "GET /api/my/responses": of(*SEEKERS),
    "PUT /api/my/feedback/{feedback_id}/later": of(SEEKER, LINK, feedback_id="unread_card", body={"later": True}),
    "POST /api/my/feedback/{feedback_id}/question": of(SEEKER, LINK, feedback_id="fresh_card", body={"text": "Vad?"}),
    "PUT /api/my/feedback/{feedback_id}/meeting-wish": of(
        SEEKER, LINK, feedback_id="opened_card", body={"wished": True}
    ),
    "PUT /api/my/feedback/{feedback_id}/dispute": of(
        SEEKER, LINK, feedback_id="opened_card", body={"words": "Inte så.", "shared": False}
    ),
    "DELETE /api/my/feedback/{feedback_id}/dispute": of(SEEKER, LINK, feedback_id="opened_card"),
    # who has no case worker is told so
    "POST /api/my/conversation-request": of(*SEEKERS, body={"words": ""}, outcome=(200, 409)),
    "GET /api/my/given-responses": of(*RECRUITERS),
    "POST /api/my/given-feedback/{feedback_id}/answer": of(RECRUITER, feedback_id="opened_card", body={"text": "Så."}),
    "GET /api/recruitment-events/{event_id}/responses": of(STAFF, event_id="event"),
}
