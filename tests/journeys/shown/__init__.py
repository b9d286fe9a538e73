"""Every page in every populated state: the list that a new page must be put on."""

from __future__ import annotations

import re

from tests.journeys.scene import Scene
from tests.journeys.shown.case_work import of_case_workers
from tests.journeys.shown.desk import at_the_desk
from tests.journeys.shown.doors import at_the_doors
from tests.journeys.shown.event import around_the_event
from tests.journeys.shown.jobs import of_jobs
from tests.journeys.shown.learning import of_learning
from tests.journeys.shown.meeting import in_a_meeting
from tests.journeys.shown.packs import of_packs
from tests.journeys.shown.planner import of_a_plan
from tests.journeys.shown.repair import when_the_day_goes_otherwise
from tests.journeys.shown.seeker import of_a_seeker
from tests.journeys.shown.staff import among_staff
from tests.journeys.shown.state import State
from tests.journeys.shown.wishes import before_the_plan
from tests.services.web import ROOT

ROUTES = ROOT / "frontend" / "src" / "routes.ts"
# Reached by no pattern: what is shown where a page is missing or refused.
BESIDE = ("missing", "refused")

GROUPS = {
    "doors": at_the_doors,
    "seeker": of_a_seeker,
    "wishes": before_the_plan,
    "learning": of_learning,
    "jobs": of_jobs,
    "meeting": in_a_meeting,
    "desk": at_the_desk,
    "event": around_the_event,
    "planner": of_a_plan,
    "staff": among_staff,
    "packs": of_packs,
    "case_work": of_case_workers,
    "repair": when_the_day_goes_otherwise,
}
"""The list. Each state is populated: it holds what people would see there on a full day."""


def patterns() -> list[str]:
    """The patterns of all routes of the app, and the two pages that have none."""
    found = re.findall(r'^  route\("(/[^"]*)"', ROUTES.read_text(), flags=re.MULTILINE)
    assert len(found) > 20, f"the routes are not where they were: {ROUTES}"
    return [*found, *BESIDE]


def all_states(scene: Scene) -> list[State]:
    return [state for group in GROUPS.values() for state in group(scene)]
