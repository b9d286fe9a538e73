"""Who may do what with feedback, profile, goals, actions, claims, paths and preparing: seekers with their own."""

from __future__ import annotations

from tests.contract.oracle_rules import AFTER_WITHDRAWAL, CASE_WORKER, LINK, OTHER_LINK, SEEKER, SEEKERS, Rule, of

LEARNING: dict[str, Rule] = {
    # ---- seekers: feedback and profile ----
    "GET /api/my/feedback": of(*SEEKERS),
    "GET /api/my/feedback/{feedback_id}": of(SEEKER, LINK, feedback_id="opened_card"),
    "PUT /api/my/feedback/{feedback_id}/self-rating": of(
        SEEKER, LINK, feedback_id="sealed_card", body={"ratings": {"item_1": 4}}
    ),
    "POST /api/my/feedback/{feedback_id}/open": of(SEEKER, LINK, feedback_id="unread_card"),
    "POST /api/my/feedback/{feedback_id}/reply": of(SEEKER, LINK, feedback_id="fresh_card", body={"text": "Tack."}),
    "PUT /api/my/feedback/{feedback_id}/reception": of(
        SEEKER, LINK, feedback_id="fresh_card", body={"next_clear": 4, "respected": 5, "rings_true": 3}
    ),
    "POST /api/my/feedback/{feedback_id}/goal": of(
        SEEKER, LINK, feedback_id="fresh_card", body={"chip": "tell_own_part"}
    ),
    "PUT /api/my/feedback/{feedback_id}/statement-sharing": of(
        SEEKER, LINK, feedback_id="fresh_card", body={"shared": False}
    ),
    "GET /api/my/profile": of(*SEEKERS),
    "PUT /api/my/sharing": of(*SEEKERS, body={"shares": True}),
    "PUT /api/my/questions": of(*SEEKERS, body={"questions": ["Hur ser en dag ut?"]}),
    "PUT /api/my/competences": of(*SEEKERS, body={"competences": [{"label": "SQL"}]}),
    "GET /api/seekers/{seeker_id}/learning": of(CASE_WORKER, AFTER_WITHDRAWAL, seeker_id="seeker"),
    # ---- goals, actions, claims, the inventory, paths, preparing ----
    "GET /api/my/learning": of(*SEEKERS),
    "PUT /api/my/goal": of(*SEEKERS, body={"text": "Våga ställa en fråga"}),
    "PUT /api/my/goal/shown": of(*SEEKERS, body={"shown": True}),
    "POST /api/my/goal/reached": of(*SEEKERS),
    "POST /api/my/goals/{goal_id}/resume": of(SEEKER, LINK, OTHER_LINK, goal_id="goal"),
    "POST /api/my/meetings/{meeting_id}/goal-check": of(SEEKER, LINK, meeting_id="draft", body={"outcome": "kept"}),
    "PUT /api/my/meetings/{meeting_id}/reflection": of(
        SEEKER, LINK, meeting_id="opened", body={"answers": {"went_well": "Exemplet."}}
    ),
    "GET /api/my/claims": of(*SEEKERS),
    "POST /api/my/claims": of(*SEEKERS, body={"label": "Odla tomater", "evidence": "informal"}),
    "PUT /api/my/claims/{claim_id}": of(SEEKER, LINK, OTHER_LINK, claim_id="claim", body={"evidence": "self"}),
    "DELETE /api/my/claims/{claim_id}": of(SEEKER, LINK, OTHER_LINK, claim_id="claim"),
    "GET /api/my/inventory": of(*SEEKERS),
    "GET /api/my/paths": of(*SEEKERS),
    "GET /api/my/rehearsal": of(*SEEKERS),
    "PUT /api/my/rehearsal/{point}": of(*SEEKERS, point="point", body={"done": True}),
    "DELETE /api/my/rehearsal": of(*SEEKERS),
    "GET /api/my/network": of(*SEEKERS),
    "POST /api/my/network": of(*SEEKERS, body={"name": "Petra", "circle": "work"}),
    "PUT /api/my/network/{contact_id}": of(
        SEEKER, LINK, OTHER_LINK, contact_id="contact", body={"name": "Petra", "circle": "work"}
    ),
    "DELETE /api/my/network/{contact_id}": of(SEEKER, LINK, OTHER_LINK, contact_id="contact"),
    "GET /api/my/paths/{pack}/{occupation}": of(*SEEKERS, pack="pack", occupation="occupation"),
    "PUT /api/my/inventory/{situation}": of(
        *SEEKERS, situation="situation", body={"answers": {"what": "Kassan."}, "state": "begun"}
    ),
    "POST /api/my/actions": of(*SEEKERS, body={"text": "Ring Petra"}),
    "PUT /api/my/actions/{action_id}": of(
        SEEKER, LINK, OTHER_LINK, action_id="action", body={"state": "done", "due_on": None}
    ),
}
