"""One seeker who meets four employers at tables on one day, in a world where others have met employers before."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from server.identity.service import open_session
from tests.journeys.house import House, Mailbox, database_of, web_root
from tests.journeys.support.waiting import until
from tests.journeys.world import STAFF, Api, assign, officials, plan
from tests.services.web import running_web

SEEKER = "Nova Provsson"
EMPLOYERS = ("Granvik Data AB", "Sjöbod IT AB", "Talgoxe System AB", "Myrlund Moln AB")
ANSWERS: dict[str, Any] = {
    "ratings": {"item_1": 4, "item_2": 2, "item_3": 4, "item_4": 3},
    "next_step": "yes_with_support",
    "worked": ["clear_example"],
    "do_next": ["tell_own_part"],
    "enabling": ["validation"],
    "worked_statement": "Du visade hur du felsöker.",
}


@dataclass(frozen=True, slots=True)
class Employer:
    """An employer at the event, its recruiter signed in, and the seeker's meeting with it."""

    id: str
    name: str
    recruiter: Api
    desk_id: str
    meeting_id: str
    code: str


@dataclass(frozen=True, slots=True)
class Day:
    """The day, published."""

    house: House
    staff: Api
    seeker_id: UUID
    case_worker_id: UUID
    employers: tuple[Employer, ...]

    async def check_in(self, number: int) -> dict[str, Any]:
        """Staff take the seeker's code for this employer's table; the desk as its recruiter sees it comes back."""
        employer = self.employers[number]
        event_id = (await self.staff.get("/api/recruitment-events"))[0]["id"]
        await self.staff.post(f"/api/recruitment-events/{event_id}/check-in", code=employer.code)
        await employer.recruiter.post(f"/api/desks/{employer.desk_id}/open")

        async def called() -> dict[str, Any] | None:
            desk = dict(await employer.recruiter.get(f"/api/desks/{employer.desk_id}"))
            return desk if desk["now"] else None

        desk = await until(called, what="the seeker is at the table")
        assert desk is not None
        return desk

    async def talk_and_answer(self, number: int, **changed: Any) -> None:
        """They talk, and the recruiter sends the card."""
        employer = self.employers[number]
        at = f"/api/meetings/{employer.meeting_id}"
        await employer.recruiter.post(f"{at}/start")
        await employer.recruiter.put(f"{at}/scorecard", version=0, answers={**ANSWERS, **changed})
        await employer.recruiter.post(f"{at}/end")
        await employer.recruiter.post(f"{at}/scorecard/send")


@asynccontextmanager
async def four_employers(folder: Path, migrated_file: Path) -> AsyncIterator[Day]:
    """A demo world, whose people have met employers for weeks, with an event of our own in it."""
    database_url = f"sqlite+aiosqlite:///{shutil.copy(migrated_file, folder / 'direktkontakt.db')}"
    async with AsyncExitStack() as stack:
        web = stack.enter_context(
            running_web(folder, database_url=database_url, demo=True, settings={"web_root": web_root()})
        )
        database = await stack.enter_async_context(database_of(database_url))
        house = House("embedded", (web,), database, Mailbox(web.url))
        staff = Api(web.url)
        stack.push_async_callback(staff.aclose)
        yield await _publish(house, staff, stack)


async def _publish(house: House, staff: Api, stack: AsyncExitStack) -> Day:
    now = datetime.now(UTC)
    _, case_worker_id = await officials(house, now)
    await staff.sign_in(house, STAFF[1])
    made = await staff.post("/api/recruitment-events", **plan(form="on_site", now=now))
    base = f"/api/recruitment-events/{made['id']}"
    seeker = await staff.post(f"{base}/seekers", name=SEEKER, email="nova.provsson@post.example", competences=["SQL"])
    employers = [
        await _employer(house, staff, stack, base, number, made["slots"][number]["id"], seeker["id"])
        for number in range(len(EMPLOYERS))
    ]
    await staff.post(f"{base}/publish")
    await assign(house, case_worker_id, [UUID(seeker["id"])], now)
    return Day(house, staff, UUID(seeker["id"]), case_worker_id, tuple(employers))


async def _employer(
    house: House, staff: Api, stack: AsyncExitStack, base: str, number: int, slot_id: str, seeker_id: str
) -> Employer:
    name = EMPLOYERS[number]
    added = await staff.post(
        f"{base}/employers",
        name=name,
        form="on_site",
        station=f"Bord {number + 1}",
        competences_wanted=["SQL"],
        recruiters=[{"name": f"Rekryterare Provberg {number + 1}", "email": f"rekryterare{number + 1}@prov.example"}],
    )
    (desk,) = added["desks"]
    laid = await staff.post(f"{base}/meetings", desk_id=desk["id"], slot_id=slot_id, seeker_id=seeker_id)
    meeting_id = laid["meeting"]["id"]
    (arrival,) = [one for one in await staff.get(f"{base}/arrivals") if one["meeting_id"] == meeting_id]
    recruiter = Api(house.staff_door.url)
    stack.push_async_callback(recruiter.aclose)
    async with house.database.transaction() as session:
        person_id = UUID(added["recruiters"][0]["id"])
        token = await open_session(session, person_id=person_id, now=datetime.now(UTC))
    await recruiter.use_session(token)
    return Employer(added["id"], name, recruiter, desk["id"], meeting_id, arrival["check_in_code"])
