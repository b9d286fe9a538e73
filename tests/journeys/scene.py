"""The demo world brought into every state that a page can show, by what its people do over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import update
from sqlmodel import col, select

from server.demo.ids import demo_id
from server.demo.world import CAST, STANDS
from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.service import open_session
from server.identity.tables import PersonRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow
from tests.journeys.draft import make_draft, make_empty
from tests.journeys.house import House
from tests.journeys.support.waiting import until
from tests.journeys.world import Api
from tests.server.hall import COMPLETE

LONG_S = 3600
REPLY = "Tack! Jag tar med mig det om mitt eget bidrag. Får jag höra av mig när kursen är klar?"
QUESTION = "Vilken del av exemplet menar ni?"
LEILA = STANDS[Role.SEEKER].person_id
RECRUITER = STANDS[Role.RECRUITER].person_id
STAFF = STANDS[Role.STAFF].person_id
CASE_WORKER = STANDS[Role.CASE_WORKER].person_id
AMIR, RANA = demo_id("person", "Amir Övningsö"), demo_id("person", "Rana Låtsaskvist")


@dataclass(frozen=True, slots=True)
class Scene:
    """Ids that pages are addressed by: `desks` by number, `meetings` and `seekers` by what is the case with them.

    `event` goes on now; `coming` asks for wishes, at `coming_desk` too; `draft` is being planned, `empty` has just
    been made.
    """

    event: str
    coming: str
    coming_desk: str
    draft: str
    empty: str
    desks: dict[int, str]
    recruiters: dict[int, UUID]
    meetings: dict[str, str]
    seekers: dict[str, UUID]
    feedback: dict[str, str]


class Stagehand:
    """Does what people would do, one request after the other."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._open: dict[UUID, Api] = {}
        self._taken: set[UUID] = {LEILA, AMIR, RANA}
        self.desks: dict[int, DeskRow] = {}
        self.meetings: dict[str, str] = {}
        self.seekers: dict[str, UUID] = {}

    async def person(self, person_id: UUID) -> Api:
        if person_id not in self._open:
            async with self.house.database.transaction() as session:
                token = await open_session(session, person_id=person_id, now=datetime.now(UTC))
            self._open[person_id] = api = Api(self.house.staff_door.url)
            await api.use_session(token)
        return self._open[person_id]

    async def aclose(self) -> None:
        for api in self._open.values():
            await api.aclose()

    async def at_desk(self, number: int) -> Api:
        """The recruiter of a desk."""
        recruiter_id = self.desks[number].recruiter_id
        assert recruiter_id is not None
        return await self.person(recruiter_id)

    async def take(self, what: str, desk: int, *, seeker: UUID | None = None) -> str:
        """The next meeting at a desk with somebody who is in no other state; known as `what` from now on."""
        query = select(MeetingRow.id, MeetingRow.seeker_id).where(
            col(MeetingRow.desk_id) == self.desks[desk].id, col(MeetingRow.state).in_(("booked", "late"))
        )
        async with self.house.database.read() as session:
            rows = (await session.exec(query.order_by(col(MeetingRow.starts_at)))).all()
        wanted = [row for row in rows if (row[1] == seeker if seeker else row[1] not in self._taken)]
        meeting_id, seeker_id = wanted[0]
        self._taken.add(seeker_id)
        self.meetings[what], self.seekers[what] = str(meeting_id), seeker_id
        return str(meeting_id)

    async def ready(self, what: str) -> None:
        await (await self.person(self.seekers[what])).post(f"/api/my/meetings/{self.meetings[what]}/ready")

    async def on_meeting(self, desk: int, what: str, *acts: str) -> None:
        for act in acts:
            await (await self.at_desk(desk)).post(f"/api/meetings/{self.meetings[what]}/{act}")

    async def draft(self, desk: int, what: str) -> None:
        path = f"/api/meetings/{self.meetings[what]}/scorecard"
        await (await self.at_desk(desk)).put(path, version=0, answers=COMPLETE)

    async def open(self, desk: int) -> None:
        await (await self.at_desk(desk)).post(f"/api/desks/{self.desks[desk].id}/open")


async def set_scene(house: House) -> Scene:
    """Bring the demo event into every state at once; lengths are set so that nothing moves by itself."""
    hand = Stagehand(house)
    try:
        return await _play(hand)
    finally:
        await hand.aclose()


async def _play(hand: Stagehand) -> Scene:
    event_id = await _find_event(hand)
    await _set_lengths(hand, event_id, undo_s=0)
    await _answered(hand)
    await _set_lengths(hand, event_id, undo_s=LONG_S)
    await _by_video(hand)
    await _on_site(hand)
    await _new_people(hand)
    leila = await hand.person(LEILA)
    staff = await hand.person(STAFF)
    await staff.post("/api/sign-in", email=await _address(hand, LEILA))
    given = {one["meeting_id"]: one["id"] for one in await leila.get("/api/my/feedback")}
    (sealed,) = await (await hand.person(RANA)).get("/api/my/feedback")
    hand.meetings["came"] = sealed["meeting_id"]
    answered = given.pop(hand.meetings["answered"])
    [ahead] = await (await hand.person(RECRUITER)).get("/api/my/desk-wishes")
    return Scene(
        event=str(event_id),
        coming=ahead["event"]["id"],
        coming_desk=ahead["desk"]["id"],
        draft=await make_draft(staff),
        empty=await make_empty(staff),
        desks={number: str(desk.id) for number, desk in hand.desks.items()},
        recruiters={number: desk.recruiter_id for number, desk in hand.desks.items() if desk.recruiter_id},
        meetings=hand.meetings,
        seekers=hand.seekers,
        feedback={"sealed": sealed["id"], "opened": next(iter(given.values())), "replied": answered},
    )


async def _find_event(hand: Stagehand) -> UUID:
    async with hand.house.database.read() as session:
        query = select(RecruitmentEventRow.id).where(col(RecruitmentEventRow.status) == "published")
        event_id = (await session.exec(query)).one()
        desks = await session.exec(select(DeskRow).where(col(DeskRow.recruitment_event_id) == event_id))
        hand.desks = {desk.number: desk for desk in desks}
    return event_id


async def _set_lengths(hand: Stagehand, event_id: UUID, *, undo_s: int) -> None:
    lengths = {
        "talk_s": LONG_S,
        "feedback_s": LONG_S,
        "undo_s": undo_s,
        "late_after_s": LONG_S,
        "no_show_after_s": LONG_S,
    }
    async with hand.house.database.transaction() as session:
        await session.exec(update(RecruitmentEventRow).where(col(RecruitmentEventRow.id) == event_id).values(**lengths))


async def _answered(hand: Stagehand) -> None:
    """Leila has been met, answered, and has opened it: her third, so that her profile has its table."""
    await hand.take("answered", 2, seeker=LEILA)
    await hand.open(2)
    await hand.ready("answered")
    await hand.on_meeting(2, "answered", "start", "end")
    await hand.draft(2, "answered")
    await hand.on_meeting(2, "answered", "scorecard/send")
    leila = await hand.person(LEILA)

    async def look() -> list[dict[str, Any]]:
        given = await leila.get("/api/my/feedback")
        return [one for one in given if one["meeting_id"] == hand.meetings["answered"]]

    given = await until(look, what="the feedback is released")
    path = f"/api/my/feedback/{given[0]['id']}"
    await leila.post(f"{path}/open")
    await leila.post(f"{path}/reply", text=REPLY)
    await leila.put(f"{path}/reception", next_clear=5, respected=4, rings_true=3)
    await leila.post(f"{path}/goal", chip=COMPLETE["do_next"][0])
    await leila.post(f"{path}/question", text=QUESTION)
    await leila.put(f"{path}/meeting-wish", wished=True)
    await leila.put(f"{path}/dispute", words=QUESTION, shared=True)


async def _by_video(hand: Stagehand) -> None:
    """In the room at desk 3; sent and undoable at desk 6; waiting at desk 1, which is closed."""
    await hand.take("in_room", 3)
    await hand.open(3)
    await hand.ready("in_room")
    await hand.take("sent", 6)
    await hand.open(6)
    await hand.ready("sent")
    await hand.on_meeting(6, "sent", "start", "end")
    await hand.draft(6, "sent")
    await hand.on_meeting(6, "sent", "scorecard/send")
    await hand.take("not_ready", 1)
    await hand.take("ready", 1)
    await hand.ready("ready")


async def _on_site(hand: Stagehand) -> None:
    """Called to desk 4; talking at desk 5; one more waits and one is not there yet; one has cancelled."""
    await hand.take("called_on_site", 4)
    await hand.open(4)
    await hand.ready("called_on_site")
    await hand.take("talking_on_site", 5)
    await hand.open(5)
    await hand.ready("talking_on_site")
    await hand.on_meeting(5, "talking_on_site", "start")
    await hand.take("ready_on_site", 5)
    await hand.ready("ready_on_site")
    await hand.take("not_ready_on_site", 4)
    await hand.take("mine", 1, seeker=LEILA)
    await hand.take("gone", 3, seeker=LEILA)
    await (await hand.person(LEILA)).post(f"/api/my/meetings/{hand.meetings['gone']}/cancel")


async def _new_people(hand: Stagehand) -> None:
    """A seeker and a recruiter to whom nothing has happened yet."""
    now = datetime.now(UTC)
    async with hand.house.database.transaction() as session:
        hand.seekers["new"] = await create_person(
            session, name="Nyla Nykvist", email="nyla@demo.example", role=Role.SEEKER, now=now
        )
        hand.seekers["idle_recruiter"] = await create_person(
            session,
            name="Rut Rask",
            email="rut@demo.example",
            role=Role.RECRUITER,
            organisation_name=CAST["employers"][0]["name"] + " Syd",
            now=now,
        )


async def _address(hand: Stagehand, person_id: UUID) -> str:
    async with hand.house.database.read() as session:
        return str((await session.get_one(PersonRow, person_id)).email)
