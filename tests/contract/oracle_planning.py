"""Who may have plans made, lay them, and repair the plan that runs."""

from __future__ import annotations

from typing import Any

from tests.contract.oracle_rules import STAFF, Rule, of

ON_EVENT: dict[str, Any] = {"event_id": "event"}
FREE_SPOT = {"desk_id": "{free_desk}", "slot_id": "{free_slot}"}
GIVE_A_SEAT = {
    "changes": [
        {"seeker_id": "{idle_seeker}", "organisation_id": "{free_employer}", "before": None, "after": FREE_SPOT}
    ]
}

PLANNING: dict[str, Rule] = {
    # ---- staff: plans that a planner makes ----
    "POST /api/recruitment-events/{event_id}/planning-runs": of(STAFF, **ON_EVENT, body={"seed": 1}),
    "GET /api/recruitment-events/{event_id}/planning-runs": of(STAFF, **ON_EVENT),
    "GET /api/recruitment-events/{event_id}/planning-runs/{run_id}": of(STAFF, **ON_EVENT, run_id="made_run"),
    "POST /api/recruitment-events/{event_id}/planning-runs/{run_id}/cancel": of(STAFF, **ON_EVENT, run_id="made_run"),
    "POST /api/recruitment-events/{event_id}/planning-runs/{run_id}/lay": of(STAFF, **ON_EVENT, run_id="made_run"),
    "POST /api/recruitment-events/{event_id}/planning-runs/{run_id}/undo": of(STAFF, **ON_EVENT, run_id="laid_run"),
    "GET /api/recruitment-events/{event_id}/planning-runs/{run_id}/comparison": of(
        STAFF, **ON_EVENT, run_id="made_run", query="other=current"
    ),
    "GET /api/recruitment-events/{event_id}/planning-rules": of(STAFF, **ON_EVENT),
    "PUT /api/recruitment-events/{event_id}/planning-rules": of(STAFF, **ON_EVENT, body={"rest_slots": 1}),
    "GET /api/recruitment-events/{event_id}/plan-figures": of(STAFF, **ON_EVENT),
    "GET /api/recruitment-events/{event_id}/equality-prices": of(STAFF, **ON_EVENT, query="dimension=gender"),
    "GET /api/recruitment-events/{event_id}/matches/{seeker_id}": of(STAFF, **ON_EVENT, seeker_id="seeker"),
    # ---- staff: repair of the plan that runs ----
    "POST /api/recruitment-events/{event_id}/repairs": of(
        STAFF, **ON_EVENT, body={"kind": "walk_in", "seeker_id": "{idle_seeker}"}
    ),
    "POST /api/recruitment-events/{event_id}/repairs/confirm": of(STAFF, **ON_EVENT, body=GIVE_A_SEAT),
}
