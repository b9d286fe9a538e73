"""A published event on its day: two employers, people with meetings, time that goes on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
from sqlmodel import col, select

from server.live.clock import EventClock
from server.meetings.tables import MeetingRow
from tests.server.expo import Expo

NORDKOD, HAMNLJUS = "Nordkod AB", "Hamnljus IT"
MINUTES_TO_TEN = 60


@dataclass(slots=True)
class Day:
    """The event on its day. `meetings` are ids by (seeker, slot), `desks` by employer, `people` by name."""

    expo: Expo
    desks: dict[str, dict[str, Any]] = field(default_factory=dict)
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    meetings: dict[tuple[str, int], str] = field(default_factory=dict)

    async def employer(self, name: str, **more: Any) -> dict[str, Any]:
        made = await self.expo.employer(name, **more)
        (self.desks[name],) = made["desks"]
        return made

    async def seeker(self, name: str, **more: Any) -> str:
        self.people[name] = await self.expo.seeker(name, **more)
        return str(self.people[name]["id"])

    async def lay(self, employer: str, slot: int, name: str) -> str:
        if name not in self.people:
            await self.seeker(name)
        laid = await self.expo.laid(self.desks[employer], slot, self.people[name])
        self.meetings[name, slot] = laid["meeting"]["id"]
        return str(laid["meeting"]["id"])

    def spot(self, employer: str, slot: int) -> dict[str, str]:
        return {"desk_id": self.desks[employer]["id"], "slot_id": self.expo.slots[slot]["id"]}

    async def minutes_after_ten(self, minutes: float) -> None:
        """Let it be that time, and do what it brings."""
        start = self.expo.app.clock().replace(hour=8, minute=0, second=0)
        self.expo.app.clock.at = start
        self.expo.app.clock.advance(minutes=minutes)
        await EventClock(self.expo.app.database, now=self.expo.app.clock).tick()

    async def come(self, name: str, slot: int) -> None:
        """The seeker checks in for their meeting."""
        browser = await self.expo.browser_of(self.people[name])
        answer = await browser.post(f"/api/my/meetings/{self.meetings[name, slot]}/ready")
        assert answer.status_code == 200, answer.text

    async def ask(self, **happening: Any) -> dict[str, Any]:
        answer = await self.try_to_ask(**happening)
        assert answer.status_code == 200, answer.text
        repairs: dict[str, Any] = answer.json()
        return repairs

    async def try_to_ask(self, **happening: Any) -> httpx.Response:
        return await self.expo.staff.post(self.expo.url("/repairs"), json=happening)

    async def confirm(self, option: dict[str, Any], happening: dict[str, Any] | None) -> dict[str, Any]:
        answer = await self.try_to_confirm(wanted(option, happening))
        assert answer.status_code == 200, answer.text
        done: dict[str, Any] = answer.json()
        return done

    async def try_to_confirm(self, body: dict[str, Any], key: str | None = None) -> httpx.Response:
        headers = {"idempotency-key": key} if key else {}
        return await self.expo.staff.post(self.expo.url("/repairs/confirm"), json=body, headers=headers)

    async def lies(self) -> set[tuple[str, str, int, str]]:
        """Every meeting as (seeker, employer, slot, state)."""
        names = {person["id"]: name for name, person in self.people.items()}
        employers = {desk["id"]: name for name, desk in self.desks.items()}
        slots = {slot["id"]: number for number, slot in enumerate(self.expo.slots)}
        async with self.expo.app.database.read() as session:
            query = select(MeetingRow).where(col(MeetingRow.recruitment_event_id) == UUID(self.expo.id))
            rows = (await session.exec(query)).all()
        return {
            (names[str(row.seeker_id)], employers[str(row.desk_id)], slots[str(row.slot_id)], row.state) for row in rows
        }


def wanted(option: dict[str, Any], happening: dict[str, Any] | None) -> dict[str, Any]:
    """What a page sends to have an option carried out."""

    def spot(place: dict[str, Any] | None) -> dict[str, Any] | None:
        return {"desk_id": place["desk_id"], "slot_id": place["slot_id"]} if place else None

    changes = [
        {
            "seeker_id": change["seeker_id"],
            "organisation_id": change["organisation_id"],
            "before": spot(change["before"]),
            "after": spot(change["after"]),
            "reason": change["reason"],
        }
        for change in option["changes"]
    ]
    kept = ("desk_id", "recruiter_before", "recruiter_id", "station_id", "on_duty_until")
    desks = [{name: desk[name] for name in kept} for desk in option["desks"]]
    away = [{name: one[name] for name in ("person_id", "until", "until_before")} for one in option["away"]]
    return {"happening": happening, "changes": changes, "desks": desks, "pools": option["pools"], "away": away}


def moves(option: dict[str, Any]) -> set[tuple[str, str | None, str | None]]:
    """Who gets which place, as (name, from, to) with times of day."""

    def time(place: dict[str, Any] | None) -> str | None:
        return str(place["starts_at"])[11:16] if place else None

    return {(change["seeker_name"], time(change["before"]), time(change["after"])) for change in option["changes"]}


async def make_day(expo: Expo) -> Day:
    """Nordkod and Hamnljus from ten, each with one desk by video; nobody has a meeting yet."""
    day = Day(expo)
    for name in (NORDKOD, HAMNLJUS):
        await day.employer(name)
    return day
