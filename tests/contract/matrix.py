"""The matrix of HTTP: every route of a running application, tried by every actor, against the oracle.

The same code checks the real application and the ones with a planted fault.
"""

from __future__ import annotations

import itertools
import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from tests.contract.callers import Caller, Callers
from tests.contract.canaries import READERS, TEXTS
from tests.contract.oracle import FURTHER, MOUNTS, OPERATIONS, Rule
from tests.contract.world import World

ORIGIN = "http://localhost:8000"
REFUSED = (401, 403, 404)
_CONVERTER = re.compile(r"{(\w+):\w+}")
_NAME = re.compile(r"{(\w+)}")
unique = itertools.count(1)


@dataclass
class Report:
    """What was tried, and what was not as the oracle says."""

    tries: int = 0
    findings: list[str] = field(default_factory=list)
    let_in: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Operations with the actors that succeeded."""
    read: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """Canaries with the actors that were shown them."""


def operations_of(routes: Iterable[BaseRoute]) -> set[str]:
    """Every method on every path that the routes answer, as the oracle writes them."""
    found: set[str] = set()
    for route in routes:
        if isinstance(route, Route):
            path = _CONVERTER.sub(r"{\1}", route.path)
            found |= {f"{method} {path}" for method in (route.methods or {"any method"}) - {"HEAD"}}
        elif not (isinstance(route, Mount) and route.path in MOUNTS):
            found.add(f"something else at {getattr(route, 'path', route)}")
    return found


def undeclared(app: Starlette, *, left_out: Collection[str] = ()) -> list[str]:
    """What the application has and the oracle does not, and the other way round but for `left_out`."""
    has, known = operations_of(app.routes), set(OPERATIONS) - set(left_out)
    return [f"{name} is in no oracle" for name in sorted(has - set(OPERATIONS))] + [
        f"{name} is in the oracle only" for name in sorted(known - has)
    ]


async def try_all(
    asgi: ASGIApp,
    world: World,
    callers: Callers,
    *,
    actors: Collection[str],
    left_out: Collection[str] = (),
    only: Collection[str] = (),
) -> Report:
    """Try each operation of the oracle (or `only` some) as each of `actors`."""
    report = Report()
    rules = [(name, rule) for name, rule in (*OPERATIONS.items(), *FURTHER) if name not in left_out]
    transport = httpx.ASGITransport(asgi, client=("203.0.113.7", 40000), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        for operation, rule in rules:
            if only and operation not in only:
                continue
            for actor in actors:
                await _try(client, report, operation, rule, actor, world, callers[actor])
            if not operation.startswith("GET "):
                await _forge(client, report, operation, rule, actors, world, callers)
    return report


async def _try(
    client: httpx.AsyncClient,
    report: Report,
    operation: str,
    rule: Rule,
    actor: str,
    world: World,
    caller: Caller,
) -> None:
    answer = await _send(client, operation, rule, world, caller)
    report.tries += 1
    status, expected = answer.status_code, rule.outcome if actor in rule.lets_in else (rule.refusal(actor),)
    if status in expected:
        report.let_in[operation].add(actor) if status < 300 else None
    else:
        wanted = "/".join(str(one) for one in expected)
        report.findings.append(f"{operation} {rule.path}: {actor} got {status}, not {wanted}: {answer.text[:160]}")
    if rule.signs_in and actor in rule.lets_in:
        return
    for canary, text in TEXTS.items():
        if text in answer.text:
            report.read[canary].add(actor)
            if actor not in READERS[canary]:
                report.findings.append(f"{operation} {rule.path}: {actor} was shown {canary}")


async def _forge(
    client: httpx.AsyncClient,
    report: Report,
    operation: str,
    rule: Rule,
    actors: Collection[str],
    world: World,
    callers: Callers,
) -> None:
    """Whoever is let in is not when another site or a page without the session's token sends it."""
    actor = next((one for one in actors if one in rule.lets_in and callers[one].csrf), None)
    if actor is None:
        return
    caller, stranger = callers[actor], next(c for n, c in callers.items() if n != actor and c.csrf)
    forged = {
        "another site's": {"origin": "https://evil.example"},
        "a cross-site": {"sec-fetch-site": "cross-site"},
    }
    if "anonymous" not in rule.lets_in:
        forged |= {"no token in a": {"x-csrf-token": ""}, "another's token in a": {"x-csrf-token": stranger.csrf or ""}}
    for what, headers in forged.items():
        answer = await _send(client, operation, rule, world, caller, headers=headers)
        report.tries += 1
        if answer.status_code != 403:
            report.findings.append(f"{operation}: {what} request of {actor} got {answer.status_code}, not 403")


async def _send(
    client: httpx.AsyncClient,
    operation: str,
    rule: Rule,
    world: World,
    caller: Caller,
    *,
    headers: Mapping[str, str] | None = None,
) -> httpx.Response:
    method, path = operation.split(" ")
    sent = {"origin": ORIGIN, **caller.headers, **rule.headers}
    if caller.csrf is not None and method != "GET":
        sent["x-csrf-token"] = caller.csrf
    content: bytes | None = rule.content.encode() if rule.content else None
    if rule.body is not None:
        content = json.dumps(filled_body(rule, world)).encode()
    client.cookies.clear()
    return await client.request(
        method, filled_path(path, rule, world), content=content, headers={**sent, **(headers or {})}
    )


def filled_path(path: str, rule: Rule, world: World) -> str:
    """The path of an operation to the rule's objects, with its query."""
    for name, named in rule.path.items():
        path = path.replace(f"{{{name}}}", world.ids[named])
    return f"{path}?{rule.query}" if rule.query else path


def filled_body(rule: Rule, world: World) -> Any:
    """The rule's body with the ids of its objects."""
    values: dict[str, Any] = {**world.ids, "unique": next(unique)}
    return json.loads(_NAME.sub(lambda found: str(values[found[1]]), json.dumps(rule.body)))
