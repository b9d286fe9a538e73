"""Thousands of generated requests: whatever is sent, the answer is one that somebody can act on."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from server.app import all_operations, openapi_document
from server.kit.problems import Conflict
from tests.contract import variants
from tests.contract.conftest import House
from tests.contract.figures import note
from tests.contract.forgetful import forgetful
from tests.contract.hostile_http import ROLES, Answers, Attack
from tests.contract.matrix import ORIGIN


@pytest.fixture
def database_url(fresh_sqlite: str) -> str:
    return fresh_sqlite


async def attack(
    house: House, app: Starlette, *, examples: int, only: Collection[str] = ()
) -> tuple[Answers, set[str]]:
    """What came of attacking `app`, and the operations it describes."""
    document: dict[str, Any] = openapi_document(house.settings.model_copy(update={"demo": True}))
    async with forgetful(app, house.settings.database_url) as running:
        transport = httpx.ASGITransport(running, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            attack = Attack(asyncio.get_running_loop(), client, house.world, house.callers)
            await asyncio.to_thread(attack.run, document, examples=examples, only=only)
    return attack.answers, {f"{method.upper()} {path}" for path, one in document["paths"].items() for method in one}


async def test_no_request_breaks_anything_and_each_refusal_says_why(house: House) -> None:
    answers, described = await attack(house, house.app(), examples=4)

    statuses = ", ".join(f"{number} times {int(status)}" for status, number in sorted(answers.statuses.items()))
    note(f"hostile HTTP: {answers.sent} requests: {statuses}; {dict(answers.by_role)}")
    for name, number in sorted(answers.successes.items()):
        note(f"  {number:4} times 2xx  {name}")
    if answers.findings:
        raise AssertionError(answers.report())
    assert sorted(described - set(answers.successes)) == [], "what never succeeds is not tried"
    assert answers.sent >= 5000
    assert min(answers.by_role[role] for role in ROLES) >= 500


class Curt(Conflict):
    """Does not say why."""


async def crash(*_: object, **__: object) -> None:
    raise RuntimeError("planted")


async def refuse(*_: object, **__: object) -> None:
    raise Curt("no")


async def answer_otherwise(*_: object, **__: object) -> dict[str, int]:
    return {"id": 7}


@pytest.mark.parametrize(
    ("endpoint", "found"),
    [(crash, ": 500"), (refuse, "nothing to go by"), (answer_otherwise, "JsonSchemaError")],
    ids=["a crash", "a refusal that says nothing", "an answer of another shape"],
)
async def test_what_is_planted_is_found(house: House, endpoint: Any, found: str) -> None:
    name, app = "GET /api/templates", house.app()
    variants.with_operation(app, name, all_operations(house.settings), variants.instead(endpoint))

    answers, _ = await attack(house, app, examples=2, only=(name,))

    assert [what for what in answers.findings if found in what] != []
