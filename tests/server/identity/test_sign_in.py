from __future__ import annotations

from server.identity.authentication import DEVELOPMENT_COOKIE
from server.identity.rules import CODE_LIFETIME
from tests.server.harness import App
from tests.server.identity.mailed import ask, confirm, mailed_code, mailed_token, problem
from tests.server.world import AGENCY, SEEKER_MAIL, World

NOBODY: dict[str, object] = {
    "person": None,
    "roles": [],
    "csrf_token": None,
    "scope_event_id": None,
    "shares_with_case_worker": None,
    "demo": False,
}


async def test_a_mailed_code_signs_its_person_in(app: App, world: World) -> None:
    browser = app.browser()
    asked = await ask(browser)
    assert (asked.status_code, asked.json()) == (202, {"valid_for_s": 600})
    confirmed = await confirm(browser, await mailed_code(app))
    assert confirmed.status_code == 200
    me = await browser.me()
    assert me == confirmed.json()
    assert me["person"] == {
        "id": str(world.seeker),
        "name": "Amina Warsame",
        "initials": "AW",
        "email": SEEKER_MAIL,
        "locale": "sv",
    }
    assert me["roles"] == [{"role": "seeker", "organisation_id": None, "organisation_name": None}]
    assert me["shares_with_case_worker"] is None
    assert me["scope_event_id"] is None


async def test_a_mailed_link_signs_its_person_in(app: App, world: World) -> None:
    browser = app.browser()
    await ask(browser)
    confirmed = await browser.post("/api/sign-in/confirm", json={"token": await mailed_token(app)})
    assert confirmed.json()["person"]["id"] == str(world.seeker)
    assert (await browser.me())["person"]["id"] == str(world.seeker)


async def test_a_code_may_be_typed_with_its_space(app: App, world: World) -> None:
    browser = app.browser()
    await ask(browser)
    code = await mailed_code(app)
    assert (await confirm(browser, f"{code[:4]} {code[4:]}")).status_code == 200


async def test_an_address_is_the_same_with_capitals_and_outer_blanks(app: App, world: World) -> None:
    browser = app.browser()
    assert (await ask(browser, "  Amina.Warsame@EXAMPLE.org ")).status_code == 202
    assert (await confirm(browser, await mailed_code(app), "AMINA.warsame@example.org")).status_code == 200


async def test_nobody_is_nobody(app: App) -> None:
    assert await app.browser().me() == NOBODY


async def test_staff_see_their_organisation(app: App, world: World) -> None:
    me = await (await app.signed_in(world.staff)).me()
    assert [(role["role"], role["organisation_name"]) for role in me["roles"]] == [("staff", AGENCY)]


async def test_the_mail_speaks_the_language_of_its_reader(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    assert (await browser.put("/api/me/locale", json={"locale": "en"})).json()["person"]["locale"] == "en"
    await ask(browser)
    assert (await app.mails(SEEKER_MAIL))[0]["subject"].startswith("Your code for Direktkontakt")
    await browser.put("/api/me/locale", json={"locale": "sv"})
    await ask(browser)
    subjects = {mail["subject"].split(":")[0] for mail in await app.mails(SEEKER_MAIL)}
    assert subjects == {"Your code for Direktkontakt", "Din kod till Direktkontakt"}


async def test_only_languages_we_speak_can_be_chosen(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    assert (await browser.put("/api/me/locale", json={"locale": "tlh"})).status_code == 422


async def test_a_retried_request_sends_one_mail(app: App, world: World) -> None:
    browser = app.browser()
    key = {"idempotency-key": "6f5d0c9e-6d6b-4a53-9a6f-0e2b3a0f1d11"}
    for _ in range(2):
        answer = await browser.post("/api/sign-in", json={"email": SEEKER_MAIL}, headers=key)
        assert answer.status_code == 202
    assert len(await app.mails(SEEKER_MAIL)) == 1


async def test_a_mail_that_could_not_go_out_in_time_is_not_sent(app: App, world: World) -> None:
    await ask(app.browser())
    app.clock.advance(seconds=CODE_LIFETIME.total_seconds())
    assert await app.mails(SEEKER_MAIL) == []


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(app: App, world: World) -> None:
    browser = app.browser()
    await ask(browser)
    cookie = (await confirm(browser, await mailed_code(app))).headers["set-cookie"]
    assert cookie.startswith(f"{DEVELOPMENT_COOKIE}=")
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert attributes == {"httponly", "samesite=lax", "path=/", "max-age=43200"}


async def test_signing_out_ends_the_session_and_takes_the_cookie(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    token = browser.cookies[DEVELOPMENT_COOKIE]
    assert (await browser.post("/api/sign-out")).status_code == 204
    assert DEVELOPMENT_COOKIE not in browser.cookies
    thief = app.browser()
    app.give_cookie(thief, token)
    assert await thief.me() == NOBODY
    assert problem(await thief.get("/api/sessions")) == "NotSignedIn"
