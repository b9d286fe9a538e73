"""Whatever happens, and whatever is changed between offer and confirmation: what lies afterwards keeps the rules.

The second reading is the planner's own verifier, which shares no code with what makes or checks a repair.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest

from server.planner.model import Certificate, Meeting, Plan
from server.planner.verifier import breaches
from server.planning_runs.adapter import problem_of
from server.planning_runs.material import Material, PlanOptions
from server.planning_runs.repository import load_material
from server.recruitment_events.tables import AbsenceRow, RecruitmentEventRow
from tests.server.expo import Expo
from tests.server.repairs.day import Day, wanted

INSTANT = timedelta(microseconds=1)
ROUNDS, SEEDS = 12, 4
NOT_OF_A_REPAIR = {"value", "bound", "must_told"}
"""Rules of whole plans; a repair has no certificate."""
NAMES = ("Amina", "Bilal", "Clara", "Doris", "Elsa", "Fatima", "Gun", "Hana")
EMPLOYERS = (("Nordkod AB", "video", ""), ("Hamnljus IT", "on_site", "Bord 3"), ("Molnverket", "on_site", "Bord 4"))


@dataclass(slots=True)
class Chance:
    """A day on which anything may happen."""

    day: Day
    random: Random
    refused: int = 0
    done: int = 0
    laid: list[str] = field(default_factory=list)

    def one(self, of: Any) -> Any:
        return self.random.choice(list(of))

    async def meetings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = (await self.day.expo.grid())["meetings"]
        return found

    async def happening(self) -> dict[str, Any]:
        day, meetings = self.day, await self.meetings()
        kind = self.one(["no_show", "late", "walk_in", "walk_in", "desk_closed", "room_lost", "interpreter_gone"])
        if kind in ("no_show", "late") and meetings:
            more = {"minutes": self.one([5, 20, 40])} if kind == "late" else {}
            return {"kind": kind, "meeting_id": self.one(meetings)["id"], **more}
        if kind == "desk_closed":
            return {"kind": kind, "desk_id": self.one(day.desks.values())["id"]}
        if kind == "room_lost":
            return {"kind": kind, "pool": "video_rooms"}
        if kind == "interpreter_gone":
            return {"kind": kind, "pool": "interpreters[sign_language]"}
        return {"kind": "walk_in", "seeker_id": self.one(day.people.values())["id"], "wanted": self.one([1, 2])}

    async def change(self) -> None:
        """Something else happens in between; whether it works does not matter."""
        acts: list[Callable[[], Awaitable[Any]]] = [
            self.lays,
            self.lays,
            self.other_rules,
            self.other_hours,
            self.locks,
            self.goes_away,
            self.mends,
            self.goes_on,
        ]
        await self.one(acts)()

    async def thwart(self, body: dict[str, Any]) -> None:
        """Something that concerns the very option; it may or may not be in its way."""
        placed = [change for change in body["changes"] if change["after"]]
        if not placed:
            return await self.change()
        change, day = self.one(placed), self.day
        slots = {slot["id"]: slot for slot in day.expo.slots}
        slot = slots[change["after"]["slot_id"]]
        seeker = day.expo.url(f"/seekers/{change['seeker_id']}")
        staff, rules = day.expo.staff, day.expo.url("/planning-rules")
        match self.one(range(6)):
            case 0:
                await staff.patch(day.expo.url(f"/desks/{change['after']['desk_id']}"), json={"is_locked": True})
            case 1:
                await staff.patch(seeker, json={"available_until": slot["starts_at"]})
            case 2:
                desk = self.one([desk for desk in day.desks.values() if desk["id"] != change["after"]["desk_id"]])
                near = min(slot["number"], len(day.expo.slots) - 1)
                await day.expo.lay(desk, near, {"id": change["seeker_id"]})
                await staff.put(rules, json={"rest_slots": 1})
            case 3:
                await staff.put(rules, json={"video_rooms": 0, "interpreters": {"sign_language": 0}})
            case 4:
                (desk,) = [desk for desk in day.desks.values() if desk["id"] == change["after"]["desk_id"]]
                await self.is_away(self.one([change["seeker_id"], desk["recruiter_id"]]), slot)
            case _:
                await staff.patch(seeker, json={"avoids": [change["organisation_id"]]})

    async def lays(self) -> None:
        day = self.day
        desk, seeker = self.one(day.desks.values()), self.one(day.people.values())
        met = {(one["seeker_id"], one["desk_id"]) for one in await self.meetings()}
        if (seeker["id"], desk["id"]) not in met:
            await day.expo.lay(desk, self.one(range(len(day.expo.slots))), seeker)

    async def other_rules(self) -> None:
        rules = {
            "rest_slots": self.one([0, 1]),
            "form_change_slots": self.one([0, 2]),
            "video_rooms": self.one([0, 1, 2]),
        }
        rules["interpreters"] = {"sign_language": self.one([0, 1])}
        await self.day.expo.staff.put(self.day.expo.url("/planning-rules"), json=rules)

    async def other_hours(self) -> None:
        slots, person = self.day.expo.slots, self.one(self.day.people.values())
        said: dict[str, Any] = {"available_until": self.one([None, self.one(slots[3:])["ends_at"]])}
        if self.one([0, 1]):
            said["avoids"] = [self.one(self.day.desks.values())["organisation_id"]]
        await self.day.expo.staff.patch(self.day.expo.url(f"/seekers/{person['id']}"), json=said)

    async def locks(self) -> None:
        path = self.day.expo.url(f"/desks/{self.one(self.day.desks.values())['id']}")
        await self.day.expo.staff.patch(path, json={"is_locked": self.one([True, False, False])})

    async def goes_away(self) -> None:
        day, slot = self.day, self.one(self.day.expo.slots)
        people = [person["id"] for person in day.people.values()] + [
            desk["recruiter_id"] for desk in day.desks.values()
        ]
        await self.is_away(self.one(people), slot)

    async def is_away(self, person_id: str, slot: dict[str, Any]) -> None:
        starts_at = datetime.fromisoformat(slot["starts_at"]) + timedelta(microseconds=self.random.randrange(10**6))
        away = AbsenceRow(
            recruitment_event_id=UUID(self.day.expo.id),
            person_id=UUID(person_id),
            starts_at=starts_at,
            ends_at=starts_at + timedelta(minutes=10),
        )
        async with self.day.expo.app.database.transaction() as session:
            session.add(away)

    async def mends(self) -> None:
        happening = await self.happening()
        answer = await self.day.try_to_ask(**happening)
        if answer.status_code == 200 and answer.json()["options"]:
            await self.day.try_to_confirm(wanted(self.one(answer.json()["options"]), happening))

    async def goes_on(self) -> None:
        self.day.expo.app.clock.advance(minutes=self.one([1, 4]))

    async def read(self) -> Material:
        async with self.day.expo.app.database.read() as session:
            event = await session.get_one(RecruitmentEventRow, UUID(self.day.expo.id))
            return await load_material(session, event, now=self.day.expo.app.clock())


async def chance(expo: Expo, seed: int) -> Chance:
    day, random = Day(expo), Random(seed)
    for name, form, station in EMPLOYERS:
        await day.employer(name, form=form, **({"station": station} if station else {}))
    for number, name in enumerate(NAMES):
        needs: dict[str, Any] = {"interpreter": "sign_language"} if number % 4 == 0 else {}
        needs |= {"accessible_station": True} if number % 3 == 0 else {}
        await day.seeker(f"{name} Ek", scheduling_needs=needs)
    made = Chance(day, random)
    for _ in range(10):
        await made.lays()
    await made.other_rules()
    await expo.publish()
    await day.minutes_after_ten(random.choice([-10, 2, 16]))
    return made


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_what_lies_after_a_repair_is_accepted_by_the_verifier_or_the_repair_is_refused(
    expo: Expo, seed: int
) -> None:
    made = await chance(expo, seed)

    for _ in range(ROUNDS):
        happening = await made.happening()
        answer = await made.day.try_to_ask(**happening)
        if answer.status_code != 200 or not answer.json()["options"]:
            await made.goes_on()
            continue
        body = wanted(made.one(answer.json()["options"]), happening)
        for act in made.one([[], [made.change], [made.thwart], [made.change, made.thwart]]):
            await (act(body) if act == made.thwart else act())
        before = await made.read()
        confirmed = await made.day.try_to_confirm(body)
        after = await made.read()
        if confirmed.status_code == 200:
            made.done += 1
            assert broken(after, body) == []
        else:
            assert confirmed.status_code == 409, confirmed.text
            made.refused += 1
            assert after == before

    assert made.done > 0


def broken(material: Material, body: dict[str, Any]) -> list[str]:
    """What the verifier has against the meetings that a repair has laid, beside what lay there."""
    laid = {
        (UUID(change["seeker_id"]), UUID(change["organisation_id"])) for change in body["changes"] if change["after"]
    }
    stays = tuple(one for one in material.laid if (one.seeker_id, one.organisation_id) not in laid)
    running = [slot for slot in material.slots if slot.starts_at <= material.now < slot.ends_at]
    since = running[0].starts_at - INSTANT if running else material.now
    problem = problem_of(replace(material, laid=stays, now=since), PlanOptions(keep="all"))
    numbers = {slot.id: number for number, slot in enumerate(material.slots)}
    new = tuple(
        Meeting(str(one.seeker_id), str(one.organisation_id), str(one.desk_id), numbers[one.slot_id])
        for one in material.laid
        if (one.seeker_id, one.organisation_id) in laid and one.slot_id is not None
    )
    moved = tuple(f"{one['seeker_id']} with {one['organisation_id']}" for one in body["changes"] if one["before"])
    walked_in = body["happening"]["seeker_id"] if body["happening"]["kind"] == "walk_in" else None
    nothing = Certificate(
        value=0, bound=0, match_value=0, meetings=0, breaks_before=0, breaks=0, rules_kept=(), seconds=0, seed=0
    )
    return [
        f"{breach.rule}: {breach.message}"
        for breach in breaches(problem, Plan((*problem.frozen, *new), (), nothing))
        if breach.rule not in NOT_OF_A_REPAIR
        # Whom staff have laid together although one would rather not may get another time.
        and not (breach.rule == "pair_allowed" and breach.message.startswith(moved))
        and not (breach.rule == "maximum" and walked_in and walked_in in breach.message)
    ]
