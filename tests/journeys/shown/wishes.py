"""What seekers and recruiters say before an event is planned."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from playwright.async_api import Page, Route

from tests.journeys.scene import AMIR, LEILA, RANA, RECRUITER, Scene
from tests.journeys.shown.state import (
    Prepare,
    State,
    altered,
    answered,
    clicking,
    filling,
    first,
    lose_the_line,
)

MINE, AT_DESK = "**/api/my/events/*/wishes", "**/api/desks/*/wishes"
NEEDS = {"extra_time": True, "accessible_station": True, "interpreter": "language:ti"}
SEARCH = "input[type=search]"
REFUSED = {"type": "urn:direktkontakt:problem:Invalid", "title": "Invalid", "status": 422, "detail": ""}
Wishes = dict[str, Any]
Change = Callable[[Wishes], Wishes]


def before_the_plan(scene: Scene) -> list[State]:
    return [*_ways_in(scene), *_mine(scene), *_at_desk(scene)]


def _ways_in(scene: Scene) -> list[State]:
    nothing = both(answered("**/api/my/meetings", []), answered("**/api/my/events", []))
    return [
        State("my day, asked for wishes", "/my-day", "/my-day", ".next a[href^='/wishes/']", LEILA, prepare=nothing),
        State("my day, an event ahead", "/my-day", "/my-day", "a.wi-card", LEILA),
        State("desks, an event ahead", "/desks", "/desks?all=1", "a.wi-card", RECRUITER),
    ]


def _mine(scene: Scene) -> list[State]:
    def mine(name: str, who: Any, shows: str, **more: Any) -> State:
        return State(name, "/wishes/:id", f"/wishes/{scene.coming}", shows, who, **more)

    chosen = altered(MINE, _chosen)
    no_piece = clicking(*(f".wi-hour >> nth={number}" for number in range(6)))
    return [
        mine("wishes", LEILA, ".wi-add"),
        mine("wishes, chosen", LEILA, ".wi-order li", prepare=chosen),
        mine(
            "wishes, read of an employer", LEILA, ".wi-add", act=clicking(".wi-more button"), then=".wi-about:visible"
        ),
        mine("wishes, saved", AMIR, ".wi-add", act=clicking(".wi-add"), then=".wi-save[data-state=saved]"),
        mine("wishes, no time left", AMIR, ".wi-add", act=no_piece, then=".wi-said.none"),
        mine(
            "wishes, no line",
            RANA,
            ".wi-add",
            act=first(lose_the_line, clicking(".wi-add")),
            then=".wi-save[data-state=kept]",
        ),
        mine(
            "wishes, changed elsewhere",
            RANA,
            ".wi-add",
            prepare=_on_put(MINE, 409, _changed),
            act=clicking(".wi-add"),
            then="[role=alert]",
        ),
        mine(
            "wishes, not saved",
            RANA,
            ".wi-add",
            prepare=_on_put(MINE, 422, lambda _: REFUSED),
            act=clicking(".wi-add"),
            then="[role=alert]",
        ),
        mine("wishes, no employers yet", LEILA, "main .state h2", prepare=altered(MINE, _no_employers)),
        mine("wishes, many employers", LEILA, SEARCH, prepare=altered(MINE, _many)),
        mine("wishes, no such employer", LEILA, SEARCH, prepare=altered(MINE, _many), act=filling({SEARCH: "xyzzy"})),
        mine("wishes, planned", LEILA, ".wi-read li", prepare=altered(MINE, _closed("published", has_meetings=True))),
        mine("wishes, planned without them", LEILA, ".wi-closed", prepare=altered(MINE, _closed("published"))),
        mine("wishes, over", LEILA, ".wi-closed", prepare=altered(MINE, _closed("over"))),
    ]


def _at_desk(scene: Scene) -> list[State]:
    def desk(name: str, shows: str, **more: Any) -> State:
        return State(name, "/desk/:id/wishes", f"/desk/{scene.coming_desk}/wishes", shows, RECRUITER, **more)

    return [
        desk("desk's wishes", ".wi-add"),
        desk("desk's wishes, chosen", ".wi-order li", prepare=altered(AT_DESK, _chosen_at_desk)),
        desk("desk's wishes, found", ".wi-add", act=clicking(".wi-whom .ds-chip"), then=".ds-chip[aria-pressed=true]"),
        desk("desk's wishes, nobody found", ".wi-add", act=filling({SEARCH: "xyzzy"}), then=".wi-whom p.muted"),
        desk("desk's wishes, nobody enrolled", "main .state h2", prepare=altered(AT_DESK, _nobody_enrolled)),
        desk("desk's wishes, nobody at the desk", ".wi-when", prepare=altered(AT_DESK, _no_recruiter)),
        desk("desk's wishes, planned", ".wi-read li", prepare=altered(AT_DESK, _closed_at_desk)),
        desk(
            "desk's wishes, search cut off",
            ".wi-search",
            prepare=answered("**/api/desks/*/seekers*", REFUSED, status=422),
            then=".err",
        ),
    ]


def both(*prepares: Prepare) -> Prepare:
    async def prepare(page: Page) -> None:
        for one in prepares:
            await one(page)

    return prepare


def _on_put(path: str, status: int, body: Change) -> Prepare:
    """Reading as it is; what is written is answered so, with what was read before."""

    async def prepare(page: Page) -> None:
        seen: Wishes = {}

        async def answer(route: Route) -> None:
            nonlocal seen
            if route.request.method == "GET":
                told = await route.fetch()
                seen = await told.json()
                await route.fulfill(response=told)
                return
            text = json.dumps(body(seen))
            await route.fulfill(status=status, body=text, content_type="application/problem+json")

        await page.route(path, answer)

    return prepare


def _wished(wishes: Wishes, *, musts: int = 1) -> list[dict[str, Any]]:
    """All but the last two, in order."""
    return [
        {"organisation_id": employer["id"], "is_must": number < musts}
        for number, employer in enumerate(wishes["employers"][:-2])
    ]


def _chosen(wishes: Wishes) -> Wishes:
    pieces = wishes["pieces"]
    return wishes | {
        "wishes": _wished(wishes, musts=3),
        "rather_not": [wishes["employers"][-1]["id"]],
        "available_from": pieces[2]["starts_at"],
        "absences": [pieces[6]],
        "needs": NEEDS,
    }


def _changed(wishes: Wishes) -> Wishes:
    current = wishes | {"version": "another", "wishes": _wished(wishes)[:1], "rather_not": []}
    problem = {"type": "urn:direktkontakt:problem:WishesHaveChanged", "title": "Conflict", "status": 409, "detail": ""}
    return problem | {"current": current}


def _no_employers(wishes: Wishes) -> Wishes:
    return wishes | {"employers": [], "wishes": [], "rather_not": []}


def _many(wishes: Wishes) -> Wishes:
    more = [
        employer | {"id": f"00000000-0000-4000-8000-0000000000{number}{place}", "name": f"{employer['name']} {number}"}
        for number in range(10, 14)
        for place, employer in enumerate(wishes["employers"])
    ]
    return wishes | {"employers": [*wishes["employers"], *more]}


def _closed(why: str, *, has_meetings: bool = False) -> Change:
    return lambda wishes: _chosen(wishes) | {"closed": why, "has_meetings": has_meetings}


def _seeker(number: int) -> dict[str, Any]:
    return {
        "id": f"00000000-0000-4000-8000-00000000000{number}",
        "name": f"Parisa Övningsö-Exempelsson {number}",
        "initials": "PÖ",
        "competences": ["Java", "Tillgänglighetsgranskning", "Kravanalys", "SQL", "Go"],
        "matching": ["Java", "SQL"],
    }


def _chosen_at_desk(wishes: Wishes) -> Wishes:
    return wishes | {
        "wishes": [{"seeker": _seeker(number), "is_must": number == 1} for number in (1, 2, 3)],
        "rather_not": [_seeker(4)],
        "absences": [wishes["pieces"][6]],
    }


def _nobody_enrolled(wishes: Wishes) -> Wishes:
    return wishes | {"seekers": 0}


def _no_recruiter(wishes: Wishes) -> Wishes:
    return wishes | {"desk": wishes["desk"] | {"recruiter_name": None, "is_mine": False}}


def _closed_at_desk(wishes: Wishes) -> Wishes:
    return _chosen_at_desk(wishes) | {"closed": "published"}
