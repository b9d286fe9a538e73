from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from uuid import UUID, uuid4

import pytest
from pydantic import BaseModel, Field
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from server.identity.tables import OrganisationRow
from server.kit.db import Database
from server.kit.operations import ANYONE, FILE_MAX_BYTES, SIGNED_IN, Operations, RequestModel, set_cookie
from server.kit.problems import Conflict, NotFound
from tests.server.harness import Clock
from tests.server.kit.conftest import Serve


class Greeting(BaseModel):
    """What the test operations show."""

    text: str
    times: int = 1


class GreetingRequest(RequestModel):
    """What the test operations take."""

    name: str = Field(min_length=1, max_length=20)
    times: int = Field(default=1, ge=1, le=3)


class Full(Conflict):
    title = "It is full"


operations = Operations("greetings")


@operations.add("post", "/api/greetings", who=ANYONE, status=HTTPStatus.CREATED)
async def greet(request: Request, body: GreetingRequest) -> Greeting:
    """Greet."""
    set_cookie(request, key="seen", value="yes")
    return Greeting(text=f"Hej {body.name}", times=body.times)


@operations.add("get", "/api/greetings/{greeting_id}", who=ANYONE)
async def get_greeting(request: Request, greeting_id: UUID, query: GreetingRequest) -> Greeting:
    """One greeting."""
    return Greeting(text=f"{greeting_id} {query.name}", times=query.times)


@operations.add("get", "/api/counts/{number}", who=ANYONE)
async def count(request: Request, number: Annotated[int, Field(ge=1, le=9)]) -> Greeting:
    """A number within bounds."""
    return Greeting(text="counted", times=number)


@operations.add("get", "/api/mine", who=SIGNED_IN)
async def mine(request: Request, session: AsyncSession) -> Greeting:
    """One's own."""
    return Greeting(text="mine")


@operations.add("post", "/api/organisations", who=ANYONE, errors=[Full])
async def make_organisation(request: Request, session: AsyncSession, body: GreetingRequest) -> None:
    """Make an organisation, and refuse the third time."""
    session.add(OrganisationRow(kind="employer", name=body.name, created_at=request.state["now"]()))
    await session.flush()
    if body.times == 3:
        raise Full("no seat is left", alternatives=["10:20", "10:40"])


@operations.add("post", "/api/files", who=ANYONE)
async def take_file(request: Request, body: bytes) -> Greeting:
    """Take a file."""
    return Greeting(text=str(len(body)))


@operations.add("get", "/api/plain", who=ANYONE)
async def plain(request: Request) -> PlainTextResponse:
    """Plain text."""
    return PlainTextResponse("BEGIN:VCALENDAR", headers={"cache-control": "private"})


@operations.add("get", "/api/crash", who=ANYONE)
async def crash(request: Request) -> Greeting:
    """Break."""
    raise RuntimeError("the feedback of Amina")


async def test_a_body_is_read_and_the_answer_written(serve: Serve) -> None:
    async with serve(operations) as client:
        answer = await client.post("/api/greetings", json={"name": "Amina", "times": 2})
    assert (answer.status_code, answer.json()) == (201, {"text": "Hej Amina", "times": 2})
    assert answer.headers["cache-control"] == "no-store"
    assert answer.cookies["seen"] == "yes"


async def test_path_and_query_are_read(serve: Serve) -> None:
    greeting_id = uuid4()
    async with serve(operations) as client:
        answer = await client.get(f"/api/greetings/{greeting_id}", params={"name": "Amina", "times": "3"})
    assert answer.json() == {"text": f"{greeting_id} Amina", "times": 3}


async def test_bounds_of_a_path_parameter_hold(serve: Serve) -> None:
    async with serve(operations) as client:
        inside, outside = await client.get("/api/counts/9"), await client.get("/api/counts/10")
    assert inside.json() == {"text": "counted", "times": 9}
    assert (outside.status_code, outside.json()["fields"][0]["message"]) == (
        422,
        "Input should be less than or equal to 9",
    )


async def test_wrong_fields_are_named_and_not_echoed(serve: Serve) -> None:
    async with serve(operations) as client:
        answer = await client.post("/api/greetings", json={"name": "", "times": 77, "secret": "canary"})
    body = answer.json()
    assert (answer.status_code, body["type"]) == (422, "urn:direktkontakt:problem:Invalid")
    assert sorted(field["path"] for field in body["fields"]) == ["name", "secret", "times"]
    assert "canary" not in answer.text
    assert "77" not in answer.text


async def test_a_path_that_is_no_id_is_invalid(serve: Serve) -> None:
    async with serve(operations) as client:
        answer = await client.get("/api/greetings/1", params={"name": "Amina"})
    assert answer.status_code == 422


async def test_nul_is_refused_however_deep(serve: Serve) -> None:
    async with serve(operations) as client:
        for body in ({"name": "a\x00"}, {"a\x00": 1, "name": "a"}):
            assert (await client.post("/api/greetings", json=body)).status_code == 422


async def test_somebody_not_signed_in_is_told_so(serve: Serve) -> None:
    async with serve(operations) as client:
        answer = await client.get("/api/mine")
    assert (answer.status_code, answer.json()["type"]) == (401, "urn:direktkontakt:problem:NotSignedIn")


async def test_a_refusal_takes_back_what_was_written(serve: Serve, database: Database) -> None:
    async with serve(operations) as client:
        answer = await client.post("/api/organisations", json={"name": "Nordkod", "times": 3})
        assert (answer.status_code, answer.json()["alternatives"]) == (409, ["10:20", "10:40"])
        assert await names(database) == []
        assert (await client.post("/api/organisations", json={"name": "Nordkod"})).status_code == 204
    assert await names(database) == ["Nordkod"]


async def names(database: Database) -> list[str]:
    async with database.read() as session:
        return list((await session.exec(select(OrganisationRow.name))).all())


async def test_a_file_is_bounded(serve: Serve) -> None:
    async with serve(operations) as client:
        assert (await client.post("/api/files", content=b"x" * FILE_MAX_BYTES)).json()["text"] == str(FILE_MAX_BYTES)
        assert (await client.post("/api/files", content=b"x" * (FILE_MAX_BYTES + 1))).status_code == 413


async def test_an_answer_of_its_own_kind_keeps_its_headers(serve: Serve) -> None:
    async with serve(operations) as client:
        answer = await client.get("/api/plain")
    assert (answer.text, answer.headers["cache-control"]) == ("BEGIN:VCALENDAR", "private")


async def test_a_crash_says_nothing_about_its_cause(serve: Serve) -> None:
    async with serve(operations) as client:
        answer = await client.get("/api/crash")
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:direktkontakt:problem:Unforeseen")
    assert "Amina" not in answer.text


async def test_an_unknown_method_is_a_problem_document(serve: Serve) -> None:
    async with serve(operations) as client:
        answer = await client.delete("/api/greetings")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")


def test_a_signature_that_does_not_fit_its_path_is_refused() -> None:
    broken = Operations("broken")

    async def without_path_parameter(request: Request) -> None: ...
    async def with_a_stranger(request: Request, clock: Clock) -> None: ...

    for endpoint, path in ((without_path_parameter, "/api/x/{x_id}"), (with_a_stranger, "/api/x")):
        with pytest.raises(TypeError, match="does not fit"):
            broken.add("get", path, who=ANYONE)(endpoint)


def test_an_operation_for_nobody_is_refused() -> None:
    async def for_nobody(request: Request) -> None: ...

    with pytest.raises(TypeError):
        Operations("broken").add("get", "/api/x", who=set())(for_nobody)


def test_not_found_is_a_problem_of_its_own() -> None:
    assert (NotFound.status, Full.status) == (404, 409)
