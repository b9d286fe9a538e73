"""Applying, from a meeting or before one: once, seen by both, withdrawn and taken up again."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, delete, select

from server.identity.service import issue_join_link
from server.identity.tables import RoleRow
from server.kit.streams import StreamEventRow
from server.recruitment_events.tables import RecruitmentEventRow
from tests.server.applications.acts import apply, enter
from tests.server.hall import Hall


async def test_an_application_is_tied_to_the_meeting_and_both_see_it(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)
    seeker = await hall.meet()

    sent = await apply(seeker, vacancy, letter="Jag löste ert problem i dag.")
    [received] = (await hall.recruiter.get("/api/applications")).json()

    assert sent["meeting"]["id"] == str(hall.meetings[0])
    assert sent["meeting"]["is_held"] is True
    assert (sent["status"], sent["can_withdraw"], sent["can_resume"]) == ("sent", True, False)
    assert received["letter"] == "Jag löste ert problem i dag."
    assert received["seeker"]["email"] == "seeker_0@hall.example"
    assert received["meeting"]["id"] == str(hall.meetings[0])
    assert [one["has"] for one in received["required"]] == [False, False, True]
    assert (await hall.other_recruiter.get("/api/applications")).json() == []
    assert (await seeker.get("/api/my/jobs")).json()["jobs"][0]["application"]["status"] == "sent"


async def test_one_can_apply_before_the_meeting_and_with_none(hall: Hall) -> None:
    vacancy, elsewhere = await enter(hall.recruiter), await enter(hall.other_recruiter)
    seeker = await hall.seeker()

    before, without = await apply(seeker, vacancy), await apply(seeker, elsewhere)

    assert (before["meeting"]["id"], before["meeting"]["is_held"]) == (str(hall.meetings[0]), False)
    assert without["meeting"] is None


async def test_a_retry_never_doubles_with_the_same_key_or_another(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)
    seeker, key = await hall.seeker(), {"idempotency-key": str(uuid4())}
    body = {"vacancy_id": vacancy["id"]}

    first = await seeker.post("/api/my/applications", json=body, headers=key)
    same = await seeker.post("/api/my/applications", json=body, headers=key)
    other = await seeker.post("/api/my/applications", json=body, headers={"idempotency-key": str(uuid4())})

    assert (first.status_code, same.json()) == (201, first.json())
    assert other.status_code == 409
    assert (other.json()["reason"], other.json()["application_id"]) == ("applied", first.json()["id"])
    assert len((await hall.recruiter.get("/api/applications")).json()) == 1
    assert len(await hall.app.mails("recruiter@hall.example")) == 1


async def test_of_five_at_the_same_moment_one_is_an_application(hall: Hall) -> None:
    vacancy, seeker = await enter(hall.recruiter), await hall.seeker()

    async def send() -> int:
        headers = {"idempotency-key": str(uuid4())}
        return (
            await seeker.post("/api/my/applications", json={"vacancy_id": vacancy["id"]}, headers=headers)
        ).status_code

    assert sorted(await asyncio.gather(*(send() for _ in range(5)))) == [201, 409, 409, 409, 409]
    assert len((await hall.recruiter.get("/api/applications")).json()) == 1


async def test_a_link_to_another_event_shows_the_application_and_not_the_meeting(hall: Hall) -> None:
    vacancy = await enter(hall.recruiter)
    seeker = await hall.meet()
    await apply(seeker, vacancy)
    async with hall.app.database.transaction() as session:
        event = await session.get_one(RecruitmentEventRow, hall.event)
        more = event.model_dump(exclude={"id"})
        other = RecruitmentEventRow(**more)
        session.add(other)
        await session.flush()
        tokens = [
            await issue_join_link(
                session,
                person_id=hall.seekers[0],
                recruitment_event_id=event_id,
                now=hall.app.clock(),
                expires_at=hall.app.clock() + timedelta(days=1),
            )
            for event_id in (hall.event, other.id)
        ]

    shown = []
    for token in tokens:
        browser = hall.app.browser()
        browser.keep_csrf((await browser.post("/api/join-links/redeem", json={"token": token})).json())
        [mine] = (await browser.get("/api/my/applications")).json()
        [job] = (await browser.get("/api/my/jobs")).json()["jobs"]
        shown.append((mine["meeting"] is not None, job["met"] is not None))

    assert shown == [(True, True), (False, False)]


async def test_refusals_say_why(hall: Hall) -> None:
    vacancy, seeker = await enter(hall.recruiter), await hall.seeker()
    await hall.recruiter.post(f"/api/vacancies/{vacancy['id']}/withdraw")
    other = await enter(hall.recruiter)

    async def refused(**body: Any) -> tuple[int, str | None]:
        answer = await seeker.post("/api/my/applications", json=body)
        return answer.status_code, answer.json().get("reason")

    assert await refused(vacancy_id=vacancy["id"]) == (409, "closed")
    assert await refused(vacancy_id=other["id"], meeting_id=str(hall.meetings[1])) == (409, "meeting")
    assert await refused(vacancy_id=str(uuid4())) == (404, None)


async def test_reading_and_answering_is_seen_by_the_seeker_and_mailed(hall: Hall) -> None:
    vacancy, seeker = await enter(hall.recruiter), await hall.seeker()
    sent = await apply(seeker, vacancy)
    path = f"/api/applications/{sent['id']}"

    statuses = []
    assert (await hall.recruiter.post(f"{path}/read")).status_code == 200
    statuses.append((await seeker.get("/api/my/applications")).json()[0]["status"])
    for status in ("in_conversation", "offered", "offered", "hired"):
        assert (await hall.recruiter.put(f"{path}/status", json={"status": status})).status_code == 200
        statuses.append((await seeker.get("/api/my/applications")).json()[0]["status"])

    assert statuses == ["read", "in_conversation", "offered", "offered", "hired"]
    mails = await hall.app.mails("seeker_0@hall.example")
    assert sorted(mail["subject"] for mail in mails) == [
        "Du är anställd hos Fjällnät (exempel)",
        "Fjällnät (exempel) erbjuder dig Systemutvecklare, Java",
        "Fjällnät (exempel) vill prata vidare om Systemutvecklare, Java",
    ]
    assert await _kinds(hall, f"person:{hall.seekers[0]}") == ["application.changed"] * 5
    answer = await seeker.post(f"/api/my/applications/{sent['id']}/withdraw")
    assert (answer.status_code, answer.json()["reason"]) == (409, "decided")


async def test_a_withdrawal_can_be_undone_while_the_vacancy_is_there(hall: Hall) -> None:
    vacancy, seeker = await enter(hall.recruiter), await hall.seeker()
    sent = await apply(seeker, vacancy)
    mine, theirs = f"/api/my/applications/{sent['id']}", f"/api/applications/{sent['id']}"
    await hall.recruiter.put(f"{theirs}/status", json={"status": "in_conversation"})

    away = (await seeker.post(f"{mine}/withdraw")).json()
    refused = await hall.recruiter.put(f"{theirs}/status", json={"status": "offered"})
    back = (await seeker.post(f"{mine}/resume")).json()
    await seeker.post(f"{mine}/withdraw")
    await hall.recruiter.post(f"/api/vacancies/{vacancy['id']}/withdraw")
    closed = await seeker.post(f"{mine}/resume")

    assert (away["status"], away["can_resume"]) == ("withdrawn", True)
    assert (refused.status_code, refused.json()["reason"]) == (409, "withdrawn")
    assert back["status"] == "in_conversation"
    assert (closed.status_code, closed.json()["reason"]) == (409, "closed")


async def test_to_take_back_what_is_not_withdrawn_changes_nothing_whatever_has_become_of_the_vacancy(
    hall: Hall,
) -> None:
    vacancy, seeker = await enter(hall.recruiter), await hall.seeker()
    sent = await apply(seeker, vacancy)
    await hall.recruiter.post(f"/api/vacancies/{vacancy['id']}/withdraw")

    again = await seeker.post(f"/api/my/applications/{sent['id']}/resume")

    assert (again.status_code, again.json()["status"]) == (200, "sent")
    assert await _kinds(hall, f"person:{hall.seekers[0]}") == ["application.changed"]


async def test_nobody_is_offered_to_take_up_what_nobody_would_read(hall: Hall) -> None:
    vacancy, seeker = await enter(hall.recruiter), await hall.seeker()
    sent = await apply(seeker, vacancy)
    await seeker.post(f"/api/my/applications/{sent['id']}/withdraw")
    before = (await seeker.get("/api/my/applications")).json()[0]["can_resume"]
    async with hall.app.database.transaction() as session:
        await session.exec(delete(RoleRow).where(col(RoleRow.organisation_id) == UUID(vacancy["employer"]["id"])))

    refused = await seeker.post(f"/api/my/applications/{sent['id']}/resume")
    after = (await seeker.get("/api/my/applications")).json()[0]["can_resume"]

    assert (before, after) == (True, False)
    assert (refused.status_code, refused.json()["reason"]) == (409, "elsewhere")


async def test_each_side_reaches_its_own_applications_only(hall: Hall) -> None:
    vacancy, seeker, other = await enter(hall.recruiter), await hall.seeker(), await hall.seeker(1)
    sent = await apply(seeker, vacancy)

    assert (await other.get("/api/my/applications")).json() == []
    assert (await other.post(f"/api/my/applications/{sent['id']}/withdraw")).status_code == 404
    assert (await hall.other_recruiter.post(f"/api/applications/{sent['id']}/read")).status_code == 404
    assert (await hall.staff.get("/api/applications")).status_code == 403


async def _kinds(hall: Hall, stream: str) -> list[str]:
    async with hall.app.database.read() as session:
        query = select(StreamEventRow.kind).where(col(StreamEventRow.stream) == stream)
        kinds = list((await session.exec(query)).all())
    return [kind for kind in kinds if kind.startswith("application.")]
