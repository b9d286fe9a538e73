from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from feedback.instrument import (
    Anchor,
    Chip,
    InstrumentRef,
    Item,
    Option,
    Question,
    Reception,
    Text,
    find,
    is_code,
)
from tests.feedback.strategies import IT

WORDS = Text("ord", "words")
ONE = Option("one", WORDS)


def test_a_step_on_an_anchor_is_that_anchor_and_a_step_between_is_its_two_neighbours() -> None:
    item = IT.item("item_1")

    assert [[anchor.value for anchor in item.step(value)] for value in range(1, 6)] == [[1], [1, 3], [3], [3, 5], [5]]


@pytest.mark.parametrize("value", [0, 6, -1])
def test_a_step_off_the_scale_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match=r"outside 1\.\.5"):
        IT.item("item_1").step(value)


def test_an_unknown_item_or_choice_is_not_there() -> None:
    with pytest.raises(LookupError, match="there is no item 'item_9'"):
        IT.item("item_9")
    with pytest.raises(LookupError, match="worked has no choice 'magic'"):
        IT.worked.choice("magic")
    assert find(IT.occupations, "astronaut") is None


@pytest.mark.parametrize(
    ("value", "holds"),
    [("it", True), ("item_1", True), ("a" * 40, True), ("a" * 41, False), ("1a", False), ("Ab", False), ("", False)],
)
def test_a_code_is_small_letters_digits_and_underscores(value: str, holds: bool) -> None:
    assert is_code(value) is holds


def test_a_text_needs_both_languages() -> None:
    with pytest.raises(ValueError, match="both languages"):
        Text("ord", " ")


def test_an_anchor_stands_at_one_three_or_five() -> None:
    with pytest.raises(ValueError, match="one of"):
        Anchor(2, WORDS, WORDS, WORDS)


def test_an_item_has_its_three_anchors_in_order() -> None:
    anchors = IT.items[0].anchors

    with pytest.raises(ValueError, match="in order"):
        Item("skill", 1, WORDS, WORDS, anchors[::-1])
    with pytest.raises(ValueError, match="not a code"):
        Item("The skill", 1, WORDS, WORDS, anchors)


def test_options_and_chips_cannot_be_built_wrong() -> None:
    with pytest.raises(ValueError, match="not a code"):
        Option("Yes!", WORDS)
    with pytest.raises(ValueError, match="not a code"):
        Chip("Yes!", WORDS, action="read_up")
    with pytest.raises(ValueError, match="carries a competence or an action"):
        Chip("empty", WORDS)


@pytest.mark.parametrize(("least", "most"), [(2, 1), (-1, 1), (0, 0), (0, 3)])
def test_a_question_has_limits_that_can_be_kept(least: int, most: int) -> None:
    with pytest.raises(ValueError, match="most"):
        Question("pick", 1, WORDS, least, most, (ONE, Option("two", WORDS)))


def test_each_code_is_used_once() -> None:
    with pytest.raises(ValueError, match="once"):
        Question("pick", 1, WORDS, 0, 1, (ONE, ONE))
    with pytest.raises(ValueError, match="once"):
        Reception(WORDS, WORDS, (ONE, ONE))
    with pytest.raises(ValueError, match="once"):
        replace(IT, items=(IT.items[0], IT.items[0]))
    with pytest.raises(ValueError, match="once"):
        replace(IT, occupations=(ONE, ONE))


def test_an_instrument_rates_something_and_its_chips_carry_known_competences() -> None:
    with pytest.raises(ValueError, match="at least one item"):
        replace(IT, items=())
    with pytest.raises(ValueError, match="known competence"):
        replace(IT, competences=IT.competences[1:2])


def test_an_instrument_is_known_by_code_and_version_from_one() -> None:
    assert IT.ref == InstrumentRef("it", 1)
    with pytest.raises(ValueError, match="version from 1"):
        InstrumentRef("it", 0)
    with pytest.raises(ValueError, match="version from 1"):
        replace(IT, code="I T")


def test_nobody_changes_an_instrument_in_memory() -> None:
    with pytest.raises(FrozenInstanceError):
        IT.code = "care"  # type: ignore[misc]
