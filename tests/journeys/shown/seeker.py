"""A job seeker's own pages."""

from __future__ import annotations

from typing import Any

from tests.journeys.scene import AMIR, LEILA, RANA, Scene
from tests.journeys.shown.state import (
    Act,
    State,
    altered,
    answered,
    clicking,
    first,
    keep_notices,
    never_answered,
    pressing,
)

NOBODY = "00000000-0000-4000-8000-000000000000"
TAKEN = {
    "type": "urn:direktkontakt:problem:SlotTaken",
    "title": "SlotTaken",
    "status": 409,
    "detail": "",
    "party": "desk",
}
MENU = clicking(".account > button")


def of_a_seeker(scene: Scene) -> list[State]:
    return [*_first_visit(scene), *_day(scene), *_feedback(scene), *_profile(scene), *_booking(scene)]


def _first_visit(scene: Scene) -> list[State]:
    new = scene.seekers["new"]
    return [
        State("welcome", "/welcome", "/welcome", ".fv-w", scene.seekers["not_ready"]),
        State(
            "welcome with an error",
            "/welcome",
            "/welcome",
            "#shares-yes",
            new,
            act=pressing("welcome.done"),
            then="a[href='#shares-yes']",
        ),
    ]


def _day(scene: Scene) -> list[State]:
    def day(name: str, who: Any, shows: str, **more: Any) -> State:
        return State(name, "/my-day", "/my-day", shows, who, **more)

    return [
        day("my day", LEILA, ".next a"),
        day("my day, menu open", LEILA, ".next a", act=MENU, then=".account-menu"),
        day("my day, nothing yet", scene.seekers["new"], "#next-title"),
        day("my day, in the room", scene.seekers["in_room"], ".next a"),
        day("my day, all done", RANA, "#next-title", prepare=altered("**/api/my/meetings", _only_done)),
        day(
            "my day, on its way", LEILA, ".loading :not(.vh)", prepare=never_answered("**/api/my/feedback"), waits=True
        ),
    ]


def _feedback(scene: Scene) -> list[State]:
    def one(name: str, which: str, shows: str, **more: Any) -> State:
        return State(name, "/feedback/:id", f"/feedback/{scene.feedback[which]}", shows, more.pop("who", LEILA), **more)

    return [
        State("feedback list", "/feedback", "/feedback", "main a[href^='/feedback/']", LEILA),
        State("feedback list, one unread", "/feedback", "/feedback", ".fbrow .ds-tag", RANA),
        State("feedback list, nothing yet", "/feedback", "/feedback", "main h1", scene.seekers["new"]),
        one("feedback, sealed", "sealed", ".seal", who=RANA),
        one(
            "feedback, sealed and half rated",
            "sealed",
            ".seal",
            who=RANA,
            act=clicking(".sj-q label:has(input[value='4'])", ".sj-q fieldset:nth-of-type(2) label:last-of-type"),
        ),
        one("feedback, read", "opened", ".fb-next"),
        one(
            "feedback, reply missing",
            "opened",
            ".fb-next",
            act=clicking(".fb-reply button"),
            then="#reply-text[aria-invalid]",
        ),
        one("feedback, replied to, asked about and disputed", "replied", ".rs-q"),
        one(
            "feedback, saying what is wrong", "opened", ".rs-b", act=clicking(".rs > p button"), then="#response-words"
        ),
        one("feedback, hard news first", "opened", ".fb-next", prepare=altered("**/api/my/feedback/*", _hard_news)),
        State("feedback that is not yours", "/feedback/:id", f"/feedback/{NOBODY}", "main .state h1", LEILA),
    ]


def _profile(scene: Scene) -> list[State]:
    def profile(name: str, who: Any, shows: str, **more: Any) -> State:
        return State(name, "/profile", "/profile", shows, who, **more)

    return [
        profile("profile, side by side", LEILA, ".pr-how", act=clicking(".pr-how summary")),
        profile("profile, in words", AMIR, ".et-h"),
        profile("profile, nothing yet", scene.seekers["new"], ".pr-own"),
        profile("profile, one waits", RANA, ".pr-own"),
        profile(
            "profile, told what it means",
            scene.seekers["ready"],
            ".pr-own",
            act=first(keep_notices, clicking(".pr-share .ds-chip")),
            then=".toast",
        ),
        profile("profile, questions", LEILA, ".pr-own", act=_edit(1), then="#question-0"),
    ]


def _booking(scene: Scene) -> list[State]:
    def book(name: str, shows: str, *, query: str = "", **more: Any) -> State:
        return State(name, "/book/:id", f"/book/{scene.event}{query}", shows, LEILA, **more)

    a_time = clicking(".bk-t button")
    taken = answered("**/api/my/bookings", TAKEN | {"alternatives": _alternatives(scene)}, status=409)
    mine = f"?meeting={scene.meetings['mine']}"
    return [
        book("booking", ".bk-t button"),
        book("booking, asked once more", ".bk-t button", act=a_time, then="dialog[open]"),
        book(
            "booking, somebody was quicker",
            ".bk-t button",
            prepare=taken,
            act=first(a_time, pressing("booking.confirm")),
            then="dialog[open] [role=alert]",
        ),
        book("booking, a change", ".bk-t button", query=mine),
        book("booking, to cancel", ".bk-t button", query=mine, act=pressing("booking.cancel"), then="dialog[open]"),
        book("booking, no more", "main .state h2", prepare=altered("**/openings", _full)),
        book("booking, nothing free", "main .state h2", prepare=altered("**/openings", _nothing_free)),
    ]


def _edit(number: int) -> Act:
    return clicking(f".pr-own > section:nth-of-type({number + 1}) button")


def _only_done(meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [one for one in meetings if one["state"] == "closed"]


def _hard_news(feedback: dict[str, Any]) -> dict[str, Any]:
    order = feedback["opened"]["order"]
    feedback["opened"]["order"] = ["worked", *(section for section in order if section != "worked")]
    return feedback


def _alternatives(scene: Scene) -> list[dict[str, str]]:
    times = (("12:00", "12:10"), ("12:10", "12:20"), ("13:40", "13:50"))
    return [
        {
            "slot_id": f"00000000-0000-4000-8000-00000000000{number}",
            "desk_id": scene.desks[5],
            "starts_at": f"2026-03-02T{starts}:00Z",
            "ends_at": f"2026-03-02T{ends}:00Z",
        }
        for number, (starts, ends) in enumerate(times)
    ]


def _full(openings: dict[str, Any]) -> dict[str, Any]:
    return openings | {"meetings_booked": openings["meetings_max"]}


def _nothing_free(openings: dict[str, Any]) -> dict[str, Any]:
    return openings | {"employers": []}
