"""A competence is the same wherever two people's words for it meet."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.planning.repository import list_plan_desks, list_plan_seekers
from server.profiles.repository import list_competences
from server.profiles.tables import CompetenceRow
from tests.server.expo import Expo
from tests.server.hall import Hall
from tests.server.harness import Browser

WANTED = ["JavaScript", "Customer contact", "Kubernetes", "SAP"]
HAD = ["js", "kundkontakt", "K8s ", "Excel"]
FITTING = ["JavaScript", "Customer contact", "Kubernetes"]


async def both(expo: Expo) -> tuple[dict[str, Any], dict[str, Any], Browser]:
    """An employer, a seeker who writes the same in other words, and the seeker's browser."""
    employer = await expo.employer(competences_wanted=WANTED)
    seeker = await expo.seeker(competences=HAD)
    return employer, seeker, await expo.browser_of(seeker)


async def test_the_plan_counts_a_competence_however_it_is_written(expo: Expo) -> None:
    employer, seeker, _ = await both(expo)

    [match] = (await expo.staff.get(expo.url(f"/matches/{seeker['id']}"))).json()

    assert match["organisation_id"] == employer["id"]
    assert match["reasons"] == [{"code": "competences", "params": {"had": 3, "of": 4}}]


async def test_whoever_lays_meetings_by_hand_has_the_same_words(expo: Expo) -> None:
    await both(expo)

    async with expo.app.database.read() as session:
        [desk] = await list_plan_desks(session, UUID(expo.id))
        [seeker] = await list_plan_seekers(session, UUID(expo.id))

    assert desk.competences_wanted & seeker.competences == {"javascript", "customer_contact", "kubernetes"}
    assert desk.competences_wanted - seeker.competences == {"word:sap"}


async def test_both_sides_wish_knowing_what_fits(expo: Expo) -> None:
    employer, _, browser = await both(expo)
    recruiter = await expo.browser_of(employer["recruiters"][0])
    desk = employer["desks"][0]["id"]

    mine = (await browser.get(f"/api/my/events/{expo.id}/wishes")).json()
    found = (await recruiter.get(f"/api/desks/{desk}/seekers", params={"q": "Java Script"})).json()

    assert [one["matching"] for one in mine["employers"]] == [FITTING]
    assert [one["competences"] for one in found["seekers"]] == [["js", "kundkontakt", "K8s", "Excel"]]
    assert [one["matching"] for one in found["seekers"]] == [FITTING]


async def test_a_seeker_sees_what_they_have_of_what_is_wanted_when_booking_and_before_meeting(expo: Expo) -> None:
    employer, seeker, browser = await both(expo)
    await expo.laid(employer["desks"][0], 0, seeker)
    await expo.publish()

    [offered] = (await browser.get(f"/api/events/{expo.id}/openings")).json()["employers"]
    [meeting] = (await browser.get("/api/my/meetings")).json()
    alone = (await browser.get(f"/api/my/meetings/{meeting['id']}")).json()

    assert offered["employer"]["matching"] == FITTING
    assert meeting["employer"]["matching"] == alone["employer"]["matching"] == FITTING
    assert meeting["employer"]["competences_wanted"] == WANTED


async def test_a_recruiter_sees_which_of_somebodys_competences_are_wanted(hall: Hall) -> None:
    async with hall.app.database.transaction() as session:
        session.add(CompetenceRow(person_id=hall.seekers[0], position=1, label="Java och Spring", evidence="self"))
    change = {"about": "", "roles": [], "competences_wanted": ["java", "Kubernetes"]}
    employer = (await hall.read_desk())["employer"]["id"]
    saved = await hall.staff.put(f"/api/employers/{employer}/requirement-profile", json=change)
    await hall.meet()

    seeker = (await hall.read_desk())["now"]["seeker"]

    assert saved.status_code == 200, saved.text
    assert [(one["label"], one["is_wanted"]) for one in seeker["competences"]] == [
        ("Python", False),
        ("Java och Spring", True),
    ]


async def test_what_is_said_twice_is_kept_once_in_the_words_that_came_first(expo: Expo) -> None:
    employer = await expo.employer(competences_wanted=["JS", "SQL", "JavaScript", "Sql"])
    seeker = await expo.seeker(competences=["k8s", "SAP", "Kubernetes", "sap"])

    async with expo.app.database.read() as session:
        kept = await list_competences(session, UUID(seeker["id"]))

    assert employer["competences_wanted"] == ["JS", "SQL"]
    assert [row.label for row in kept] == ["k8s", "SAP"]


async def test_evidence_stays_when_a_seeker_writes_the_competence_in_another_way(hall: Hall) -> None:
    seeker = await hall.seeker(1)
    async with hall.app.database.transaction() as session:
        session.add(CompetenceRow(person_id=hall.seekers[1], label="JS", evidence="employer_confirmed"))
    claims = {"competences": [{"label": "JavaScript"}, {"label": "SAP"}]}

    kept = (await seeker.put("/api/my/competences", json=claims)).json()

    assert [(one["label"], one["evidence"]) for one in kept] == [("JavaScript", "employer_confirmed"), ("SAP", "self")]


async def test_whoever_writes_competences_can_choose_among_those_that_are_known(hall: Hall) -> None:
    seeker = await hall.seeker()

    known = (await seeker.get("/api/competences")).json()

    texts = {one["code"]: one["text"] for one in known}
    assert len(texts) == len(known)
    assert texts["javascript"] == {"sv": "JavaScript", "en": "JavaScript"}
    assert texts["complaints"] == {"sv": "Reklamationer och klagomål", "en": "Complaints"}
