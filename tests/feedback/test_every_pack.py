"""A whole meeting's scorecard with each pack that comes with the product: none needs code of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from feedback.answers import EMPTY, answers_document, parse_answers
from feedback.instrument import TAPS_MAX, Instrument
from feedback.pack_loader import load_pack, newest_pack, pack_names
from feedback.profile import ReleasedFeedback, Source, learning_profile
from feedback.reading import Section, parse_self_rating, reading_view
from feedback.reception import parse_reception
from feedback.scorecard import Scorecard, ScorecardState, edit, is_as_sent, release_due, send, taps_left, undo
from tests.feedback.strategies import IT, NOON, SECOND, UNDO, rated

SERVICE = load_pack("service_v1")
EVERY_PACK = [load_pack(name) for name in pack_names()]
each_pack = pytest.mark.parametrize("pack", EVERY_PACK, ids=lambda pack: pack.code)


def filled(pack: Instrument) -> dict[str, object]:
    """Answers as a browser sends them: every question, and the step that names an occupation."""
    return {
        "ratings": {item.code: value for item, value in zip(pack.items, (5, 3, 4, None), strict=True)},
        "next_step": next(step.code for step in pack.next_step.choices if step.names_occupation),
        "occupation": pack.occupations[0].code,
        "worked": [chip.code for chip in pack.worked.choices[: pack.worked.most]],
        "worked_statement": "Det kändes tryggt.",
        "do_next": [chip.code for chip in pack.do_next.choices[: pack.do_next.most]],
        "enabling": [support.code for support in pack.enabling.choices if support.alone],
    }


def source(number: int) -> Source:
    return Source(UUID(int=number), UUID(int=100 + number), f"Arbetsgivare {number}", NOON + timedelta(days=number))


@each_pack
def test_a_meeting_goes_from_an_empty_card_to_a_profile(pack: Instrument) -> None:
    answers = parse_answers(filled(pack), pack)
    draft = edit(Scorecard(pack.ref), answers, version=0)
    sent = send(undo(send(draft, pack, now=NOON, undo=UNDO), now=NOON + SECOND), pack, now=NOON, undo=UNDO)
    released = release_due(sent, now=NOON + UNDO)
    own = parse_self_rating({pack.items[0].code: 4}, pack)
    view = reading_view(answers, own, pack)
    profile = learning_profile([ReleasedFeedback(source(1), pack, answers, own)])

    assert taps_left(EMPTY, pack) == TAPS_MAX
    assert (released.state, is_as_sent(released)) == (ScorecardState.RELEASED, True)
    assert answers_document(released.answers) == answers_document(answers)
    assert set(view.order) == set(Section)
    assert view.glasses[0].own == 4
    assert [(row.pack, row.item) for row in profile.items] == [(pack.code, item) for item in pack.items]
    assert profile.next_steps[0].occupation == pack.occupations[0]
    assert parse_reception({item.code: 5 for item in pack.reception.items}, pack)


def test_feedback_by_two_packs_stands_apart_in_the_profile() -> None:
    given = [
        ReleasedFeedback(source(number), pack, parse_answers(filled(pack), pack))
        for number, pack in enumerate([IT, SERVICE, SERVICE])
    ]

    profile = learning_profile(given)

    assert [(row.pack, len(row.ratings)) for row in profile.items] == [("it", 1)] * 4 + [("service", 2)] * 4
    assert {(tally.pack, tally.employers) for tally in profile.do_next} == {("it", 1), ("service", 2)}


@each_pack
def test_a_pack_has_enough_to_choose_from_in_few_words(pack: Instrument) -> None:
    chips = (*pack.worked.choices, *pack.do_next.choices, *pack.enabling.choices)

    assert len(pack.competences) >= 30
    assert len(pack.occupations) >= 10
    assert 8 <= len(pack.worked.choices) <= 10
    assert 12 <= len(pack.do_next.choices) <= 14
    assert {competence.group for competence in pack.competences} == {group.code for group in pack.competence_groups}
    assert [chip.code for chip in chips if max(len(chip.text.sv), len(chip.text.en)) > 40] == []
    assert [support.code for support in pack.enabling.choices if support.alone] == ["nothing_needed"]
    assert rated(5, 4, 3, None, pack=pack)


def test_the_newest_version_of_a_pack_is_the_one_to_fill_in() -> None:
    assert (newest_pack("it"), newest_pack("service")) == (IT, SERVICE)
    with pytest.raises(LookupError, match="there is no pack 'care'"):
        newest_pack("care")


def test_a_card_is_filled_with_the_questions_that_it_was_begun_with() -> None:
    with pytest.raises(ValueError):
        send(replace(Scorecard(IT.ref), answers=EMPTY), SERVICE, now=NOON, undo=UNDO)
