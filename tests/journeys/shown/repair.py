"""What staff do when the day does not go as planned: ways out, nothing that fits, somebody at the door."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from playwright.async_api import Page

from tests.journeys.scene import LEILA, STAFF, Scene
from tests.journeys.shown.state import (
    Act,
    Prepare,
    State,
    altered,
    answered,
    clicking,
    cut_off,
    filling,
    first,
    never_answered,
    pressing,
)

ASKED = "**/api/recruitment-events/*/repairs"
RULES = "**/api/recruitment-events/*/planning-rules"
CONFIRMED = "**/api/recruitment-events/*/repairs/confirm"
AT_DESK = clicking(".dk-x")
LATER = first(AT_DESK, clicking(".rp-what .ds-button"))
DO_THIS = pressing("live.repair_confirm")
LACK = pressing("live.lack")


def when_the_day_goes_otherwise(scene: Scene) -> list[State]:
    def live(name: str, act: Act, then: str, *, prepare: Prepare | None = None) -> State:
        path = f"/events/{scene.event}/live"
        return State(f"live, {name}", "/events/:id/live", path, ".dkl li", STAFF, act=act, then=then, prepare=prepare)

    come = pressing("live.come_in")
    new = first(come, pressing("live.come_in_new_person"))
    return [
        live("a desk's troubles", AT_DESK, ".rp-what"),
        live("ways out", LATER, ".rp-o", prepare=answered(ASKED, _repairs())),
        live("ways out for a desk", LATER, ".rp-o", prepare=answered(ASKED, _closed())),
        live("looking for ways out", LATER, ".rp-wait", prepare=never_answered(ASKED)),
        live("no way out", LATER, ".rp-none", prepare=answered(ASKED, _repairs() | {"options": []})),
        live("no way out, no line", LATER, "dialog .ds-alert", prepare=cut_off(ASKED)),
        live(
            "already solved",
            LATER,
            "dialog .ds-alert",
            prepare=answered(ASKED, _problem("MeetingHasBegun"), status=409),
        ),
        live(
            "ways out, changed meanwhile",
            first(LATER, DO_THIS),
            "dialog .ds-alert",
            prepare=_both(answered(ASKED, _repairs()), answered(CONFIRMED, _changed(), status=409)),
        ),
        live("something is missing", LACK, "dialog .chips", prepare=answered(RULES, _rules())),
        live("nothing is counted", LACK, "dialog .ds-button", prepare=answered(RULES, {})),
        live("what is missing is not known", LACK, "dialog .ds-alert", prepare=cut_off(RULES)),
        live("later, nothing moves", LATER, ".rp-o", prepare=answered(ASKED, _noted())),
        live("somebody has come", come, "#come-in-name"),
        live("somebody has come, found", first(come, filling({"#come-in-name": "a"}, send=False)), ".rp-list li"),
        live("somebody new", new, "#new-name"),
        live("somebody new, no name", first(new, clicking("dialog form .ds-button")), "dialog .err"),
        _changed_day(),
    ]


def _changed_day() -> State:
    """A seeker's day after staff have moved one of their meetings."""

    async def move(page: Page, locale: str) -> None:
        await altered("**/api/my/meetings", _moved)(page)
        await page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))")

    return State("my day, a meeting has moved", "/my-day", "/my-day", ".day", LEILA, act=move, then=".changed")


def _both(*ways: Prepare) -> Prepare:
    async def prepare(page: Page) -> None:
        for way in ways:
            await way(page)

    return prepare


def _moved(meetings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    later = timedelta(minutes=40)
    return [
        meeting | {"starts_at": (datetime.fromisoformat(meeting["starts_at"]) + later).isoformat()}
        if meeting["state"] == "booked" and meeting["starts_at"]
        else meeting
        for meeting in meetings
    ]


def _spot(minutes: int, desk: int) -> dict[str, Any]:
    starts = datetime(2026, 11, 24, 9, 0, tzinfo=UTC) + timedelta(minutes=minutes)
    ids = {"desk_id": str(UUID(int=desk)), "slot_id": str(UUID(int=1000 + minutes))}
    times = {"starts_at": starts.isoformat(), "ends_at": (starts + timedelta(minutes=15)).isoformat()}
    return ids | times | {"desk_number": desk, "form": "on_site", "station_name": f"Bord {desk}"}


def _change(name: str, before: int | None, after: int | None, *, desk: int = 3, **more: Any) -> dict[str, Any]:
    return {
        "seeker_id": str(UUID(int=sum(map(ord, name)))),
        "seeker_name": name,
        "is_here": True,
        "organisation_id": str(UUID(int=7000 + desk)),
        "employer_name": "Granit & Bit (exempel)",
        "before": None if before is None else _spot(before, desk),
        "after": None if after is None else _spot(after, desk),
        "reason": None,
        **more,
    }


def _option(*changes: dict[str, Any], **more: Any) -> dict[str, Any]:
    told = [
        {"person_id": change["seeker_id"], "name": change["seeker_name"], "role": "seeker", "by_mail": True}
        for change in changes
    ]
    none = {"desks": [], "pools": {}, "away": [], "is_plain": False, "costs": [], "people_moved": 0}
    none |= {"meetings_dropped": 0, "value_lost": 0}
    return none | {"changes": list(changes), "told": told} | more


def _repairs() -> dict[str, Any]:
    alone = {"code": "nobody_else_moves", "params": {}}
    at = "2026-11-24T09:00:00+00:00"
    about = {"name": "Nils Fiktivsson", "employer": "Granit & Bit (exempel)", "desk": 3, "at": at, "minutes": 15}
    return {
        "happening": {"kind": "late", "meeting_id": str(UUID(int=1)), "minutes": 15},
        "about": {"code": "late", "params": about},
        "options": [
            _option(_change("Nils Fiktivsson", 0, 45), costs=[alone]),
            _option(_change("Nils Fiktivsson", 0, 30), _change("Wael Demodotter", 30, 120), people_moved=1),
            _option(
                _change("Nils Fiktivsson", 0, None),
                _change("Nils Fiktivsson", None, 15, desk=5, employer_name="Norrskär Data (exempel)"),
                meetings_dropped=1,
                costs=[alone, {"code": "fits_worse", "params": {"points": 12}}],
            ),
        ],
        "if_nothing": [{"code": "meeting_missed", "params": {"employer": "Granit & Bit (exempel)", "at": at}}],
    }


def _noted() -> dict[str, Any]:
    until = "2026-11-24T09:20:00+00:00"
    away = {"person_id": str(UUID(int=5)), "name": "Nils Fiktivsson", "until": until, "until_before": None}
    nothing = {"if_nothing": [{"code": "nothing_missed", "params": {}}]}
    return _repairs() | nothing | {"options": [_option(away=[away])]}


def _rules() -> dict[str, Any]:
    return {"video_rooms": 6, "interpreters": {"sign_language": 2, "language:ar": 1}}


def _closed() -> dict[str, Any]:
    names = (
        "Mona Påhittsson",
        "Wael Demodotter",
        "Rana Låtsaskvist",
        "Amir Övningsö",
        "Elin Provlund",
        "Olga Testberg",
    )
    desk = {
        "desk_id": str(UUID(int=3)),
        "desk_number": 3,
        "employer_name": "Granit & Bit (exempel)",
        "recruiter_before": None,
        "recruiter_id": str(UUID(int=9)),
        "recruiter_name": "Tuva Modellström",
        "station_id": None,
        "station_name": None,
        "on_duty_until": None,
    }
    return _repairs() | {
        "happening": {"kind": "recruiter_gone", "desk_id": str(UUID(int=3))},
        "about": {"code": "recruiter_gone", "params": {"desk": 3, "employer": "Granit & Bit (exempel)"}},
        "options": [
            _option(desks=[desk], costs=[{"code": "everybody_keeps_time", "params": {}}]),
            _option(
                *(
                    _change(name, 15 * number, None if number % 2 else 15 * number + 90)
                    for number, name in enumerate(names)
                ),
                meetings_dropped=3,
            ),
            _option(
                *(_change(name, 15 * number, None) for number, name in enumerate(names)),
                meetings_dropped=6,
                is_plain=True,
            ),
        ],
        "if_nothing": [{"code": "wait_in_vain", "params": {"count": 6, "first": "2026-11-24T09:00:00+00:00"}}],
    }


def _problem(name: str, **extras: Any) -> dict[str, Any]:
    kind = f"urn:direktkontakt:problem:{name}"
    return {"type": kind, "title": name, "status": 409, "detail": name, "fields": [], **extras}


def _changed() -> dict[str, Any]:
    return _problem("PlanHasChanged", repairs=_repairs())
