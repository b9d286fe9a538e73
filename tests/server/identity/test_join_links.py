from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import text

from server.identity.authentication import DEVELOPMENT_COOKIE
from server.identity.people import create_person
from server.identity.roles import Role
from server.kit.tokens import new_token
from tests.server.harness import App, Browser
from tests.server.identity.mailed import problem
from tests.server.world import OTHER_SEEKER_MAIL, SEEKER_MAIL, World, make_join_link


async def redeem(browser: Browser, token: str) -> httpx.Response:
    answer = await browser.post("/api/join-links/redeem", json={"token": token})
    if answer.is_success:
        browser.keep_csrf(answer.json())
    return answer


async def link_of(app: App, world: World) -> str:
    return await make_join_link(app.database, world, app.clock(), ends_in=timedelta(days=2))


async def mailed_link(app: App, world: World) -> tuple[str, str]:
    """A link that staff had mailed to the first seeker: its id and token."""
    staff = await app.signed_in(world.staff)
    made = await staff.post(f"/api/recruitment-events/{world.event}/join-links", json={"person_id": str(world.seeker)})
    assert made.status_code == 201
    (mail, *_) = await app.mails(SEEKER_MAIL)
    return made.json()["id"], re.findall(r"/j/([\w-]{43})", mail["text"])[0]


async def test_a_personal_link_lets_its_seeker_into_its_event(app: App, world: World) -> None:
    browser = app.browser()
    me = (await redeem(browser, await link_of(app, world))).json()
    assert me["person"]["id"] == str(world.seeker)
    assert me["scope_event_id"] == str(world.event)
    assert [role["role"] for role in me["roles"]] == ["seeker"]
    assert await browser.me() == me


async def test_a_personal_link_works_again_and_in_another_browser(app: App, world: World) -> None:
    token = await link_of(app, world)
    first, second = app.browser(), app.browser()
    for browser in (first, second, first):
        assert (await redeem(browser, token)).status_code == 200
    assert (await second.me())["person"] is not None
    assert len((await first.get("/api/sessions")).json()) == 2


async def test_staff_who_are_also_seekers_get_no_staff_rights_by_a_link(app: App, world: World) -> None:
    async with app.database.transaction() as session:
        await create_person(
            session, name="Amina", email=SEEKER_MAIL, role=Role.STAFF, organisation_name="X", now=app.clock()
        )
    full, scoped = await app.signed_in(world.seeker), app.browser()
    me = (await redeem(scoped, await link_of(app, world))).json()
    assert [role["role"] for role in me["roles"]] == ["seeker"]
    path = f"/api/recruitment-events/{world.event}/join-links"
    assert problem(await scoped.get(path)) == "NotAllowed"
    assert problem(await full.get(path)) == "NotFound"


async def test_a_scoped_session_neither_sees_nor_ends_full_ones(app: App, world: World) -> None:
    full, scoped = await app.signed_in(world.seeker), app.browser()
    await redeem(scoped, await link_of(app, world))
    (own,) = (await scoped.get("/api/sessions")).json()
    assert own["scope_event_id"] == str(world.event)
    target = next(one["id"] for one in (await full.get("/api/sessions")).json() if one["scope_event_id"] is None)
    assert problem(await scoped.delete(f"/api/sessions/{target}")) == "NotFound"
    assert (await full.me())["person"] is not None


async def test_an_unknown_link_is_refused(app: App) -> None:
    for token in (new_token(), "", "x", "å" * 43, "x" * 200):
        answer = await redeem(app.browser(), token)
        assert (answer.status_code, problem(answer)) == (404, "LinkUnknown")


async def test_an_expired_link_is_refused(app: App, world: World) -> None:
    token = await link_of(app, world)
    app.clock.advance(days=2)
    answer = await redeem(app.browser(), token)
    assert (answer.status_code, problem(answer)) == (410, "LinkExpired")


async def test_a_session_ends_with_the_link_that_opened_it(app: App, world: World) -> None:
    token = await make_join_link(app.database, world, app.clock(), ends_in=timedelta(minutes=30))
    browser = app.browser()
    await redeem(browser, token)
    app.clock.advance(minutes=30)
    assert (await browser.me())["person"] is None


async def test_staff_mail_a_link_that_ends_a_week_after_the_event(app: App, world: World) -> None:
    staff = await app.signed_in(world.staff)
    path = f"/api/recruitment-events/{world.event}/join-links"
    link = (await staff.post(path, json={"person_id": str(world.seeker)})).json()
    assert link["expires_at"] == (world.ends_at + timedelta(days=7)).isoformat().replace("+00:00", "Z")
    assert set(link) == {"id", "person_id", "recruitment_event_id", "created_at", "expires_at"}
    assert (await staff.get(path)).json() == [link]
    (mail,) = await app.mails(SEEKER_MAIL)
    assert mail["subject"] == "Din personliga länk till IT-mässan"
    assert "Kista, 2026-05-12 10:00" in mail["text"]


async def test_a_mailed_link_works(app: App, world: World) -> None:
    _, token = await mailed_link(app, world)
    assert (await redeem(app.browser(), token)).json()["person"]["id"] == str(world.seeker)


async def test_a_revoked_link_is_refused_and_ends_what_it_opened(app: App, world: World) -> None:
    link_id, token = await mailed_link(app, world)
    browser = app.browser()
    await redeem(browser, token)
    staff = await app.signed_in(world.staff)
    assert (await staff.delete(f"/api/join-links/{link_id}")).status_code == 204
    assert (await browser.me())["person"] is None
    assert problem(await redeem(app.browser(), token)) == "LinkRevoked"
    assert problem(await staff.delete(f"/api/join-links/{link_id}")) == "NotFound"
    assert (await staff.get(f"/api/recruitment-events/{world.event}/join-links")).json() == []


async def test_a_link_revoked_before_its_mail_went_out_is_not_mailed(app: App, world: World) -> None:
    staff = await app.signed_in(world.staff)
    path = f"/api/recruitment-events/{world.event}/join-links"
    link = (await staff.post(path, json={"person_id": str(world.seeker)})).json()
    await staff.delete(f"/api/join-links/{link['id']}")
    assert await app.mails(SEEKER_MAIL) == []


async def test_revoking_one_link_leaves_other_sessions_alone(app: App, world: World) -> None:
    link_id, _ = await mailed_link(app, world)
    by_other_link, full = app.browser(), await app.signed_in(world.seeker)
    await redeem(by_other_link, await link_of(app, world))
    await (await app.signed_in(world.staff)).delete(f"/api/join-links/{link_id}")
    assert (await by_other_link.me())["person"] is not None
    assert (await full.me())["person"] is not None


@pytest.mark.parametrize("caller", ["other_staff", "seeker", "recruiter"])
async def test_only_the_events_own_staff_make_list_and_revoke_links(app: App, world: World, caller: str) -> None:
    link_id, token = await mailed_link(app, world)
    browser = await app.signed_in(getattr(world, caller))
    path = f"/api/recruitment-events/{world.event}/join-links"
    expected = "NotFound" if caller == "other_staff" else "NotAllowed"
    assert problem(await browser.post(path, json={"person_id": str(world.seeker)})) == expected
    assert problem(await browser.get(path)) == expected
    assert problem(await browser.delete(f"/api/join-links/{link_id}")) == expected
    assert (await redeem(app.browser(), token)).status_code == 200


async def test_no_link_is_made_for_somebody_who_is_not_enrolled(app: App, world: World) -> None:
    staff = await app.signed_in(world.staff)
    path = f"/api/recruitment-events/{world.event}/join-links"
    assert problem(await staff.post(path, json={"person_id": str(world.recruiter)})) == "NotFound"
    other = await app.signed_in(world.other_staff)
    path = f"/api/recruitment-events/{world.other_event}/join-links"
    assert problem(await other.post(path, json={"person_id": str(world.seeker)})) == "NotFound"


async def test_somebody_without_an_address_is_named_as_such(app: App, world: World) -> None:
    async with app.database.transaction() as session:
        change = text("UPDATE person SET email = NULL WHERE email = :email")
        await (await session.connection()).execute(change, {"email": OTHER_SEEKER_MAIL})
    staff = await app.signed_in(world.staff)
    path = f"/api/recruitment-events/{world.event}/join-links"
    assert problem(await staff.post(path, json={"person_id": str(world.other_seeker)})) == "PersonHasNoMail"


async def test_a_join_token_is_neither_a_cookie_nor_a_sign_in_link(app: App, world: World) -> None:
    token = await link_of(app, world)
    thief = app.browser()
    app.give_cookie(thief, token)
    assert (await thief.me())["person"] is None
    answer = await app.browser().post("/api/sign-in/confirm", json={"token": token})
    assert problem(answer) == "SignInRefused"


async def test_a_session_token_is_no_join_link(app: App, world: World) -> None:
    browser = await app.signed_in(world.seeker)
    assert problem(await redeem(app.browser(), browser.cookies[DEVELOPMENT_COOKIE])) == "LinkUnknown"
