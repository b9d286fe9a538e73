"""Every page in every populated state: the list that a new page must be put on."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import UUID

from playwright.async_api import Page

from tests.journeys import states
from tests.journeys.states import Scene
from tests.journeys.support.browser import Devices
from tests.journeys.support.words import say
from tests.services.web import ROOT

ROUTES = ROOT / "frontend" / "src" / "routes.ts"
# Reached by no pattern: what is shown where a page is missing or refused.
BESIDE = ("missing", "refused")

Act = Callable[[Page, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class State:
    """One page in one state: who sees it, where, and a selector that is there when it is populated.

    `act` is done after loading, in the locale given; `beside` is a page that somebody else has open meanwhile.
    """

    name: str
    route: str
    path: str
    shows: str
    who: UUID | None = None
    act: Act | None = None
    beside: tuple[UUID, str] | None = None
    devices: Devices = "granted"


def patterns() -> list[str]:
    """The patterns of all routes of the app, and the two pages that have none."""
    found = re.findall(r'^  route\("(/[^"]*)"', ROUTES.read_text(), flags=re.MULTILINE)
    assert len(found) > 20, f"the routes are not where they were: {ROUTES}"
    return [*found, *BESIDE]


def pressing(key: str, *, then: str) -> Act:
    """Press a button by its words, and wait for what it brings."""

    async def press(page: Page, locale: str) -> None:
        await page.get_by_role("button", name=say(key, locale=locale)).first.click()
        await page.locator(then).first.wait_for()

    return press


async def ask_for_code(page: Page, locale: str) -> None:
    await page.locator("#email").fill("nobody@demo.example")
    await page.keyboard.press("Enter")
    await page.locator("#code").wait_for()


async def leave_choice_open(page: Page, locale: str) -> None:
    await page.get_by_role("button", name=say("welcome.done", locale=locale)).click()
    await page.locator(".err-sum, [role=alert], .ds-error-summary, a[href='#shares-yes']").first.wait_for()


async def write_in_chat(page: Page, locale: str) -> None:
    await page.get_by_role("button", name=say("room.chat", locale=locale)).click()
    await page.locator("#chat-text").fill("Hej! Hör du mig?")
    await page.keyboard.press("Enter")


def _doors(scene: Scene) -> list[State]:
    return [
        State("start", "/", "/", ".roles li"),
        State("start signed in", "/", "/", ".start-in", states.LEILA),
        State("sign-in", "/sign-in", "/sign-in", "#email"),
        State(
            "sign-in with an error",
            "/sign-in",
            "/sign-in",
            "#email",
            act=pressing("sign_in.send", then="#email[aria-invalid]"),
        ),
        State("sign-in, code asked for", "/sign-in", "/sign-in", "#email", act=ask_for_code),
        State("link that is not valid", "/j/:token", "/j/not-a-link", "main a[href='/sign-in']"),
        State("mailbox", "/mailbox", "/mailbox", "main a[href*='token=']"),
        State("sessions", "/sessions", "/sessions", ".devices li", states.LEILA),
        State("help", "/help", "/help", "main h1", states.LEILA),
        State("missing", "missing", "/no/such/page", "main h1"),
        State("refused", "refused", "/events", "main h1", states.LEILA),
    ]


def _seeker(scene: Scene) -> list[State]:
    leila, new = states.LEILA, scene.seekers["new"]
    return [
        State("welcome", "/welcome", "/welcome", ".fv-w", scene.seekers["not_ready"]),
        State("welcome with an error", "/welcome", "/welcome", "#shares-yes", new, act=leave_choice_open),
        State("my day", "/my-day", "/my-day", ".next a", leila),
        State("my day, nothing yet", "/my-day", "/my-day", "#next-title", new),
        State("feedback list", "/feedback", "/feedback", "main a[href^='/feedback/']", leila),
        State("feedback list, nothing yet", "/feedback", "/feedback", "main h1", new),
        State("feedback, sealed", "/feedback/:id", f"/feedback/{scene.feedback['sealed']}", ".seal", states.RANA),
        State("feedback, read", "/feedback/:id", f"/feedback/{scene.feedback['opened']}", ".fb-next", leila),
        State("profile, side by side", "/profile", "/profile", ".pr-table, .pr-cards", leila),
        State("profile, in words", "/profile", "/profile", ".et-h", states.AMIR),
        State("profile, nothing yet", "/profile", "/profile", ".pr-own", new),
        State("booking", "/book/:id", f"/book/{scene.event}", "main h2", leila),
    ]


def _meeting(scene: Scene) -> list[State]:
    def of(name: str, what: str, shows: str, **more: object) -> State:
        return State(name, "/meeting/:id", f"/meeting/{scene.meetings[what]}", shows, scene.seekers[what], **more)  # type: ignore[arg-type]

    desk = (scene.recruiters[3], f"/desk/{scene.desks[3]}")
    return [
        of("waiting room", "not_ready", ".vr-btn"),
        of("waiting room, camera refused", "not_ready", ".camcard-body", devices="refused"),
        of("waiting room, no devices", "not_ready", ".camcard-body", devices="none"),
        of("waiting room, ready", "ready", ".vr-ready"),
        of("room", "in_room", "video.person:not(.unseen)", beside=desk),
        of("room with chat", "in_room", "video.person:not(.unseen)", beside=desk, act=write_in_chat),
        of("after, the employer writes", "sent", "#after-title"),
        of("after, answered", "answered", ".af a[href^='/feedback/']"),
        of("on site, not there yet", "not_ready_on_site", ".os-digits"),
        of("on site, checked in", "ready_on_site", ".vr-ready"),
        of("on site, called", "called_on_site", ".at-station"),
        of("on site, talking", "talking_on_site", ".at-station [role=timer]"),
        of("meeting that is gone", "gone", "main h1"),
    ]


def _desk(scene: Scene) -> list[State]:
    def at(number: int, name: str, shows: str, **more: object) -> State:
        return State(name, "/desk/:id", f"/desk/{scene.desks[number]}", shows, scene.recruiters[number], **more)  # type: ignore[arg-type]

    room = (scene.seekers["in_room"], f"/meeting/{scene.meetings['in_room']}")
    open_card = pressing("desk.open_card", then="[data-question]")
    return [
        State("desks", "/desks", "/desks?all=1", ".desks li", states.RECRUITER),
        State("no desks", "/desks", "/desks", "main h1", scene.seekers["idle_recruiter"]),
        at(1, "desk, closed", ".next-plate button"),
        at(2, "desk, nobody waits", "#next-title"),
        at(3, "desk, talking by video", ".pane-video:not(.off)", beside=room),
        at(3, "scorecard beside the video", ".pane-video:not(.off)", beside=room, act=open_card),
        at(4, "desk, called on site", ".pane.table button"),
        at(5, "desk, talking on site", ".bd-open"),
        at(5, "scorecard on site", ".bd-open", act=open_card),
        at(6, "desk, sent", "#sent-title"),
        State("station", "/station/:id", f"/station/{scene.desks[5]}", ".station-next li", scene.recruiters[5]),
    ]


def _staff(scene: Scene) -> list[State]:
    def staff(name: str, path: str, shows: str) -> State:
        return State(name, path.replace(scene.event, ":id"), path, shows, states.STAFF)

    event = f"/events/{scene.event}"
    return [
        staff("events", "/events", "main a[href^='/events/']"),
        staff("new event", "/events/new", "main form input"),
        staff("plan", f"{event}/plan", "main h1"),
        staff("import", f"{event}/import", "main input[type=file]"),
        staff("people", f"{event}/people", "main h1"),
        staff("live", f"{event}/live", "main h1"),
        staff("check-in", f"{event}/check-in", "main h1"),
        staff("hall", f"{event}/hall", "main h1"),
        State("seekers of a case worker", "/seekers", "/seekers", "main a[href^='/seekers/']", states.CASE_WORKER),
        State("seeker of a case worker", "/seekers/:id", f"/seekers/{states.LEILA}", "main h1", states.CASE_WORKER),
    ]


GROUPS = {"doors": _doors, "seeker": _seeker, "meeting": _meeting, "desk": _desk, "staff": _staff}
"""The list. Each state is populated: it holds what people would see there on a full day."""


def all_states(scene: Scene) -> list[State]:
    return [state for group in GROUPS.values() for state in group(scene)]
