"""Running a whole event with simulated participants, some desks at a time, until nobody waits anywhere."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from realtime.simulated.account import EventAccount, Ledger, MeetingAccount
from realtime.simulated.api import Api, Refused, Unreachable
from realtime.simulated.cast import Member
from realtime.simulated.door import Door
from realtime.simulated.live import Live
from realtime.simulated.manner import WAITING, Manner, Tell
from realtime.simulated.peer import stopped
from realtime.simulated.recruiter import DeskKeeper, Recruiter
from realtime.simulated.seeker import Seeker

CALLS_AT_ONCE = 8
LOOK_EVERY_S = 0.5
TRIES_AT_A_DESK = 2
NEVER_HELD = frozenset({"cancelled", "moved", "handed_over"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How the event is run. A desk at which nothing has happened for `stall_s` is tried anew, once."""

    desks_at_a_time: int = 4
    talk_s: float = 3.0
    media: bool = True
    stall_s: float = 60.0
    release_within_s: float = 60.0

    @property
    def manner(self) -> Manner:
        """How everybody behaves: no pauses, a talk as long as its pictures need."""
        return Manner(
            media=self.media,
            talk_s=self.talk_s,
            needs_media=self.media,
            pace=0,
            start_after_s=0.2,
            patience_s=30,
        )


class Conductor:
    """Knows the cast and what became of each meeting."""

    def __init__(self, url: str, cast: Sequence[Member], *, score: Score, tell: Tell = lambda *_, **__: None) -> None:
        self._url, self._score, self._passed_on = url, score, tell
        self._cast = cast
        self._ledger = Ledger()
        self._seekers: list[Seeker] = []
        self._recruiters: list[Recruiter] = []
        self._opened: list[Api] = []
        self._door: Door | None = None
        self._meetings_of: dict[str, list[tuple[Seeker, dict[str, Any]]]] = {}
        self._attending: dict[Seeker, tuple[asyncio.Task[None], int]] = {}
        self._gate = asyncio.Semaphore(CALLS_AT_ONCE)

    async def run(self) -> EventAccount:
        """Hold every meeting that can be held; the account of it comes back."""
        began = time.monotonic()
        try:
            await self._gather_everybody()
            await self._hold_desks()
            await self._read_everything()
            holding, expected = await self._count_profiles()
        finally:
            for seeker in list(self._attending):
                await self._send_home(seeker, at_once=True)
            await asyncio.gather(*(api.__aexit__(None, None, None) for api in self._opened))
        return self._ledger.account(
            desks_at_a_time=self._score.desks_at_a_time,
            seekers=len(self._seekers),
            profiles_expected=expected,
            profiles_holding=holding,
            seconds=time.monotonic() - began,
        )

    def _tell(self, fact: str, **details: Any) -> None:
        self._ledger.tell(fact, **details)
        self._passed_on(fact, **details)

    async def _gather_everybody(self) -> None:
        """Let everybody in, before any sign-in grows too old, and learn from the seekers what is planned."""
        gather = {"seeker": self._gather_seeker, "recruiter": self._gather_recruiter, "staff": self._gather_staff}
        await asyncio.gather(*(gather[member.kind](member) for member in self._cast))

    async def _gather_staff(self, member: Member) -> None:
        door = Door(self._url, member, tell=self._tell)
        self._opened.append(await door.api.__aenter__())
        async with self._gate:
            await door.come_in()
        self._door = door

    async def _gather_recruiter(self, member: Member) -> None:
        manner = self._score.manner
        recruiter = Recruiter(self._url, member.sign_in_token or "", member.desks, manner=manner, tell=self._tell)
        self._opened.append(await recruiter.api.__aenter__())
        async with self._gate:
            await recruiter.come_in()
        self._recruiters.append(recruiter)

    async def _gather_seeker(self, member: Member) -> None:
        seeker = Seeker(self._url, member.join_token or "", manner=self._score.manner, tell=self._tell)
        self._opened.append(await seeker.api.__aenter__())
        self._seekers.append(seeker)
        async with self._gate:
            await seeker.come_in()
            meetings = await seeker.list_meetings()
        for meeting in meetings:
            if meeting["state"] in NEVER_HELD or meeting["format"] != "individual":
                continue
            self._ledger.meetings[meeting["id"]] = MeetingAccount(
                meeting["id"], meeting["desk_id"], meeting["form"], state=meeting["state"]
            )
            self._meetings_of.setdefault(meeting["desk_id"], []).append((seeker, meeting))

    async def _hold_desks(self) -> None:
        """All desks of one recruiter stand in one row: nobody sits at two."""
        rows: asyncio.Queue[tuple[Recruiter, list[str]]] = asyncio.Queue()
        kept: set[str] = set()
        for recruiter in self._recruiters:
            desks = [one for one in dict.fromkeys(recruiter.desk_ids) if one in self._meetings_of and one not in kept]
            kept.update(desks)
            if desks:
                rows.put_nowait((recruiter, desks))
        for meeting in self._ledger.meetings.values():
            if meeting.desk_id not in kept:
                meeting.reason = "nobody keeps the desk"
        async with asyncio.TaskGroup() as group:
            for _ in range(self._score.desks_at_a_time):
                group.create_task(self._work_through(rows))

    async def _work_through(self, rows: asyncio.Queue[tuple[Recruiter, list[str]]]) -> None:
        with suppress(asyncio.QueueEmpty):
            while True:
                recruiter, desk_ids = rows.get_nowait()
                try:
                    async with Live(recruiter.api) as live:
                        for desk_id in desk_ids:
                            await self._keep_desk(recruiter, live, desk_id)
                except (Refused, Unreachable) as error:
                    self._blame(desk_ids, str(error))

    async def _keep_desk(self, recruiter: Recruiter, live: Live, desk_id: str) -> None:
        """One desk, from the first *I am ready* to the last feedback."""
        began = time.monotonic()
        parties = self._meetings_of[desk_id]
        for seeker, _ in parties:
            self._bring(seeker)
        try:
            await asyncio.gather(*(self._make_ready(seeker, meeting) for seeker, meeting in parties))
            for _ in range(TRIES_AT_A_DESK):
                if await self._sit_at(recruiter.desk(desk_id, live), parties):
                    break
            else:
                self._blame([desk_id], f"nothing happened at the desk for {self._score.stall_s:g} s")
        finally:
            for seeker, _ in parties:
                await self._send_home(seeker)
        await recruiter.api.post(f"/api/desks/{desk_id}/close")
        held = sum(self._ledger.meetings[meeting["id"]].sent for _, meeting in parties)
        seconds = round(time.monotonic() - began, 1)
        self._passed_on("desk_done", desk_id=desk_id, meetings=len(parties), held=held, seconds=seconds)

    async def _sit_at(self, keeper: DeskKeeper, parties: Sequence[tuple[Seeker, dict[str, Any]]]) -> bool:
        """Keep the desk until nobody is left; False if it stood still before that."""
        keeping = asyncio.create_task(keeper.keep())
        try:
            while not keeper.is_done:
                if keeping.done() or time.monotonic() - keeper.changed_at > self._score.stall_s:
                    return False
                await self._call_again(keeper, parties)
                await asyncio.sleep(LOOK_EVERY_S)
            return True
        finally:
            await stopped([keeping])

    async def _make_ready(self, seeker: Seeker, meeting: dict[str, Any]) -> None:
        if meeting["state"] not in WAITING | {"no_show"}:
            return
        async with self._gate:
            if meeting["form"] == "on_site" and self._door is not None:
                seeker.refuse(meeting, await self._door.check_in(meeting))
            else:
                await seeker.make_ready(meeting)
        self._ledger.meetings[meeting["id"]].reason = seeker.refused.get(meeting["id"], "")

    async def _call_again(self, keeper: DeskKeeper, parties: Sequence[tuple[Seeker, dict[str, Any]]]) -> None:
        """Who was released, since they did not come in time, says anew that they are ready."""
        absent = {meeting["id"] for meeting in keeper.state.get("next", ()) if meeting["ready_at"] is None}
        for seeker, meeting in parties:
            if meeting["id"] in absent and meeting["id"] not in seeker.refused:
                await self._make_ready(seeker, meeting)

    def _bring(self, seeker: Seeker) -> None:
        """The seeker listens for the call while any desk awaits them."""
        task, desks = self._attending.get(seeker) or (asyncio.create_task(seeker.attend()), 0)
        self._attending[seeker] = (task, desks + 1)

    async def _send_home(self, seeker: Seeker, *, at_once: bool = False) -> None:
        task, desks = self._attending[seeker]
        if desks > 1 and not at_once:
            self._attending[seeker] = (task, desks - 1)
            return
        del self._attending[seeker]
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def _read_everything(self) -> None:
        """Wait until the last feedback has been released, and let its seeker read it."""
        deadline = time.monotonic() + self._score.release_within_s
        while time.monotonic() < deadline:
            await asyncio.gather(*(self._read(seeker) for seeker in self._seekers))
            if all(meeting.opened for meeting in self._ledger.meetings.values() if meeting.sent):
                return
            await asyncio.sleep(2)

    async def _read(self, seeker: Seeker) -> None:
        async with self._gate:
            with suppress(Refused, Unreachable):
                await seeker.finish_reading()
                for meeting in await seeker.list_meetings():
                    if meeting["id"] in self._ledger.meetings:
                        self._ledger.meetings[meeting["id"]].state = meeting["state"]

    async def _count_profiles(self) -> tuple[int, int]:
        """How many seekers' profiles hold all their meetings with feedback, and how many should."""
        given: dict[Seeker, int] = {}
        for parties in self._meetings_of.values():
            for seeker, meeting in parties:
                given[seeker] = given.get(seeker, 0) + self._ledger.meetings[meeting["id"]].sent
        expected = {seeker: number for seeker, number in given.items() if number}
        profiles = await asyncio.gather(*(self._profile_meetings(seeker.api) for seeker in expected))
        holding = sum(held >= number for held, number in zip(profiles, expected.values(), strict=True))
        return holding, len(expected)

    async def _profile_meetings(self, api: Api) -> int:
        async with self._gate:
            return int((await api.get("/api/my/profile"))["meetings"])

    def _blame(self, desk_ids: Sequence[str], reason: str) -> None:
        for meeting in self._ledger.meetings.values():
            if meeting.desk_id in desk_ids and not meeting.sent:
                meeting.reason = meeting.reason or reason


async def run_event(url: str, cast: Sequence[Member], *, score: Score, tell: Tell) -> EventAccount:
    """Run an event that is planned and published with its cast, and account for it."""
    return await Conductor(url, cast, score=score, tell=tell).run()
