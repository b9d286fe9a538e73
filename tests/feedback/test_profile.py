from __future__ import annotations

from collections import Counter
from dataclasses import fields, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.answers import EMPTY, Answers, Rating
from feedback.instrument import Text
from feedback.profile import (
    LearningProfile,
    ProfileRating,
    ReleasedFeedback,
    Source,
    Stage,
    Statement,
    learning_profile,
    meetings_to_next_stage,
    stage,
)
from feedback.reading import NOTHING_RATED, SelfRating
from tests.feedback.strategies import IT, NOON, complete, drafts, rated, self_ratings

EMPLOYERS = ("Granit & Bit", "Kvarnby", "Isälv Analys")


def source(number: int, employer: int = 0) -> Source:
    return Source(UUID(int=number), UUID(int=100 + employer), EMPLOYERS[employer], NOON + timedelta(days=number))


def feedback(number: int, answers: Answers, employer: int = 0, own: SelfRating = NOTHING_RATED) -> ReleasedFeedback:
    return ReleasedFeedback(source(number, employer), IT, answers, own)


histories = st.lists(st.tuples(st.integers(0, 2), drafts(), self_ratings()), max_size=7).map(
    lambda told: [feedback(number, answers, employer, own) for number, (employer, answers, own) in enumerate(told)]
)


def test_the_stage_is_words_then_a_band_then_a_trend() -> None:
    assert [stage(meetings).value for meetings in range(8)] == [
        "empty",
        "words",
        "words",
        "band",
        "band",
        "band",
        "trend",
        "trend",
    ]
    assert [meetings_to_next_stage(meetings) for meetings in range(8)] == [1, 2, 1, 3, 2, 1, None, None]


def test_nobody_met_gives_an_empty_profile() -> None:
    assert learning_profile([]) == LearningProfile(0, 0, Stage.EMPTY, (), (), (), (), (), ())


def test_employers_stand_side_by_side_in_the_order_they_were_met() -> None:
    own = SelfRating((Rating("item_1", 4),))
    later, earlier = feedback(2, complete(5, None, 4, 3), 1, own), feedback(1, complete(3, 2, 4, 3), 0)

    profile = learning_profile([later, earlier])

    assert (profile.meetings, profile.employers, profile.stage) == (2, 2, Stage.WORDS)
    assert [(row.pack, row.item.code, row.seen) for row in profile.items] == [
        ("it", "item_1", 2),
        ("it", "item_2", 1),
        ("it", "item_3", 2),
        ("it", "item_4", 2),
    ]
    assert profile.items[0].ratings == (
        ProfileRating(source(1, 0), 3, None),
        ProfileRating(source(2, 1), 5, 4),
    )
    assert [rating.value for rating in profile.items[1].ratings] == [2, None]


def test_the_same_employer_met_twice_stands_there_twice_and_counts_once() -> None:
    asked = replace(complete(3, 3, 3, 3), do_next=("practise_sql", "tell_own_part"))
    told = [feedback(1, asked, 0), feedback(2, complete(4, 4, 4, 4), 0), feedback(3, complete(4, 4, 4, 4), 1)]

    profile = learning_profile(told)

    assert (profile.meetings, profile.employers, profile.stage) == (3, 2, Stage.BAND)
    assert [(tally.code, tally.employers, len(tally.sources)) for tally in profile.do_next] == [
        ("tell_own_part", 2, 3),
        ("practise_sql", 1, 1),
    ]


def test_what_as_many_ask_for_stands_with_the_latest_first() -> None:
    told = [
        feedback(1, Answers(worked=("good_questions",), enabling=("supervisor",))),
        feedback(2, Answers(worked=("prepared",), enabling=("validation",))),
    ]

    profile = learning_profile(told)

    assert [tally.code for tally in profile.worked] == ["prepared", "good_questions"]
    assert [(tally.text.sv, tally.sources) for tally in profile.enabling] == [
        ("Validering", (source(2),)),
        ("Handledare", (source(1),)),
    ]


def test_next_steps_and_statements_stand_with_whose_they_are() -> None:
    told = [
        feedback(1, Answers(next_step="another_role", occupation="tester", worked_statement="Fint!"), 1),
        feedback(2, Answers(next_step="yes")),
        feedback(3, EMPTY),
    ]

    profile = learning_profile(told)

    steps = [(step.source, step.next_step.code, step.occupation) for step in profile.next_steps]
    tester = next(occupation for occupation in IT.occupations if occupation.code == "tester")
    assert steps == [(source(1, 1), "another_role", tester), (source(2), "yes", None)]
    assert profile.statements == (Statement(source(1, 1), "Fint!"),)


def test_texts_come_from_the_latest_version_and_packs_are_kept_apart() -> None:
    anew = replace(IT.worked.choice("prepared"), text=Text("Förberedd", "Prepared"))
    newer = replace(IT, version=2, worked=replace(IT.worked, choices=(anew, *IT.worked.choices[:2])))
    care = replace(IT, code="care")
    answers = Answers(ratings=rated(4, 4, 4, 4), worked=("prepared",))
    told = [ReleasedFeedback(source(number), pack, answers) for number, pack in enumerate((IT, newer, care))]

    profile = learning_profile(told)

    assert [(tally.pack, tally.text.sv, len(tally.sources)) for tally in profile.worked] == [
        ("care", "Väl förberett", 1),
        ("it", "Förberedd", 2),
    ]
    assert [(row.pack, len(row.ratings)) for row in profile.items if row.item.code == "item_1"] == [
        ("it", 2),
        ("care", 1),
    ]


@given(histories)
def test_no_rating_is_merged_lost_or_added_up(told: list[ReleasedFeedback]) -> None:
    profile = learning_profile(told)

    shown = Counter(
        (rating.source.scorecard_id, row.item.code, rating.value)
        for row in profile.items
        for rating in row.ratings
        if rating.value is not None
    )
    given_ratings = Counter(
        (one.source.scorecard_id, rating.item, rating.value)
        for one in told
        for rating in one.answers.ratings
        if rating.value is not None
    )
    assert shown == given_ratings
    assert all(len(row.ratings) == len(told) for row in profile.items)


@given(histories)
def test_every_choice_is_tallied_with_whose_it_is(told: list[ReleasedFeedback]) -> None:
    profile = learning_profile(told)

    for tallies, name in ((profile.worked, "worked"), (profile.do_next, "do_next"), (profile.enabling, "enabling")):
        shown = Counter((source.scorecard_id, tally.code) for tally in tallies for source in tally.sources)
        assert shown == Counter((one.source.scorecard_id, code) for one in told for code in getattr(one.answers, name))
        assert [tally.employers for tally in tallies] == sorted((tally.employers for tally in tallies), reverse=True)


@given(histories)
def test_the_order_in_which_feedback_is_given_does_not_matter(told: list[ReleasedFeedback]) -> None:
    assert learning_profile(told[::-1]) == learning_profile(told)


def test_there_is_no_total_and_no_score_of_a_person() -> None:
    names = {field.name for field in fields(LearningProfile)}

    assert names == {
        "meetings",
        "employers",
        "stage",
        "items",
        "worked",
        "do_next",
        "enabling",
        "next_steps",
        "statements",
    }


def test_a_scorecard_counts_once() -> None:
    with pytest.raises(ValueError, match="counts once"):
        learning_profile([feedback(1, EMPTY), feedback(1, EMPTY)])


def test_a_source_has_its_instant_with_a_timezone() -> None:
    with pytest.raises(ValueError, match="timezone"):
        Source(UUID(int=1), UUID(int=2), "Kvarnby", datetime(2026, 11, 24))  # noqa: DTZ001
