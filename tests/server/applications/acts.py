"""What the tests of vacancies and applications do again and again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from server.profiles.tables import CompetenceRow
from tests.server.hall import Hall
from tests.server.harness import Browser

VACANCY: dict[str, Any] = {
    "title": "Systemutvecklare, Java",
    "occupation": "Systemutvecklare",
    "place": "Sundsvall",
    "work_form": "hybrid",
    "required": ["Java", "SQL", "Python"],
    "merits": ["Git"],
}


async def employer_of(browser: Browser) -> str:
    """The organisation that the person recruits for."""
    me = await browser.me()
    return str(next(role["organisation_id"] for role in me["roles"] if role["role"] == "recruiter"))


async def enter(browser: Browser, organisation_id: str | None = None, **changed: Any) -> dict[str, Any]:
    """A vacancy entered by a recruiter for their own employer, or by staff for another."""
    organisation = organisation_id or await employer_of(browser)
    answer = await browser.post("/api/vacancies", json=VACANCY | {"organisation_id": organisation} | changed)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def knows(hall: Hall, seeker: UUID, *labels: str, evidence: str = "self") -> None:
    async with hall.app.database.transaction() as session:
        session.add_all(
            CompetenceRow(person_id=seeker, position=place + 5, label=label, evidence=evidence)
            for place, label in enumerate(labels)
        )


async def apply(seeker: Browser, vacancy: dict[str, Any], **more: Any) -> dict[str, Any]:
    answer = await seeker.post("/api/my/applications", json={"vacancy_id": vacancy["id"]} | more)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())
