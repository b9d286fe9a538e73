"""Every table of the application, registered in `SQLModel.metadata` by importing this module."""

from __future__ import annotations

from server.applications import tables as applications
from server.case_work import tables as case_work
from server.claims import tables as claims
from server.employer_pages import tables as employer_pages
from server.employers import tables as employers
from server.identity import tables as identity
from server.imports import tables as imports
from server.kit import idempotency, outbox, streams
from server.learning import tables as learning
from server.mail import tables as mail
from server.meetings import tables as meetings
from server.packs import tables as packs
from server.places import tables as places
from server.planning_runs import tables as planning_runs
from server.preparing import tables as preparing
from server.profiles import tables as profiles
from server.reading import tables as reading
from server.recruitment_events import tables as recruitment_events
from server.responses import tables as responses
from server.scorecards import tables as scorecards
from server.support import tables as support
from server.support_plans import tables as support_plans
from server.taxonomy import tables as taxonomy
from server.three_party import tables as three_party
from server.vacancies import tables as vacancies

__all__ = [
    "applications",
    "case_work",
    "claims",
    "employer_pages",
    "employers",
    "idempotency",
    "identity",
    "imports",
    "learning",
    "mail",
    "meetings",
    "outbox",
    "packs",
    "places",
    "planning_runs",
    "preparing",
    "profiles",
    "reading",
    "recruitment_events",
    "responses",
    "scorecards",
    "streams",
    "support",
    "support_plans",
    "taxonomy",
    "three_party",
    "vacancies",
]
