"""Jobs and applications of both sides, the employer's own page, and staff's vacancy bank."""

from __future__ import annotations

import json

from server.demo.ids import demo_id
from tests.journeys.scene import LEILA, RECRUITER, STAFF, Scene
from tests.journeys.shown.event import sheet_of
from tests.journeys.shown.state import State, clicking

VACANCY = demo_id("vacancy", "utvecklare")
AD = {
    "id": "90000001",
    "headline": "Systemutvecklare",
    "employer": {"name": "Påhittade System AB"},
    "application_deadline": None,
    "last_publication_date": "2031-01-01T00:00:00",
}
FILE = json.dumps([AD, {"id": "90000002", "headline": "Testare", "application_deadline": "snart"}]).encode()


def of_jobs(scene: Scene) -> list[State]:
    """Each page in its richest state."""
    return [
        State("jobs", "/jobs", "/jobs", ".jbl .jb", LEILA, act=clicking(".jb-about summary"), then=".jb-about[open] p"),
        State("apply", "/jobs", "/jobs", ".jb-p", LEILA, act=clicking(".jb-p .ds-button"), then="#apply-letter"),
        State("applications", "/applications", "/applications", ".jb-steps", LEILA),
        State("our page", "/our-page", "/our-page", ".ag-v", RECRUITER, act=clicking(".ag-word summary"), then=".ag-q"),
        State(
            "applicants",
            "/applicants",
            "/applicants",
            ".ag-list",
            RECRUITER,
            act=clicking(".jb summary"),
            then="details[open] .ds-chip",
        ),
        State(
            "vacancy, new",
            "/vacancies/new",
            "/vacancies/new",
            "#va-title",
            RECRUITER,
            act=clicking("form [type=submit]"),
            then="#va-title[aria-invalid]",
        ),
        State("vacancy", "/vacancies/:id", f"/vacancies/{VACANCY}", ".va .jb", RECRUITER),
        State("vacancy bank", "/vacancies", "/vacancies", ".ag-v", STAFF),
        State(
            "vacancies of a file",
            "/vacancies/import",
            "/vacancies/import",
            "[type=file]",
            STAFF,
            act=sheet_of("annonser.json", FILE),
            then="#bank-plate",
        ),
        State("what employers say", "/employers-say", "/employers-say", ".ag-c", STAFF),
    ]
