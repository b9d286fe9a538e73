"""The HTTP side of a simulated participant: a session of its own, writes that are tried again under one key."""

from __future__ import annotations

import asyncio
import random
import uuid
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import aiohttp

PROBLEM_PREFIX = "urn:direktkontakt:problem:"
ANSWER_WITHIN_S = 20
TRY_AGAIN = frozenset({429, 502, 503, 504})
TRIES = 12
PAUSE_FIRST_S, PAUSE_MOST_S = 0.3, 8.0


class Refused(Exception):
    """The server said no; `type` is the problem's name, `reason` what a meeting or scorecard gave as its own."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.type = str(problem.get("type", "")).removeprefix(PROBLEM_PREFIX)
        self.reason = str(problem.get("reason", ""))
        super().__init__(f"{status} {self.reason or self.type}: {problem.get('detail', '')}")


class Unreachable(Exception):
    """The server did not answer for as long as it was worth waiting."""


@dataclass(slots=True, eq=False)
class Api:
    """One signed-in browser, as far as the server can tell."""

    url: str
    name: str = ""
    person_id: str = ""
    _csrf: str | None = None
    _http: aiohttp.ClientSession = field(init=False)

    async def __aenter__(self) -> Self:
        self._http = aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            connector=aiohttp.TCPConnector(limit=4),
            headers={"User-Agent": "direktkontakt-simulated"},
            timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN_S),
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    @property
    def http(self) -> aiohttp.ClientSession:
        """The session with its cookie, for the socket to be opened with."""
        return self._http

    @property
    def signed_in(self) -> bool:
        """Whether somebody has come in."""
        return self._csrf is not None

    async def redeem(self, join_token: str) -> None:
        """Come in by a personal link."""
        self._remember(await self.post("/api/join-links/redeem", {"token": join_token}))

    async def sign_in(self, token: str) -> None:
        """Come in by a sign-in token."""
        self._remember(await self.post("/api/sign-in/confirm", {"token": token}))

    async def get(self, path: str) -> Any:
        """What is to be read at `path`.

        Raises:
            Refused: it is not to be had.
            Unreachable: no answer came.
        """
        return await self._try("GET", path, None, {})

    async def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Do something, once, however often it has to be asked."""
        return await self._write("POST", path, body)

    async def put(self, path: str, body: dict[str, Any]) -> Any:
        """Store something, once, however often it has to be asked."""
        return await self._write("PUT", path, body)

    def _remember(self, me: dict[str, Any]) -> None:
        self._csrf, self.name, self.person_id = me["csrf_token"], me["person"]["name"], me["person"]["id"]

    async def _write(self, method: str, path: str, body: dict[str, Any] | None) -> Any:
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        if self._csrf is not None:
            headers["X-CSRF-Token"] = self._csrf
        return await self._try(method, path, body, headers)

    async def _try(self, method: str, path: str, body: dict[str, Any] | None, headers: dict[str, str]) -> Any:
        for number in range(TRIES):
            try:
                async with self._http.request(method, self.url + path, json=body, headers=headers) as answer:
                    if answer.status < 400:
                        return await answer.json() if answer.status != 204 else None
                    refusal = Refused(answer.status, await _problem(answer))
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, TimeoutError):
                pass
            else:
                if refusal.status not in TRY_AGAIN:
                    raise refusal
            await asyncio.sleep(jittered(number))
        raise Unreachable(f"{method} {path}")


def jittered(number: int) -> float:
    """Seconds to wait after try `number`, from 0: longer each time, and never in step with others."""
    return min(PAUSE_MOST_S, PAUSE_FIRST_S * 2.0**number) * random.uniform(0.5, 1.0)


async def _problem(answer: aiohttp.ClientResponse) -> dict[str, Any]:
    try:
        body = await answer.json(content_type=None)
    except ValueError:
        return {"detail": answer.reason}
    return body if isinstance(body, dict) else {}
