"""A job seeker's meeting, from the waiting room to what comes after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Page

from tests.journeys.scene import LEILA, RANA, Scene
from tests.journeys.shown.state import Prepare, State, altered, lose_the_line, pressing
from tests.journeys.support.words import say

NOBODY = "00000000-0000-4000-8000-000000000000"
IN_ROOM = "video.person:not(.unseen)"
Meeting = dict[str, Any]


def in_a_meeting(scene: Scene) -> list[State]:
    return [*_waiting(scene), *_room(scene), *_after(scene), *_on_site(scene), *_gone(scene)]


def _of(scene: Scene, name: str, what: str, shows: str, **more: Any) -> State:
    who = more.pop("who", None) or scene.seekers[what]
    return State(name, "/meeting/:id", f"/meeting/{scene.meetings[what]}", shows, who, **more)


def _waiting(scene: Scene) -> list[State]:
    def ahead(name: str, shows: str = ".vr-btn", **more: Any) -> State:
        return _of(scene, name, "not_ready", shows, **more)

    return [
        ahead("waiting room"),
        ahead("waiting room, camera refused", ".camcard-body", devices="refused"),
        ahead("waiting room, no devices", ".camcard-body", devices="none"),
        ahead("waiting room, devices", act=pressing("devices.choose"), then="#device-camera"),
        ahead("waiting room, the job", act=pressing("my_day.about_job"), then="dialog[open]"),
        ahead("waiting room, late", prepare=_with(_late)),
        ahead("waiting room, no line", act=lose_the_line, then=".offline"),
        _of(scene, "waiting room, ready", "ready", ".vr-ready"),
        _of(scene, "waiting room, far back", "ready", ".vr-ready", prepare=_with(_far_back)),
    ]


def _room(scene: Scene) -> list[State]:
    desk = (scene.recruiters[3], f"/desk/{scene.desks[3]}")

    def room(name: str, shows: str = ".mt-nobody", **more: Any) -> State:
        return _of(scene, name, "in_room", shows, alone=True, **more)

    return [
        room("room, nobody there yet"),
        room("room, goodbye asked about", act=pressing("room.leave"), then="dialog[open]"),
        room("room, no line", act=lose_the_line, then=".mt-note.shown"),
        room("room, entered elsewhere", act=enter_elsewhere, then=".mt-over"),
        room("room", IN_ROOM, beside=desk),
        room("room with chat", IN_ROOM, beside=desk, act=write_in_chat, then=".msg"),
        room("room, two minutes left", IN_ROOM, beside=desk, prepare=_with(_left(100)), then=".mt-warn"),
    ]


def _after(scene: Scene) -> list[State]:
    return [
        _of(scene, "after, the employer writes", "sent", "#after-title", prepare=_with(_writing)),
        _of(scene, "after, the answer has come", "came", ".af-s.came", who=RANA),
        _of(scene, "after, answered", "answered", ".af a[href^='/feedback/']"),
        _of(scene, "after, the answer comes later", "sent", "#after-title"),
    ]


def _on_site(scene: Scene) -> list[State]:
    return [
        _of(scene, "on site, not there yet", "not_ready_on_site", ".os-digits"),
        _of(scene, "on site, checked in", "ready_on_site", ".vr-ready"),
        _of(scene, "on site, called", "called_on_site", ".at-station"),
        _of(scene, "on site, talking", "talking_on_site", ".at-station [role=timer]"),
        _of(scene, "on site, a minute left", "talking_on_site", ".mt-warn", prepare=_with(_left(50))),
    ]


def _gone(scene: Scene) -> list[State]:
    def gone(state: str) -> Callable[[Meeting], Meeting]:
        return lambda meeting: meeting | {"state": state}

    return [
        _of(scene, "meeting that is cancelled", "gone", "main .state h1", who=LEILA),
        *(
            _of(scene, f"meeting that is {state}", "gone", "main .state h1", who=LEILA, prepare=_with(gone(state)))
            for state in ("moved", "no_show")
        ),
        State("meeting of somebody else", "/meeting/:id", f"/meeting/{NOBODY}", "main .state h1", LEILA),
    ]


async def write_in_chat(page: Page, locale: str) -> None:
    await page.get_by_role("button", name=say("room.chat", locale=locale)).click()
    await page.locator("#chat-text").fill("Hej! Hör du mig?")
    await page.keyboard.press("Enter")


async def enter_elsewhere(page: Page, locale: str) -> None:
    """The same person comes in from another window."""
    other = await page.context.new_page()
    await other.goto(page.url)
    await page.locator(".mt-over").wait_for(timeout=20_000)
    await other.close()


def _with(change: Callable[[Meeting], Meeting]) -> Prepare:
    return altered("**/api/my/meetings/*", change)


def _in(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def _left(seconds: int) -> Callable[[Meeting], Meeting]:
    # Counted from when the state is come to: a look at it takes a while, and the clock goes on.
    ends_at = datetime.now(UTC)

    def change(meeting: Meeting) -> Meeting:
        nonlocal ends_at
        if ends_at < datetime.now(UTC):
            ends_at = datetime.now(UTC) + timedelta(seconds=seconds)
        started_at = (ends_at - timedelta(minutes=10)).isoformat()
        return meeting | {"state": "talking", "talk_started_at": started_at, "talk_ends_at": ends_at.isoformat()}

    return change


def _late(meeting: Meeting) -> Meeting:
    return meeting | {"state": "late", "starts_at": _in(-420)}


def _writing(meeting: Meeting) -> Meeting:
    return meeting | {"state": "feedback", "feedback_ends_at": _in(90)}


def _far_back(meeting: Meeting) -> Meeting:
    place = {"position": 7, "ahead": 6, "wait_min_s": 1500, "wait_max_s": 2400, "reason": "previous_started_late"}
    running = {"meeting_running": True, "desk_is_open": True}
    return meeting | {"starts_at": _in(-60), "queue": {**(meeting["queue"] or {}), **place, **running}}
