"""An employer confirms what it has seen of somebody it has met, and takes that back."""

from __future__ import annotations

from typing import Any

from server.profiles.tables import CompetenceRow
from tests.server.applications.acts import employer_of, knows
from tests.server.hall import Hall


async def test_a_competence_is_confirmed_after_a_talk_and_the_seeker_sees_by_whom(hall: Hall) -> None:
    path = f"/api/meetings/{hall.meetings[0]}/claims"
    before = await hall.recruiter.get(path)
    seeker = await hall.meet()
    [claim] = (await hall.recruiter.get(path)).json()

    confirmed = await hall.recruiter.put(f"{path}/{claim['id']}", json={"confirmed": True})
    seen = (await seeker.get("/api/my/claims")).json()
    back = [await hall.recruiter.put(f"{path}/{claim['id']}", json={"confirmed": False}) for _ in range(2)]

    assert before.status_code == 404
    assert (claim["label"], claim["confirmed"]) == ("Python", False)
    assert confirmed.json() == [claim | {"confirmed": True}]
    assert "Fjällnät (exempel)" in str(seen)
    assert [one.json() for one in back] == [[claim], [claim]]


async def test_nobody_confirms_for_another_employer_or_of_another_person(hall: Hall) -> None:
    await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/claims"
    await employer_of(hall.other_recruiter)
    async with hall.app.database.transaction() as session:
        row = CompetenceRow(person_id=hall.seekers[1], label="SQL")
        session.add(row)

    assert (await hall.other_recruiter.get(path)).status_code == 404
    assert (await hall.recruiter.put(f"{path}/{row.id}", json={"confirmed": True})).status_code == 404


async def test_three_claims_are_read_with_as_many_statements_as_one(hall: Hall, count_statements: Any) -> None:
    path, counts = f"/api/meetings/{hall.meetings[0]}/claims", []
    await hall.meet()
    for labels in ((), ("SQL", "Java")):
        await knows(hall, hall.seekers[0], *labels)
        with count_statements() as seen:
            assert len((await hall.recruiter.get(path)).json()) == 1 + len(labels)
        counts.append(len(seen))

    assert counts[0] == counts[1]
