"""Generated requests to every operation, sent as every role, and what is wrong with the answers."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis import Case as AnyCase
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.contract import oracle
from tests.contract.callers import Callers
from tests.contract.hostile_values import HEADERS, RAW_BODIES, in_bytes, spoilt
from tests.contract.matrix import ORIGIN, filled_body, filled_path
from tests.contract.oracle import Rule
from tests.contract.world import World

Case = AnyCase[Any]
ROLES = (oracle.SEEKER, oracle.RECRUITER, oracle.STAFF, oracle.CASE_WORKER, oracle.ANONYMOUS)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
OTHERS_EVERY = 4
PROBLEM = "application/problem+json"


@dataclass
class Answers:
    """How many requests came to what, and what was wrong."""

    sent: int = 0
    by_role: Counter[str] = field(default_factory=Counter)
    successes: Counter[str] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    findings: dict[str, str] = field(default_factory=dict)
    """One example for each thing that is wrong with an operation."""
    found: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def report(self) -> str:
        """What is wrong, how often, and an example of each."""
        return "\n\n".join(f"{what} ({self.found[what]} times)\n{one}" for what, one in self.findings.items())

    def find(self, what: str, example: str) -> None:
        self.findings.setdefault(what, example)
        self.found[what] += 1


@dataclass
class Attack:
    """Sends what is generated to an application that runs in `loop`; itself it runs in another thread."""

    loop: asyncio.AbstractEventLoop
    client: httpx.AsyncClient
    world: World
    callers: Callers
    answers: Answers = field(default_factory=Answers)

    def run(self, document: dict[str, Any], *, examples: int, only: Collection[str] = ()) -> None:
        """Try each operation with `examples` of each kind, as every role it is for and now and then as the others."""
        load_all_checks()
        schema = schemathesis.openapi.from_dict(document)
        for found in schema.get_all_operations():
            assert isinstance(found, Ok), found
            operation = found.ok()
            name = f"{operation.method.upper()} {operation.path}"
            if not only or name in only:
                self._attack(operation, name, oracle.OPERATIONS[name], examples)

    def _attack(self, operation: APIOperation[Any, Any, Any, Any], name: str, rule: Rule, examples: int) -> None:
        ids = {parameter: self.world.ids[thing] for parameter, thing in rule.path.items()}
        turns, roles_tried = itertools.count(), _roles_tried(rule)

        def roles() -> list[str]:
            turn = next(turns)
            return [role for role in roles_tried if role in rule.lets_in or turn % OTHERS_EVERY == 0]

        def send(case: Case) -> None:
            for role in roles():
                self.send(case, name, role)

        def send_spoilt(one: tuple[Any, dict[str, str]]) -> None:
            for role in roles():
                self.send_raw(name, rule, role, in_bytes(one[0]), one[1])

        for role in roles_tried:
            self.send(self._sample(operation, rule, ids), name, role)
        for kind in _kinds(operation, rule, ids):
            self._each(kind, examples, send)
        if rule.body is not None:
            body = filled_body(rule, self.world)
            self._each(st.tuples(spoilt(body), st.sampled_from((*HEADERS, *[{}] * 10))), 4 * examples, send_spoilt)
            somebody = next(role for role in roles_tried if role in rule.lets_in)
            for raw in RAW_BODIES:
                self.send_raw(name, rule, somebody, raw, {})

    def _each(self, kind: st.SearchStrategy[Any], examples: int, do: Any) -> None:
        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(one=kind)
        def attack(one: Any) -> None:
            do(one)

        attack()

    def _sample(self, operation: APIOperation[Any, Any, Any, Any], rule: Rule, ids: Mapping[str, str]) -> Case:
        body: dict[str, Any] = {}
        if rule.body is not None:
            body = {"body": filled_body(rule, self.world), "media_type": "application/json"}
        if rule.content:
            body = {"body": rule.content.encode(), "media_type": "application/octet-stream"}
        query = dict(part.split("=") for part in rule.query.split("&")) if rule.query else {}
        return operation.Case(path_parameters=dict(ids), query=query, headers=rule.headers, **body)

    def send(self, case: Case, name: str, role: str) -> None:
        """Send a generated request and look at the answer as the document describes it."""
        made = requests.Request(**_for_requests(case.as_transport_kwargs(base_url=ORIGIN))).prepare()
        answer = self._ask(made.method or "", made.url or "", dict(made.headers), made.body, role)
        self._note(name, role, answer)
        try:
            case.validate_response(answer, checks=CHECKS)
        except FailureGroup as failures:
            for failure in failures.exceptions:
                what = f"{name}: {type(failure).__name__}"
                self.answers.find(what, f"{role} {made.url} {str(made.body)[:200]}\n{failure}\n{answer.text[:300]}")

    def send_raw(self, name: str, rule: Rule, role: str, body: bytes, headers: dict[str, str]) -> None:
        """Send these very bytes."""
        method, path = name.split(" ")
        url = ORIGIN + filled_path(path, rule, self.world)
        answer = self._ask(method, url, {"content-type": "application/json", **headers}, body, role)
        self._note(name, role, answer)

    def _ask(self, method: str, url: str, headers: dict[str, Any], body: Any, role: str) -> httpx.Response:
        caller = self.callers[role]
        own = {"origin": ORIGIN, **caller.headers}
        if caller.csrf:
            own["x-csrf-token"] = caller.csrf
        given = {name.lower(): value for name, value in headers.items()}
        if caller.cookie:
            given.pop("cookie", None)  # generated in place of the session, which would make everybody anonymous
        sent = [(name.encode(), _in_bytes(value)) for name, value in {**own, **given}.items()]
        content = body.encode() if isinstance(body, str) else body
        self.client.cookies.clear()
        asked = self.client.request(method, url, headers=sent, content=content)
        return asyncio.run_coroutine_threadsafe(asked, self.loop).result(60)

    def _note(self, name: str, role: str, answer: httpx.Response) -> None:
        answers, status = self.answers, answer.status_code
        answers.sent += 1
        answers.by_role[role] += 1
        answers.statuses[status] += 1
        if status < 300:
            answers.successes[name] += 1
        if status >= 500:
            answers.find(f"{name}: {status}", f"{role}: {answer.request.url} {answer.request.content[:300]!r}")
        elif status >= 400 and (unclear := unclear_problem(answer)):
            answers.find(f"{name}: {unclear}", f"{role} {status}: {answer.request.url}\n{answer.text[:300]}")


def _roles_tried(rule: Rule) -> list[str]:
    """The common roles, and one that is let in where none of them is."""
    return [*ROLES, *([] if set(ROLES) & set(rule.lets_in) else sorted(rule.lets_in)[:1])]


def _kinds(
    operation: APIOperation[Any, Any, Any, Any], rule: Rule, ids: dict[str, str]
) -> Iterator[st.SearchStrategy[Case]]:
    """Ways to make requests: sound ones on objects that exist, sound ones on any, and wrong ones."""
    yield operation.as_strategy(path_parameters=ids or None)
    if ids:
        yield operation.as_strategy()
    if rule.body is not None or ids or rule.query:
        yield operation.as_strategy(GenerationMode.NEGATIVE)


def unclear_problem(answer: httpx.Response) -> str | None:
    """What is missing from a refusal that somebody shall be able to act on, or None."""
    if answer.headers.get("content-type") != PROBLEM:
        return f"a refusal as {answer.headers.get('content-type')}"
    problem = answer.json()
    if problem["status"] != answer.status_code or not problem["type"].startswith("urn:direktkontakt:problem:"):
        return "a problem that is not its answer's"
    if len(problem["title"]) < 4 or len(problem["detail"]) < 8 or problem["detail"] == problem["title"]:
        return f"nothing to go by in {problem['type']}: {problem['detail']!r}"
    return None


def _in_bytes(value: str | bytes) -> bytes:
    return value.encode("latin-1") if isinstance(value, str) else value


def _for_requests(arguments: dict[str, Any]) -> dict[str, Any]:
    known = ("method", "url", "headers", "files", "data", "params", "cookies", "json")
    return {name: value for name, value in arguments.items() if name in known}
