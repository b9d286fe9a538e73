"""The ways in, and what anybody may see."""

from __future__ import annotations

from playwright.async_api import Page

from tests.journeys.scene import LEILA, STAFF, Scene
from tests.journeys.shown.state import (
    State,
    answered,
    clicking,
    cut_off,
    filling,
    first,
    lose_the_line,
    never_answered,
    pressing,
)

NOT_DEMO = {"enabled": False, "roles": [], "event": None, "counts": None}
REFUSAL = {"type": "urn:direktkontakt:problem:Conflict", "title": "Conflict", "status": 409, "detail": ""}


def at_the_doors(scene: Scene) -> list[State]:
    return [*at_the_start(), *at_the_sign_in(), *by_link(), *with_everybody()]


def at_the_start() -> list[State]:
    return [
        State("start", "/", "/", ".roles li"),
        State("start signed in", "/", "/", ".start-in", LEILA),
        State("start, not the demo", "/", "/", ".start-in a", prepare=answered("**/api/demo", NOT_DEMO)),
        State("start, broken", "/", "/", "#start-trouble", prepare=answered("**/api/demo", REFUSAL, status=409)),
        State("start, no line", "/", "/", ".roles li", act=lose_the_line, then=".offline"),
    ]


def at_the_sign_in() -> list[State]:
    ask = filling({"#email": "nobody@demo.example"})
    return [
        State("sign-in", "/sign-in", "/sign-in", "#email"),
        State(
            "sign-in with an error",
            "/sign-in",
            "/sign-in",
            "#email",
            act=pressing("sign_in.send"),
            then="#email[aria-invalid]",
        ),
        State("sign-in, link used", "/sign-in", "/sign-in?token=used", "#email[aria-invalid]"),
        State(
            "sign-in, session ended",
            "/sign-in",
            "/feedback",
            "main h1",
            LEILA,
            act=lose_session,
            then="#email",
        ),
        State("sign-in, code asked for", "/sign-in", "/sign-in", "#email", act=ask, then="#code"),
        State(
            "sign-in, wrong code",
            "/sign-in",
            "/sign-in",
            "#email",
            act=first(ask, filling({"#code": "1234 5678"})),
            then="#code[aria-invalid]",
        ),
    ]


def by_link() -> list[State]:
    return [
        State("link that is not valid", "/j/:token", "/j/not-a-link", "main a[href='/sign-in']"),
        State(
            "link on its way",
            "/j/:token",
            "/j/slow",
            ".loading p",
            prepare=never_answered("**/api/join-links/redeem"),
            waits=True,
        ),
    ]


def with_everybody() -> list[State]:
    return [
        State("mailbox", "/mailbox", "/mailbox", "main a[href*='token=']"),
        State(
            "mailbox, empty", "/mailbox", "/mailbox", "main a[href='/sign-in']", prepare=answered("**/api/mailbox", [])
        ),
        State("sessions", "/sessions", "/sessions", ".devices li", LEILA),
        State("help", "/help", "/help", "main h1", LEILA),
        State("help, opened", "/help", "/help", "main h1", STAFF, act=clicking("summary"), then="details[open]"),
        State("missing", "missing", "/no/such/page", "main h1"),
        State("refused", "refused", "/events", "main h1", LEILA),
        State("no way in", "/sessions", "/sessions", "main .state, main h1", LEILA, prepare=cut_off("**/api/sessions")),
        State(
            "loading",
            "/sessions",
            "/sessions",
            ".loading p",
            LEILA,
            prepare=never_answered("**/api/sessions"),
            waits=True,
        ),
    ]


async def lose_session(page: Page, locale: str) -> None:
    """Signed out from elsewhere, while the page is open; it may find out before the next step is taken."""
    await page.context.clear_cookies()
    await page.evaluate("() => document.querySelector(\"a[href='/my-day']\")?.click()")
