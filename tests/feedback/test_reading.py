from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.answers import EMPTY, Answers, AnswersInvalid, Rating
from feedback.reading import (
    NOTHING_RATED,
    Comparison,
    Gap,
    SealedView,
    Section,
    SelfRating,
    compare,
    is_hard,
    parse_self_rating,
    ratings_document,
    reading_order,
    reading_view,
    sealed_view,
    widest_gap,
)
from feedback.scorecard import NotReleased, Scorecard, release_due, send
from tests.feedback.strategies import IT, NOON, UNDO, complete, drafts, rated, self_ratings

OWN = SelfRating((Rating("item_1", 4), Rating("item_2", 5), Rating("item_3", 4)))


def test_before_it_is_opened_feedback_shows_only_whose_it_is_and_what_to_rate_oneself_on() -> None:
    draft = Scorecard(IT.ref, answers=complete(1, 2, 3, 4))
    sent = send(draft, IT, now=NOON, undo=UNDO)

    def sealed(card: Scorecard) -> SealedView:
        return sealed_view(card, IT, employer_name="Kvarnby", recruiter_name="Jonas Bergvall", held_at=NOON)

    assert sealed(release_due(sent, now=NOON + UNDO)) == SealedView(
        "Kvarnby", "Jonas Bergvall", NOON, NOON + UNDO, IT.items
    )
    for card in (draft, sent):
        with pytest.raises(NotReleased, match=card.state):
            sealed(card)


def test_a_self_rating_may_leave_items_out() -> None:
    own = parse_self_rating({"item_2": 5, "item_1": 4, "item_3": None}, IT)

    assert own == SelfRating((Rating("item_1", 4), Rating("item_2", 5)))
    assert ratings_document(own.ratings) == {"item_1": 4, "item_2": 5}
    assert own.value("item_3") is None


def test_a_self_rating_is_refused_field_by_field() -> None:
    with pytest.raises(AnswersInvalid) as caught:
        parse_self_rating({"item_1": 6, "worked": 1}, IT)

    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        ("ratings.worked", "unknown_field"),
        ("ratings.item_1", "not_a_rating"),
    ]


def test_a_self_rating_cannot_be_built_wrong() -> None:
    with pytest.raises(ValueError, match="left out"):
        SelfRating((Rating("item_1", None),))
    with pytest.raises(ValueError, match="rated once"):
        SelfRating((Rating("item_1", 1), Rating("item_1", 2)))


def test_each_item_is_seen_through_both_pairs_of_glasses() -> None:
    glasses = compare(complete(5, 3, 4, 3), OWN, IT)

    assert [(one.employer, one.own, one.gap, one.steps) for one in glasses] == [
        (5, 4, Gap.EMPLOYER_HIGHER, 1),
        (3, 5, Gap.OWN_HIGHER, 2),
        (4, 4, Gap.SAME, 0),
        (3, None, Gap.NOT_RATED, 0),
    ]


def test_what_the_employer_did_not_see_is_no_gap_rated_or_not() -> None:
    glasses = compare(Answers(ratings=rated(None, None, 2, 2)[:2]), OWN, IT)

    assert [one.gap for one in glasses] == [Gap.NOT_SEEN] * 4
    assert [one.steps for one in glasses] == [0] * 4


def test_a_step_is_told_by_its_anchor_and_an_even_one_by_its_two_neighbours() -> None:
    first, second, _, last = compare(complete(5, 2, 3, None), OWN, IT)

    assert [anchor.text.sv for anchor in first.employer_anchors] == ["Löste eller resonerade om vårt problem"]
    assert [anchor.short.sv for anchor in first.own_anchors] == ["förklarade", "löste"]
    assert [anchor.short.sv for anchor in second.employer_anchors] == ["inga exempel", "ett exempel"]
    assert [anchor.own_text.sv for anchor in second.own_anchors] == ["Exempel med min del och resultat"]
    assert (last.employer_anchors, last.own_anchors) == ((), ())


@given(st.none() | st.integers(1, 5), st.none() | st.integers(1, 5))
def test_a_gap_seen_from_the_other_side_is_the_opposite_one(one: int | None, other: int | None) -> None:
    item = IT.items[0]
    here, there = Comparison(item, one, other), Comparison(item, other, one)

    assert here.steps == there.steps
    assert (here.gap is Gap.EMPLOYER_HIGHER) == (there.gap is Gap.OWN_HIGHER)
    assert (here.gap is Gap.SAME) == (one is not None and one == other)


def test_the_widest_gap_is_named_only_when_it_is_one() -> None:
    assert widest_gap(compare(complete(5, 3, 4, 3), OWN, IT)) == "item_2"
    assert widest_gap(compare(complete(4, 5, 4, 3), OWN, IT)) is None
    assert widest_gap(compare(complete(5, 4, 4, 3), OWN, IT)) is None
    assert widest_gap([]) is None
    assert widest_gap(compare(EMPTY, NOTHING_RATED, replace(IT, items=IT.items[:1]))) is None


@pytest.mark.parametrize(
    ("answers", "hard"),
    [
        (complete(4, 3, 4, 3), False),
        (complete(2, 2, 3, 4), True),
        (complete(2, 3, 3, 4), False),
        (complete(1, None, None, None), True),
        (complete(None, None, None, None), False),
        (replace(complete(5, 5, 5, 5), next_step="not_yet"), True),
        (replace(complete(5, 5, 5, 5), next_step="another_role"), True),
        (replace(complete(5, 5, 5, 5), next_step="yes_with_support"), False),
        (EMPTY, False),
    ],
)
def test_feedback_is_hard_when_the_employer_stops_or_half_of_what_it_saw_is_low(answers: Answers, hard: bool) -> None:
    assert is_hard(answers, IT) is hard


def test_what_to_do_next_comes_first_but_hard_feedback_begins_with_what_worked() -> None:
    kind, hard = complete(4, 4, 4, 4), complete(1, 1, 1, 1)

    assert reading_order(kind, IT) == (Section.DO_NEXT, Section.NEXT_STEP, Section.WORKED, Section.GLASSES)
    assert reading_order(hard, IT) == (Section.WORKED, Section.DO_NEXT, Section.GLASSES, Section.NEXT_STEP)


def test_the_view_holds_the_employers_own_choices_and_words() -> None:
    answers = Answers(
        ratings=rated(5, 3, 4, 3),
        next_step="another_role",
        occupation="tester",
        worked=("calm_problem_solving", "good_questions"),
        worked_statement="Du löste vårt problem fint.",
        do_next=("tell_own_part", "practise_sql"),
        enabling=("work_trial", "supervisor"),
    )

    view = reading_view(answers, OWN, IT)

    assert view.begin_with == IT.do_next.choice("tell_own_part")
    assert view.then == (IT.do_next.choice("practise_sql"),)
    assert view.next_step == IT.next_step.choice("another_role")
    assert view.occupation is not None
    assert view.occupation.text.sv == "Testare"
    assert [support.text.sv for support in view.enabling] == ["Arbetsprövning", "Handledare"]
    assert [chip.text.sv for chip in view.worked] == ["Lugn problemlösning", "Bra frågor"]
    assert view.worked_statement == "Du löste vårt problem fint."
    assert view.glasses == compare(answers, OWN, IT)
    assert view.widest_gap == "item_2"
    assert view.order[0] is Section.WORKED


@given(drafts(), self_ratings())
def test_any_answers_can_be_read_and_nothing_is_added_or_lost(answers: Answers, own: SelfRating) -> None:
    view = reading_view(answers, own, IT)

    begun = () if view.begin_with is None else (view.begin_with,)
    assert tuple(chip.code for chip in (*begun, *view.then)) == answers.do_next
    assert tuple(chip.code for chip in view.worked) == answers.worked
    assert tuple(support.code for support in view.enabling) == answers.enabling
    assert view.worked_statement == answers.worked_statement
    assert sorted(view.order) == sorted(Section)
    assert {one.item.code: one.employer for one in view.glasses if one.employer is not None} == {
        rating.item: rating.value for rating in answers.ratings if rating.value is not None
    }
