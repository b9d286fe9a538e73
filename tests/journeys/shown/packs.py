"""The questions being written, the card being advised on, and the profile on its way out."""

from __future__ import annotations

from tests.journeys.scene import LEILA, STAFF, Scene
from tests.journeys.shown.state import State, altered, clicking, filling, first, pressing

OLD = {".statement textarea": "Du är för gammal för oss."}
LAST = clicking(".b1-progress li:last-child button")
LONG = "Fjällnätsövervakningsspecialisternas alldeles egna exempel"


def of_packs(scene: Scene) -> list[State]:
    desk, recruiter = f"/desk/{scene.desks[5]}", scene.recruiters[5]
    return [
        State("packs", "/packs", "/packs", ".pk-packs > li", STAFF),
        State(
            "pack, a broken draft",
            "/packs/:code/:version",
            "/packs/it/1",
            ".pk-preview",
            STAFF,
            prepare=altered("**/api/packs/it/1", _draft),
        ),
        State("profile, to take along", "/profile/out", "/profile/out", ".out-paper section", LEILA),
        State(
            "scorecard, advised on its tone",
            "/desk/:id",
            desk,
            ".bd-page",
            recruiter,
            act=first(pressing("desk.open_card"), LAST, pressing("scorecard.add_statement"), filling(OLD, send=False)),
            then=".tone p",
        ),
    ]


def _draft(pack: dict[str, object]) -> dict[str, object]:
    """A draft with something to put right and something changed."""
    path = "worked.choices[clear_example].text.en"
    problem = {"path": path, "place": path, "code": "text_missing", "message": "The text is missing."}
    change = {"kind": "changed", "path": path, "place": path, "before": LONG, "after": LONG, "words": LONG}
    return pack | {"state": "draft", "version": 2, "problems": [problem], "changes": [change, change]}
