from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.planning_runs.groups import groups_of
from server.planning_runs.match import Facts, Reason, match

RANKS = st.one_of(st.none(), st.integers(0, 60))
PLAIN = Facts(wanted=4, had=2)


@given(wanted=st.integers(0, 9), had=st.integers(0, 9), seeker=RANKS, employer=RANKS, met=st.booleans())
def test_a_value_is_within_its_scale_and_has_a_reason(
    wanted: int, had: int, seeker: int | None, employer: int | None, met: bool
) -> None:
    found = match(
        Facts(wanted=wanted, had=min(had, wanted), seeker_rank=seeker, employer_rank=employer, has_met=met, aim=7)
    )

    assert 0 <= found.value <= 100
    assert found.reasons


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (replace(PLAIN, had=3), PLAIN),
        (replace(PLAIN, seeker_rank=1), replace(PLAIN, seeker_rank=2)),
        (replace(PLAIN, seeker_rank=40), PLAIN),
        (replace(PLAIN, employer_rank=1), replace(PLAIN, employer_rank=2)),
        (replace(PLAIN, seeker_rank=1, employer_rank=1), replace(PLAIN, seeker_rank=1)),
        (PLAIN, replace(PLAIN, has_met=True)),
        (replace(PLAIN, aim=10), PLAIN),
        (PLAIN, replace(PLAIN, employer_rank=0)),
        (replace(PLAIN, employer_rank=0), replace(PLAIN, seeker_rank=0)),
    ],
)
def test_what_speaks_for_a_meeting_makes_it_worth_more(better: Facts, worse: Facts) -> None:
    assert match(better).value > match(worse).value


def test_the_best_match_of_all_is_worth_a_hundred() -> None:
    assert match(Facts(wanted=4, had=4, seeker_rank=1, employer_rank=1)).value == 100


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        (
            Facts(wanted=4, had=3, seeker_rank=1, employer_rank=2),
            (Reason("competences", {"had": 3, "of": 4}), Reason("wished_by_both"), Reason("first_choice")),
        ),
        (
            Facts(seeker_rank=3, has_met=True, aim=5, aim_label="under_25"),
            (Reason("seeker_wish", {"rank": 3}), Reason("met_before"), Reason("target_group", {"label": "under_25"})),
        ),
        (Facts(employer_rank=2), (Reason("employer_wish", {"rank": 2}),)),
        (Facts(employer_rank=0), (Reason("employer_rather_not"),)),
        (Facts(seeker_rank=0, wanted=4, had=4), (Reason("seeker_rather_not"),)),
        (Facts(), (Reason("nothing_known"),)),
    ],
)
def test_every_value_is_explained(facts: Facts, reasons: tuple[Reason, ...]) -> None:
    assert match(facts).reasons == reasons


@pytest.mark.parametrize(
    ("gender", "birth_year", "groups"),
    [
        ("woman", 2002, (("gender", "women"), ("age_band", "under_25"))),
        ("man", 2001, (("gender", "men"), ("age_band", "25_39"))),
        ("other", 1986, (("age_band", "40_54"),)),
        (None, 1971, (("age_band", "55_up"),)),
        ("undisclosed", None, ()),
    ],
)
def test_groups_are_those_that_somebody_has_declared(
    gender: str | None, birth_year: int | None, groups: tuple[tuple[str, str], ...]
) -> None:
    assert groups_of(gender, birth_year, year=2026) == groups
