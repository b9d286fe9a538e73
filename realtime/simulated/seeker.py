"""A simulated seeker: comes in by a personal link, is ready in time, talks when called, reads what they are given."""

from __future__ import annotations

import asyncio
import random
from contextlib import AsyncExitStack
from typing import Any

from realtime.simulated.answers import REPLIES, self_rating
from realtime.simulated.api import Api, Refused, Unreachable
from realtime.simulated.live import Live
from realtime.simulated.manner import IN_TALK, WAITING, Alarm, Manner, Tell, human_pause, seconds_between
from realtime.simulated.room import Room

LOOK_EVERY_S = 20.0
AHEAD_S = (120.0, 420.0)
SETTLE_S = 0.1
RATES_SELF, RECEIVES, REPLIES_TO, SETS_GOAL = 0.7, 0.7, 0.4, 0.5
Meeting = dict[str, Any]


class Seeker:
    """One seeker, from the link to the last feedback."""

    def __init__(self, url: str, join_token: str, *, manner: Manner, tell: Tell) -> None:
        self.api = Api(url)
        self._token, self._manner, self._tell = join_token, manner, tell
        self._alarm = Alarm()
        self._room: Room | None = None
        self._in_room: asyncio.Task[None] | None = None
        self._reading: dict[str, asyncio.Task[None]] = {}
        self._opened: set[str] = set()
        self._ahead_s = random.uniform(*AHEAD_S)
        self._instruments: dict[str, Any] = {}
        self.refused: dict[str, str] = {}
        """Meetings that could not be made ready, with the server's reason."""

    async def come_in(self) -> None:
        """Sign in with the link; also when the session has ended meanwhile."""
        await self.api.redeem(self._token)
        self._tell("signed_in", role="seeker", person_id=self.api.person_id, name=self.api.name)

    async def attend(self) -> None:
        """Be at the event, signed in already, until cancelled."""
        async with AsyncExitStack() as stack:
            live = await stack.enter_async_context(Live(self.api))
            stack.push_async_callback(self._stop)
            await live.follow(f"person:{self.api.person_id}", self._alarm.ring)
            while True:
                wait_s = await self._looked(live)
                await self._alarm.wait(wait_s)
                await asyncio.sleep(SETTLE_S)

    async def make_ready(self, meeting: Meeting) -> bool:
        """Say *I am ready*; the reason why not is kept in `refused`."""
        try:
            await self.api.post(f"/api/my/meetings/{meeting['id']}/ready")
        except Refused as refusal:
            self.refuse(meeting, refusal.reason or refusal.type)
            return False
        self._tell("ready", meeting_id=meeting["id"], person_id=self.api.person_id)
        return True

    def refuse(self, meeting: Meeting, reason: str | None) -> None:
        """Keep in mind why a meeting cannot be made ready; None is no reason."""
        if reason is not None:
            self.refused[meeting["id"]] = reason

    async def list_meetings(self) -> list[Meeting]:
        """This seeker's meetings, soonest first."""
        meetings: list[Meeting] = await self.api.get("/api/my/meetings")
        return meetings

    async def _looked(self, live: Live) -> float:
        """Do what there is to do now; the seconds until something falls due come back."""
        try:
            meetings = await self.list_meetings()
            await self._follow_into_room(live, meetings)
            wait_s = await self._get_ready(meetings)
            await self.read_all()
            return wait_s
        except Refused as refusal:
            if refusal.status == 401:
                await self.come_in()
            else:
                self._tell("refused", person_id=self.api.person_id, what=str(refusal))
        except Unreachable as error:
            self._tell("unreachable", person_id=self.api.person_id, what=str(error))
        return LOOK_EVERY_S * random.uniform(0.5, 1.0)

    async def _follow_into_room(self, live: Live, meetings: list[Meeting]) -> None:
        mine = next((m for m in meetings if m["state"] in IN_TALK and m["form"] != "on_site"), None)
        if self._in_room is not None and (mine is None or self._room is None or self._room.meeting_id != mine["id"]):
            await self._leave_room()
        if mine is not None and (self._in_room is None or self._in_room.done()):
            self._room = Room(self.api, live, mine["id"], manner=self._manner)
            self._in_room = asyncio.create_task(self._stay(self._room))

    async def _stay(self, room: Room) -> None:
        async with room:
            await asyncio.Event().wait()

    async def _leave_room(self) -> None:
        room, task = self._room, self._in_room
        self._room = self._in_room = None
        if task is None or room is None:
            return
        task.cancel()
        try:
            await asyncio.gather(task, return_exceptions=True)
        finally:
            self._tell("met", role="seeker", **room.account())

    async def _get_ready(self, meetings: list[Meeting]) -> float:
        wait_s = LOOK_EVERY_S * random.uniform(0.8, 1.2)
        for meeting in meetings:
            expected = meeting["state"] in WAITING and meeting["ready_at"] is None
            missed = meeting["state"] == "no_show" and seconds_between(meeting["server_time"], meeting["ends_at"]) > 0
            if not (expected or missed) or meeting["id"] in self.refused:
                continue
            left_s = seconds_between(meeting["server_time"], meeting["starts_at"]) - self._ahead_s
            if self._manner.eager or left_s <= 0:
                await self.make_ready(meeting)
            else:
                wait_s = min(wait_s, left_s)
        return wait_s

    async def read_all(self) -> None:
        """Begin to read every feedback that has not been opened."""
        for feedback in await self.api.get("/api/my/feedback"):
            if feedback["state"] == "opened":
                self._tell_opened(feedback)
            elif feedback["id"] not in self._reading:
                self._reading[feedback["id"]] = asyncio.create_task(self._read(feedback["id"]))

    async def finish_reading(self) -> None:
        """Read everything there is, and return when it has been read."""
        await self.read_all()
        await asyncio.gather(*self._reading.values())

    async def _read(self, feedback_id: str) -> None:
        path, chance = f"/api/my/feedback/{feedback_id}", random.Random(feedback_id)
        try:
            await asyncio.sleep(human_pause(self._manner, 6, 25))
            sealed = await self.api.get(path)
            if chance.random() < RATES_SELF:
                ratings = self_rating(await self._instrument(sealed["instrument"]), seed=feedback_id)
                await self.api.put(f"{path}/self-rating", {"ratings": ratings})
                await asyncio.sleep(human_pause(self._manner, 3, 8))
            opened = await self.api.post(f"{path}/open")
            self._tell_opened(opened)
            await asyncio.sleep(human_pause(self._manner, 8, 20))
            await self._respond(path, opened, chance)
        except (Refused, Unreachable) as error:
            del self._reading[feedback_id]
            self._tell("refused", person_id=self.api.person_id, what=str(error))

    def _tell_opened(self, feedback: dict[str, Any]) -> None:
        """Once for each, also where the answer to the opening itself was not waited for."""
        if feedback["id"] not in self._opened:
            self._opened.add(feedback["id"])
            self._tell("feedback_opened", feedback_id=feedback["id"], meeting_id=feedback["meeting_id"])

    async def _respond(self, path: str, opened: dict[str, Any], chance: random.Random) -> None:
        if chance.random() < RECEIVES:
            reception = {name: chance.randint(3, 5) for name in ("next_clear", "respected", "rings_true")}
            await self.api.put(f"{path}/reception", reception)
        if chance.random() < REPLIES_TO:
            await self.api.post(f"{path}/reply", {"text": chance.choice(REPLIES)})
        chips = opened["opened"]["answers"].get("do_next") or []
        if chips and chance.random() < SETS_GOAL:
            await self.api.post(f"{path}/goal", {"chip": chips[0]})

    async def _instrument(self, ref: dict[str, Any]) -> Any:
        path = f"/api/instruments/{ref['code']}/{ref['version']}"
        if path not in self._instruments:
            self._instruments[path] = await self.api.get(path)
        return self._instruments[path]

    async def _stop(self) -> None:
        await self._leave_room()
        unread = {feedback_id: task for feedback_id, task in self._reading.items() if not task.done()}
        for feedback_id, task in unread.items():
            del self._reading[feedback_id]
            task.cancel()
        await asyncio.gather(*unread.values(), return_exceptions=True)
