"""Jobs for a seeker and seekers for a job: reasons in words both ways, and only who agreed to be found."""

from __future__ import annotations

from typing import Any

from server.recruitment_events.tables import EnrolmentRow
from tests.server.applications.acts import enter, knows
from tests.server.hall import Hall
from tests.server.harness import Browser


async def test_a_seeker_reads_what_fits_what_is_missing_and_whom_they_have_met(hall: Hall) -> None:
    await enter(hall.other_recruiter, title="Testare", required=["Rust"], merits=[], place="Umeå")
    await enter(hall.recruiter)
    await knows(hall, hall.seekers[0], "java")
    seeker = await hall.meet()

    jobs = (await seeker.get("/api/my/jobs")).json()

    assert [(one["title"], one["employer"]["name"]) for one in jobs["jobs"]] == [
        ("Systemutvecklare, Java", "Fjällnät (exempel)"),
        ("Testare", "Molnverket (exempel)"),
    ]
    first = jobs["jobs"][0]
    assert first["required"] == [
        {"label": "Java", "has": True, "evidence": "self"},
        {"label": "SQL", "has": False, "evidence": None},
        {"label": "Python", "has": True, "evidence": "self"},
    ]
    assert [one["code"] for one in first["reasons"]] == ["competences", "met"]
    assert first["reasons"][0]["params"] == {"had": 2, "of": 3}
    assert first["met"]["is_held"] is True
    assert (first["how"], first["application"]) == ("here", None)
    assert jobs["jobs"][1]["met"] is None


async def test_jobs_are_filtered_by_place_competence_occupation_and_employer(hall: Hall) -> None:
    mine = await enter(hall.recruiter)
    await enter(hall.other_recruiter, title="Testare", occupation="Testare", required=["Kubernetes"], place="Umeå")
    seeker = await hall.seeker()

    async def titles(query: str) -> list[str]:
        return [one["title"] for one in (await seeker.get(f"/api/my/jobs?{query}")).json()["jobs"]]

    assert await titles("place=ume") == ["Testare"]
    assert await titles("competence=k8s") == ["Testare"]
    assert await titles("occupation=testare") == ["Testare"]
    assert await titles(f"employer_id={mine['employer']['id']}") == ["Systemutvecklare, Java"]
    facets = (await seeker.get("/api/my/jobs?place=ume")).json()["places"]
    assert facets == [{"label": "Sundsvall", "count": 1}, {"label": "Umeå", "count": 1}]


async def test_what_is_withdrawn_or_over_is_shown_to_nobody_who_looks_for_jobs(hall: Hall) -> None:
    gone = await enter(hall.recruiter)
    await enter(hall.recruiter, title="Förra veckan", apply_by="2026-05-11")
    await enter(hall.recruiter, title="I dag", apply_by="2026-05-12")
    await hall.recruiter.post(f"/api/vacancies/{gone['id']}/withdraw")
    seeker = await hall.seeker()

    assert [one["title"] for one in (await seeker.get("/api/my/jobs")).json()["jobs"]] == ["I dag"]


async def test_nobody_is_found_until_they_agree_and_at_once_no_more_when_they_withdraw_it(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)
    seeker = await hall.meet()
    found: list[list[Any]] = [await _found(hall.recruiter, vacancy)]
    assert (await seeker.get("/api/my/findable")).json() == {"findable": None}

    for findable in (True, False):
        assert (await seeker.put("/api/my/findable", json={"findable": findable})).status_code == 200
        found.append(await _found(hall.recruiter, vacancy))

    assert [len(one) for one in found] == [0, 1, 0]
    [person] = found[1]
    assert person["name"] == "Seeker 0 Provsson"
    assert [one["label"] for one in person["required"] if one["has"]] == ["Python"]
    assert [one["code"] for one in person["reasons"]] == ["competences", "met"]


async def test_seekers_are_found_by_name_order_for_ones_own_vacancies_and_only_with_something_in_common(
    hall: Hall,
) -> None:
    vacancy = await enter(hall.recruiter)
    await knows(hall, hall.seekers[2], "Java", "SQL", "Git")
    await knows(hall, hall.seekers[1], "Ridning")
    for number in range(3):
        await (await hall.seeker(number)).put("/api/my/findable", json={"findable": True})

    assert [one["name"] for one in await _found(hall.recruiter, vacancy)] == ["Seeker 0 Provsson", "Seeker 2 Provsson"]
    assert (await hall.other_recruiter.get(f"/api/vacancies/{vacancy['id']}/seekers")).status_code == 404


async def test_whoever_meets_under_protection_is_never_found(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)
    await (await hall.seeker()).put("/api/my/findable", json={"findable": True})
    before = await _found(hall.recruiter, vacancy)

    async with hall.app.database.transaction() as session:
        enrolment = await session.get_one(EnrolmentRow, (hall.event, hall.seekers[0]))
        enrolment.relay_only = True
        session.add(enrolment)

    assert (len(before), await _found(hall.recruiter, vacancy)) == (1, [])


async def test_the_answer_takes_as_many_statements_for_three_jobs_as_for_one(hall: Hall, count_statements: Any) -> None:
    seeker, counts = await hall.seeker(), []
    for number in (1, 3):
        while len((await hall.recruiter.get("/api/vacancies")).json()) < number:
            await enter(hall.recruiter)
        with count_statements() as seen:
            assert len((await seeker.get("/api/my/jobs")).json()["jobs"]) == number
        counts.append(len(seen))

    assert counts[0] == counts[1]


async def _found(recruiter: Browser, vacancy: dict[str, Any]) -> list[Any]:
    found: list[Any] = (await recruiter.get(f"/api/vacancies/{vacancy['id']}/seekers")).json()["seekers"]
    return found
