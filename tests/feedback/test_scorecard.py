from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.answers import EMPTY, Answers
from feedback.instrument import InstrumentRef
from feedback.scorecard import (
    Incomplete,
    Missing,
    NotADraft,
    NotSkipped,
    Refused,
    Scorecard,
    ScorecardState,
    Sending,
    UndoOver,
    UnknownReason,
    VersionConflict,
    edit,
    is_as_sent,
    is_release_due,
    missing,
    release_due,
    resume,
    send,
    skip,
    taps_left,
    undo,
)
from tests.feedback.strategies import IT, NOON, SECOND, UNDO, complete, drafts, rated, sendable

BLANK = Scorecard(IT.ref)
FILLED = edit(BLANK, complete(4, 3, 4, 3), version=0)
SENT = send(FILLED, IT, now=NOON, undo=UNDO)
RELEASED = release_due(SENT, now=NOON + UNDO)
SKIPPED = skip(BLANK, IT, reason="other")


def test_an_empty_scorecard_is_eight_taps_from_being_sent() -> None:
    assert missing(EMPTY, IT) == (
        Missing("item_1", 1, True),
        Missing("item_2", 2, True),
        Missing("item_3", 3, True),
        Missing("item_4", 4, True),
        Missing("next_step", 5, True),
        Missing("worked", 6, False),
        Missing("do_next", 7, True),
    )
    assert taps_left(EMPTY, IT) == 8


def test_what_is_answered_is_no_longer_left() -> None:
    answers = Answers(ratings=rated(4, None, 4, 3), next_step="yes", worked_statement="Fint!")

    assert missing(answers, IT) == (Missing("do_next", 7, True),)
    assert taps_left(answers, IT) == 2


def test_a_pack_may_ask_for_what_worked_by_chip() -> None:
    strict = replace(IT, worked=replace(IT.worked, least=1))
    answers = replace(complete(4, 3, 4, 3), worked_statement="Fint!")

    assert missing(answers, strict) == (Missing("worked", 6, True),)


@given(drafts())
def test_taps_left_are_one_more_than_the_questions_left(answers: Answers) -> None:
    assert 1 <= taps_left(answers, IT) == len(missing(answers, IT)) + 1 <= 8


def test_a_draft_is_saved_as_it_is_filled() -> None:
    assert Scorecard(IT.ref, version=1, answers=complete(4, 3, 4, 3)) == FILLED
    assert FILLED.state is ScorecardState.DRAFT


def test_a_draft_that_somebody_saved_meanwhile_is_not_overwritten() -> None:
    with pytest.raises(VersionConflict) as caught:
        edit(FILLED, EMPTY, version=0)

    assert caught.value.current == 1


def test_a_scorecard_is_sent_without_what_worked_but_not_without_what_is_required() -> None:
    assert SENT.state is ScorecardState.SENT
    with pytest.raises(
        Incomplete, match="not answered yet: item_1, item_2, item_3, item_4, next_step, do_next"
    ) as caught:
        send(BLANK, IT, now=NOON, undo=UNDO)
    assert [question.code for question in caught.value.missing][-1] == "do_next"


def test_what_was_sent_says_when_it_is_released_and_keeps_its_hash() -> None:
    assert SENT.sending is not None
    assert (SENT.sending.sent_at, SENT.sending.release_at) == (NOON, NOON + UNDO)
    assert is_as_sent(SENT)
    assert not is_as_sent(replace(SENT, answers=complete(5, 5, 5, 5)))
    assert not is_as_sent(FILLED)


def test_undo_is_possible_until_the_very_instant_of_release() -> None:
    again = undo(SENT, now=NOON + UNDO - timedelta(microseconds=1))

    assert again == replace(FILLED, version=3)
    with pytest.raises(UndoOver, match="over"):
        undo(SENT, now=NOON + UNDO)
    with pytest.raises(UndoOver, match="nothing"):
        undo(FILLED, now=NOON)


def test_a_released_scorecard_is_not_undone_even_by_a_clock_that_went_back() -> None:
    with pytest.raises(UndoOver, match="over"):
        undo(RELEASED, now=NOON)


def test_a_scorecard_is_released_when_the_undo_window_is_over_and_only_once() -> None:
    early, due = NOON + UNDO - SECOND, NOON + UNDO + SECOND

    assert not is_release_due(SENT, now=early)
    assert release_due(SENT, now=early) == SENT
    assert is_release_due(SENT, now=due)
    assert release_due(SENT, now=due) == replace(SENT, version=3, released_at=due)
    assert release_due(RELEASED, now=due) == RELEASED
    assert release_due(FILLED, now=due) == FILLED


def test_no_undo_window_releases_at_once() -> None:
    assert release_due(send(FILLED, IT, now=NOON, undo=0 * SECOND), now=NOON).state is ScorecardState.RELEASED


@pytest.mark.parametrize("card", [SENT, RELEASED, SKIPPED])
def test_what_is_no_longer_a_draft_is_neither_edited_nor_sent_nor_skipped(card: Scorecard) -> None:
    with pytest.raises(NotADraft, match=card.state):
        edit(card, EMPTY, version=card.version)
    with pytest.raises(NotADraft, match=card.state):
        send(card, IT, now=NOON, undo=UNDO)
    with pytest.raises(NotADraft, match=card.state):
        skip(card, IT, reason="other")


def test_a_skipped_scorecard_keeps_its_answers_and_can_be_taken_up_again() -> None:
    skipped = skip(FILLED, IT, reason="talk_was_cut_off")

    assert skipped == replace(FILLED, version=2, skip_reason="talk_was_cut_off")
    assert skipped.state is ScorecardState.SKIPPED
    assert resume(skipped) == replace(FILLED, version=3)
    with pytest.raises(NotSkipped):
        resume(SENT)


def test_skipping_needs_a_reason_of_the_instrument() -> None:
    with pytest.raises(UnknownReason, match="'lazy' is not a reason"):
        skip(BLANK, IT, reason="lazy")


def test_a_scorecard_is_judged_by_the_version_it_was_filled_with() -> None:
    newer = replace(IT, version=2)

    with pytest.raises(ValueError, match="filled with"):
        send(FILLED, newer, now=NOON, undo=UNDO)
    with pytest.raises(ValueError, match="filled with"):
        skip(FILLED, newer, reason="other")


def test_a_scorecard_cannot_be_built_wrong() -> None:
    sending = SENT.sending
    assert sending is not None
    with pytest.raises(ValueError, match="not negative"):
        Scorecard(InstrumentRef("it", 1), version=-1)
    with pytest.raises(ValueError, match="not both"):
        Scorecard(IT.ref, sending=sending, skip_reason="other")
    with pytest.raises(ValueError, match="after it was sent"):
        Scorecard(IT.ref, released_at=NOON)
    with pytest.raises(ValueError, match="after it was sent"):
        Scorecard(IT.ref, sending=sending, released_at=NOON)
    with pytest.raises(ValueError, match="before it is sent"):
        send(FILLED, IT, now=NOON, undo=-SECOND)
    with pytest.raises(ValueError, match="timezone"):
        Sending(datetime(2026, 11, 24), NOON, "")  # noqa: DTZ001
    with pytest.raises(ValueError, match="timezone"):
        Sending(datetime(2026, 11, 24, tzinfo=UTC), datetime(2026, 11, 25), "")  # noqa: DTZ001


ACTS = st.sampled_from(["edit", "send", "undo", "release", "skip", "resume"])


def act_on(card: Scorecard, act: str, answers: Answers, now: datetime) -> Scorecard:
    match act:
        case "edit":
            return edit(card, answers, version=card.version)
        case "send":
            return send(card, IT, now=now, undo=UNDO)
        case "undo":
            return undo(card, now=now)
        case "release":
            return release_due(card, now=now)
        case "skip":
            return skip(card, IT, reason="other")
        case _:
            return resume(card)


@given(st.lists(st.tuples(ACTS, sendable(), st.integers(0, 40)), max_size=30))
def test_whatever_is_tried_a_released_scorecard_stays_word_for_word_as_sent(
    tries: list[tuple[str, Answers, int]],
) -> None:
    card, now = BLANK, NOON
    for act, answers, seconds in tries:
        now += seconds * SECOND
        try:
            after = act_on(card, act, answers, now)
        except Refused:
            after = card
        assert after == card or after.version == card.version + 1
        assert card.state is not ScorecardState.RELEASED or after == card
        assert after.sending is None or is_as_sent(after)
        assert after.released_at is None or (after.sending and after.released_at >= after.sending.sent_at + UNDO)
        card = after
