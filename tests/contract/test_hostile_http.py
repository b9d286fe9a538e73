"""Thousands of generated requests: whatever is sent, the answer is one that somebody can act on."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
import pytest

from server.app import openapi_document
from tests.contract.conftest import House
from tests.contract.figures import note
from tests.contract.forgetful import forgetful
from tests.contract.hostile_http import Answers, Attack
from tests.contract.matrix import ORIGIN


@pytest.fixture
def database_url(fresh_sqlite: str) -> str:
    return fresh_sqlite


async def attack(house: House, document: dict[str, Any], app: Any, *, mine: int, others: int) -> Answers:
    async with forgetful(app, house.settings.database_url) as running:
        transport = httpx.ASGITransport(running, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
            attack = Attack(asyncio.get_running_loop(), client, house.world, house.callers)
            await asyncio.to_thread(attack.run, document, mine=mine, others=others)
    return attack.answers


async def test_no_request_breaks_anything_and_each_refusal_says_why(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    document: dict[str, Any] = openapi_document(house.settings.model_copy(update={"demo": True}))

    answers = await attack(house, document, house.app(), mine=6, others=1)

    statuses = ", ".join(f"{number} times {int(status)}" for status, number in sorted(answers.statuses.items()))
    note(f"hostile HTTP: {answers.sent} requests: {statuses}; {dict(answers.by_role)}")
    for name, number in sorted(answers.successes.items()):
        note(f"  {number:4} times 2xx  {name}")
    if answers.findings:
        raise AssertionError(answers.report())
    assert answers.sent >= 5000
