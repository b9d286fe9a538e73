from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from pydantic import BaseModel
from sqlmodel import func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.identity.tables import OrganisationRow
from server.kit import idempotency
from server.kit.db import Database
from server.kit.operations import ANYONE, Operations, RequestModel
from server.kit.problems import Conflict
from tests.server.harness import Clock
from tests.server.kit.conftest import Serve


class Named(RequestModel):
    """An organisation to make."""

    name: str
    refuse: bool = False


class Made(BaseModel):
    """The organisation that was made."""

    id: str


operations = Operations("organisations")


@operations.add("post", "/api/organisations", who=ANYONE)
async def make(request: Request, session: AsyncSession, body: Named) -> Made:
    """Make an organisation."""
    row = OrganisationRow(kind="employer", name=body.name, created_at=request.state["now"]())
    session.add(row)
    await session.flush()
    if body.refuse:
        raise Conflict("not now")
    return Made(id=str(row.id))


@operations.add("post", "/api/others", who=ANYONE)
async def make_other(request: Request, session: AsyncSession, body: Named) -> Made:
    """Make one on another path."""
    return await make(request, session, body)


@pytest.fixture
async def client(serve: Serve) -> AsyncIterator[httpx.AsyncClient]:
    async with serve(operations) as client:
        yield client


async def post(client: httpx.AsyncClient, key: str, path: str = "/api/organisations", **body: object) -> httpx.Response:
    return await client.post(path, json={"name": "Nordkod", **body}, headers={"idempotency-key": key})


async def made(database: Database) -> int:
    async with database.read() as session:
        return (await session.exec(select(func.count()).select_from(OrganisationRow))).one()


async def test_a_retry_gets_the_first_answer_and_writes_nothing(client: httpx.AsyncClient, database: Database) -> None:
    key = str(uuid4())
    first, second = await post(client, key), await post(client, key)
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert await made(database) == 1


async def test_the_same_key_at_the_same_moment_writes_once(client: httpx.AsyncClient, database: Database) -> None:
    for _ in range(5):
        key, before = str(uuid4()), await made(database)
        answers = await asyncio.gather(*(post(client, key) for _ in range(8)))
        assert {(answer.status_code, answer.content) for answer in answers} == {(200, answers[0].content)}
        assert await made(database) == before + 1


async def test_different_keys_at_the_same_moment_each_write(client: httpx.AsyncClient, database: Database) -> None:
    answers = await asyncio.gather(*(post(client, str(uuid4())) for _ in range(12)))
    assert len({answer.json()["id"] for answer in answers}) == 12
    assert await made(database) == 12


async def test_a_refused_write_may_be_tried_again_with_its_key(client: httpx.AsyncClient, database: Database) -> None:
    key = str(uuid4())
    assert (await post(client, key, refuse=True)).status_code == 409
    assert await made(database) == 0
    assert (await post(client, key)).status_code == 200
    assert await made(database) == 1


async def test_a_key_used_for_another_body_is_refused(client: httpx.AsyncClient, database: Database) -> None:
    key = str(uuid4())
    await post(client, key)
    answer = await post(client, key, name="Annat")
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:direktkontakt:problem:KeyUsedDifferently")
    assert await made(database) == 1


async def test_the_same_key_on_another_path_is_another_write(client: httpx.AsyncClient, database: Database) -> None:
    key = str(uuid4())
    await post(client, key)
    await post(client, key, "/api/others")
    assert await made(database) == 2


@pytest.mark.parametrize("key", ["", "x" * 65])
async def test_a_key_of_the_wrong_length_is_refused(client: httpx.AsyncClient, database: Database, key: str) -> None:
    assert (await post(client, key)).status_code == 422
    assert await made(database) == 0


async def test_keys_are_forgotten_after_two_days(client: httpx.AsyncClient, database: Database, clock: Clock) -> None:
    key = str(uuid4())
    await post(client, key)
    for age, forgotten in ((timedelta(days=2), 0), (timedelta(days=2, seconds=1), 1)):
        async with database.transaction() as session:
            assert await idempotency.forget_old(session, now=clock() + age) == forgotten
    await post(client, key)
    assert await made(database) == 2
