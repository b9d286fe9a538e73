from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from feedback.across import Across, across
from feedback.answers import Answers
from feedback.profile import ReleasedFeedback, learning_profile
from tests.feedback.strategies import complete
from tests.feedback.test_profile import feedback, histories, source


def read(*told: ReleasedFeedback) -> Across:
    return across(learning_profile(told))


def asked(*values: int | None, do_next: tuple[str, ...] = ("tell_own_part",), worked: tuple[str, ...] = ()) -> Answers:
    return replace(complete(*values), do_next=do_next, worked=worked)


def test_nothing_is_found_before_two_employers_have_been_met() -> None:
    assert read() == Across((), (), (), (), ())
    once = read(feedback(1, complete(3, 3, 3, 3)))
    assert (once.agree, once.differ, once.moved) == ((), (), ())


def test_employers_agree_on_one_step_or_two_beside_each_other_and_differ_beyond() -> None:
    found = read(
        feedback(1, complete(3, 1, 4, None), 0),
        feedback(2, complete(4, 3, 4, 2), 1),
        feedback(3, complete(3, 5, 4, None), 2),
    )

    assert [(one.item.code, one.low, one.high, len(one.voices)) for one in found.agree] == [
        ("item_1", 3, 4, 3),
        ("item_3", 4, 4, 3),
    ]
    assert [
        (one.item.code, one.lowest.source.employer_name, one.highest.source.employer_name) for one in found.differ
    ] == [("item_2", "Granit & Bit", "Isälv Analys")]


def test_an_employer_met_again_has_one_voice_the_latest() -> None:
    found = read(
        feedback(1, complete(1, 3, 3, 3), 0),
        feedback(2, complete(4, 3, 3, 3), 1),
        feedback(3, complete(4, 3, 3, 3), 0),
    )

    assert found.differ == ()
    assert found.agree[0].item.code == "item_1"
    assert [(one.source, one.value) for one in found.agree[0].voices] == [(source(2, 1), 4), (source(3, 0), 4)]


def test_what_moved_is_read_from_the_latest_meeting_and_the_one_before_that_rated_it() -> None:
    found = read(
        feedback(1, complete(2, 4, 3, 5), 0),
        feedback(2, complete(None, 4, 3, 5), 1),
        feedback(3, complete(4, 3, 3, None), 2),
    )

    assert [(one.item.code, one.before.source, one.before.value, one.now.value, one.is_up) for one in found.moved] == [
        ("item_1", source(1, 0), 2, 4, True),
        ("item_2", source(2, 1), 4, 3, False),
    ]


def test_what_several_ask_for_and_praise_is_found_and_what_one_says_twice_is_not() -> None:
    found = read(
        feedback(1, asked(3, 3, 3, 3, worked=("good_questions",)), 0),
        feedback(2, asked(3, 3, 3, 3, do_next=("tell_own_part", "practise_sql"), worked=("good_questions",)), 1),
        feedback(3, asked(3, 3, 3, 3, do_next=("practise_sql",)), 1),
    )

    assert [(tally.code, tally.employers) for tally in found.do_next] == [("tell_own_part", 2)]
    assert [(tally.code, tally.employers) for tally in found.worked] == [("good_questions", 2)]


@given(histories)
def test_an_item_is_agreed_on_or_differs_and_never_both(told: list[ReleasedFeedback]) -> None:
    found = read(*told)

    agreed, differing = ({(one.pack, one.item.code) for one in of} for of in (found.agree, found.differ))
    assert agreed & differing == set()
    assert all(0 <= one.high - one.low <= 1 and len(one.voices) > 1 for one in found.agree)
    latest = max((one.source.held_at for one in told), default=None)
    assert all(one.now.source.held_at == latest and one.now.value != one.before.value for one in found.moved)
