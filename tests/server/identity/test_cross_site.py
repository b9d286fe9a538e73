"""Other sites, and pages that lost the session's CSRF token, change nothing."""

from __future__ import annotations

import pytest

from tests.server.harness import App
from tests.server.identity.mailed import ask, mailed_code, problem
from tests.server.world import SEEKER_MAIL, World

HERE = "http://localhost:8000"
ELSEWHERE = [
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://localhost:8001"},
    {"origin": "https://localhost:8000"},
    {"origin": "http://localhost:8000.evil.example"},
    {"origin": "http://evil.example#http://localhost:8000"},
    {"origin": ""},
    {"origin": HERE, "sec-fetch-site": "cross-site"},
    {"origin": HERE, "sec-fetch-site": "same-site"},
    {"origin": HERE, "sec-fetch-site": "none"},
]


@pytest.mark.parametrize("headers", ELSEWHERE)
async def test_a_write_from_another_site_is_refused(app: App, world: World, headers: dict[str, str]) -> None:
    browser = await app.signed_in(world.seeker)
    answer = await browser.put("/api/me/locale", json={"locale": "en"}, headers=headers)
    assert (answer.status_code, problem(answer)) == (403, "CrossSite")
    assert (await browser.me())["person"]["locale"] == "sv"


@pytest.mark.parametrize("path", ["/api/sign-in", "/api/sign-in/confirm", "/api/join-links/redeem", "/api/sign-out"])
async def test_no_other_site_signs_a_visitor_in_or_out(app: App, world: World, path: str) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    victim = await app.signed_in(world.other_seeker)
    body = {"email": SEEKER_MAIL, "code": code}
    answer = await victim.post(path, json=body, headers={"origin": "https://evil.example"})
    assert problem(answer) == "CrossSite"
    assert "set-cookie" not in answer.headers
    assert (await victim.me())["person"]["id"] == str(world.other_seeker)


async def test_a_form_of_another_site_is_refused(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    headers = {"origin": "null", "content-type": "text/plain", "sec-fetch-site": "cross-site"}
    answer = await browser.post("/api/sign-out", content='{"a": "="}', headers=headers)
    assert problem(answer) == "CrossSite"


@pytest.mark.parametrize("origin", [HERE, "http://127.0.0.1:8000", "http://[::1]:8000"])
async def test_our_own_pages_may_write_by_any_name_of_this_machine(app: App, world: World, origin: str) -> None:
    browser = await app.signed_in(world.seeker)
    headers = {"origin": origin, "sec-fetch-site": "same-origin"}
    assert (await browser.put("/api/me/locale", json={"locale": "en"}, headers=headers)).status_code == 200


async def test_a_write_without_a_csrf_token_is_refused(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    del browser.headers["x-csrf-token"]
    assert problem(await browser.put("/api/me/locale", json={"locale": "en"})) == "NotAllowed"


async def test_a_write_with_an_empty_or_wrong_csrf_token_is_refused(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    token = browser.headers.pop("x-csrf-token")
    for wrong in ("", token[:-1], token + "x", token.swapcase(), "null"):
        answer = await browser.post("/api/sign-out", headers={"x-csrf-token": wrong})
        assert problem(answer) == "NotAllowed"
    assert (await browser.me())["person"] is not None


async def test_a_csrf_token_that_is_not_ascii_is_refused(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    del browser.headers["x-csrf-token"]
    answer = await browser.post("/api/sign-out", headers=[(b"x-csrf-token", b"\xe5\xe4\xf6")])
    assert problem(answer) == "NotAllowed"


async def test_the_csrf_token_of_another_session_is_refused(app: App, world: World) -> None:
    browser, own_other = await app.signed_in(world.seeker), await app.signed_in(world.seeker)
    stranger = await app.signed_in(world.other_seeker)
    for other in (own_other, stranger):
        headers = {"x-csrf-token": other.headers["x-csrf-token"]}
        assert problem(await browser.post("/api/sign-out", headers=headers)) == "NotAllowed"


async def test_a_csrf_token_in_body_query_or_cookie_does_not_count(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    token = browser.headers.pop("x-csrf-token")
    browser.cookies.set("x-csrf-token", token)
    answer = await browser.post("/api/sign-out", params={"csrf_token": token}, json={"csrf_token": token})
    assert problem(answer) == "NotAllowed"
