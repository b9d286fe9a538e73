"""What seekers can do: said, exemplified, removed and said anew, and confirmed by employers whom they met."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, func, select

from feedback.competences import OWN_COMPETENCES_MAX
from server.claims import service
from server.identity.tables import PersonRow, RoleRow
from server.kit.streams import StreamEventRow
from tests.server.hall import Hall
from tests.server.harness import Browser


async def claims_of(seeker: Browser) -> list[dict[str, Any]]:
    return list((await seeker.get("/api/my/claims")).json()["claims"])


async def at_desk(hall: Hall) -> list[dict[str, Any]]:
    return list((await hall.read_desk())["now"]["seeker"]["competences"])


async def employer(hall: Hall, recruiter: str) -> tuple[UUID, UUID]:
    """A recruiter's organisation and the recruiter."""
    query = (
        select(RoleRow.organisation_id, RoleRow.person_id)
        .join(PersonRow)
        .where(col(PersonRow.email) == f"{recruiter}@hall.example")
    )
    async with hall.app.database.read() as session:
        organisation_id, person_id = (await session.exec(query)).one()
    assert organisation_id is not None
    return organisation_id, person_id


async def confirm(hall: Hall, claim: str, recruiter: str = "recruiter") -> None:
    organisation_id, recruiter_id = await employer(hall, recruiter)
    async with hall.app.database.transaction() as session:
        await service.confirm(
            session, UUID(claim), organisation_id=organisation_id, recruiter_id=recruiter_id, now=hall.app.clock()
        )


async def withdraw(hall: Hall, claim: str) -> None:
    organisation_id, _ = await employer(hall, "recruiter")
    async with hall.app.database.transaction() as session:
        await service.withdraw(session, UUID(claim), organisation_id=organisation_id, now=hall.app.clock())


async def told(hall: Hall) -> int:
    """How often the seeker's open pages have been told that their claims are others."""
    query = select(func.count()).where(
        col(StreamEventRow.stream) == f"person:{hall.seekers[0]}", col(StreamEventRow.kind) == "claims.changed"
    )
    async with hall.app.database.read() as session:
        return int((await session.exec(query)).one())


async def test_a_claim_is_said_with_its_kind_of_evidence_and_an_example(hall: Hall) -> None:
    seeker = await hall.seeker()

    said = await seeker.post(
        "/api/my/claims", json={"label": "SQL", "evidence": "informal", "example": "Registret i föreningen."}
    )
    again = await seeker.post("/api/my/claims", json={"label": "sql", "evidence": "self"})

    assert [(one["label"], one["code"], one["evidence"], one["example"]) for one in said.json()["claims"]] == [
        ("Python", "python", "self", None),
        ("SQL", "sql", "informal", "Registret i föreningen."),
    ]
    assert (again.status_code, again.json()["reason"]) == (409, "ClaimedAlready")


async def test_nobody_confirms_themselves(hall: Hall) -> None:
    seeker = await hall.seeker()

    refused = await seeker.post("/api/my/claims", json={"label": "SQL", "evidence": "employer_confirmed"})

    assert refused.status_code == 422


async def test_an_employer_who_has_met_them_confirms_and_its_seeker_sees_who_and_when(hall: Hall) -> None:
    seeker = await hall.meet()
    [claim] = await claims_of(seeker)

    await confirm(hall, claim["id"])
    await confirm(hall, claim["id"])

    [confirmed] = await claims_of(seeker)
    assert (confirmed["evidence"], confirmed["own_evidence"]) == ("employer_confirmed", "self")
    assert [(one["employer_name"], one["recruiter_name"]) for one in confirmed["confirmations"]] == [
        ("Fjällnät (exempel)", "Recruiter Provsson")
    ]
    assert [one["evidence"] for one in await at_desk(hall)] == ["employer_confirmed"]


async def test_an_employer_who_has_never_met_them_confirms_nothing(hall: Hall) -> None:
    seeker = await hall.meet()
    [claim] = await claims_of(seeker)

    with pytest.raises(service.NotMet):
        await confirm(hall, claim["id"], "other_recruiter")

    assert (await claims_of(seeker))[0]["evidence"] == "self"


async def test_a_confirmation_outlives_removal_and_undo_and_ends_when_it_is_withdrawn(hall: Hall) -> None:
    seeker = await hall.meet()
    [claim] = await claims_of(seeker)
    await confirm(hall, claim["id"])

    removed = await seeker.delete(f"/api/my/claims/{claim['id']}")
    back = await seeker.post("/api/my/claims", json={"label": "Python", "evidence": "informal"})

    assert removed.json()["claims"] == []
    [again] = back.json()["claims"]
    assert (again["evidence"], again["own_evidence"]) == ("employer_confirmed", "informal")
    await withdraw(hall, again["id"])
    [after] = await claims_of(seeker)
    assert (after["evidence"], after["confirmations"]) == ("informal", [])
    with pytest.raises(service.NoSuchClaim):
        await withdraw(hall, again["id"])


async def test_a_change_of_ones_own_evidence_leaves_the_employers_word(hall: Hall) -> None:
    seeker = await hall.meet()
    [claim] = await claims_of(seeker)
    path = f"/api/my/claims/{claim['id']}"

    own = await seeker.put(path, json={"evidence": "credential", "detail": "YH 2024"})
    await confirm(hall, claim["id"])
    after = await seeker.put(path, json={"evidence": "self"})

    assert own.json()["claims"][0]["evidence"] == "credential"
    assert after.json()["claims"][0]["evidence"] == "employer_confirmed"


async def test_nobody_changes_or_removes_somebody_elses_claim(hall: Hall) -> None:
    [claim] = await claims_of(await hall.seeker())
    other = await hall.seeker(1)

    changed = await other.put(f"/api/my/claims/{claim['id']}", json={"evidence": "self"})
    removed = await other.delete(f"/api/my/claims/{claim['id']}")

    assert (changed.status_code, removed.status_code) == (404, 404)


async def test_the_whole_list_written_anew_keeps_evidence_and_examples(hall: Hall) -> None:
    seeker = await hall.seeker()
    [claim] = await claims_of(seeker)
    await seeker.put(f"/api/my/claims/{claim['id']}", json={"evidence": "informal", "example": "Eget spel."})

    said = [{"label": "Java"}, {"label": "python"}, {"label": "JAVA"}]
    await seeker.put("/api/my/competences", json={"competences": said})

    assert [(one["label"], one["evidence"], one["example"]) for one in await claims_of(seeker)] == [
        ("Java", "self", None),
        ("python", "informal", "Eget spel."),
    ]


async def test_the_whole_list_written_anew_keeps_an_employers_word_and_tells_open_pages(hall: Hall) -> None:
    seeker = await hall.meet()
    [claim] = await claims_of(seeker)
    await confirm(hall, claim["id"])
    await seeker.put("/api/my/competences", json={"competences": []})
    before = await told(hall)

    await seeker.put("/api/my/competences", json={"competences": [{"label": "Python"}]})

    assert [(one["evidence"], one["own_evidence"]) for one in await claims_of(seeker)] == [
        ("employer_confirmed", "self")
    ]
    assert await told(hall) == before + 1


async def test_as_much_as_can_be_claimed_can_be_written_anew(hall: Hall) -> None:
    seeker = await hall.seeker()
    claims = [{"label": f"Kunskap {number}"} for number in range(OWN_COMPETENCES_MAX)]

    whole = await seeker.put("/api/my/competences", json={"competences": claims})
    more = await seeker.put("/api/my/competences", json={"competences": [*claims, {"label": "En till"}]})

    assert (len(whole.json()), more.status_code) == (OWN_COMPETENCES_MAX, 422)
