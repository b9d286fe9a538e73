from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from realtime.simulated import api as simulated_api
from realtime.simulated.api import Api, Refused, Unreachable, jittered


class Answers:
    """A server that answers a path with one thing after another, the last one for good."""

    def __init__(self, *answers: int) -> None:
        self._answers = list(answers)
        self.keys: list[str] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.keys.append(request.headers.get("Idempotency-Key", ""))
        status = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if status == 0:
            assert request.transport is not None
            request.transport.abort()
        if status >= 400:
            problem = {"type": "urn:direktkontakt:problem:Somehow", "reason": "Because", "detail": "not now"}
            return web.json_response(problem, status=status)
        return web.json_response({"done": True})


@asynccontextmanager
async def served(answers: Answers) -> AsyncIterator[Api]:
    app = web.Application()
    app.router.add_route("*", "/api/x", answers.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        async with Api(f"http://127.0.0.1:{port}") as api:
            yield api
    finally:
        await runner.cleanup()


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated_api, "PAUSE_MOST_S", 0.01)


@pytest.mark.parametrize("trouble", [503, 429, 502, 0])
async def test_a_write_is_tried_again_under_the_same_key(trouble: int) -> None:
    answers = Answers(trouble, trouble, 200)

    async with served(answers) as api:
        assert await api.post("/api/x", {"a": 1}) == {"done": True}
        await api.post("/api/x", {"a": 1})

    first, *again, other = answers.keys
    assert set(again) == {first}
    assert other != first


async def test_a_refusal_is_told_at_once_with_its_reason() -> None:
    answers = Answers(409)

    async with served(answers) as api:
        with pytest.raises(Refused) as refused:
            await api.put("/api/x", {})

    assert (refused.value.status, refused.value.type, refused.value.reason) == (409, "Somehow", "Because")
    assert len(answers.keys) == 1


async def test_who_never_answers_is_unreachable_in_the_end() -> None:
    answers = Answers(503)

    async with served(answers) as api:
        with pytest.raises(Unreachable):
            await api.get("/api/x")

    assert len(answers.keys) == simulated_api.TRIES


def test_pauses_grow_and_are_never_in_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulated_api, "PAUSE_MOST_S", 8.0)
    pauses: list[Any] = [[jittered(number) for _ in range(50)] for number in range(8)]

    assert all(len(set(some)) == 50 for some in pauses)
    assert max(pauses[0]) <= 0.3 < min(pauses[3])
    assert max(map(max, pauses)) <= 8.0
