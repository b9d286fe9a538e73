"""Ways into somebody else's account that must not work, each by its name."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import text

from server.identity.rules import CODE_LIFETIME, CODE_TRIES_MAX
from tests.server.harness import App
from tests.server.identity.mailed import ask, confirm, mailed_code, mailed_token, problem, wrong
from tests.server.world import OTHER_SEEKER_MAIL, SEEKER_MAIL, World


async def test_a_code_cannot_be_replayed(app: App, world: World) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    assert (await confirm(app.browser(), code)).status_code == 200
    thief = app.browser()
    assert problem(await confirm(thief, code)) == "SignInRefused"
    assert (await thief.me())["person"] is None


async def test_a_link_cannot_be_replayed(app: App, world: World) -> None:
    await ask(app.browser())
    token = await mailed_token(app)
    answers = [await app.browser().post("/api/sign-in/confirm", json={"token": token}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 422]


async def test_a_link_is_dead_after_its_code_was_used(app: App, world: World) -> None:
    await ask(app.browser())
    token = await mailed_token(app)
    await confirm(app.browser(), await mailed_code(app))
    answer = await app.browser().post("/api/sign-in/confirm", json={"token": token})
    assert problem(answer) == "SignInRefused"


async def test_an_older_link_is_dead_after_a_newer_sign_in(app: App, world: World) -> None:
    await ask(app.browser())
    older = await mailed_token(app)
    app.clock.advance(seconds=1)
    await ask(app.browser())
    await confirm(app.browser(), await mailed_code(app))
    answer = await app.browser().post("/api/sign-in/confirm", json={"token": older})
    assert problem(answer) == "SignInRefused"


async def test_an_older_code_is_dead_once_a_newer_was_sent(app: App, world: World) -> None:
    await ask(app.browser())
    older = await mailed_code(app)
    app.clock.advance(seconds=1)
    await ask(app.browser())
    newer = await mailed_code(app)
    assert newer != older
    assert problem(await confirm(app.browser(), older)) == "SignInRefused"
    assert (await confirm(app.browser(), newer)).status_code == 200


async def test_after_five_wrong_codes_the_right_one_is_refused(app: App, world: World) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    for _ in range(CODE_TRIES_MAX):
        assert problem(await confirm(app.browser(), wrong(code))) == "SignInRefused"
    assert problem(await confirm(app.browser(), code)) == "SignInRefused"


async def test_wrong_codes_do_not_lock_the_owner_out_of_the_link(app: App, world: World) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    for _ in range(CODE_TRIES_MAX):
        await confirm(app.browser(), wrong(code))
    answer = await app.browser().post("/api/sign-in/confirm", json={"token": await mailed_token(app)})
    assert answer.status_code == 200


async def test_wrong_codes_at_the_same_moment_all_count(app: App, world: World) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    tries = [confirm(app.browser(), f"{number:08d}") for number in range(9)]
    answers = await asyncio.gather(*tries)
    assert {answer.status_code for answer in answers} == {422}
    assert problem(await confirm(app.browser(), code)) == "SignInRefused"


async def test_the_right_code_twice_at_the_same_moment_lets_in_once(app: App, world: World) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    answers = await asyncio.gather(*(confirm(app.browser(), code) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]


async def test_an_expired_code_is_refused(app: App, world: World) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    app.clock.advance(seconds=CODE_LIFETIME.total_seconds())
    assert problem(await confirm(app.browser(), code)) == "SignInRefused"


async def test_an_expired_link_is_refused(app: App, world: World) -> None:
    await ask(app.browser())
    token = await mailed_token(app)
    app.clock.advance(seconds=CODE_LIFETIME.total_seconds())
    answer = await app.browser().post("/api/sign-in/confirm", json={"token": token})
    assert problem(answer) == "SignInRefused"


async def test_ones_own_code_does_not_open_anothers_account(app: App, world: World) -> None:
    await ask(app.browser(), OTHER_SEEKER_MAIL)
    await ask(app.browser(), SEEKER_MAIL)
    own = await mailed_code(app, OTHER_SEEKER_MAIL)
    assert problem(await confirm(app.browser(), own, SEEKER_MAIL)) == "SignInRefused"


async def test_guessing_codes_is_slowed_down_for_an_address(app: App, world: World) -> None:
    await ask(app.browser())
    answers = [await confirm(app.browser(address=f"203.0.113.{n}"), f"{n:08d}") for n in range(12)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429] * 2
    assert problem(answers[-1]) == "TooManyRequests"
    assert 0 < answers[-1].json()["retry_after_s"] <= 600


async def test_guessing_on_unknown_addresses_is_slowed_down_just_the_same(app: App, world: World) -> None:
    answers = [await confirm(app.browser(), f"{n:08d}", "nobody@example.org") for n in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]


async def test_a_mailbox_cannot_be_flooded(app: App, world: World) -> None:
    answers = [await ask(app.browser(address=f"203.0.113.{n}")) for n in range(7)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429] * 2
    assert len(await app.mails(SEEKER_MAIL)) == 5


async def test_a_forwarded_header_is_no_other_address(app: App) -> None:
    browser = app.browser()
    statuses = []
    for n in range(121):
        headers = {"x-forwarded-for": f"198.51.100.{n}", "forwarded": f"for=198.51.100.{n}"}
        answer = await browser.post("/api/sign-in", json={"email": f"p{n}@example.org"}, headers=headers)
        statuses.append(answer.status_code)
    assert statuses == [202] * 120 + [429]


async def test_asking_answers_the_same_for_known_and_unknown_addresses(app: App, world: World) -> None:
    known, unknown = await ask(app.browser()), await ask(app.browser(), "nobody@example.org")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert known.headers == unknown.headers


async def test_asking_does_the_same_work_for_known_and_unknown_addresses(app: App, world: World) -> None:
    await ask(app.browser())
    await ask(app.browser(), "nobody@example.org")
    async with app.database.read() as session:
        connection = await session.connection()
        waiting = (await connection.execute(text("SELECT kind, status FROM outbox"))).all()
        codes = (await connection.execute(text("SELECT count(*) FROM sign_in_code"))).scalar_one()
    assert [tuple(row) for row in waiting] == [("sign_in", "waiting")] * 2
    assert codes == 0


async def test_confirming_answers_the_same_for_known_and_unknown_addresses(app: App, world: World) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    known = await confirm(app.browser(), wrong(code))
    unknown = await confirm(app.browser(), wrong(code), "nobody@example.org")
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)


async def test_an_unknown_address_gets_no_mail(app: App, world: World) -> None:
    await ask(app.browser(), "nobody@example.org")
    assert await app.mails("nobody@example.org") == []


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\r\nBcc: thief@example.net",
        "a@example.org\nSubject: x",
        "a@example.org%0d%0aBcc:thief@example.net\r",
        "a@example.org,thief@example.net",
        "a@example.org thief@example.net",
        "<a@example.org>",
        '"a b"@example.org',
        "a@@example.org",
        "a@example..org",
        "a@-",
        "a",
        "@example.org",
        "a@example.org\x00",
        "a@example.org\u2028Bcc: thief@example.net",
        "x" * 250 + "@example.org",
    ],
)
async def test_an_address_cannot_smuggle_headers_or_recipients(app: App, world: World, address: str) -> None:
    answer = await ask(app.browser(), address)
    assert problem(answer) == "Invalid"
    assert await app.deliver() == 0


async def test_a_lookalike_letter_is_not_the_owners_address(app: App, world: World) -> None:
    kelvin = "\u212aarin.lund@example.org"
    assert kelvin.lower() == "karin.lund@example.org"
    assert problem(await ask(app.browser(), kelvin)) == "Invalid"
    assert await app.mails("karin.lund@example.org") == []


@pytest.mark.parametrize("field", ["email", "code", "token"])
async def test_nul_is_refused_everywhere(app: App, field: str) -> None:
    body = {"email": SEEKER_MAIL, "code": "12345678"} if field != "token" else {"token": "x" * 43}
    answer = await app.browser().post("/api/sign-in/confirm", json={**body, field: body[field] + "\x00"})
    assert problem(answer) == "Invalid"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"email": SEEKER_MAIL},
        {"code": "12345678"},
        {"email": SEEKER_MAIL, "code": "12345678", "token": "x" * 43},
        {"email": SEEKER_MAIL, "code": None},
        {"email": SEEKER_MAIL, "code": ["12345678", "12345679"]},
        {"email": [SEEKER_MAIL, OTHER_SEEKER_MAIL], "code": "12345678"},
        {"email": {"$ne": ""}, "code": "12345678"},
        {"email": SEEKER_MAIL, "code": 12345678},
        {"email": SEEKER_MAIL, "code": "١٢٣٤٥٦٧٨"},
        {"email": SEEKER_MAIL, "code": "12345678", "person_id": "1"},
        {"token": True},
        {"token": "' OR 1=1 --"},
    ],
)
async def test_other_shapes_of_a_confirmation_are_refused(app: App, world: World, body: object) -> None:
    assert problem(await app.browser().post("/api/sign-in/confirm", json=body)) == "Invalid"


async def test_a_huge_body_is_cut_off(app: App) -> None:
    answer = await app.browser().post("/api/sign-in", content=b'{"email": "' + b"a" * 300_000 + b'"}')
    assert problem(answer) == "TooLarge"


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"\xff\xfe", b'{"email": "\\ud800"}', b"[" * 100_000])
async def test_a_broken_body_is_refused(app: App, content: bytes) -> None:
    assert problem(await app.browser().post("/api/sign-in", content=content)) == "Invalid"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", ["/api/sign-in", "/api/sign-in/confirm", "/api/join-links/redeem", "/api/sign-out"])
async def test_no_other_method_signs_in_or_out(app: App, method: str, path: str) -> None:
    answer = await app.browser().request(method, path, params={"email": SEEKER_MAIL, "token": "x" * 43})
    assert answer.status_code in (404, 405, 422)
    assert "set-cookie" not in answer.headers


async def test_a_method_override_header_is_not_heard(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    answer = await browser.get("/api/sessions", headers={"x-http-method-override": "DELETE", "x-method": "DELETE"})
    assert answer.status_code == 200
    assert (await browser.me())["person"] is not None


async def test_neither_code_nor_token_lies_in_the_database(app: App, world: World) -> None:
    await ask(app.browser())
    code, token = await mailed_code(app), await mailed_token(app)
    session_token = (await confirm(app.browser(), code)).cookies["direktkontakt_session"]
    dump = ""
    async with app.database.read() as session:
        connection = await session.connection()
        for table in ("sign_in_code", "session", "outbox", "idempotency", "stream_event"):
            dump += repr((await connection.execute(text(f"SELECT * FROM {table}"))).all())
    for secret in (code, f"{code[:4]} {code[4:]}", token, session_token):
        assert secret not in dump


async def test_a_code_lives_ten_minutes_from_its_mail(app: App, world: World) -> None:
    await ask(app.browser())
    code = await mailed_code(app)
    app.clock.at += CODE_LIFETIME - timedelta(seconds=1)
    assert (await confirm(app.browser(), code)).status_code == 200
