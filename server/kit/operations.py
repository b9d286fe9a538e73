"""Typed operations on plain Starlette: an endpoint's signature is its contract.

``request`` comes first, then by name: ``session`` (the one transaction of the request, committed before
the answer is sent; read-only for GET), ``actor`` (who calls), path parameters, ``query`` and ``body``
(pydantic models, or ``bytes`` for a file); the return annotation is the response body. Each operation
says who may call it; what belongs to whom is decided by the use case, which then finds nothing.

What takes long and only reads can be done before the transaction, so that nobody waits for its lock: `prepare`
is given the same arguments and a snapshot, and what it returns comes as ``prepared``. By then it may be out of date.
What takes long to say of a refusal is said after the transaction: `refused` is given the refusal, and gives another.
Where an answer shows what its owner can withdraw, it is not kept for a retry: `again` reads it anew, with the same
arguments and the same checks.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol, TypeVar, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError, model_validator
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.kit import idempotency
from server.kit.db import Database
from server.kit.problems import ApiError, Invalid, NotAllowed, NotSignedIn, TooLarge, invalid
from server.kit.rendering import Json

BODY_MAX_BYTES = 256 * 1024
FILE_MAX_BYTES = 6 * 1024 * 1024
ANYONE = frozenset({"anyone"})
SIGNED_IN = frozenset({"signed_in"})

Endpoint = Callable[..., Awaitable[Any]]
E = TypeVar("E", bound=Endpoint)
_PARAM = re.compile(r"{(\w+)(?::\w+)?}")
_GIVEN = {"request", "session", "actor", "return", "query", "body", "prepared"}


class RequestModel(BaseModel):
    """Base of every request body and query: unknown fields and control characters are refused."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_nul(cls, data: Any) -> Any:
        if _has_nul(data):
            raise ValueError("text may not contain the character U+0000")
        return data


class Caller(Protocol):
    """What an operation needs to know of whoever calls it."""

    @property
    def roles(self) -> frozenset[str]: ...
    @property
    def key(self) -> str: ...
    def may_write(self, request: Request) -> bool:
        """Whether the request carries this caller's CSRF token."""


class Authenticate(Protocol):
    async def __call__(self, request: Request, session: AsyncSession) -> Caller | None:
        """The caller whose session cookie this is, or None for nobody or an ended session."""


@dataclass(frozen=True)
class Operation:
    """One HTTP method on one path: how to read the request, how to describe it."""

    tag: str
    method: str
    path: str
    endpoint: Endpoint
    who: frozenset[str]
    status: HTTPStatus
    errors: tuple[type[ApiError], ...]
    params: dict[str, TypeAdapter[Any]]
    query: type[BaseModel] | None
    body: Any
    result: Json | None
    response_class: type[Response] | None
    wants: frozenset[str]
    prepare: Endpoint | None = None
    refused: Endpoint | None = None
    again: Endpoint | None = None

    @property
    def writes(self) -> bool:
        return self.method != "get"

    @property
    def is_open(self) -> bool:
        return self.who == ANYONE

    async def __call__(self, request: Request) -> Response:
        arguments = await self._arguments(request)
        database: Database = request.state["database"]
        if "session" not in self.wants and self.is_open and "actor" not in self.wants:
            return await self._render(request, await self.endpoint(request, **arguments))
        if not (self.writes and "session" in self.wants):
            async with database.read() as session:
                return await self._answer(request, session, await self._admit(request, session), arguments)
        if self.prepare is not None:
            async with database.read() as session:
                caller = await self._admit(request, session)
                arguments["prepared"] = await self.prepare(request, session=session, actor=caller, **arguments)
        try:
            async with database.transaction() as session:
                caller = await self._admit(request, session)
                return await idempotency.run_once(
                    session,
                    request,
                    lambda: self._answer(request, session, caller, arguments),
                    caller=caller,
                    again=self._again(request, session, caller, arguments),
                )
        except ApiError as refusal:
            if self.refused is None:
                raise
            raise await self.refused(request, refusal, **arguments) from refusal
        except IntegrityError:
            # the same key at the same moment in another process: by now that one has committed
            async with database.read() as session:
                caller = await self._admit(request, session)
                anew = self._again(request, session, caller, arguments)
                stored = await idempotency.find_stored(session, request, caller=caller, again=anew)
            if stored is None:
                raise
            return stored

    async def _arguments(self, request: Request) -> dict[str, Any]:
        arguments: dict[str, Any] = {}
        try:
            for name, adapter in self.params.items():
                arguments[name] = adapter.validate_strings(request.path_params[name])
            if self.query is not None:
                arguments["query"] = self.query.model_validate(dict(request.query_params))
            if self.body is bytes:
                arguments["body"] = await _bounded_body(request, FILE_MAX_BYTES)
            elif self.body is not None:
                arguments["body"] = self.body.model_validate_json(await _bounded_body(request, BODY_MAX_BYTES))
        except ValidationError as error:
            raise invalid(error) from None
        return arguments

    async def _answer(
        self, request: Request, session: AsyncSession, caller: Caller | None, arguments: dict[str, Any]
    ) -> Response:
        given: dict[str, Any] = {"session": session, "actor": caller}
        extra = {name: given[name] for name in self.wants}
        value = await self.endpoint(request, **extra, **arguments)
        return await self._render(request, value)

    def _again(
        self, request: Request, session: AsyncSession, caller: Caller | None, arguments: dict[str, Any]
    ) -> idempotency.Answer | None:
        again = self.again
        if again is None:
            return None
        given = {"session": session, "actor": caller, **arguments}
        wanted = {name: given[name] for name in get_type_hints(again) if name in given}

        async def read() -> Response:
            return await self._render(request, await again(request, **wanted))

        return read

    async def _admit(self, request: Request, session: AsyncSession) -> Caller | None:
        if self.is_open and "actor" not in self.wants:
            return None
        authenticate: Authenticate = request.state["authenticate"]
        caller = await authenticate(request, session)
        if self.is_open:
            return caller
        if caller is None:
            raise NotSignedIn("sign in, or open your personal link again")
        if self.writes and not caller.may_write(request):
            raise NotAllowed("the X-CSRF-Token header does not belong to this session; read GET /api/me again")
        if self.who != SIGNED_IN and not self.who & caller.roles:
            raise NotAllowed(f"this is for: {', '.join(sorted(self.who))}")
        return caller

    async def _render(self, request: Request, value: Any) -> Response:
        if self.response_class is not None:
            assert isinstance(value, Response)
            response = value
        elif self.result is None:
            response = Response(status_code=HTTPStatus.NO_CONTENT)
        else:
            response = Response(await self.result.write(value), self.status, media_type="application/json")
        for cookie in request.scope.get("response_cookies", ()):
            response.set_cookie(**cookie)
        response.headers.setdefault("cache-control", "no-store")
        return response


class Operations:
    """The operations of one feature; the app mounts their routes."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.all: list[Operation] = []

    def add(
        self,
        method: str,
        path: str,
        *,
        who: frozenset[str] | set[str],
        status: HTTPStatus = HTTPStatus.OK,
        errors: Sequence[type[ApiError]] = (),
        prepare: Endpoint | None = None,
        refused: Endpoint | None = None,
        again: Endpoint | None = None,
    ) -> Callable[[E], E]:
        """Declare an operation; `who` is the set of roles, or `ANYONE` or `SIGNED_IN`."""

        def register(endpoint: E) -> E:
            hints = get_type_hints(endpoint, include_extras=True)
            names = _PARAM.findall(path)
            if not who or not set(names) <= set(hints) <= _GIVEN | set(names):
                raise TypeError(f"{endpoint.__qualname__}: signature does not fit path {path!r}")
            result = hints["return"]
            is_response = isinstance(result, type) and issubclass(result, Response)
            self.all.append(
                Operation(
                    tag=self.tag,
                    method=method,
                    path=path,
                    endpoint=endpoint,
                    who=frozenset(who),
                    status=status if result is not type(None) else HTTPStatus.NO_CONTENT,
                    errors=_all_errors(errors, frozenset(who), method, takes_input=len(hints) > 2),
                    params={name: TypeAdapter(hints[name]) for name in names},
                    query=hints.get("query"),
                    body=hints.get("body"),
                    result=None if result is type(None) or is_response else Json(result),
                    response_class=result if is_response else None,
                    wants=frozenset({"session", "actor"} & set(hints)),
                    prepare=prepare,
                    refused=refused,
                    again=again,
                )
            )
            return endpoint

        return register

    def routes(self) -> list[Route]:
        """A Starlette route for each operation."""
        return [Route(o.path, _handler(o), methods=[o.method.upper()], name=o.endpoint.__name__) for o in self.all]


def set_cookie(request: Request, **cookie: Any) -> None:
    """Have the answer to `request` set a cookie; the arguments are those of Starlette's `set_cookie`."""
    request.scope.setdefault("response_cookies", []).append(cookie)


def _all_errors(
    errors: Sequence[type[ApiError]], who: frozenset[str], method: str, *, takes_input: bool
) -> tuple[type[ApiError], ...]:
    found = list(errors)
    if who != ANYONE:
        found += [NotSignedIn, NotAllowed]
    elif method != "get":
        found.append(NotAllowed)
    if takes_input:
        found.append(Invalid)
    return tuple(dict.fromkeys(found))


def _handler(operation: Operation) -> Callable[[Request], Awaitable[Response]]:
    async def handle(request: Request) -> Response:
        return await operation(request)

    return handle


async def _bounded_body(request: Request, limit: int) -> bytes:
    """The whole body, read no further than `limit` bytes."""
    parts: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > limit:
            raise TooLarge(f"at most {limit // 1024} KiB are taken")
        parts.append(chunk)
    body = b"".join(parts)
    request.scope[idempotency.BODY] = body
    return body


def _has_nul(data: Any) -> bool:
    if isinstance(data, str):
        return "\x00" in data
    if isinstance(data, dict):
        return any(_has_nul(key) or _has_nul(value) for key, value in data.items())
    if isinstance(data, list):
        return any(_has_nul(part) for part in data)
    return False
