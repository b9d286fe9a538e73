"""A case worker's work, and the plan as its seeker reads it."""

from __future__ import annotations

from typing import Any

from tests.journeys.scene import CASE_WORKER, LEILA, RECRUITER, Scene
from tests.journeys.shown.state import State, clicking


def of_case_workers(scene: Scene) -> list[State]:
    """Each page in its richest state."""

    def plan(name: str, shows: str, **more: Any) -> State:
        return State(name, "/seekers/:id/plan", f"/seekers/{LEILA}/plan", shows, CASE_WORKER, **more)

    return [
        State("tasks", "/tasks", "/tasks", ".tk", CASE_WORKER),
        State("hand over", "/hand-overs", "/hand-overs", ".check", CASE_WORKER),
        plan("plan of a seeker", ".pl-step"),
        plan("plan, a new step", ".pl-step", act=clicking(".pl-h .ds-button >> nth=0"), then="dialog[open] fieldset"),
        State("asked for a meeting of three", "/three-party", "/three-party", ".pl-step", RECRUITER),
        State("my plan", "/profile/plan", "/profile/plan", ".pl-step", LEILA),
    ]
