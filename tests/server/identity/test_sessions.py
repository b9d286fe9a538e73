from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from server.identity import service
from server.identity.authentication import DEVELOPMENT_COOKIE, HTTPS_COOKIE, actor_of_cookie
from server.identity.rules import SESSION_IDLE_MAX, SESSION_LIFETIME
from server.kit import streams
from server.kit.tokens import new_token
from tests.server.harness import App, Browser
from tests.server.identity.mailed import ask, confirm, mailed_code, problem
from tests.server.world import World

FIREFOX = "Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"


async def is_signed_in(browser: Browser) -> bool:
    return (await browser.get("/api/me")).json()["person"] is not None


async def test_a_session_ends_after_three_idle_hours(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    app.clock.at += SESSION_IDLE_MAX
    assert not await is_signed_in(browser)


async def test_reading_keeps_a_session_awake_but_not_beyond_twelve_hours(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    opened_at = app.clock()
    while app.clock() + timedelta(hours=2) < opened_at + SESSION_LIFETIME:
        app.clock.advance(hours=2)
        assert await is_signed_in(browser)
    app.clock.at = opened_at + SESSION_LIFETIME
    assert not await is_signed_in(browser)


async def test_the_last_use_is_written_at_most_every_five_minutes(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    first = app.clock()
    app.clock.advance(minutes=4, seconds=59)
    assert await last_seen(browser) == first
    assert await last_seen(browser) == first
    app.clock.advance(seconds=1)
    await browser.get("/api/me")
    assert await last_seen(browser) == app.clock()


async def test_a_write_notes_the_use_in_its_own_transaction(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    app.clock.advance(minutes=6)
    await browser.put("/api/me/locale", json={"locale": "en"})
    assert await last_seen(browser) == app.clock()


async def last_seen(browser: Browser) -> datetime:
    (session,) = (await browser.get("/api/sessions")).json()
    return datetime.fromisoformat(session["last_seen_at"])


async def test_sessions_are_listed_with_their_browsers(app: App, world: World) -> None:
    phone = app.browser()
    phone.headers["user-agent"] = FIREFOX
    await ask(phone)
    await confirm(phone, await mailed_code(app))
    app.clock.advance(seconds=1)
    desktop = await app.signed_in(world.seeker)
    listed = (await desktop.get("/api/sessions")).json()
    assert [(one["browser"], one["is_current"]) for one in listed] == [("", True), ("Firefox, Android", False)]


async def test_one_browser_can_sign_another_out(app: App, world: World) -> None:
    phone, desktop = await app.signed_in(world.seeker), await app.signed_in(world.seeker)
    other = next(one["id"] for one in (await desktop.get("/api/sessions")).json() if not one["is_current"])
    assert (await desktop.delete(f"/api/sessions/{other}")).status_code == 204
    assert not await is_signed_in(phone)
    assert await is_signed_in(desktop)
    assert problem(await desktop.delete(f"/api/sessions/{other}")) == "NotFound"


async def test_an_ended_session_is_told_to_its_persons_stream(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    (session_id,) = [one["id"] for one in (await browser.get("/api/sessions")).json()]
    await browser.post("/api/sign-out")
    async with app.database.read() as session:
        page = await streams.read(session, f"person:{world.seeker}", epoch=None, after=None)
        page = await streams.read(session, f"person:{world.seeker}", epoch=page.epoch, after=0)
    assert [(event.kind, event.body) for event in page.events] == [("session.ended", {"session_ids": [session_id]})]


async def test_somebody_elses_session_is_not_found(app: App, world: World) -> None:
    seeker, other = await app.signed_in(world.seeker), await app.signed_in(world.other_seeker)
    (target,) = [one["id"] for one in (await seeker.get("/api/sessions")).json()]
    assert problem(await other.delete(f"/api/sessions/{target}")) == "NotFound"
    assert await is_signed_in(seeker)


async def test_a_planted_session_does_not_become_the_victims(app: App, world: World) -> None:
    attacker = await app.signed_in(world.other_seeker)
    planted = attacker.cookies[DEVELOPMENT_COOKIE]
    victim = app.browser()
    app.give_cookie(victim, planted)
    await ask(victim)
    await confirm(victim, await mailed_code(app))
    assert victim.cookies[DEVELOPMENT_COOKIE] != planted
    assert (await victim.me())["person"]["id"] == str(world.seeker)
    assert not await is_signed_in(attacker)


async def test_a_made_up_token_is_not_adopted(app: App, world: World) -> None:
    planted = new_token()
    victim = app.browser()
    app.give_cookie(victim, planted)
    await ask(victim)
    await confirm(victim, await mailed_code(app))
    attacker = app.browser()
    app.give_cookie(attacker, planted)
    assert not await is_signed_in(attacker)


@pytest.mark.parametrize("token", ["", "x", "x" * 43, "x" * 5000, "' OR '1'='1", "%00", "../../etc/passwd", "å" * 43])
async def test_a_bogus_cookie_is_nobody(app: App, world: World, token: str) -> None:
    await app.signed_in(world.seeker)
    browser = app.browser()
    cookie = f"{DEVELOPMENT_COOKIE}={token}".encode("latin-1")
    answer = await browser.get("/api/me", headers=[(b"cookie", cookie)])
    assert answer.json()["person"] is None
    async with app.database.read() as session:
        header = cookie.decode("latin-1")
        assert await actor_of_cookie(session, header, now=app.clock(), https=False) is None


async def test_the_stored_hash_is_no_token(app: App, world: World) -> None:
    await app.signed_in(world.seeker)
    async with app.database.read() as session:
        stored = (await (await session.connection()).execute(text("SELECT token_hash FROM session"))).scalar_one()
    thief = app.browser()
    app.give_cookie(thief, stored)
    assert not await is_signed_in(thief)


async def test_the_id_of_a_session_is_no_token(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    (session_id,) = [one["id"] for one in (await browser.get("/api/sessions")).json()]
    thief = app.browser()
    app.give_cookie(thief, session_id)
    assert not await is_signed_in(thief)


async def test_with_https_only_the_host_cookie_counts(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    token = browser.cookies[DEVELOPMENT_COOKIE]
    async with app.database.read() as session:
        now = app.clock()
        plain = await actor_of_cookie(session, f"{DEVELOPMENT_COOKIE}={token}", now=now, https=True)
        host = await actor_of_cookie(session, f"a=b; {HTTPS_COOKIE}={token}", now=now, https=True)
    assert plain is None
    assert host is not None
    assert host.person_id == world.seeker


async def test_a_socket_handshake_meets_the_same_rules(app: App, world: World) -> None:
    browser = await app.signed_in(world.recruiter)
    header = f"{DEVELOPMENT_COOKIE}={browser.cookies[DEVELOPMENT_COOKIE]}"
    async with app.database.read() as session:
        actor = await actor_of_cookie(session, header, now=app.clock(), https=False)
        assert actor is not None
        assert actor.roles == {"recruiter"}
        assert len(actor.organisation_ids) == 1
        idle = app.clock() + SESSION_IDLE_MAX
        assert await actor_of_cookie(session, header, now=idle, https=False) is None
        assert await actor_of_cookie(session, None, now=app.clock(), https=False) is None
        assert await actor_of_cookie(session, 'a="; b', now=app.clock(), https=False) is None
    await browser.post("/api/sign-out")
    async with app.database.read() as session:
        assert await actor_of_cookie(session, header, now=app.clock(), https=False) is None


async def test_a_stored_answer_is_not_given_to_another_person(app: App, world: World) -> None:
    key = {"idempotency-key": "0c7dfb4e-0d2b-4f0f-8f0e-6d0b8f6a2a11"}
    seeker, other = await app.signed_in(world.seeker), await app.signed_in(world.other_seeker)
    answers = [
        (await browser.put("/api/me/locale", json={"locale": "en"}, headers=key)).json()["person"]["id"]
        for browser in (seeker, other)
    ]
    assert answers == [str(world.seeker), str(world.other_seeker)]


async def test_a_stored_answer_is_not_given_after_the_session_ended(app: App, world: World) -> None:
    key = {"idempotency-key": "0c7dfb4e-0d2b-4f0f-8f0e-6d0b8f6a2a12"}
    browser = await app.signed_in(world.seeker)
    await browser.put("/api/me/locale", json={"locale": "en"}, headers=key)
    app.clock.at += SESSION_LIFETIME
    answer = await browser.put("/api/me/locale", json={"locale": "en"}, headers=key)
    assert problem(answer) == "NotSignedIn"


async def test_what_ended_is_forgotten_after_a_while(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    await browser.post("/api/sign-out")
    await ask(browser)
    await mailed_code(app)
    async with app.database.transaction() as session:
        assert await service.forget_ended(session, now=app.clock()) == 0
        later = app.clock() + SESSION_LIFETIME + SESSION_IDLE_MAX
        assert await service.forget_ended(session, now=later) == 2
