"""The vacancy bank: entered by recruiters and staff, fresh for a month, seen by whoever it concerns."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID

from server.vacancies.repository import LIST_MAX, list_shown
from server.vacancies.rules import SHOWN, SHOWN_FOR, standing
from server.vacancies.tables import STATUSES, VacancyRow
from tests.server.applications.acts import VACANCY, employer_of, enter
from tests.server.hall import Hall


async def test_a_recruiter_enters_a_vacancy_and_sees_until_when_it_is_fresh(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)

    assert vacancy["standing"] == "open"
    assert vacancy["confirmed_at"] == "2026-05-12T07:00:00Z"
    assert vacancy["fresh_until"] == "2026-06-11T07:00:00Z"
    assert vacancy["required"][0]["label"] == "Java"
    assert vacancy["required"][0]["code"] is not None
    assert (await hall.recruiter.get("/api/vacancies")).json() == [vacancy]


async def test_recruiters_reach_their_own_employers_vacancies_only_and_staff_all(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)
    body = VACANCY | {"organisation_id": await employer_of(hall.recruiter)}

    assert (await hall.other_recruiter.get("/api/vacancies")).json() == []
    assert (await hall.other_recruiter.post("/api/vacancies", json=body)).status_code == 404
    for act in ("confirm", "withdraw"):
        assert (await hall.other_recruiter.post(f"/api/vacancies/{vacancy['id']}/{act}")).status_code == 404
    change = VACANCY | {"version": 0}
    assert (await hall.other_recruiter.put(f"/api/vacancies/{vacancy['id']}", json=change)).status_code == 404
    assert [one["id"] for one in (await hall.staff.get("/api/vacancies?q=sundsvall")).json()] == [vacancy["id"]]
    assert (await hall.staff.get("/api/vacancies?q=kiruna")).json() == []
    assert (await hall.staff.post("/api/vacancies", json=body)).status_code == 201


async def test_staff_enter_vacancies_for_employers_that_are_in_the_bank(hall: Hall) -> None:
    agency = next(role["organisation_id"] for role in (await hall.staff.me())["roles"] if role["organisation_id"])

    answer = await hall.staff.post("/api/vacancies", json=VACANCY | {"organisation_id": agency})

    assert answer.status_code == 404


async def test_a_vacancy_grows_stale_and_is_hidden_until_somebody_confirms_it(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)
    person_id = UUID((await hall.recruiter.me())["person"]["id"])
    standings = []
    for days in (31, 14):
        hall.app.clock.advance(days=days)
        recruiter = await hall.app.signed_in(person_id)
        standings.append((await recruiter.get("/api/vacancies")).json()[0]["standing"])

    confirmed = (await recruiter.post(f"/api/vacancies/{vacancy['id']}/confirm")).json()

    assert standings == ["stale", "hidden"]
    assert confirmed["standing"] == "open"


async def test_a_withdrawn_vacancy_comes_back_when_it_is_confirmed(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)

    away = (await hall.recruiter.post(f"/api/vacancies/{vacancy['id']}/withdraw")).json()
    back = (await hall.recruiter.post(f"/api/vacancies/{vacancy['id']}/confirm")).json()

    assert (away["standing"], back["standing"]) == ("withdrawn", "open")


async def test_the_second_of_two_writers_is_told_that_the_vacancy_has_changed(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)
    path = f"/api/vacancies/{vacancy['id']}"

    first = await hall.recruiter.put(path, json=VACANCY | {"version": 0, "title": "Utvecklare", "required": ["SQL"]})
    second = await hall.staff.put(path, json=VACANCY | {"version": 0})

    assert first.json()["title"] == "Utvecklare"
    assert [one["label"] for one in first.json()["required"]] == ["SQL"]
    assert second.status_code == 409
    assert second.json()["type"].endswith("VacancyHasChanged")


async def test_what_is_required_is_no_merit_as_well(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter, required=["Java"], merits=["java", "Git"])

    assert [one["label"] for one in vacancy["merits"]] == ["Git"]


async def test_an_address_that_runs_something_is_refused(hall: Hall) -> None:
    body = VACANCY | {"organisation_id": await employer_of(hall.recruiter), "apply_url": "javascript:alert(1)"}

    answer = await hall.recruiter.post("/api/vacancies", json=body)

    assert answer.status_code == 422
    assert answer.json()["fields"][0]["path"] == "apply_url"


async def test_the_bank_shows_to_seekers_just_what_the_rule_shows(hall: Hall) -> None:
    organisation, now, today = UUID(await employer_of(hall.recruiter)), hall.app.clock(), hall.app.clock().date()
    days = (None, today - timedelta(days=1), today, today + timedelta(days=1))
    ages = (timedelta(), SHOWN_FOR, SHOWN_FOR + timedelta(seconds=1))
    rows = [
        _row(organisation, f"{number}", now - age, status=status, apply_by=day)
        for number, (status, day, age) in enumerate(product(STATUSES, days, ages))
    ]
    told = {
        row.id: standing(status=row.status, apply_by=row.apply_by, confirmed_at=row.confirmed_at, now=now)
        for row in rows
    }
    async with hall.app.database.transaction() as session:
        session.add_all(rows)

    async with hall.app.database.read() as session:
        shown = {row.id for row in await list_shown(session, now=now)}

    assert shown == {row_id for row_id, stands in told.items() if stands in SHOWN}
    assert len(shown) == 6


async def test_staff_and_seekers_find_what_lies_behind_a_thousand_newer_vacancies(hall: Hall) -> None:
    organisation, now = UUID(await employer_of(hall.recruiter)), hall.app.clock()
    async with hall.app.database.transaction() as session:
        session.add_all(_row(organisation, "Lagerarbetare", now) for _ in range(LIST_MAX))
        old = _row(organisation, "Klockare", now - timedelta(days=3), place="Årjäng")
        session.add(old)
    seeker = await hall.seeker()

    for_staff = (await hall.staff.get("/api/vacancies", params={"q": "årjäng klock"})).json()
    by_place = (await seeker.get("/api/my/jobs", params={"place": "årj"})).json()
    by_occupation = (await seeker.get("/api/my/jobs", params={"occupation": "klockare"})).json()

    assert [one["title"] for one in for_staff] == ["Klockare"]
    assert ([one["title"] for one in by_place["jobs"]], by_place["total"]) == (["Klockare"], 1)
    assert [one["title"] for one in by_occupation["jobs"]] == ["Klockare"]


def _row(organisation_id: UUID, title: str, confirmed_at: datetime, **more: Any) -> VacancyRow:
    return VacancyRow(
        organisation_id=organisation_id,
        title=title,
        created_at=confirmed_at,
        confirmed_at=confirmed_at,
        changed_at=confirmed_at,
        **more,
    )
