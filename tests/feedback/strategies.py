"""Shared values, and answers and packs at random, for the tests of feedback."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from feedback.answers import STATEMENT_LENGTH_MAX, Answers, Rating
from feedback.instrument import ChoiceT, Instrument, Question
from feedback.pack_loader import PACKS, load_pack
from feedback.reading import SelfRating

IT = load_pack("it_v1")
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
UNDO = 30 * SECOND

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def pack_data() -> dict[str, Any]:
    """The IT pack's JSON, fresh, to be broken by a test."""
    data: dict[str, Any] = json.loads((PACKS / "it_v1.json").read_text(encoding="utf-8"))
    return data


def rated(*values: int | None, pack: Instrument = IT) -> tuple[Rating, ...]:
    """Ratings of the pack's items, in order."""
    return tuple(Rating(item.code, value) for item, value in zip(pack.items, values, strict=True))


def complete(*values: int | None) -> Answers:
    """Answers that can be sent."""
    return Answers(ratings=rated(*values), next_step="yes", do_next=("tell_own_part",))


def chosen(question: Question[ChoiceT], *, least: int = 0) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of a question's choices, each once, within its limits."""
    codes = [choice.code for choice in question.choices]
    return st.lists(st.sampled_from(codes), min_size=least, max_size=question.most, unique=True).map(tuple)


statements = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=STATEMENT_LENGTH_MAX).map(
    lambda text: text if text.strip() else ""
)


@st.composite
def drafts(draw: st.DrawFn) -> Answers:
    """Answers as far as somebody has come."""
    items = draw(st.lists(st.sampled_from([item.code for item in IT.items]), unique=True))
    steps = [choice.code for choice in IT.next_step.choices]
    next_step = draw(st.none() | st.sampled_from(steps))
    occupations = [occupation.code for occupation in IT.occupations]
    return Answers(
        ratings=tuple(
            Rating(item.code, draw(st.none() | st.integers(1, 5))) for item in IT.items if item.code in items
        ),
        next_step=next_step,
        occupation=draw(st.none() | st.sampled_from(occupations)) if next_step == "another_role" else None,
        worked=draw(chosen(IT.worked)),
        worked_statement=draw(statements),
        do_next=draw(chosen(IT.do_next)),
        enabling=draw(st.just(("nothing_needed",)) | chosen(IT.enabling).map(_together)),
    )


def _together(codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if code != "nothing_needed")


@st.composite
def sendable(draw: st.DrawFn) -> Answers:
    """Answers to every required question."""
    values = [draw(st.none() | st.integers(1, 5)) for _ in IT.items]
    return Answers(
        ratings=rated(*values),
        next_step=draw(st.sampled_from([choice.code for choice in IT.next_step.choices])),
        worked=draw(chosen(IT.worked)),
        worked_statement=draw(statements),
        do_next=draw(chosen(IT.do_next, least=1)),
    )


@st.composite
def self_ratings(draw: st.DrawFn) -> SelfRating:
    """The seeker's own ratings of some items."""
    values = [(item.code, draw(st.none() | st.integers(1, 5))) for item in IT.items]
    return SelfRating(tuple(Rating(code, value) for code, value in values if value is not None))
