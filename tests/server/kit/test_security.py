from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from server.kit.security import Security, after_answer, client_address
from tests.server.harness import Browser


async def answer(request: Request) -> Response:
    return PlainTextResponse(client_address(request))


def app_at(public_url: str) -> Security:
    routes = [Route(path, answer, methods=["GET", "POST"]) for path in ("/", "/api/x", "/apix")]
    return Security(Starlette(routes=routes), public_url=public_url)


async def test_every_answer_carries_the_headers() -> None:
    async with Browser(app_at("https://expo.example"), origin="https://expo.example") as browser:
        answers = [await browser.get("/"), await browser.get("/nowhere"), await browser.post("/api/x")]
        answers.append(await browser.post("/api/x", headers={"origin": "https://evil.example"}))
    assert [a.status_code for a in answers] == [200, 404, 200, 403]
    for headers in (a.headers for a in answers):
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["strict-transport-security"].startswith("max-age=31536000")
        assert "camera=(self)" in headers["permissions-policy"]
        assert "default-src 'none'; script-src 'self';" in headers["content-security-policy"]


async def test_the_policy_allows_sockets_of_this_site_only_and_nothing_inline() -> None:
    async with Browser(app_at("https://expo.example"), origin="https://expo.example") as browser:
        policy = (await browser.get("/")).headers["content-security-policy"]
    assert "connect-src 'self' wss://expo.example;" in policy
    assert "unsafe" not in policy
    assert "*" not in policy


async def test_plain_http_asks_for_no_https_later() -> None:
    async with Browser(app_at("http://localhost:8000"), origin="http://localhost:8000") as browser:
        assert "strict-transport-security" not in (await browser.get("/")).headers


@pytest.mark.parametrize(
    ("public_url", "origin", "status"),
    [
        ("https://expo.example", "https://expo.example", 200),
        ("https://expo.example:443/", "https://expo.example", 200),
        ("https://expo.example:8443", "https://expo.example:8443", 200),
        ("https://expo.example", "http://expo.example", 403),
        ("https://expo.example", "https://expo.example:8443", 403),
        ("https://expo.example", "https://sub.expo.example", 403),
        ("https://expo.example", "http://localhost:8000", 403),
        ("http://127.0.0.1:9000", "http://localhost:9000", 200),
        ("http://192.0.2.7:8000", "http://localhost:8000", 403),
        ("http://[::1]:8000", "http://[::1]:8000", 200),
    ],
)
async def test_writes_come_from_our_pages_alone(public_url: str, origin: str, status: int) -> None:
    async with Browser(app_at(public_url), origin=origin) as browser:
        assert (await browser.post("/api/x")).status_code == status


async def test_what_lies_outside_the_api_and_what_only_reads_is_not_judged() -> None:
    async with Browser(app_at("https://expo.example"), origin="https://evil.example") as browser:
        assert (await browser.get("/api/x")).status_code == 200
        assert (await browser.post("/apix")).status_code == 200


async def test_a_program_without_a_browser_may_write() -> None:
    async with Browser(app_at("https://expo.example"), origin="https://expo.example") as client:
        del client.headers["origin"]
        assert (await client.post("/api/x")).status_code == 200


async def test_the_address_is_that_of_the_connection() -> None:
    app = app_at("https://expo.example")
    async with Browser(app, origin="https://expo.example", address=("203.0.113.9", 1)) as browser:
        answer = await browser.get("/", headers={"x-forwarded-for": "198.51.100.1"})
    assert answer.text == "203.0.113.9"


async def test_work_after_the_answer_is_done_and_its_failure_hidden() -> None:
    done: list[str] = []

    async def work() -> None:
        done.append("worked")

    async def fail() -> None:
        raise ConnectionError

    async def with_work(request: Request) -> Response:
        after_answer(request, fail)
        after_answer(request, work)
        return PlainTextResponse(str(done))

    app = Security(Starlette(routes=[Route("/", with_work)]), public_url="https://expo.example")
    async with Browser(app, origin="https://expo.example") as browser:
        assert (await browser.get("/")).text == "[]"
    assert done == ["worked"]
