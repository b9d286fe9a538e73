"""Nobody notices what they may not see: feedback says something else, and every answer to them stays the same."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import asynccontextmanager

import httpx
import pytest
from sqlmodel import col, delete, select
from starlette.types import ASGIApp

from server.app import create_app
from server.identity.tables import RoleRow
from server.scorecards.tables import ScorecardRow
from server.support.tables import CaseAssignmentRow
from tests.contract import oracle
from tests.contract.conftest import House
from tests.contract.matrix import ORIGIN, filled_path
from tests.contract.oracle_feedback import ALL, SEEKERS_BROWSERS, Card, Facts
from tests.contract.secrets import Secrets
from tests.contract.world import NOW
from tests.server.harness import Clock, lifespan

CARDS = ("opened", "fresh", "sealed", "unread", "drafted", "sent", "others_closed")
STEPS = 3
# counts the requests themselves
CHANGES_BY_ITSELF = ("GET /metrics",)
ACTORS = tuple(actor for actor in oracle.KNOWN if actor != oracle.AFTER_WITHDRAWAL)
Seen = dict[str, str]
"""What an actor was answered, by address."""


@pytest.fixture
def database_url(fresh_sqlite: str) -> str:
    """One engine: what is shown is decided above the database."""
    return fresh_sqlite


class Life:
    """The world with its scorecards, and a history that befalls it."""

    def __init__(self, asgi: ASGIApp, house: House, clock: Clock) -> None:
        self.asgi, self.database, self.world, self.callers = asgi, house.database, house.world, house.callers
        self.clock = clock
        self.cards = {name: house.world[f"{name}_card"] for name in CARDS}

    async def facts(self) -> Facts:
        """What is so to begin with, from the rows."""
        names = {value: name for name, value in self.world.ids.items()}
        cards = {}
        async with self.database.read() as session:
            for name, card_id in self.cards.items():
                row = await session.get_one(ScorecardRow, card_id)
                cards[name] = Card(
                    names[str(row.seeker_id)],
                    names[str(row.organisation_id)],
                    released=row.released_at is not None,
                    opened=row.opened_at is not None,
                    statement_shared=row.statement_shared,
                )
        case_workers = {"seeker": "case_worker", "other_seeker": "other_case_worker"}
        return Facts(cards, shares={"seeker": True}, case_workers=case_workers)

    async def befall(self, facts: Facts, chance: random.Random) -> str:
        """Let something happen, and say so in the facts."""
        self.clock.advance(minutes=1)
        what = chance.choice(("share", "share", "open", "statement", "statement", "hand over", "leave"))
        if what == "share":
            seeker = chance.choice(("seeker", "other_seeker"))
            facts.shares[seeker] = not facts.shares.get(seeker, False)
            await self.send(seeker, "PUT", "/api/my/sharing", {"shares": facts.shares[seeker]})
        elif what == "open":
            name = chance.choice([name for name, card in facts.cards.items() if card.released])
            await self.send(facts.cards[name].seeker, "POST", f"/api/my/feedback/{self.cards[name]}/open")
            facts.cards[name].opened = True
        elif what == "statement":
            name = chance.choice([name for name, card in facts.cards.items() if card.opened])
            card = facts.cards[name]
            card.statement_shared = not card.statement_shared
            path = f"/api/my/feedback/{self.cards[name]}/statement-sharing"
            await self.send(card.seeker, "PUT", path, {"shared": card.statement_shared})
        elif what == "hand over":
            facts.case_workers["seeker"] = chance.choice(("case_worker", "other_case_worker"))
            await self.assign("seeker", facts.case_workers["seeker"])
        else:
            facts.left.add(oracle.OTHER_RECRUITER)
            await self.leave("other_recruiter")
        return what

    async def send(self, person: str, method: str, path: str, body: object = None) -> None:
        actor = next(actor for actor, name in SEEKERS_BROWSERS.items() if name == person)
        caller = self.callers[actor]
        headers = {"origin": ORIGIN, "x-csrf-token": caller.csrf or "", **caller.headers}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.asgi), base_url=ORIGIN) as client:
            answer = await client.request(method, path, json=body, headers=headers)
        assert answer.status_code < 300, answer.text

    async def assign(self, seeker: str, case_worker: str) -> None:
        async with self.database.transaction() as session:
            of = col(CaseAssignmentRow.seeker_id) == self.world[seeker]
            await session.exec(delete(CaseAssignmentRow).where(of))
            session.add(
                CaseAssignmentRow(
                    case_worker_id=self.world[case_worker], seeker_id=self.world[seeker], since=self.clock()
                )
            )

    async def leave(self, recruiter: str) -> None:
        async with self.database.transaction() as session:
            row = (await session.exec(select(RoleRow).where(col(RoleRow.person_id) == self.world[recruiter]))).first()
            if row is not None:
                await session.delete(row)


async def look(life: Life, actor: str, *, only: Collection[str] = ()) -> Seen:
    """What there is to read (of `only` some addresses), as this actor reads it; refusals too."""
    seen: Seen = {}
    transport = httpx.ASGITransport(life.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        for operation, rule in (*oracle.OPERATIONS.items(), *oracle.FURTHER):
            method, path = operation.split(" ")
            address = filled_path(path, rule, life.world)
            if method != "GET" or operation in CHANGES_BY_ITSELF or (only and address not in only):
                continue
            client.cookies.clear()
            answer = await client.get(address, headers={**life.callers[actor].headers, **rule.headers})
            seen[address] = f"{answer.status_code} {answer.text}"
    return seen


async def noticed(life: Life, secrets: Secrets, actor: str, parts: Mapping[str, Collection[str]]) -> list[str]:
    """The addresses at which this actor reads something else once these parts say something else."""
    before = await look(life, actor)
    await secrets.say_otherwise(parts)
    after = await look(life, actor, only=[address for address, seen in before.items() if seen.startswith("2")])
    await secrets.say_otherwise({})
    return [address for address in after if after[address] != before[address]]


@asynccontextmanager
async def living(house: House) -> AsyncIterator[tuple[Life, Secrets]]:
    clock = Clock(NOW)
    async with lifespan(create_app(house.settings, now=clock)) as running:
        life = Life(running, house, clock)
        secrets = Secrets(house.database, life.cards)
        await secrets.prepare()
        yield life, secrets


@pytest.mark.parametrize("seed", [1, 2])
async def test_whoever_may_not_see_something_never_notices_that_it_is_otherwise(house: House, seed: int) -> None:
    chance = random.Random(seed)
    async with living(house) as (life, secrets):
        facts, history = await life.facts(), ["nothing"]
        for _ in range(STEPS):
            for actor in ACTORS:
                hidden = {name: ALL - facts.may_see(actor, name) for name in life.cards}
                assert await noticed(life, secrets, actor, hidden) == [], (actor, history)
            history.append(await life.befall(facts, chance))


@pytest.mark.parametrize("actor", [oracle.SEEKER, oracle.RECRUITER, oracle.CASE_WORKER])
async def test_whoever_may_see_a_part_notices_that_it_is_otherwise(house: House, actor: str) -> None:
    async with living(house) as (life, secrets):
        facts = await life.facts()
        # how it was received is asked for the figures and shown to nobody, not even again to who answered
        for part in sorted(facts.may_see(actor, "fresh") - {"reception"}):
            assert await noticed(life, secrets, actor, {"fresh": {part}}), part
