"""Who may do what: written by hand from the product's rules, importing nothing of the application.

`OPERATIONS` has one line for each HTTP operation, `FURTHER` the same operations on other objects; each says
who is let through to the object named. Whoever is not is refused as `Rule.refusal` says: nobody known, 401;
somebody of another role, 403; somebody of the right role whose object it is not, 404.
A new operation fails the matrix until somebody has thought here about who may call it.
"""

from __future__ import annotations

from typing import Any

from tests.contract.oracle_case_work import CASE_WORK, FURTHER_CASE_WORK
from tests.contract.oracle_jobs import FURTHER_JOBS, JOBS
from tests.contract.oracle_learning import LEARNING
from tests.contract.oracle_planning import PLANNING
from tests.contract.oracle_responses import RESPONSES
from tests.contract.oracle_rules import (
    ADMIN as ADMIN,
)
from tests.contract.oracle_rules import (
    AFTER_WITHDRAWAL as AFTER_WITHDRAWAL,
)
from tests.contract.oracle_rules import (
    ALL_STAFF as ALL_STAFF,
)
from tests.contract.oracle_rules import (
    ANONYMOUS as ANONYMOUS,
)
from tests.contract.oracle_rules import (
    BOGUS as BOGUS,
)
from tests.contract.oracle_rules import (
    CASE_WORKER as CASE_WORKER,
)
from tests.contract.oracle_rules import (
    CASE_WORKERS as CASE_WORKERS,
)
from tests.contract.oracle_rules import (
    EVERYBODY as EVERYBODY,
)
from tests.contract.oracle_rules import (
    EXPIRED as EXPIRED,
)
from tests.contract.oracle_rules import (
    KNOWN as KNOWN,
)
from tests.contract.oracle_rules import (
    LINK as LINK,
)
from tests.contract.oracle_rules import (
    NOBODY as NOBODY,
)
from tests.contract.oracle_rules import (
    OTHER_CASE_WORKER as OTHER_CASE_WORKER,
)
from tests.contract.oracle_rules import (
    OTHER_LINK as OTHER_LINK,
)
from tests.contract.oracle_rules import (
    OTHER_RECRUITER as OTHER_RECRUITER,
)
from tests.contract.oracle_rules import (
    OTHER_SEEKER as OTHER_SEEKER,
)
from tests.contract.oracle_rules import (
    OTHER_STAFF as OTHER_STAFF,
)
from tests.contract.oracle_rules import (
    RECRUITER as RECRUITER,
)
from tests.contract.oracle_rules import (
    RECRUITERS as RECRUITERS,
)
from tests.contract.oracle_rules import (
    REVOKED_LINK as REVOKED_LINK,
)
from tests.contract.oracle_rules import (
    ROLES as ROLES,
)
from tests.contract.oracle_rules import (
    SEEKER as SEEKER,
)
from tests.contract.oracle_rules import (
    SEEKERS as SEEKERS,
)
from tests.contract.oracle_rules import (
    STAFF as STAFF,
)
from tests.contract.oracle_rules import (
    Rule as Rule,
)
from tests.contract.oracle_rules import (
    nobody as nobody,
)
from tests.contract.oracle_rules import (
    of as of,
)

EVENT = {"name": "Ny mässa", "place": "Provby", "date": "2026-06-02", "template": "it_expo_15", "slots": 4}
NEW_SEEKER = {"name": "Ny Sökande", "email": "ny.{unique}@sokande.example"}
NEW_EMPLOYER = {"name": "Nytt företag {unique} AB", "form": "video"}
RATINGS = {"item_1": 5, "item_2": 3, "item_3": 4, "item_4": None}
ANSWERS = {"ratings": RATINGS, "next_step": "yes_with_support", "worked": ["clear_example"], "do_next": []}
SHEET = "Förnamn;Efternamn;E-post\nAda;Provsson;ada@sokande.example\n"
SECRET = {"x-demo-cast-secret": "the-secret-of-the-tests"}
ON_EVENT: dict[str, Any] = {"event_id": "event"}
SAID: dict[str, Any] = {"body": {"version": "{wishes_version}", "wishes": []}}
SAID_AT_DESK: dict[str, Any] = {"body": {"version": "{desk_wishes_version}", "wishes": []}}

MOUNTS = ("/socket.io",)
"""What is no operation: the live layer, whose own oracle is `oracle_live`."""

OPERATIONS: dict[str, Rule] = {
    # ---- anybody ----
    "GET /healthz": of(*EVERYBODY),
    "GET /readyz": of(*EVERYBODY),
    "GET /metrics": of(*EVERYBODY),
    "GET /api/openapi.json": of(*EVERYBODY),
    "GET /{path}": of(*EVERYBODY, path={"path": "page"}),
    "GET /api/me": of(*EVERYBODY),
    "POST /api/sign-in": of(*EVERYBODY, body={"email": "x{unique}@sokande.example"}),
    "POST /api/sign-in/confirm": of(*EVERYBODY, body={"token": "{mailed_token}"}, signs_in=True),
    "POST /api/join-links/redeem": of(*EVERYBODY, body={"token": "{join_token}"}, signs_in=True),
    "GET /api/mailbox": of(*EVERYBODY),
    "GET /api/demo": of(*EVERYBODY),
    "POST /api/demo/sign-in": of(*EVERYBODY, body={"role": "seeker"}, signs_in=True),
    "POST /api/demo/cast": of(*EVERYBODY, headers=SECRET, signs_in=True),
    # ---- whoever is signed in, about themselves ----
    "POST /api/sign-out": of(*KNOWN),
    "GET /api/sessions": of(*KNOWN),
    "DELETE /api/sessions/{session_id}": of(SEEKER, hidden_from=KNOWN, session_id="seekers_session"),
    "PUT /api/me/locale": of(*KNOWN, body={"locale": "en"}),
    "GET /api/instruments/{code}/{version}": of(*KNOWN, code="pack", version="one"),
    "GET /api/competences": of(*KNOWN),
    # ---- seekers: booking and their day ----
    "GET /api/my/events": of(*SEEKERS),
    "GET /api/events/{event_id}/openings": of(SEEKER, LINK, OTHER_SEEKER, **ON_EVENT),
    "POST /api/my/bookings": of(SEEKER, LINK, OTHER_SEEKER, body={"desk_id": "{free_desk}", "slot_id": "{free_slot}"}),
    "GET /api/my/meetings": of(*SEEKERS),
    "GET /api/my/meetings/{meeting_id}": of(SEEKER, LINK, meeting_id="meeting"),
    "POST /api/my/meetings/{meeting_id}/ready": of(SEEKER, LINK, meeting_id="booked"),
    "POST /api/my/meetings/{meeting_id}/not-ready": of(SEEKER, LINK, meeting_id="checked_in"),
    "POST /api/my/meetings/{meeting_id}/move": of(SEEKER, LINK, meeting_id="booked", body={"slot_id": "{free_slot}"}),
    "POST /api/my/meetings/{meeting_id}/cancel": of(SEEKER, LINK, meeting_id="booked"),
    "GET /api/my/wishes": of(*SEEKERS),
    "GET /api/my/events/{event_id}/wishes": of(SEEKER, OTHER_SEEKER, event_id="draft_event"),
    "PUT /api/my/events/{event_id}/wishes": of(SEEKER, OTHER_SEEKER, event_id="draft_event", **SAID),
    "GET /api/my/calendar.ics": of(*SEEKERS, *RECRUITERS),
    "GET /api/my/meetings/{meeting_id}/calendar.ics": of(SEEKER, LINK, RECRUITER, meeting_id="meeting"),
    # ---- seekers: feedback, profile and learning ----
    **LEARNING,
    # ---- the room: the seeker and the employer of the meeting ----
    "GET /api/meetings/{meeting_id}/room": of(SEEKER, LINK, RECRUITER, meeting_id="meeting"),
    "GET /api/meetings/{meeting_id}/chat": of(SEEKER, LINK, RECRUITER, meeting_id="meeting"),
    "POST /api/meetings/{meeting_id}/chat": of(SEEKER, LINK, RECRUITER, meeting_id="meeting", body={"text": "Hej"}),
    # ---- recruiters ----
    "GET /api/my/desks": of(*RECRUITERS),
    "GET /api/my/desk-wishes": of(*RECRUITERS),
    "GET /api/desks/{desk_id}/wishes": of(RECRUITER, desk_id="draft_desk"),
    "PUT /api/desks/{desk_id}/wishes": of(RECRUITER, desk_id="draft_desk", **SAID_AT_DESK),
    "GET /api/desks/{desk_id}/seekers": of(RECRUITER, desk_id="draft_desk", query="q=a"),
    "GET /api/my/given-feedback": of(*RECRUITERS),
    "GET /api/desks/{desk_id}": of(RECRUITER, desk_id="desk"),
    "GET /api/desks/{desk_id}/chips": of(RECRUITER, desk_id="desk"),
    "POST /api/desks/{desk_id}/open": of(RECRUITER, desk_id="desk"),
    "POST /api/desks/{desk_id}/close": of(RECRUITER, desk_id="desk"),
    "POST /api/meetings/{meeting_id}/call": of(RECRUITER, meeting_id="waiting"),
    "POST /api/meetings/{meeting_id}/release": of(RECRUITER, meeting_id="called"),
    "POST /api/meetings/{meeting_id}/start": of(RECRUITER, meeting_id="called"),
    "POST /api/meetings/{meeting_id}/extend": of(RECRUITER, meeting_id="meeting"),
    "POST /api/meetings/{meeting_id}/end": of(RECRUITER, meeting_id="meeting"),
    "POST /api/meetings/{meeting_id}/no-show": of(RECRUITER, meeting_id="late"),
    "PUT /api/meetings/{meeting_id}/scorecard": of(
        RECRUITER, meeting_id="meeting", body={"version": 0, "answers": ANSWERS}
    ),
    "POST /api/meetings/{meeting_id}/scorecard/send": of(RECRUITER, meeting_id="drafted"),
    "POST /api/meetings/{meeting_id}/scorecard/undo": of(RECRUITER, meeting_id="sent"),
    "POST /api/meetings/{meeting_id}/scorecard/skip": of(
        RECRUITER, meeting_id="drafted", body={"reason": "talk_was_cut_off"}
    ),
    "POST /api/meetings/{meeting_id}/scorecard/resume": of(RECRUITER, meeting_id="skipped"),
    "PUT /api/meetings/{meeting_id}/scorecard/translation": of(
        RECRUITER, meeting_id="sent", body={"language": "en", "text": "A clear example."}
    ),
    "GET /api/my/portable": of(SEEKER, OTHER_SEEKER),
    "GET /api/my/portable.pdf": of(SEEKER, OTHER_SEEKER),
    "GET /api/my/resume.json": of(SEEKER, OTHER_SEEKER),
    "GET /api/my/everything.zip": of(SEEKER, OTHER_SEEKER),
    "GET /api/packs": of(*ALL_STAFF, ADMIN),
    "GET /api/packs/{code}/{version}": of(*ALL_STAFF, ADMIN, code="pack", version="one"),
    "POST /api/packs/{code}/drafts": of(*ALL_STAFF, ADMIN, code="pack", outcome=(201, 409)),
    "PUT /api/packs/{code}/{version}": of(
        *ALL_STAFF, ADMIN, code="blank_pack", version="two", body={"revision": 0, "data": {}}, outcome=(200, 409)
    ),
    "POST /api/packs/{code}/{version}/publish": of(
        *ALL_STAFF, ADMIN, code="whole_pack", version="two", body={"valid_from": "2030-01-01"}, outcome=(200, 409)
    ),
    "POST /api/tone-advice": of(*RECRUITERS, body={"text": "Tydligt exempel."}),
    "PUT /api/employers/{organisation_id}/requirement-profile": of(
        RECRUITER, STAFF, organisation_id="employer", body={"about": "Vi bygger nät."}
    ),
    # ---- case workers ----
    **CASE_WORK,
    **JOBS,
    **RESPONSES,
    "GET /api/seekers": of(*CASE_WORKERS),
    "GET /api/seekers/{seeker_id}/feedback": of(CASE_WORKER, AFTER_WITHDRAWAL, seeker_id="seeker"),
    # ---- staff: events ----
    "GET /api/templates": of(*ALL_STAFF),
    "GET /api/recruitment-events": of(*ALL_STAFF),
    "POST /api/recruitment-events": of(*ALL_STAFF, body=EVENT),
    "GET /api/recruitment-events/{event_id}": of(STAFF, **ON_EVENT),
    "PATCH /api/recruitment-events/{event_id}": of(STAFF, **ON_EVENT, body={"place": "Annanby"}),
    "POST /api/recruitment-events/{event_id}/stations": of(STAFF, **ON_EVENT, body={}),
    "DELETE /api/recruitment-events/{event_id}/stations/{station_id}": of(STAFF, **ON_EVENT, station_id="station"),
    "POST /api/recruitment-events/{event_id}/staff": of(STAFF, **ON_EVENT, body={"email": "other.staff@ort.example"}),
    "GET /api/recruitment-events/{event_id}/live": of(STAFF, **ON_EVENT),
    "GET /api/recruitment-events/{event_id}/live/counts": of(STAFF, **ON_EVENT),
    "GET /api/recruitment-events/{event_id}/arrivals": of(STAFF, **ON_EVENT),
    "POST /api/recruitment-events/{event_id}/check-in": of(STAFF, **ON_EVENT, body={"meeting_id": "{booked}"}),
    # ---- staff: employers and seekers ----
    "GET /api/employers": of(*ALL_STAFF, query="q=prov"),
    "GET /api/taxonomy/concepts": of(*ALL_STAFF, query="q=java"),
    "GET /api/recruitment-events/{event_id}/employers": of(STAFF, **ON_EVENT),
    "POST /api/recruitment-events/{event_id}/employers": of(STAFF, **ON_EVENT, body=NEW_EMPLOYER),
    "POST /api/recruitment-events/{event_id}/employers/{organisation_id}/recruiters": of(
        STAFF, **ON_EVENT, organisation_id="employer", body={"name": "Ny Rekryterare"}
    ),
    "POST /api/recruitment-events/{event_id}/desks": of(
        STAFF, **ON_EVENT, body={"organisation_id": "{employer}", "form": "video"}
    ),
    "PATCH /api/recruitment-events/{event_id}/desks/{desk_id}": of(
        STAFF, **ON_EVENT, desk_id="free_desk", body={"form": "hybrid"}
    ),
    "DELETE /api/recruitment-events/{event_id}/desks/{desk_id}": of(STAFF, **ON_EVENT, desk_id="free_desk"),
    "GET /api/recruitment-events/{event_id}/seekers": of(STAFF, **ON_EVENT),
    "POST /api/recruitment-events/{event_id}/seekers": of(STAFF, **ON_EVENT, body=NEW_SEEKER),
    "PATCH /api/recruitment-events/{event_id}/seekers/{seeker_id}": of(
        STAFF, **ON_EVENT, seeker_id="idle_seeker", body={"languages": ["sv"]}
    ),
    "DELETE /api/recruitment-events/{event_id}/seekers/{seeker_id}": of(STAFF, **ON_EVENT, seeker_id="idle_seeker"),
    "POST /api/recruitment-events/{recruitment_event_id}/join-links": of(
        STAFF, recruitment_event_id="event", body={"person_id": "{seeker}"}
    ),
    "GET /api/recruitment-events/{recruitment_event_id}/join-links": of(STAFF, recruitment_event_id="event"),
    "DELETE /api/join-links/{join_link_id}": of(STAFF, join_link_id="join_link"),
    # ---- staff: imports ----
    "GET /api/recruitment-events/{event_id}/imports": of(STAFF, **ON_EVENT),
    "POST /api/recruitment-events/{event_id}/imports": of(STAFF, **ON_EVENT, query="filename=a.csv", content=SHEET),
    "GET /api/recruitment-events/{event_id}/imports/{import_id}": of(STAFF, **ON_EVENT, import_id="import"),
    "PUT /api/recruitment-events/{event_id}/imports/{import_id}/decisions": of(
        STAFF, **ON_EVENT, import_id="import", body={"left_out": [2]}
    ),
    "POST /api/recruitment-events/{event_id}/imports/{import_id}/commit": of(STAFF, **ON_EVENT, import_id="import"),
    "DELETE /api/recruitment-events/{event_id}/imports/{import_id}": of(STAFF, **ON_EVENT, import_id="import"),
    # ---- staff: the plan ----
    "GET /api/recruitment-events/{event_id}/grid": of(STAFF, **ON_EVENT),
    "POST /api/recruitment-events/{event_id}/trades": of(
        STAFF, **ON_EVENT, body={"meeting_id": "{booked}", "other_meeting_id": "{booked_after}"}
    ),
    "POST /api/recruitment-events/{event_id}/meetings": of(
        STAFF,
        **ON_EVENT,
        body={"desk_id": "{free_desk}", "slot_id": "{free_slot}", "seeker_id": "{idle_seeker}"},
    ),
    "POST /api/meetings/{meeting_id}/move": of(
        STAFF, meeting_id="booked", body={"desk_id": "{free_desk}", "slot_id": "{free_slot}"}
    ),
    "POST /api/meetings/{meeting_id}/cancel": of(STAFF, meeting_id="booked"),
    "DELETE /api/meetings/{meeting_id}": of(STAFF, meeting_id="draft_meeting"),
    "GET /api/meetings/{meeting_id}/alternatives": of(STAFF, meeting_id="booked"),
    "POST /api/meetings/{meeting_id}/pin": of(STAFF, meeting_id="booked", body={"is_pinned": True}),
    "GET /api/recruitment-events/{event_id}/publish-preview": of(STAFF, event_id="draft_event"),
    "POST /api/recruitment-events/{event_id}/publish": of(STAFF, event_id="draft_event"),
    **PLANNING,
}

SEEKERS_AND_RECRUITERS = (*SEEKERS, *RECRUITERS)
FURTHER: list[tuple[str, Rule]] = [
    ("GET /{path}", of(path={"path": "no_operation"}, closed=404)),
    ("POST /api/demo/cast", of(body=None, closed=403)),
    ("POST /api/demo/cast", of(headers={"x-demo-cast-secret": "guessed"}, closed=403)),
    # the other seeker's and the other employer's things are theirs alone
    ("GET /api/my/meetings/{meeting_id}", of(OTHER_SEEKER, meeting_id="others_meeting")),
    ("GET /api/meetings/{meeting_id}/room", of(OTHER_SEEKER, OTHER_RECRUITER, meeting_id="others_meeting")),
    ("GET /api/my/feedback/{feedback_id}", of(OTHER_SEEKER, feedback_id="others_closed_card")),
    ("GET /api/meetings/{meeting_id}/chat", of(OTHER_SEEKER, OTHER_RECRUITER, meeting_id="others_meeting")),
    (
        "POST /api/recruitment-events/{event_id}/check-in",
        nobody(*ALL_STAFF, **ON_EVENT, body={"meeting_id": "{elsewhere_meeting}"}),
    ),
    (
        "POST /api/recruitment-events/{event_id}/check-in",
        nobody(*ALL_STAFF, event_id="draft_event", body={"code": "{check_in_code}"}),
    ),
    ("GET /api/my/meetings/{meeting_id}", of(SEEKER, OTHER_LINK, meeting_id="elsewhere_meeting")),
    ("GET /api/my/feedback/{feedback_id}", of(SEEKER, LINK, feedback_id="sealed_card")),
    ("GET /api/my/feedback/{feedback_id}", nobody(*SEEKERS, feedback_id="draft_card")),
    ("GET /api/desks/{desk_id}", of(OTHER_RECRUITER, desk_id="others_desk")),
    ("GET /api/seekers/{seeker_id}/feedback", of(OTHER_CASE_WORKER, seeker_id="other_seeker")),
    # staff of one event reach nothing of another through an event of their own
    (
        "DELETE /api/recruitment-events/{event_id}/stations/{station_id}",
        nobody(*ALL_STAFF, **ON_EVENT, station_id="elsewhere_station"),
    ),
    (
        "PATCH /api/recruitment-events/{event_id}/desks/{desk_id}",
        nobody(*ALL_STAFF, **ON_EVENT, desk_id="elsewhere_desk", body={"form": "hybrid"}),
    ),
    (
        "GET /api/recruitment-events/{event_id}/imports/{import_id}",
        nobody(*ALL_STAFF, event_id="draft_event", import_id="import"),
    ),
    *(
        (name, nobody(*ALL_STAFF, event_id="draft_event", run_id="laid_run"))
        for name in (
            "GET /api/recruitment-events/{event_id}/planning-runs/{run_id}",
            "POST /api/recruitment-events/{event_id}/planning-runs/{run_id}/cancel",
            "POST /api/recruitment-events/{event_id}/planning-runs/{run_id}/lay",
            "POST /api/recruitment-events/{event_id}/planning-runs/{run_id}/undo",
            "GET /api/recruitment-events/{event_id}/planning-runs/{run_id}/comparison",
        )
    ),
    (
        "GET /api/recruitment-events/{event_id}/matches/{seeker_id}",
        nobody(*ALL_STAFF, event_id="draft_event", seeker_id="idle_seeker"),
    ),
    (
        "PATCH /api/recruitment-events/{event_id}/seekers/{seeker_id}",
        nobody(*ALL_STAFF, event_id="draft_event", seeker_id="idle_seeker", body={"languages": ["sv"]}),
    ),
    (
        "POST /api/recruitment-events/{recruitment_event_id}/join-links",
        nobody(*ALL_STAFF, recruitment_event_id="draft_event", body={"person_id": "{idle_seeker}"}),
    ),
    (
        "POST /api/recruitment-events/{event_id}/meetings",
        nobody(
            *ALL_STAFF,
            **ON_EVENT,
            body={"desk_id": "{elsewhere_desk}", "slot_id": "{free_slot}", "seeker_id": "{idle_seeker}"},
        ),
    ),
    (
        "POST /api/recruitment-events/{event_id}/trades",
        nobody(
            *ALL_STAFF,
            **ON_EVENT,
            body={"meeting_id": "{booked}", "other_meeting_id": "{elsewhere_meeting}"},
        ),
    ),
    (
        "POST /api/recruitment-events/{event_id}/repairs",
        of(STAFF, **ON_EVENT, body={"kind": "desk_closed", "desk_id": "{elsewhere_desk}"}, outcome=(422,)),
    ),
    (
        "POST /api/recruitment-events/{event_id}/repairs",
        of(STAFF, **ON_EVENT, body={"kind": "no_show", "meeting_id": "{elsewhere_meeting}"}, outcome=(422,)),
    ),
    (
        "POST /api/recruitment-events/{event_id}/repairs/confirm",
        of(STAFF, **ON_EVENT, body={"desks": [{"desk_id": "{elsewhere_desk}", "is_open": True}]}, outcome=(409,)),
    ),
    ("GET /api/recruitment-events/{event_id}", of(OTHER_STAFF, event_id="elsewhere")),
    (
        "PUT /api/employers/{organisation_id}/requirement-profile",
        of(OTHER_RECRUITER, STAFF, organisation_id="other_employer", body={"about": "Vi bygger moln."}),
    ),
    # wishes: one's own, in the event that the link is for; an employer's, at its own desks
    ("GET /api/my/events/{event_id}/wishes", of(SEEKER, LINK, OTHER_SEEKER, **ON_EVENT)),
    ("GET /api/my/events/{event_id}/wishes", of(SEEKER, OTHER_LINK, event_id="elsewhere")),
    ("PUT /api/my/events/{event_id}/wishes", of(SEEKER, LINK, OTHER_SEEKER, **ON_EVENT, **SAID, outcome=(409,))),
    ("GET /api/desks/{desk_id}/wishes", of(OTHER_RECRUITER, desk_id="others_desk")),
    ("GET /api/desks/{desk_id}/seekers", of(OTHER_RECRUITER, desk_id="others_desk", outcome=(409,))),
    # a draft is between its staff and those who say what they wish: meetings in it nobody has been told of
    ("GET /api/my/meetings/{meeting_id}", nobody(*SEEKERS, meeting_id="draft_meeting")),
    ("POST /api/my/meetings/{meeting_id}/ready", nobody(*SEEKERS, meeting_id="draft_meeting")),
    ("POST /api/my/meetings/{meeting_id}/cancel", nobody(*SEEKERS, meeting_id="draft_meeting")),
    (
        "GET /api/my/meetings/{meeting_id}/calendar.ics",
        nobody(*SEEKERS_AND_RECRUITERS, meeting_id="draft_meeting"),
    ),
    ("GET /api/meetings/{meeting_id}/room", nobody(*SEEKERS_AND_RECRUITERS, meeting_id="draft_meeting")),
    ("GET /api/events/{event_id}/openings", nobody(*SEEKERS, event_id="draft_event")),
    (
        "POST /api/my/bookings",
        nobody(*SEEKERS, body={"desk_id": "{draft_desk}", "slot_id": "{draft_slot}"}),
    ),
    ("GET /api/desks/{desk_id}", nobody(*RECRUITERS, desk_id="draft_desk")),
    ("POST /api/desks/{desk_id}/open", nobody(*RECRUITERS, desk_id="draft_desk")),
    ("POST /api/meetings/{meeting_id}/no-show", nobody(*RECRUITERS, meeting_id="draft_meeting")),
    (
        "PUT /api/meetings/{meeting_id}/scorecard",
        nobody(*RECRUITERS, meeting_id="draft_meeting", body={"version": 0, "answers": {}}),
    ),
    *FURTHER_CASE_WORK,
    *FURTHER_JOBS,
]
