"""The employer's own page, and its word to the agency in sums of five and more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from server.applications.repository import LIST_MAX
from server.applications.tables import ApplicationRow
from server.identity.people import create_person
from server.identity.roles import Role
from server.recruitment_events.tables import DeskRow
from server.vacancies.tables import VacancyRow
from tests.server.applications.acts import apply, employer_of, enter
from tests.server.hall import Hall
from tests.server.harness import Browser

WORD = {"right_people": 4, "time_well_spent": 5, "help": 3, "come_again": 5}


async def test_the_page_tells_time_people_and_what_it_led_to(hall: Hall) -> None:
    organisation, vacancy = await employer_of(hall.recruiter), await enter(hall.recruiter)
    seeker = await hall.meet()
    hall.app.clock.advance(minutes=12)
    await hall.give_feedback()
    sent = await apply(seeker, vacancy)

    page = (await hall.recruiter.get(f"/api/employers/{organisation}/page")).json()

    assert page["people"] == {"hired": 0, "next": 1, "feedback": 0, "nothing": 0}
    assert (page["time"]["talk_s"], page["time"]["half_days"]) == (12 * 60, 1)
    assert page["led_to"] == {
        "applications": 1,
        "from_meetings": 1,
        "in_conversation": 0,
        "offered": 0,
        "hired": 0,
        "met_again": 0,
    }
    assert [one["application_id"] for one in page["waiting"]] == [sent["id"]]
    assert page["interested"] == [{"vacancy_id": vacancy["id"], "count": 1}]
    await hall.recruiter.put(f"/api/applications/{sent['id']}/status", json={"status": "hired"})
    after = (await hall.recruiter.get(f"/api/employers/{organisation}/page")).json()
    assert (after["people"]["hired"], after["people"]["next"], after["waiting"]) == (1, 0, [])


async def test_every_application_counts_however_many_there_are(hall: Hall) -> None:
    organisation, now = await employer_of(hall.recruiter), hall.app.clock()
    vacancies = [
        VacancyRow(
            organisation_id=UUID(organisation), title="Testare", created_at=now, confirmed_at=now, changed_at=now
        )
        for _ in range(LIST_MAX + 1)
    ]
    async with hall.app.database.transaction() as session:
        session.add_all(vacancies)
        await session.flush()
        session.add_all(
            ApplicationRow(
                vacancy_id=one.id,
                organisation_id=one.organisation_id,
                seeker_id=hall.seekers[1],
                sent_at=now,
                changed_at=now,
            )
            for one in vacancies
        )

    page = (await hall.recruiter.get(f"/api/employers/{organisation}/page")).json()

    assert page["led_to"]["applications"] == len(page["waiting"]) == LIST_MAX + 1


async def test_people_met_are_named_only_if_they_agreed_to_be_found(hall: Hall) -> None:
    organisation = await employer_of(hall.recruiter)
    seeker = await hall.meet()
    named = []
    for findable in (None, True, False):
        if findable is not None:
            await seeker.put("/api/my/findable", json={"findable": findable})
        page = (await hall.recruiter.get(f"/api/employers/{organisation}/page")).json()
        named.append([one["name"] for one in page["again"]])
        assert page["people"]["nothing"] == 1

    assert named == [[], ["Seeker 0 Provsson"], []]


async def test_nobody_reads_another_employers_page(hall: Hall) -> None:
    organisation = await employer_of(hall.recruiter)

    assert (await hall.other_recruiter.get(f"/api/employers/{organisation}/page")).status_code == 404
    assert (await hall.staff.get(f"/api/employers/{organisation}/page")).status_code == 403


async def test_staff_see_nothing_of_four_employers_and_the_sum_of_five(hall: Hall) -> None:
    hall.app.clock.advance(minutes=10)
    employers = [(hall.recruiter, await employer_of(hall.recruiter)), *[await _employer(hall, n) for n in range(5)]]
    seen = []
    for browser, organisation in employers:
        assert (await _say(hall, browser, organisation)).status_code == 200
        seen.append((await hall.staff.get("/api/agency-feedback")).json()["events"][0])

    assert [(one["employers"], one["waiting"]) for one in seen] == [(0, 1), (0, 2), (0, 3), (0, 4), (5, 0), (5, 1)]
    assert [one["questions"] == [] for one in seen] == [True] * 4 + [False] * 2
    assert seen[4]["questions"][0] == {"question": "right_people", "steps": [0, 0, 0, 5, 0]}
    assert seen[4]["questions"] == seen[5]["questions"]


async def test_a_word_can_be_changed_until_it_is_counted(hall: Hall) -> None:
    hall.app.clock.advance(minutes=10)
    organisation = await employer_of(hall.recruiter)
    first = (await _say(hall, hall.recruiter, organisation)).json()
    changed = (await _say(hall, hall.recruiter, organisation, help=1)).json()
    for number in range(4):
        await _say(hall, *await _employer(hall, number))

    refused = await _say(hall, hall.recruiter, organisation, help=5)

    assert (first["answers"]["help"], changed["answers"]["help"]) == (3, 1)
    assert (refused.status_code, refused.json()["type"].rpartition(":")[2]) == (409, "AnswerStandsFast")
    [mine] = (await hall.recruiter.get("/api/my/agency-feedback")).json()
    assert (mine["answers"]["help"], mine["stands_fast"]) == (1, True)


async def test_only_whoever_has_a_desk_at_an_event_that_has_begun_may_speak_of_it(hall: Hall) -> None:
    organisation, other = await employer_of(hall.recruiter), await employer_of(hall.other_recruiter)
    early = await _say(hall, hall.recruiter, organisation)
    hall.app.clock.advance(minutes=10)

    assert early.status_code == 404
    assert (await _say(hall, hall.other_recruiter, other)).status_code == 404
    assert (await _say(hall, hall.other_recruiter, organisation)).status_code == 404
    assert (await hall.other_recruiter.get("/api/my/agency-feedback")).json() == []


async def _say(hall: Hall, browser: Browser, organisation: str, **changed: int) -> Any:
    body = WORD | {"organisation_id": organisation} | changed
    return await browser.put(f"/api/recruitment-events/{hall.event}/agency-feedback", json=body)


async def _employer(hall: Hall, number: int) -> tuple[Browser, str]:
    """One more employer with a desk at the event."""
    async with hall.app.database.transaction() as session:
        person = await create_person(
            session,
            name=f"Rekryterare {number}",
            email=f"r{number}@hall.example",
            role=Role.RECRUITER,
            now=hall.app.clock(),
            organisation_name=f"Företag {number} (exempel)",
        )
    browser = await hall.app.signed_in(person)
    organisation = await employer_of(browser)
    async with hall.app.database.transaction() as session:
        session.add(
            DeskRow(
                recruitment_event_id=hall.event,
                organisation_id=UUID(organisation),
                recruiter_id=person,
                number=10 + number,
                form="video",
                on_duty_from=hall.starts_at,
                on_duty_until=hall.starts_at + timedelta(hours=1),
            )
        )
    return browser, organisation
