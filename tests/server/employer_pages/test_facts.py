"""What an employer says of itself: dated, with who said it, and fresh for thirty days."""

from __future__ import annotations

from tests.server.applications.acts import employer_of
from tests.server.hall import Hall


async def test_a_fact_has_its_date_and_who_said_it_and_a_seeker_reads_it(hall: Hall) -> None:
    path = f"/api/employers/{await employer_of(hall.recruiter)}/facts"
    body = {"text": "Vi blev tio fler i år.", "as_of": "2026-04-12"}
    await hall.staff.put(f"{path}/culture", json={"text": "Vi fikar.", "as_of": "2026-04-11"})

    said = await hall.recruiter.put(f"{path}/growth", json=body)

    assert (
        said.json()
        == (await (await hall.seeker()).get(path)).json()
        == [
            {"kind": "growth", **body, "said_by": "Recruiter Provsson", "is_fresh": True},
            {
                "kind": "culture",
                "text": "Vi fikar.",
                "as_of": "2026-04-11",
                "said_by": "Staff Provsson",
                "is_fresh": False,
            },
        ]
    )
    assert [one["kind"] for one in (await hall.recruiter.put(f"{path}/growth", json=body | {"text": ""})).json()] == [
        "culture"
    ]


async def test_nobody_speaks_for_another_employer_nor_of_a_day_to_come(hall: Hall) -> None:
    path = f"/api/employers/{await employer_of(hall.recruiter)}/facts"
    body = {"text": "x", "as_of": "2026-05-12"}

    assert (await hall.other_recruiter.put(f"{path}/growth", json=body)).status_code == 404
    assert (await hall.recruiter.put(f"{path}/growth", json=body | {"as_of": "2026-05-13"})).status_code == 422
    assert (await hall.recruiter.put(f"{path}/size", json=body)).status_code == 422
