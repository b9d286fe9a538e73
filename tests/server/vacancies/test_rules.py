"""When a vacancy is shown, and why somebody fits it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from feedback.vocabulary import vocabulary
from server.vacancies.rules import (
    Fit,
    Had,
    Reason,
    Standing,
    Wanted,
    fit,
    holds,
    order_for_seeker,
    reasons,
    standing,
    stored_competences,
    wanted_of,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("status", "apply_by", "days", "expected"),
    [
        ("published", None, 0, Standing.OPEN),
        ("published", TODAY, 30, Standing.OPEN),
        ("published", TODAY - timedelta(days=1), 0, Standing.CLOSED),
        ("published", None, 31, Standing.STALE),
        ("published", None, 44, Standing.STALE),
        ("published", None, 45, Standing.HIDDEN),
        ("withdrawn", None, 0, Standing.WITHDRAWN),
        ("removed", TODAY, 0, Standing.REMOVED),
    ],
)
def test_a_vacancy_is_fresh_for_thirty_days_then_asked_about_then_hidden(
    status: str, apply_by: date | None, days: int, expected: Standing
) -> None:
    found = standing(status=status, apply_by=apply_by, confirmed_at=NOW - timedelta(days=days), now=NOW)

    assert found == expected


def test_what_fits_is_told_competence_by_competence_with_its_evidence() -> None:
    rows, _ = stored_competences(("JavaScript", "SQL", "Truckkort"), (), words=vocabulary(), concepts={})
    known = {"JS": "self", "javascript": "employer_confirmed", "truckkort": "credential", "Vävning": "self"}

    found = fit(wanted_of(rows), (Wanted("Segling"), Wanted("")), known=known, words=vocabulary())

    assert found.required == (
        Had("JavaScript", True, "employer_confirmed"),
        Had("SQL", False, None),
        Had("Truckkort", True, "credential"),
    )
    assert found.merits == (Had("Segling", False), Had("", False))
    assert (found.had, found.missing, found.touches) == (2, 1, True)


def test_a_confirmation_is_kept_when_ones_own_word_comes_after_it() -> None:
    known = {"SQL": "employer_confirmed", "sql": "self"}

    assert fit([Wanted("SQL", "sql")], [], known={"SQL": "self"}, words=vocabulary()).required[0].evidence == "self"
    assert fit([Wanted("SQL")], [], known=known, words=vocabulary()).required[0].evidence == "employer_confirmed"


def test_reasons_are_words_about_what_is_there() -> None:
    found = Fit((Had("SQL", True, "self"), Had("Java", False)), (Had("Git", True, "self"),))

    assert reasons(found, met_at=NOW, is_remote=True) == (
        Reason("competences", {"had": 1, "of": 2}),
        Reason("merits", {"had": 1}),
        Reason("met", {"at": NOW.isoformat()}),
        Reason("remote", {}),
    )
    assert reasons(Fit((), ()), met_at=None, is_remote=False) == ()


def test_what_one_can_comes_before_what_one_lacks_and_whom_one_has_met() -> None:
    nothing = Fit((Had("Java", False),), ())
    some = Fit((Had("SQL", True, "self"), Had("Java", False)), ())
    all_of_it = Fit((Had("SQL", True, "self"),), ())
    cases = {
        "all": (all_of_it, False),
        "some, met": (some, True),
        "some": (some, False),
        "nothing, met": (nothing, True),
        "nothing": (nothing, False),
    }

    ordered = sorted(cases, key=lambda name: order_for_seeker(cases[name][0], is_met=cases[name][1], title="a"))

    assert ordered == ["all", "some, met", "some", "nothing, met", "nothing"]


def test_competences_are_stored_once_with_the_ids_that_are_known() -> None:
    rows, merits = stored_competences(
        ("Java", "java", "Korgflätning"),
        ("JAVA", "Korgflätning", "SQL"),
        words=vocabulary(),
        concepts={"Korgflätning": "abcd_efg_hij"},
    )

    java = vocabulary().find("Java")
    assert java is not None
    assert rows == [
        {"label": "Java", "code": java.code, "concept_id": java.jobtech.id if java.jobtech else None},
        {"label": "Korgflätning", "code": None, "concept_id": "abcd_efg_hij"},
    ]
    assert [one["label"] for one in merits] == ["SQL"]


def test_a_competence_is_known_by_the_id_that_its_source_named_however_it_is_written() -> None:
    java = vocabulary().find("Java")
    assert java is not None and java.jobtech is not None

    [row], _ = stored_competences(
        ("Javautveckling i team",), (), words=vocabulary(), concepts={"Javautveckling i team": java.jobtech.id}
    )

    assert (row["code"], row["concept_id"]) == (java.code, java.jobtech.id)
    assert fit(wanted_of([row]), (), known={"java": "self"}, words=vocabulary()).required[0].has


def test_a_filter_looks_for_words_in_any_case_and_nothing_asked_is_everything() -> None:
    assert holds("", ("Sundsvall",))
    assert holds("sunds", ("Sundsvall", "x"))
    assert not holds("umeå", ("Sundsvall",))
