"""How staff make an event: its people and its spreadsheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.async_api import Page

from tests.journeys.scene import STAFF, Scene
from tests.journeys.shown.state import Act, State, altered, clicking, filling, first, pressing, unfold
from tests.services.web import ROOT

SHEETS = ROOT / "tests" / "data" / "event-spreadsheets"
READY = (
    "Namn;E-post;Kompetenser;Samtycke\n"
    "Eva Klarström;eva@sokande.example;Python;Ja\n"
    "Adam Testsson;adam@sokande.example;SQL;Ja\n"
)
NEEDS = (
    "Namn;E-post;Behov;Samtycke\n"
    "Eva Klarström;eva@sokande.example;rullstol, tolk tigrinja;Ja\n"
    "Adam Testsson;adam@sokande.example;extra tid;Ja\n"
)
NOT_A_SHEET = "bild.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x00"


def around_the_event(scene: Scene) -> list[State]:
    return [*_new(scene), *_people(scene), *_import(scene)]


def _staff(name: str, route: str, event: str, shows: str, **more: Any) -> State:
    return State(name, route, route.replace(":id", event), shows, STAFF, **more)


def _new(scene: Scene) -> list[State]:
    def new(name: str, **more: Any) -> State:
        return State(name, "/events/new", "/events/new", "main form input", STAFF, **more)

    return [new("new event"), new("new event with errors", act=pressing("staff.create"), then="#name[aria-invalid]")]


def _people(scene: Scene) -> list[State]:
    def people(name: str, event: str, shows: str, **more: Any) -> State:
        return _staff(name, "/events/:id/people", event, shows, **more)

    return [
        people(
            "people, after the feedback",
            scene.draft,
            "#event-responses",
            prepare=altered("**/api/recruitment-events/*/responses", _with_responses),
        ),
        people("people, the seekers", scene.draft, ".pe-e", act=pressing("staff.seekers"), then=".pe-s"),
        people(
            "people, nobody found",
            scene.draft,
            ".pe-e",
            act=first(pressing("staff.seekers"), filling({".pe-search": "xyz"})),
            then="li.pe-s.muted",
        ),
        people("people, nobody yet", scene.empty, ".state"),
        people(
            "people, an employer with errors",
            scene.draft,
            ".pe-e",
            act=first(pressing("staff.add_employer"), clicking("dialog[open] [type=submit]")),
            then="#employer-name[aria-invalid]",
        ),
        people(
            "people, a seeker with errors",
            scene.draft,
            ".pe-e",
            act=first(pressing("staff.seekers", "staff.add_seeker"), clicking("dialog[open] [type=submit]")),
            then="#seeker-name[aria-invalid]",
        ),
        *_arranged(people, scene),
    ]


def _arranged(people: Callable[..., State], scene: Scene) -> list[State]:
    return [
        people(
            "people, what is arranged for a seeker",
            scene.draft,
            ".pe-e",
            prepare=altered("**/api/recruitment-events/*/seekers", _with_needs),
            act=first(pressing("staff.seekers"), clicking(".pe-s .pe-a .ds-button")),
            then="dialog[open] .pe-needs",
        ),
        people(
            "people, another interpreter",
            scene.draft,
            ".pe-e",
            prepare=altered("**/api/recruitment-events/*/seekers", _with_needs),
            act=first(pressing("staff.seekers"), clicking(".pe-s:nth-child(2) .pe-a .ds-button")),
            then="dialog[open] .pe-needs .ds-field input",
        ),
    ]


def _import(scene: Scene) -> list[State]:
    def sheet(name: str, event: str, *acts: Act, then: str, **more: Any) -> State:
        return _staff(name, "/events/:id/import", event, "main input[type=file]", act=first(*acts), then=then, **more)

    seekers = sheet_named("arbetssokande.csv")
    return [
        sheet("import", scene.draft, then=".im-drop"),
        sheet("import, employers first", scene.empty, then=".im-drop"),
        sheet("import, not a sheet", scene.empty, sheet_of(*NOT_A_SHEET), then="[role=alert]"),
        sheet("import, employers", scene.empty, sheet_named("arbetsgivare.csv"), then=".im-p"),
        sheet("import, rows that stop it", scene.draft, seekers, then=".im-r"),
        sheet(
            "import, much decided and all unfolded",
            scene.draft,
            seekers,
            clicking(".im-group .ds-button", ".im-fix.ask .ds-button", ".im-t [aria-expanded=false]"),
            unfold,
            then=".im-all",
        ),
        sheet(
            "import, needs put right",
            scene.draft,
            sheet_of("behov.csv", NEEDS.encode()),
            clicking(".im-gl .ds-button"),
            then=".im-needs",
        ),
        sheet("import, ready", scene.draft, sheet_of("klar.csv", READY.encode()), then=".im-p .im-todo"),
        sheet(
            "import, done",
            scene.draft,
            sheet_of("klar.csv", READY.encode()),
            clicking(".im-p .ds-button"),
            then=".im-done",
        ),
    ]


def sheet_named(name: str, *, lines: int = 40) -> Act:
    """A file as it was sent, cut short: every kind of trouble is there long before its end."""
    return sheet_of(name, b"".join((SHEETS / name).read_bytes().splitlines(keepends=True)[:lines]))


def sheet_of(name: str, content: bytes) -> Act:
    async def choose(page: Page, locale: str) -> None:
        file = {"name": name, "mimeType": "text/csv", "buffer": content}
        await page.locator("main input[type=file]").set_input_files(file)  # type: ignore[arg-type]

    return choose


def _with_needs(page: dict[str, Any]) -> dict[str, Any]:
    first_one, second, *others = page["seekers"]
    plan = {"extra_time": True, "accessible_station": True, "interpreter": "language:ti"}
    seekers = [
        first_one | {"musts": first_one["wishes"][:1], "scheduling_needs": plan},
        second | {"scheduling_needs": plan | {"interpreter": "skrivtolk"}},
        *others,
    ]
    return page | {"seekers": seekers}


def _with_responses(_: Any) -> dict[str, Any]:
    about = {"employer_name": "Granit & Bit (exempel)", "at": "2026-03-02T12:00:00Z"}
    return {
        "disputes": [
            about | {"feedback_id": "1", "seeker_name": None, "words": None},
            about | {"feedback_id": "2", "seeker_name": "Olga Testberg", "words": "Jag visade ett exempel i slutet."},
        ],
        "meeting_wishes": [about | {"feedback_id": "3", "seeker_name": "Olga Testberg"}],
    }
