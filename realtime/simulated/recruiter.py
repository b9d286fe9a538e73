"""A simulated recruiter: signs in, opens a desk, talks with whoever is called, leaves feedback after each talk."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from realtime.simulated.api import Api, Refused, Unreachable
from realtime.simulated.live import Live
from realtime.simulated.manner import IN_TALK, Alarm, Manner, Tell, seconds_between
from realtime.simulated.room import Room
from realtime.simulated.writing import Writing

LOOK_EVERY_S = 20.0
SETTLE_S = 0.05
OVER_EARLY_S = 3.0
"""How long before the event's own end of the talk a recruiter says goodbye."""
Desk = dict[str, Any]


class Recruiter:
    """One recruiter with the desks they keep."""

    def __init__(self, url: str, sign_in_token: str, desk_ids: list[str], *, manner: Manner, tell: Tell) -> None:
        self.api = Api(url)
        self.desk_ids = desk_ids
        self._token, self._manner, self._tell = sign_in_token, manner, tell

    async def come_in(self) -> None:
        """Sign in; the token works once."""
        await self.api.sign_in(self._token)
        self._tell("signed_in", role="recruiter", person_id=self.api.person_id, name=self.api.name)

    async def attend(self) -> None:
        """Keep all desks, signed in already, until cancelled."""
        async with Live(self.api) as live, asyncio.TaskGroup() as group:
            for desk_id in self.desk_ids:
                group.create_task(self.desk(desk_id, live).keep())

    def desk(self, desk_id: str, live: Live) -> DeskKeeper:
        """The keeper of one desk."""
        return DeskKeeper(self.api, live, desk_id, manner=self._manner, tell=self._tell)


class DeskKeeper:
    """What a recruiter does at one desk, decided anew each time the desk has changed."""

    def __init__(self, api: Api, live: Live, desk_id: str, *, manner: Manner, tell: Tell) -> None:
        self._api, self._live, self._desk_id = api, live, desk_id
        self._manner, self._tell = manner, tell
        self._alarm = Alarm()
        self._writing = Writing(api, manner=manner, tell=tell)
        self._room: Room | None = None
        self.state: Desk = {}
        self.changed_at = time.monotonic()
        """When something last happened at the desk."""
        self._last_seen: object = None

    async def keep(self) -> None:
        """Open the desk and keep it until cancelled; it is closed by whoever asked."""
        stream = f"desk:{self._desk_id}"
        await self._live.follow(stream, self._alarm.ring)
        try:
            await self._persist(self._open)
            while True:
                await self._persist(self._look)
                await self._alarm.wait(
                    self._next_look_s(), until=self._heard_enough if self._manner.needs_media else None
                )
                await asyncio.sleep(SETTLE_S)
        finally:
            await self._leave_room()
            await self._live.unfollow(stream)

    @property
    def is_done(self) -> bool:
        """Whether nobody sits here, nobody is awaited and nothing is left to write."""
        return bool(self.state) and not (self.state["now"] or self.state["next"] or self.state["unsent"])

    async def _open(self) -> None:
        self.state = await self._api.post(f"/api/desks/{self._desk_id}/open")

    async def _persist(self, work: Any) -> None:
        try:
            await work()
        except Refused as refusal:
            self._tell("refused", desk_id=self._desk_id, what=str(refusal))
            if refusal.status == 401:
                raise
        except Unreachable as error:
            self._tell("unreachable", desk_id=self._desk_id, what=str(error))

    async def _look(self) -> None:
        self.state = desk = await self._api.get(f"/api/desks/{self._desk_id}")
        meeting = desk["now"]
        seen = (meeting and (meeting["id"], meeting["state"]), len(desk["next"]), desk["waiting"])
        if seen != self._last_seen:
            self._last_seen, self.changed_at = seen, time.monotonic()
        if self._room is not None and (
            meeting is None or meeting["id"] != self._room.meeting_id or meeting["state"] not in IN_TALK
        ):
            await self._leave_room()
        if meeting is not None and meeting["state"] in IN_TALK:
            await self._talk(meeting)
        elif meeting is not None:
            await self._writing.finish(meeting, desk["instrument"], within_s=desk["event"]["feedback_s"])
            self._alarm.ring()
        for unsent in desk["unsent"]:
            if meeting is None or unsent["id"] != meeting["id"]:
                await self._writing.finish(unsent, desk["instrument"], within_s=0)

    async def _talk(self, meeting: dict[str, Any]) -> None:
        if meeting["form"] != "on_site" and self._room is None:
            room = Room(self._api, self._live, meeting["id"], manner=self._manner)
            self._room = await room.__aenter__()
        if meeting["state"] == "called":
            await self._receive(meeting)
        elif self._ends_in_s(meeting) <= 0 or self._heard_enough():
            await self._api.post(f"/api/meetings/{meeting['id']}/end")
            self._alarm.ring()
        elif self._elapsed_s(meeting) >= self._talk_s(meeting) / 2:
            await self._writing.begin(meeting, self.state["instrument"])

    async def _receive(self, meeting: dict[str, Any]) -> None:
        """On site the recruiter starts the talk; who does not come is released after a while."""
        waited_s = seconds_between(meeting["called_at"], self.state["server_time"])
        if meeting["form"] == "on_site" and waited_s >= self._manner.start_after_s:
            await self._api.post(f"/api/meetings/{meeting['id']}/start")
            self._alarm.ring()
        elif waited_s >= self._manner.patience_s:
            await self._api.post(f"/api/meetings/{meeting['id']}/release")
            self._tell("released", meeting_id=meeting["id"], desk_id=self._desk_id)

    async def _leave_room(self) -> None:
        room, self._room = self._room, None
        if room is not None:
            try:
                await room.__aexit__(None, None, None)
            finally:
                self._tell("met", role="recruiter", desk_id=self._desk_id, **room.account())

    def _heard_enough(self) -> bool:
        """Whether the other side's picture has come for the whole talk that was wished for."""
        manner, meeting = self._manner, self.state.get("now")
        if not manner.needs_media or manner.talk_s is None or self._room is None:
            return False
        return bool(meeting and meeting["state"] == "talking") and self._room.received.seconds >= manner.talk_s

    def _talk_s(self, meeting: dict[str, Any]) -> float:
        planned = seconds_between(meeting["talk_started_at"], meeting["talk_ends_at"]) - OVER_EARLY_S
        wished = self._manner.talk_s
        if wished is not None and self._manner.needs_media and meeting["form"] != "on_site":
            wished += self._manner.media_grace_s
        return planned if wished is None else min(planned, wished)

    def _elapsed_s(self, meeting: dict[str, Any]) -> float:
        return seconds_between(meeting["talk_started_at"], self.state["server_time"])

    def _ends_in_s(self, meeting: dict[str, Any]) -> float:
        return self._talk_s(meeting) - self._elapsed_s(meeting)

    def _next_look_s(self) -> float:
        meeting = self.state.get("now")
        if not meeting:
            return LOOK_EVERY_S
        if meeting["state"] == "called":
            return self._manner.start_after_s if meeting["form"] == "on_site" else LOOK_EVERY_S / 2
        if meeting["state"] == "talking":
            half_s = self._talk_s(meeting) / 2 - self._elapsed_s(meeting)
            due_s = half_s if half_s > 0 else self._ends_in_s(meeting)
            return min(LOOK_EVERY_S, max(0.1, due_s + 0.05))
        return 1.0
