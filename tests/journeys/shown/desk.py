"""A recruiter's pages: the desk in each of its states, the table's sign, and what has been answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.async_api import Page, WebSocketRoute

from tests.journeys.scene import RECRUITER, Scene
from tests.journeys.shown.meeting import write_in_chat
from tests.journeys.shown.state import (
    Act,
    Prepare,
    State,
    altered,
    clicking,
    first,
    lose_the_line,
    pressing,
)

PICTURE = ".pane video.person:not(.unseen)"
Desk = dict[str, Any]
# The desk whose meeting is by video and under way.
IN_ROOM = 3


def at_the_desk(scene: Scene) -> list[State]:
    return [*_desks(scene), *_waiting(scene), *_talking(scene), *_card(scene), *_station(scene)]


def _at(scene: Scene, number: int, name: str, shows: str, **more: Any) -> State:
    path, who = f"/desk/{scene.desks[number]}", scene.recruiters[number]
    return State(name, "/desk/:id", path, shows, who, alone=number == IN_ROOM, **more)


def _desks(scene: Scene) -> list[State]:
    idle = scene.seekers["idle_recruiter"]
    return [
        State("desks", "/desks", "/desks?all=1", ".desks li", RECRUITER),
        State("no desks", "/desks", "/desks", "main h1", idle),
        State(
            "given",
            "/given",
            "/given",
            ".given-reply",
            scene.recruiters[2],
            act=clicking("summary"),
            then="details[open]",
        ),
        State("nothing given yet", "/given", "/given", "main .state h1", idle),
    ]


def _waiting(scene: Scene) -> list[State]:
    def at(number: int, name: str, shows: str, **more: Any) -> State:
        return _at(scene, number, name, shows, **more)

    late = _with(_next_is_late)
    return [
        at(1, "desk, closed", ".next-plate button"),
        at(1, "desk, next is ready", ".next-plate button", prepare=_with(_next_is_ready)),
        at(1, "desk, next is late", ".next-plate .next-go", prepare=late),
        at(
            1,
            "desk, did not come",
            ".next-plate .next-go",
            prepare=late,
            act=pressing("desk.no_show"),
            then="dialog[open]",
        ),
        at(1, "desk, not sent", ".wait-main .ds-alert, .wait-main h2", prepare=_with(_unsent)),
        at(1, "desk, server silent", ".next-plate", prepare=no_live_line, then=".line-lost"),
        at(2, "desk, nobody waits", "#next-title"),
        at(6, "desk, sent", "#sent-title"),
    ]


def _talking(scene: Scene) -> list[State]:
    def at(number: int, name: str, shows: str, **more: Any) -> State:
        return _at(scene, number, name, shows, **more)

    room = (scene.seekers["in_room"], f"/meeting/{scene.meetings['in_room']}")
    return [
        at(IN_ROOM, "desk, called by video", ".pane-empty button", prepare=_with(_called)),
        at(IN_ROOM, "desk, talking by video", PICTURE, beside=room),
        at(IN_ROOM, "desk, chat", PICTURE, beside=room, act=write_in_chat, then=".msg"),
        at(
            IN_ROOM,
            "desk, scorecard beside the video",
            PICTURE,
            beside=room,
            act=pressing("desk.open_card"),
            then="#card",
        ),
        at(4, "desk, called on site", ".pane.table button"),
        at(4, "desk, who knows what is wanted", ".person-info .ds-tag", prepare=_with(_wanted)),
        at(4, "desk, did not come to the table", ".pane.table", act=pressing("desk.no_show"), then="dialog[open]"),
        at(5, "desk, talking on site", ".bd-open"),
        at(5, "desk, goodbye asked about", ".bd-open", act=pressing("desk.end"), then="dialog[open]"),
    ]


def _card(scene: Scene) -> list[State]:
    def card(name: str, *acts: Act, then: str, **more: Any) -> State:
        opening = () if more.get("prepare") else (pressing("desk.open_card"),)
        return _at(scene, 5, name, ".bd-page", act=first(*opening, *acts), then=then, **more)

    return [
        card("scorecard", then="#card"),
        card(
            "scorecard, skipping",
            pressing("scorecard.skip"),
            clicking(".reason"),
            then="dialog[open] .reason[aria-pressed=true]",
        ),
        card(
            "scorecard, half filled", clicking(".answer", ".answer.none", ".answer:nth-of-type(4)"), then=".sc-saved.ok"
        ),
        card("scorecard, sent too soon", _widen, pressing_send, then="#card [role=alert]"),
        card("scorecard, kept here", lose_the_line, clicking(".answer"), then=".sc-saved.bad"),
        card(
            "scorecard, last questions",
            clicking(".b1-progress li:last-child button"),
            then="#card .cset",
        ),
        card("scorecard, a minute left", then="#card", prepare=_with(_left(50))),
        card("scorecard, over time", then="#card", prepare=_with(_left(-70))),
        card("scorecard, protected time", then="#card", prepare=_with(_writing)),
    ]


def _station(scene: Scene) -> list[State]:
    def sign(number: int, name: str, shows: str = ".station-now h1") -> State:
        return State(name, "/station/:id", f"/station/{scene.desks[number]}", shows, scene.recruiters[number])

    return [
        sign(5, "station, talking", ".station-next li"),
        sign(4, "station, called"),
        sign(1, "station, closed"),
        sign(2, "station, free"),
    ]


async def _widen(page: Page, locale: str) -> None:
    await page.set_viewport_size({"width": 1440, "height": 900})


async def pressing_send(page: Page, locale: str) -> None:
    await page.locator(".sc-foot .ds-button").last.click()


async def no_live_line(page: Page) -> None:
    """The device has a line, and the server's streams say nothing."""

    async def close(socket: WebSocketRoute) -> None:
        await socket.close()

    await page.route_web_socket("**/socket.io/**", close)
    await page.route("**/socket.io/**", lambda route: route.abort())


def _wanted(desk: Desk) -> Desk:
    """The employer looks for the first thing that the seeker knows."""
    desk["now"]["seeker"]["competences"][0]["is_wanted"] = True
    return desk


def _with(change: Callable[[Desk], Desk]) -> Prepare:
    return altered("**/api/desks/*", change)


def _in(seconds: float) -> str:
    return (datetime.now(UTC) + timedelta(seconds=seconds)).isoformat()


def _called(desk: Desk) -> Desk:
    return desk | {"now": desk["now"] | {"state": "called", "seeker_present": False, "talk_ends_at": None}}


def _next_is_ready(desk: Desk) -> Desk:
    desk["next"][0] |= {"ready_at": _in(-100), "busy_elsewhere": False}
    return desk | {"is_open": True}


def _next_is_late(desk: Desk) -> Desk:
    desk["next"][0] |= {"starts_at": _in(-400), "ready_at": None}
    return desk | {"is_open": True}


def _unsent(desk: Desk) -> Desk:
    unfinished, *waiting = desk["next"]
    return desk | {"next": waiting, "unsent": [unfinished | {"state": "closed"}]}


def _left(seconds: int) -> Callable[[Desk], Desk]:
    ends_at: str | None = None

    def change(desk: Desk) -> Desk:
        nonlocal ends_at
        ends_at = ends_at or _in(seconds)
        times = {
            "talk_started_at": _in(-600),
            "talk_ends_at": ends_at,
            "scorecard_opens_at": _in(-60),
            "can_extend": True,
        }
        return desk | {"now": desk["now"] | times}

    return change


def _writing(desk: Desk) -> Desk:
    return desk | {"now": desk["now"] | {"state": "feedback", "feedback_ends_at": _in(45), "can_extend": False}}
