"""What an employer's page adds up, and sums that nobody can be subtracted out of."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from server.employer_pages.rules import (
    BATCH,
    QUESTIONS,
    Held,
    Outcome,
    Sum,
    TimeSpent,
    counted,
    is_counted,
    outcome,
    summed,
    time_spent,
)

START = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def test_a_person_counts_once_by_the_furthest_they_have_come() -> None:
    assert [
        outcome(is_hired=hired, goes_on=on, has_feedback=feedback)
        for hired, on, feedback in ((True, True, True), (False, True, True), (False, False, True), (False,) * 3)
    ] == [Outcome.HIRED, Outcome.NEXT, Outcome.FEEDBACK, Outcome.NOTHING]


def test_time_is_told_by_what_it_went_to() -> None:
    sent = Held(START - minutes(2), START, START + minutes(12), START + minutes(13), is_sent=True)
    by_time = Held(None, START + minutes(20), START + minutes(32), START + minutes(35), is_sent=False)
    afternoon = Held(START, START + timedelta(hours=4), None, None, is_sent=False)

    assert time_spent([sent, by_time, afternoon]) == TimeSpent(
        talk_s=24 * 60, feedback_s=4 * 60, wait_s=32 * 60, half_days=2, usual_feedback_s=60
    )


def test_a_talk_that_was_closed_early_ends_there_and_long_feedback_counts_a_quarter() -> None:
    early = Held(None, START, START + minutes(12), START + minutes(5), is_sent=True)
    late = Held(None, START, START + minutes(12), START + minutes(90), is_sent=False)

    spent = time_spent([early, late])

    assert (spent.talk_s, spent.feedback_s, spent.usual_feedback_s) == (17 * 60, 15 * 60, 0)


def test_nothing_held_is_no_time() -> None:
    assert time_spent([]) == TimeSpent(0, 0, 0, 0, None)


def test_a_sum_says_how_many_gave_each_answer() -> None:
    answers = [dict.fromkeys(QUESTIONS, step) for step in (1, 5, 5, 4, 5)]

    assert summed(answers) == Sum(5, dict.fromkeys(QUESTIONS, (1, 0, 0, 1, 3)))


@given(st.integers(0, 40))
def test_answers_are_shown_in_whole_batches_and_stand_fast_from_then_on(count: int) -> None:
    found = counted(range(count))

    assert found.shown == tuple(range(count - count % BATCH))
    assert found.waiting == count % BATCH
    assert [place for place in range(count) if is_counted(place, answers=count)] == list(found.shown)


@given(st.lists(st.integers(0, 3), max_size=60))
def test_no_difference_between_any_sums_ever_shown_is_of_fewer_than_five_employers(said: list[int]) -> None:
    """Employers speak of events in any order, and somebody reads every sum after each of them.

    What can be learned by adding and subtracting sums is told by their atoms: answers that lie in just the same
    of the sums shown. None of them may be smaller than a batch, nor hold one employer twice.
    """
    answers: dict[int, list[tuple[int, int]]] = defaultdict(list)
    shown: set[frozenset[tuple[int, int]]] = set()
    for event in said:
        answers[event].append((event, len(answers[event])))
        groups = [counted(one).shown for one in answers.values()]
        shown |= {frozenset(group) for group in groups}
        shown.add(frozenset(one for group in groups for one in group))

    atoms: dict[frozenset[int], set[tuple[int, int]]] = defaultdict(set)
    for answer in {one for group in shown for one in group}:
        atoms[frozenset(place for place, group in enumerate(sorted(shown, key=sorted)) if answer in group)].add(answer)

    assert all(len({employer for _, employer in atom}) >= BATCH for atom in atoms.values())
