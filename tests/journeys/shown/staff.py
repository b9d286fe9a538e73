"""How staff run the day, and what a case worker sees of their own job seekers."""

from __future__ import annotations

from typing import Any

from tests.journeys.scene import AMIR, CASE_WORKER, LEILA, STAFF, Scene
from tests.journeys.shown.state import (
    State,
    altered,
    answered,
    clicking,
    filling,
    first,
    lose_the_line,
    pressing,
)


def among_staff(scene: Scene) -> list[State]:
    return [*_events(scene), *_live(scene), *_door(scene), *_hall(scene), *_support(scene)]


def _staff(name: str, route: str, event: str, shows: str, **more: Any) -> State:
    return State(name, route, route.replace(":id", event), shows, STAFF, **more)


def _events(scene: Scene) -> list[State]:
    def events(name: str, shows: str, **more: Any) -> State:
        return State(name, "/events", "/events", shows, STAFF, **more)

    return [
        events("events", "main a[href^='/events/']"),
        events("no events", "main .state h1", prepare=answered("**/api/recruitment-events", [])),
        events("events, all over", ".es-rest", prepare=altered("**/api/recruitment-events", _all_over)),
    ]


def _live(scene: Scene) -> list[State]:
    def live(name: str, event: str, shows: str, **more: Any) -> State:
        return _staff(name, "/events/:id/live", event, shows, **more)

    return [
        live("live", scene.event, ".dkl li"),
        live("live, draft", scene.draft, ".dkl li"),
        live("live, nobody yet", scene.empty, ".state"),
        live("live, calm", scene.event, ".dkl li", prepare=altered("**/api/recruitment-events/*/live", _calm)),
        live("live, no line", scene.event, ".dkl li", act=lose_the_line, then=".offline"),
    ]


def _door(scene: Scene) -> list[State]:
    def door(name: str, **more: Any) -> State:
        return _staff(name, "/events/:id/check-in", scene.event, "#code", **more)

    unknown = filling({"#code": "AAAAAA"})
    return [
        door("check-in"),
        door("check-in, code unknown", act=unknown, then=".ci-ok.bad"),
        door("check-in, here", act=clicking(".ci-list .ds-button"), then=".ci-to"),
        door("check-in, by name", act=filling({"input[type=search]": "a"}), then=".ci-list li"),
        door("check-in, nobody found", act=filling({"input[type=search]": "xyzzy"}), then=".ci-list .muted"),
        door("check-in, signs to press", act=pressing("staff.door_keys"), then=".ci-keys"),
        door("check-in, no line", act=first(lose_the_line, unknown), then=".ci-kept"),
    ]


def _hall(scene: Scene) -> list[State]:
    def hall(name: str, shows: str, **more: Any) -> State:
        return _staff(name, "/events/:id/hall", scene.event, shows, **more)

    return [
        hall("hall", "main table tr"),
        hall("hall, nobody called", "main table tr", prepare=altered("**/api/recruitment-events/*/live", _calm)),
    ]


def _support(scene: Scene) -> list[State]:
    def seeker(name: str, who: Any, shows: str, **more: Any) -> State:
        return State(name, "/seekers/:id", f"/seekers/{who}", shows, CASE_WORKER, **more)

    path = "**/api/seekers/*/feedback"
    return [
        State("seekers of a case worker", "/seekers", "/seekers", "main a[href^='/seekers/']", CASE_WORKER),
        State(
            "no seekers", "/seekers", "/seekers", "main .state h1", CASE_WORKER, prepare=answered("**/api/seekers", [])
        ),
        seeker("seeker of a case worker", LEILA, ".su-ms"),
        seeker("seeker with one answer", AMIR, ".su-ms"),
        seeker("seeker who does not share", LEILA, "main .state h1", prepare=altered(path, _not_shared)),
    ]


def _all_over(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [event | {"ends_at": "2026-01-01T10:00:00Z", "status": "closed"} for event in events]


def _calm(board: dict[str, Any]) -> dict[str, Any]:
    desks = [
        desk | {"activity": "closed", "current": None, "next": None, "missing": None, "waiting": 0}
        for desk in board["desks"]
    ]
    return board | {"desks": desks}


def _not_shared(shared: dict[str, Any]) -> dict[str, Any]:
    return shared | {"seeker": shared["seeker"] | {"shares": False}, "feedback": []}
