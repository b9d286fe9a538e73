"""Who may do what in a case worker's own work: plans, tasks, handing over."""

from __future__ import annotations

from typing import Any

from tests.contract.oracle_rules import (
    AFTER_WITHDRAWAL,
    CASE_WORKER,
    CASE_WORKERS,
    OTHER_CASE_WORKER,
    OTHER_SEEKER,
    RECRUITER,
    RECRUITERS,
    SEEKER,
    Rule,
    nobody,
    of,
)

OWN: tuple[str, ...] = (CASE_WORKER, AFTER_WITHDRAWAL)
ON_SEEKER: dict[str, Any] = {"seeker_id": "seeker"}
OTHERS: dict[str, Any] = {"seeker_id": "other_seeker"}
STEP = {"measure": "validation", "starts_on": "2026-06-01", "responsible": "case_worker"}
CHANGED = STEP | {"version": 1, "status": "proposed"}

MEETING = {
    "feedback_id": "{opened_card}",
    "purpose": "Arbetsträning",
    "form": "video",
    "place": "Länk i kalendern",
    "length_min": 30,
    "times": ["2030-06-01T08:00:00Z"],
}
ASKED_ALREADY = {"seeker_ids": ["{idle_seeker}"], "to_id": "{other_case_worker}", "note": "Och du?"}

CASE_WORK: dict[str, Rule] = {
    "GET /api/measures": of(*CASE_WORKERS),
    "GET /api/seekers/{seeker_id}/plan": of(*OWN, **ON_SEEKER),
    "POST /api/seekers/{seeker_id}/plan/steps": of(*OWN, **ON_SEEKER, body=STEP),
    "POST /api/seekers/{seeker_id}/plan/pathways": of(
        *OWN, **ON_SEEKER, body={"code": "validation_path", "starts_on": "2026-06-01"}
    ),
    "PUT /api/seekers/{seeker_id}/plan/steps/{step_id}": of(*OWN, **ON_SEEKER, step_id="step", body=CHANGED),
    "POST /api/seekers/{seeker_id}/plan/steps/{step_id}/remove": of(*OWN, **ON_SEEKER, step_id="step"),
    "POST /api/seekers/{seeker_id}/plan/steps/{step_id}/restore": of(*OWN, **ON_SEEKER, step_id="step"),
    "PUT /api/seekers/{seeker_id}/plan/order": of(*OWN, **ON_SEEKER, body={"step_ids": ["{step}"]}),
    "POST /api/seekers/{seeker_id}/plan/comments": of(*OWN, **ON_SEEKER, body={"text": "Vad tror du?"}),
    "GET /api/seekers/{seeker_id}/needs": of(*OWN, **ON_SEEKER),
    "GET /api/case-tasks": of(*CASE_WORKERS),
    "POST /api/seekers/{seeker_id}/tasks": of(*OWN, **ON_SEEKER, body={"title": "Ring", "due_on": "2026-06-01"}),
    "PUT /api/seekers/{seeker_id}/tasks/{task_key}": of(*OWN, **ON_SEEKER, task_key="task_key", body={"done": True}),
    "GET /api/hand-overs": of(*CASE_WORKERS),
    "POST /api/hand-overs": of(
        *OWN, body={"seeker_ids": ["{seeker}"], "to_id": "{other_case_worker}", "note": "Tar du över?"}
    ),
    "POST /api/hand-overs/{hand_over_id}/accept": of(OTHER_CASE_WORKER, hand_over_id="hand_over"),
    "POST /api/hand-overs/{hand_over_id}/decline": of(OTHER_CASE_WORKER, hand_over_id="hand_over"),
    "POST /api/hand-overs/{hand_over_id}/withdraw": of(*OWN, hand_over_id="hand_over"),
    "GET /api/my/case-work": of(SEEKER, OTHER_SEEKER),
    "GET /api/seekers/{seeker_id}/three-party-meetings": of(*OWN, **ON_SEEKER),
    # after the withdrawal there is no feedback to ask anybody from
    "POST /api/seekers/{seeker_id}/three-party-meetings": of(*OWN, **ON_SEEKER, body=MEETING, outcome=(200, 409)),
    "POST /api/three-party-meetings/{meeting_id}/cancel": of(*OWN, meeting_id="asked_meeting"),
    "GET /api/my/three-party-meetings": of(SEEKER, OTHER_SEEKER),
    "PUT /api/my/three-party-meetings/{meeting_id}/times": of(SEEKER, meeting_id="asked_meeting", body={"times": []}),
    "GET /api/three-party-meetings": of(*RECRUITERS),
    "PUT /api/three-party-meetings/{meeting_id}/time": of(RECRUITER, meeting_id="suiting_meeting", body={"time": None}),
    # a plan is more than the one event that a personal link opens
    "GET /api/my/plan": of(SEEKER, OTHER_SEEKER),
    "PUT /api/my/plan/steps/{step_id}/answer": of(SEEKER, step_id="step", body={"answer": "yes"}),
    "POST /api/my/plan/comments": of(SEEKER, OTHER_SEEKER, body={"text": "Det blir bra."}),
}

FURTHER_CASE_WORK: list[tuple[str, Rule]] = [
    # what the seeker has not said yes to, no employer knows of
    (
        "PUT /api/three-party-meetings/{meeting_id}/time",
        nobody(*RECRUITERS, meeting_id="asked_meeting", body={"time": None}),
    ),
    ("GET /api/seekers/{seeker_id}/plan", of(OTHER_CASE_WORKER, **OTHERS)),
    ("GET /api/seekers/{seeker_id}/plan", nobody(*CASE_WORKERS, seeker_id="recruiter")),
    # who is asked to take somebody over has them when they have said yes, and not before
    ("GET /api/seekers/{seeker_id}/needs", of(*OWN, seeker_id="idle_seeker")),
    ("GET /api/seekers/{seeker_id}/needs", of(OTHER_CASE_WORKER, **OTHERS)),
    ("POST /api/hand-overs", of(*OWN, body=ASKED_ALREADY, outcome=(409,))),
    # a step is not reached through a seeker of one's own
    (
        "PUT /api/seekers/{seeker_id}/plan/steps/{step_id}",
        nobody(*CASE_WORKERS, **OTHERS, step_id="step", body=CHANGED),
    ),
    ("POST /api/seekers/{seeker_id}/plan/steps/{step_id}/remove", nobody(*CASE_WORKERS, **OTHERS, step_id="step")),
    ("POST /api/my/plan/comments", of(SEEKER, body={"text": "?", "step_id": "{step}"})),
]
