"""The vacancy bank: entered by recruiters and staff, fresh for a month, seen by whoever it concerns."""

from __future__ import annotations

from uuid import UUID

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
