"""Whatever sharing, handing over and planning come in whatever order, nobody sees what they may not."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest

from server.identity.people import create_person
from server.identity.roles import Role
from tests.server.hall import COMPLETE, Hall
from tests.server.harness import Browser

STEP = {"measure": "work_training", "starts_on": "2026-06-01", "responsible": "employer"}
EMPLOYER, NEED = "Fjällnät", "Arbetsprövning"
STEPS, ACTS = 40, ("share", "hide", "ask", "accept", "decline", "withdraw", "plan", "do", "comment")


@dataclass
class Model:
    """What should be so: who has the seeker, whether they share, whether somebody is asked."""

    holder: int = 0
    shares: bool = False
    asked: str | None = None
    planned: int = 0
    seen: set[tuple[bool, bool]] = field(default_factory=set)


class Walk:
    def __init__(self, hall: Hall, workers: list[tuple[Any, Browser]], seeker: Browser, feedback: str) -> None:
        self.hall, self.workers, self.seeker, self.feedback = hall, workers, seeker, feedback
        self.model = Model()
        self.about = f"/api/seekers/{hall.seekers[0]}"

    async def act(self, name: str) -> None:
        model, (_, holder) = self.model, self.workers[self.model.holder]
        other_id, other = self.workers[1 - model.holder]
        match name:
            case "share" | "hide":
                model.shares = name == "share"
                self.hall.app.clock.advance(seconds=1)
                await self.seeker.put("/api/my/sharing", json={"shares": model.shares})
            case "ask" if model.asked is None:
                body = {"seeker_ids": [str(self.hall.seekers[0])], "to_id": str(other_id), "note": "Tar du över?"}
                all_of_them = (await holder.post("/api/hand-overs", json=body)).json()["hand_overs"]
                model.asked = next(one["id"] for one in all_of_them if one["state"] == "open")
            case "accept" | "decline" | "withdraw" if model.asked is not None:
                by = holder if name == "withdraw" else other
                assert (await by.post(f"/api/hand-overs/{model.asked}/{name}")).status_code == 200
                model.asked = None
                model.holder = 1 - model.holder if name == "accept" else model.holder
            case "plan" if model.planned < 5:
                body = STEP | {"feedback_ids": [self.feedback] if model.shares else []}
                assert (await holder.post(f"{self.about}/plan/steps", json=body)).status_code == 200
                model.planned += 1
            case "do":
                done = {"done": True}
                answer = await holder.put(f"{self.about}/tasks/feedback:{self.feedback}", json=done)
                assert answer.status_code == (200 if model.shares else 404)
            case "comment":
                await self.seeker.post("/api/my/plan/comments", json={"text": "Hej."})
            case _:
                pass

    async def check(self) -> None:
        """Each case worker reaches what the model says, on every page, and no more."""
        for number, (_, browser) in enumerate(self.workers):
            has = number == self.model.holder
            pages = [await browser.get(f"{self.about}/{page}") for page in ("plan", "needs", "feedback")]
            pages += [await browser.get(path) for path in ("/api/case-tasks", "/api/hand-overs", "/api/seekers")]
            assert [page.status_code for page in pages] == [200 if has else 404] * 3 + [200] * 3
            told = "".join(page.text for page in pages)
            sees = EMPLOYER in told
            assert sees == (has and self.model.shares)
            assert (COMPLETE["worked_statement"] in told, NEED in told and not sees) == (False, False)
            self.model.seen.add((has, sees))


@pytest.mark.parametrize("seed", [1, 2])
async def test_who_has_a_seeker_sees_what_is_shared_and_nobody_else_anything(hall: Hall, seed: int) -> None:
    async with hall.app.database.transaction() as session:
        other_id = await create_person(
            session, name="Karim Provsson", email="karim@hall.example", role=Role.CASE_WORKER, now=hall.app.clock()
        )
    seeker = await hall.meet()
    feedback = await hall.give_feedback()
    workers = [(hall.case_worker_id, hall.case_worker), (other_id, await hall.app.signed_in(other_id))]
    walk, chance = Walk(hall, workers, seeker, feedback), Random(seed)

    for _ in range(STEPS):
        await walk.act(chance.choice(ACTS))
        await walk.check()

    assert walk.model.seen == {(True, True), (True, False), (False, False)}
