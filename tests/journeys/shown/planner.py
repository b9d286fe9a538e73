"""The plan of an event: nothing lies yet, it is made, it lies and is proven, it is mended, it is compared."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from playwright.async_api import Page

from tests.journeys.scene import STAFF, Scene
from tests.journeys.shown.state import (
    Act,
    Prepare,
    State,
    answered,
    clicking,
    filling,
    first,
    keep_notices,
    pressing,
    unfold,
)

RUNS, RUN = "**/planning-runs", "**/planning-runs/*"
RULES, PRICES, FIGURES = "**/planning-rules", "**/equality-prices*", "**/plan-figures"
REFUSED = {"type": "urn:direktkontakt:problem:Broken", "title": "Broken", "status": 500, "detail": ""}
SEEKER = "11111111-1111-4111-8111-111111111111"
Run = dict[str, Any]


def of_a_plan(scene: Scene) -> list[State]:
    return [*_by_hand(scene), *_made(scene), *_proven(scene), *_chosen(scene)]


def _plan(name: str, event: str, shows: str = ".pl-side", *prepare: Prepare, **more: Any) -> State:
    ready = _all(*prepare) if prepare else None
    return State(f"plan, {name}", "/events/:id/plan", f"/events/{event}/plan", shows, STAFF, prepare=ready, **more)


def _by_hand(scene: Scene) -> list[State]:
    def draft(name: str, act: Act | None = None, then: str | None = None) -> State:
        return _plan(name, scene.draft, ".pl-item", act=act, then=then)

    laid = first(keep_notices, clicking(".who-row", ".pl-side .ds-button[data-variant=primary]"))
    return [
        draft("with a conflict"),
        draft("somebody moves", clicking(".pl-item"), "#picked-name"),
        draft("somebody is placed", clicking(".who-row"), ".alts"),
        draft("somebody laid", laid, ".toast button"),
        draft("pinned", first(_widen, keep_notices, clicking("td.c.v"), pressing("plan.pin")), ".toast button"),
        draft("locked", first(_widen, keep_notices, _lock), ".toast button"),
        draft("a whole day", first(filling({".pf input": "Rana"}), clicking("#sought ~ ul button")), "#day-of, .alts"),
        draft("nobody sought is there", filling({".pf input": "xyzzy"}), ".pl-none, .pl-side .muted"),
        draft("those without a meeting", clicking(".sp li:first-child button"), ".sp [aria-pressed=true]"),
        draft("not to be published yet", pressing("staff.publish"), "dialog[open] .pb"),
        _plan("nobody yet", scene.empty, ".state"),
        _plan("published", scene.event),
    ]


def _made(scene: Scene) -> list[State]:
    def made(name: str, run: Run, then: str) -> State:
        return _plan(name, scene.draft, ".pl-side", answered(RUNS, [run]), then=then)

    fault = {"path": "seekers[3].interpreter", "message": "there is no interpreter of kind 'sign_language'"}
    return [
        _plan("nothing lies yet", scene.coming, ".mk"),
        made("being made", _run("running", stage="select", progress_pct=34), "[role=progressbar]"),
        made("lost on the way", _run("lost"), "[role=alert]"),
        made("cannot be made", _run("failed", faults=[fault, {"path": "desks", "message": "no desk"}]), "[role=alert]"),
        made("ready to use", _run("done"), ".ds-alert[data-color=ok]"),
        _plan(
            "not asked for",
            scene.coming,
            ".mk",
            answered(RUNS, REFUSED, status=409),
            act=pressing("plan.make"),
            then="[role=alert]",
        ),
    ]


def _proven(scene: Scene) -> list[State]:
    laid = _run("done", is_current=True, laid_at=_now(), unmet=_unmet())
    lies = (
        answered(RUNS, [laid, _run("done", id=SEEKER)]),
        answered(RUN, laid | {"changes": {"new": 1, "moved": 2, "gone": 0, "people_moved": 2}}),
        answered(FIGURES, _figures()),
    )

    def proven(name: str, *more: Prepare, act: Act | None = None, then: str = ".cert") -> State:
        return _plan(name, scene.draft, ".pl-side", *lies, *more, act=act, then=then)

    compared = answered("**/comparison*", _comparison())
    return [
        proven("proven, with its proof", act=unfold),
        proven("with the price of equal shares", answered(PRICES, _prices()), act=unfold, then=".eq-s"),
        proven("more equal", answered(PRICES, _prices()), act=_slide, then=".eq > .ds-button"),
        proven("compared", compared, act=clicking(".pl-proof > .ds-button"), then="dialog[open] table"),
        proven(
            "not compared",
            answered("**/comparison*", REFUSED, status=409),
            act=clicking(".pl-proof > .ds-button"),
            then="dialog[open] [role=alert]",
        ),
    ]


def _chosen(scene: Scene) -> list[State]:
    def options(name: str, *acts: Act, then: str, prepare: tuple[Prepare, ...] = ()) -> State:
        return _plan(name, scene.draft, ".pl-side", *prepare, act=first(_open_options, *acts), then=then)

    send = clicking("dialog[open] [type=submit]")
    add = clicking("dialog[open] .mk-add")
    return [
        options("options", add, then=".mk-int"),
        options(
            "options with errors",
            add,
            filling({"#rest-slots": "99", "#meetings-max": "0", ".mk-int input": "arabiska"}, send=False),
            filling({".mk-int input[type=number]": ""}, send=False),
            send,
            then="#rest-slots[aria-invalid]",
        ),
        options("options not read", then="dialog[open] [role=alert]", prepare=(answered(RULES, REFUSED, status=409),)),
    ]


async def _widen(page: Page, locale: str) -> None:
    await page.set_viewport_size({"width": 1440, "height": 900})


async def _lock(page: Page, locale: str) -> None:
    await page.locator(".pl-lock").first.press("Enter")


async def _open_options(page: Page, locale: str) -> None:
    await page.locator(".pl-make .icon-btn").click()


async def _slide(page: Page, locale: str) -> None:
    await page.locator("#equality-at").focus()
    for _ in range(3):
        await page.keyboard.press("ArrowRight")


def _all(*prepares: Prepare) -> Prepare:
    async def prepare(page: Page) -> None:
        for one in prepares:
            await one(page)

    return prepare


def _now() -> str:
    return datetime.now(UTC).isoformat()


def _run(status: str, **more: Any) -> Run:
    """A run as the server tells of it."""
    done = status == "done"
    certificate = {
        "value": 183_812,
        "bound": 184_200,
        "gap_pct": 0.2106,
        "match_value": 12_400,
        "meetings": 209,
        "breaks_before": 41,
        "breaks": 17,
        "rules_kept": ["seeker_once_a_slot", "desk_once_a_slot", "form", "rest_slots", "interpreters:sign_language"],
        "seconds": 0.118,
        "seed": 0,
    }
    return {
        "id": "22222222-2222-4222-8222-222222222222",
        "status": status,
        "stage": "",
        "progress_pct": 100 if done else 0,
        "options": {"seed": 0, "meetings_max": None, "meetings_min": None, "keep": "pinned", "parity": None},
        "created_at": _now(),
        "finished_at": None,
        "laid_at": None,
        "is_current": False,
        "certificate": certificate if done else None,
        "figures": _figures() if done else None,
        "unmet": [],
        "faults": [],
        "meetings": 209 if done else 0,
        "changes": None,
        **more,
    }


def _share(label: str, mean: float, seekers: int = 29, without: int = 0) -> Run:
    return {"label": label, "seekers": seekers, "mean": mean, "without": without}


def _figures() -> Run:
    ages = [_share("25_39", 3.7), _share("40_54", 3.6), _share("55_up", 3.2, 8, 1)]
    return {
        "meetings": 209,
        "seekers": 58,
        "by_meetings": [1, 4, 9, 44],
        "breaks": 17,
        "mean_value": 61.4,
        "groups": [
            {"dimension": "gender", "groups": [_share("men", 3.8), _share("women", 3.4)], "groups_withheld": 0},
            {"dimension": "age_band", "groups": ages, "groups_withheld": 1},
        ],
    }


def _prices() -> Run:
    curve = ((0, 12.0, 0), (0.25, 8.5, 0.04), (0.5, 5.2, 0.11), (0.75, 2.4, 0.22), (1, 0.9, 0.36), (1.25, 0.2, 0.71))
    points = [
        {
            "strength": strength,
            "gap_pct": gap,
            "price_pct": price,
            "shares": [_share("men", 3.6 + gap / 60), _share("women", 3.6 - gap / 60)],
        }
        for strength, gap, price in curve
    ]
    return {"dimension": "gender", "run_id": SEEKER, "points": points}


def _unmet() -> list[Run]:
    reasons: tuple[tuple[str, Run], ...] = (
        ("seats_taken", {}),
        ("hours_taken", {}),
        ("few_seats", {"has": 1, "minimum": 2}),
    )
    return [
        {
            "seeker_id": SEEKER.replace("1111", f"{number}111", 1),
            "seeker_name": name,
            "organisation_id": None if code == "few_seats" else SEEKER,
            "employer_name": None if code == "few_seats" else "Nordkod AB (exempel)",
            "code": code,
            "params": params,
            "reason": code,
        }
        for number, (name, (code, params)) in enumerate(
            zip(("Ngozi Provberg", "Rana Låtsaskvist-Överdrivet", "Ali Testberg"), reasons, strict=True), start=1
        )
    ]


def _comparison() -> Run:
    names = ("Ngozi Provberg", "Olle Påhittsson", "Parisa Övningsö", "Erik Exempelsson", "Mira Attrappsdotter")
    spot = {"desk_id": SEEKER, "slot_id": SEEKER}

    def pair(number: int, one: Run | None, other: Run | None) -> Run:
        ids = {"seeker_id": SEEKER, "organisation_id": SEEKER}
        named = {"seeker_name": names[number % 5], "employer_name": "Sjukvårds-IT Syd i samverkan (exempel)"}
        return {**ids, **named, "one": one, "other": other}

    gained = [pair(number, spot, None) for number in range(11)]
    return {
        "one": _figures(),
        "other": _figures() | {"meetings": 201, "by_meetings": [3, 6, 9, 40], "mean_value": 58.9},
        "changes": {"new": 11, "moved": 24, "gone": 3, "people_moved": 20},
        "differences": [*gained, *(pair(number, None, spot) for number in range(3))],
    }
