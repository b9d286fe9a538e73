"""Who may do what with vacancies and applications: an employer's own, a seeker's own, the bank for staff."""

from __future__ import annotations

from typing import Any

from tests.contract.oracle_rules import (
    ALL_STAFF,
    OTHER_RECRUITER,
    OTHER_SEEKER,
    RECRUITER,
    RECRUITERS,
    SEEKERS,
    STAFF,
    Rule,
    nobody,
    of,
)

WORD = {"right_people": 4, "time_well_spent": 5, "help": 3, "come_again": 5}
SHEET = "Titel;Arbetsgivare;Krav\nProvare;Prov employer AB;SQL\n"
VACANCY: dict[str, Any] = {"title": "Provare", "required": ["SQL"]}
NEW_VACANCY = VACANCY | {"organisation_id": "{employer}"}
# the seeker of a personal link is the same seeker, and may apply: what they applied for is theirs through any link
OWN = tuple(actor for actor in SEEKERS if actor != OTHER_SEEKER)

JOBS: dict[str, Rule] = {
    "GET /api/vacancies": of(*RECRUITERS, *ALL_STAFF),
    "POST /api/vacancies": of(RECRUITER, *ALL_STAFF, body=NEW_VACANCY),
    "PUT /api/vacancies/{vacancy_id}": of(RECRUITER, *ALL_STAFF, vacancy_id="vacancy", body=VACANCY | {"version": 0}),
    "POST /api/vacancies/{vacancy_id}/confirm": of(RECRUITER, *ALL_STAFF, vacancy_id="vacancy"),
    "POST /api/vacancies/{vacancy_id}/withdraw": of(RECRUITER, *ALL_STAFF, vacancy_id="vacancy"),
    "GET /api/vacancies/{vacancy_id}/seekers": of(RECRUITER, vacancy_id="vacancy"),
    "GET /api/my/jobs": of(*SEEKERS),
    "GET /api/my/applications": of(*SEEKERS),
    "POST /api/my/applications": of(*SEEKERS, body={"vacancy_id": "{free_vacancy}"}),
    "POST /api/my/applications/{application_id}/withdraw": of(*OWN, application_id="application"),
    "POST /api/my/applications/{application_id}/resume": of(*OWN, application_id="application"),
    "GET /api/my/findable": of(*SEEKERS),
    "PUT /api/my/findable": of(*SEEKERS, body={"findable": True}),
    "GET /api/applications": of(*RECRUITERS),
    "POST /api/applications/{application_id}/read": of(RECRUITER, application_id="application"),
    "PUT /api/applications/{application_id}/status": of(
        RECRUITER, application_id="application", body={"status": "in_conversation"}
    ),
    "GET /api/employers/{organisation_id}/page": of(RECRUITER, organisation_id="employer"),
    "GET /api/my/agency-feedback": of(*RECRUITERS),
    "PUT /api/recruitment-events/{event_id}/agency-feedback": of(
        RECRUITER, event_id="event", body=WORD | {"organisation_id": "{employer}"}
    ),
    "GET /api/agency-feedback": of(*ALL_STAFF),
    "GET /api/employers/{organisation_id}/facts": of(*SEEKERS, *RECRUITERS, *ALL_STAFF, organisation_id="employer"),
    "PUT /api/employers/{organisation_id}/facts/{kind}": of(
        RECRUITER, STAFF, organisation_id="employer", kind="growth", body={"text": "Fler.", "as_of": "2026-05-01"}
    ),
    "GET /api/meetings/{meeting_id}/claims": of(RECRUITER, meeting_id="meeting"),
    "PUT /api/meetings/{meeting_id}/claims/{claim_id}": of(
        RECRUITER, meeting_id="meeting", claim_id="told_claim", body={"confirmed": True}
    ),
    "POST /api/vacancy-imports/preview": of(*ALL_STAFF, content=SHEET),
    "POST /api/vacancy-imports": of(*ALL_STAFF, content=SHEET),
}

FURTHER_JOBS: list[tuple[str, Rule]] = [
    ("GET /api/vacancies/{vacancy_id}/seekers", of(OTHER_RECRUITER, vacancy_id="free_vacancy")),
    ("POST /api/my/applications/{application_id}/withdraw", of(OTHER_SEEKER, application_id="others_application")),
    ("POST /api/applications/{application_id}/read", of(OTHER_RECRUITER, application_id="others_application")),
    ("GET /api/employers/{organisation_id}/page", of(OTHER_RECRUITER, organisation_id="other_employer")),
    (
        "PUT /api/recruitment-events/{event_id}/agency-feedback",
        nobody(*RECRUITERS, event_id="draft_event", body=WORD | {"organisation_id": "{employer}"}),
    ),
    # nobody confirms before a talk, nor a claim of somebody else
    ("GET /api/meetings/{meeting_id}/claims", nobody(*RECRUITERS, meeting_id="others_meeting")),
    (
        "PUT /api/meetings/{meeting_id}/claims/{claim_id}",
        nobody(*RECRUITERS, meeting_id="drafted", claim_id="told_claim", body={"confirmed": True}),
    ),
    # the agency is no employer, and a meeting of somebody else is no ground to apply from
    ("POST /api/vacancies", nobody(*RECRUITERS, *ALL_STAFF, body=VACANCY | {"organisation_id": "{agency}"})),
    (
        "POST /api/my/applications",
        of(*SEEKERS, body={"vacancy_id": "{free_vacancy}", "meeting_id": "{waiting}"}, outcome=(409,)),
    ),
]
