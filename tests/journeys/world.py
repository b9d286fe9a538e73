"""A recruitment event as staff make it on a running house, and the way each person comes in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
from playwright.async_api import Page

from server.identity.authentication import cookie_name
from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.service import open_session
from server.support.tables import CaseAssignmentRow
from tests.journeys.house import CODE, JOIN_LINK, House
from tests.journeys.support.browser import Visit

ZONE = "Europe/Stockholm"
STAFF = ("Karin Lund", "karin.lund@expo.example")
CASE_WORKER = ("Per Åkesson", "per.akesson@stod.example")
RECRUITER = ("Tuva Sundin", "tuva.sundin@fjallnat.example")
EMPLOYER = "Fjällnät AB"
SEEKERS = ("Amina Warsame", "Bilal Haddad", "Clara Ek")


class Api:
    """One person's requests to a house, as their web app would send them."""

    def __init__(self, url: str) -> None:
        self._client = httpx.AsyncClient(base_url=url, headers={"origin": url}, timeout=20)

    async def sign_in(self, house: House, email: str) -> None:
        """By a mailed code."""
        asked = len(await house.mail.to(email))
        await self.post("/api/sign-in", email=email)
        code = await house.mailed(email, CODE, after=asked)
        me = await self.post("/api/sign-in/confirm", email=email, code=code)
        self._client.headers["x-csrf-token"] = me["csrf_token"]

    async def use_session(self, token: str) -> None:
        """Be signed in by a session that was opened elsewhere."""
        self._client.headers["cookie"] = f"{cookie_name(https=False)}={token}"
        self._client.headers["x-csrf-token"] = (await self.get("/api/me"))["csrf_token"]

    async def get(self, path: str) -> Any:
        return self._told(await self._client.get(path))

    async def patch(self, path: str, **body: Any) -> Any:
        return self._told(await self._client.patch(path, json=body))

    async def put(self, path: str, **body: Any) -> Any:
        return self._told(await self._client.put(path, json=body))

    async def post(self, path: str, **body: Any) -> Any:
        return self._told(await self._client.post(path, json=body or None))

    async def aclose(self) -> None:
        await self._client.aclose()

    @staticmethod
    def _told(answer: httpx.Response) -> Any:
        assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None


@dataclass(frozen=True, slots=True)
class Guest:
    """A seeker and their meeting."""

    id: UUID
    name: str
    email: str
    meeting_id: str
    code: str

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Event:
    """A published event with one desk, seekers in a row, and its staff signed in."""

    house: House
    id: str
    staff: Api
    staff_id: UUID
    case_worker_id: UUID
    desk_id: str
    recruiter_id: UUID
    guests: tuple[Guest, ...]

    async def desk_card(self) -> dict[str, Any]:
        """The desk as staff see it live."""
        board = await self.staff.get(f"/api/recruitment-events/{self.id}/live")
        (card,) = board["desks"]
        return dict(card)

    async def join_link(self, guest: Guest) -> str:
        """The path of the personal link in the seeker's mail."""
        return await self.house.mailed(guest.email, JOIN_LINK)


def plan(*, form: str, now: datetime, **more: Any) -> dict[str, Any]:
    """What staff write for an event that starts in a moment; lengths in seconds may be given."""
    starts = (now + timedelta(minutes=2)).astimezone(ZoneInfo(ZONE))
    return {
        "template": "it_expo_15",
        "name": "IT-dagen på Expo",
        "place": "Folkets hus",
        "zone": ZONE,
        "date": starts.date().isoformat(),
        "first_start": starts.strftime("%H:%M"),
        "slots": 4,
        "pauses": [],
        "form": form,
        "talk_s": 600,
        "feedback_s": 180,
        "undo_s": 1,
        "early_start_s": 7200,
        **more,
    }


@asynccontextmanager
async def published_event(
    house: House, *, form: str = "video", seekers: int = 1, **lengths: int | str
) -> AsyncIterator[Event]:
    """Staff sign in by mail, plan an event with one employer, lay a meeting for each seeker, and publish."""
    staff = Api(house.staff_door.url)
    try:
        yield await _publish(staff, house, form=form, seekers=seekers, lengths=lengths)
    finally:
        await staff.aclose()


async def _publish(staff: Api, house: House, *, form: str, seekers: int, lengths: dict[str, int | str]) -> Event:
    now = datetime.now(UTC)
    staff_id, case_worker_id = await officials(house, now)
    await staff.sign_in(house, STAFF[1])
    made = await staff.post("/api/recruitment-events", **plan(form=form, now=now, **lengths))
    base = f"/api/recruitment-events/{made['id']}"
    name, email = RECRUITER
    station = {} if form == "video" else {"station": "Bord 3"}
    employer = await staff.post(
        f"{base}/employers",
        name=EMPLOYER,
        form=form,
        about="Vi bygger nät där ingen annan gör det.",
        roles=["Systemutvecklare"],
        competences_wanted=["Python", "SQL"],
        recruiters=[{"name": name, "email": email}],
        **station,
    )
    (desk,) = employer["desks"]
    guests = [
        await _lay(staff, base, name=name, desk_id=desk["id"], slot_id=made["slots"][number]["id"])
        for number, name in enumerate(SEEKERS[:seekers])
    ]
    published = await staff.post(f"{base}/publish")
    assert (published["seekers_told"], published["recruiters_told"]) == (seekers, 1)
    await assign(house, case_worker_id, [guest.id for guest in guests], now)
    return Event(
        house=house,
        id=made["id"],
        staff=staff,
        staff_id=staff_id,
        case_worker_id=case_worker_id,
        desk_id=desk["id"],
        recruiter_id=UUID(employer["recruiters"][0]["id"]),
        guests=tuple(guests),
    )


async def sign_in(person: Visit, house: House, person_id: UUID) -> None:
    """Let this browser be signed in, as after a sign-in that is tested elsewhere."""
    async with house.database.transaction() as session:
        token = await open_session(session, person_id=person_id, now=datetime.now(UTC))
    await person.context.add_cookies([{"name": cookie_name(https=False), "value": token, "url": person.url}])


async def read(page: Page, path: str) -> Any:
    """What the server answers this browser."""
    return await page.evaluate("(path) => fetch(path).then((answer) => answer.json())", path)


async def officials(house: House, now: datetime) -> tuple[UUID, UUID]:
    async with house.database.transaction() as session:
        staff = await create_person(
            session, name=STAFF[0], email=STAFF[1], role=Role.STAFF, organisation_name="Expo (exempel)", now=now
        )
        case_worker = await create_person(
            session, name=CASE_WORKER[0], email=CASE_WORKER[1], role=Role.CASE_WORKER, now=now
        )
    return staff, case_worker


async def _lay(staff: Api, base: str, *, name: str, desk_id: str, slot_id: str) -> Guest:
    email = f"{name.lower().replace(' ', '.')}@post.example"
    seeker = await staff.post(f"{base}/seekers", name=name, email=email, competences=["Python"])
    laid = await staff.post(f"{base}/meetings", desk_id=desk_id, slot_id=slot_id, seeker_id=seeker["id"])
    meeting = laid["meeting"]
    (arrival,) = [one for one in await staff.get(f"{base}/arrivals") if one["meeting_id"] == meeting["id"]]
    return Guest(UUID(seeker["id"]), name, email, meeting["id"], arrival["check_in_code"])


async def assign(house: House, case_worker_id: UUID, seekers: list[UUID], now: datetime) -> None:
    async with house.database.transaction() as session:
        for seeker_id in seekers:
            session.add(CaseAssignmentRow(case_worker_id=case_worker_id, seeker_id=seeker_id, since=now))
