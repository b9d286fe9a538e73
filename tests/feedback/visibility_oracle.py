"""Who may see what, written as a table from the design and apart from the code.

A row is a situation; what it does not name is hidden. The code is not imported.
"""

from __future__ import annotations

WRITTEN = {"existence", "author", "ratings", "chips", "next_step", "support_needs", "statement"}
EVERYTHING = WRITTEN | {"reply", "reception", "self_rating"}

# (who looks, where the feedback stands) -> what they may see
BY_SITUATION: dict[tuple[str, str], set[str]] = {
    ("the seeker", "unreleased"): set(),
    ("the seeker", "sealed"): {"existence", "author", "self_rating"},
    ("the seeker", "opened"): EVERYTHING,
    ("another seeker", "unreleased"): set(),
    ("another seeker", "sealed"): set(),
    ("another seeker", "opened"): set(),
    ("the employer", "unreleased"): WRITTEN,
    ("the employer", "sealed"): WRITTEN | {"reply"},
    ("the employer", "opened"): WRITTEN | {"reply"},
    ("another employer", "unreleased"): set(),
    ("another employer", "sealed"): set(),
    ("another employer", "opened"): set(),
    ("staff of the event", "unreleased"): {"existence"},
    ("staff of the event", "sealed"): {"existence"},
    ("staff of the event", "opened"): {"existence"},
    ("staff of another event", "unreleased"): set(),
    ("staff of another event", "sealed"): set(),
    ("staff of another event", "opened"): set(),
    ("another's case worker", "unreleased"): set(),
    ("another's case worker", "sealed"): set(),
    ("another's case worker", "opened"): set(),
    ("an administrator", "unreleased"): set(),
    ("an administrator", "sealed"): set(),
    ("an administrator", "opened"): set(),
    ("a companion", "unreleased"): set(),
    ("a companion", "sealed"): set(),
    ("a companion", "opened"): set(),
}

SHARED = {"existence", "author", "ratings", "chips", "next_step", "support_needs"}

# The seeker's own case worker: (where the feedback stands, last choice, statement shared) -> what they may see
OWN_CASE_WORKER: dict[tuple[str, str, bool], set[str]] = {
    ("unreleased", "not asked", False): set(),
    ("unreleased", "not asked", True): set(),
    ("unreleased", "no", False): set(),
    ("unreleased", "no", True): set(),
    ("unreleased", "yes", False): set(),
    ("unreleased", "yes", True): set(),
    ("sealed", "not asked", False): set(),
    ("sealed", "not asked", True): set(),
    ("sealed", "no", False): set(),
    ("sealed", "no", True): set(),
    ("sealed", "yes", False): SHARED,
    ("sealed", "yes", True): SHARED | {"statement"},
    ("opened", "not asked", False): set(),
    ("opened", "not asked", True): set(),
    ("opened", "no", False): set(),
    ("opened", "no", True): set(),
    ("opened", "yes", False): SHARED,
    ("opened", "yes", True): SHARED | {"statement"},
}


def allowed(who: str, standing: str, choice: str, statement_shared: bool) -> set[str]:
    if who == "the seeker's case worker":
        return OWN_CASE_WORKER[standing, choice, statement_shared]
    return BY_SITUATION[who, standing]
