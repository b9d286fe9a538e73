"""What job seekers learn from and get ready with: what they can do, roles to explore, a checklist, their people."""

from __future__ import annotations

from tests.journeys.scene import LEILA, Scene
from tests.journeys.shown.state import State, clicking


def of_learning(scene: Scene) -> list[State]:
    def own(name: str, path: str, shows: str, act: str, then: str) -> State:
        return State(name, path.partition("?")[0], path, shows, LEILA, act=clicking(act), then=then)

    return [
        own("what one can do", "/profile/competences", ".cl-row", ".cl-act button", "dialog[open] .cl-pick"),
        own("inventory, what is heard", "/profile/inventory?about=helped", ".iv-h", ".iv-act button", ".iv-heard"),
        State("a path to explore", "/paths/:pack/:occupation", "/paths/it/tester", ".pa-three", LEILA),
        own("the rehearsal", "/prepare", ".pp-list", ".pp-list label", ".pp-list input:checked"),
        own("whom one knows", "/profile/network", ".pp-circles", ".pp-circles .ds-button", "dialog[open] .ds-field"),
        own("an action to move", "/profile", ".ln-acts", ".ln-acts .icon-btn", "dialog[open] .ln-move"),
        own("a goal to choose", "/profile", ".pr-goal", ".ln-goal-act button:nth-of-type(2)", "dialog[open] .ln-pick"),
    ]
