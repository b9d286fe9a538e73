"""Who may do what in a case worker's own work: plans, tasks, handing over."""

from __future__ import annotations

from typing import Any

from tests.contract.oracle_rules import (
    AFTER_WITHDRAWAL,
    CASE_WORKER,
    CASE_WORKERS,
    LINK,
    OTHER_CASE_WORKER,
    OTHER_LINK,
    OTHER_SEEKER,
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
    # a plan is more than the one event that a personal link opens
    "GET /api/my/plan": of(SEEKER, OTHER_SEEKER),
    "PUT /api/my/plan/steps/{step_id}/answer": of(SEEKER, step_id="step", body={"answer": "yes"}),
    "POST /api/my/plan/comments": of(SEEKER, OTHER_SEEKER, body={"text": "Det blir bra."}),
}

FURTHER_CASE_WORK: list[tuple[str, Rule]] = [
    ("GET /api/seekers/{seeker_id}/plan", of(OTHER_CASE_WORKER, **OTHERS)),
    ("GET /api/seekers/{seeker_id}/plan", nobody(*CASE_WORKERS, seeker_id="idle_seeker")),
    # a step is not reached through a seeker of one's own
    (
        "PUT /api/seekers/{seeker_id}/plan/steps/{step_id}",
        nobody(*CASE_WORKERS, **OTHERS, step_id="step", body=CHANGED),
    ),
    ("POST /api/seekers/{seeker_id}/plan/steps/{step_id}/remove", nobody(*CASE_WORKERS, **OTHERS, step_id="step")),
    (
        "POST /api/my/plan/comments",
        nobody(OTHER_SEEKER, LINK, OTHER_LINK, body={"text": "?", "step_id": "{step}"}),
    ),
]
