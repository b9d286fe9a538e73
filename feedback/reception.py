"""What the seeker says of the feedback: three items, and a reply to the employer."""

from __future__ import annotations

from feedback.answers import AnswersInvalid, Rating, read_rating_map
from feedback.instrument import Instrument
from feedback.own_words import parse_words
from feedback.problem import Problem

REPLY_LENGTH_MAX = 1000


def parse_reception(raw: object, instrument: Instrument) -> tuple[Rating, ...]:
    """The seeker's three items in ``{item: 1..5 or null}``; null and absence both mean unanswered.

    Raises:
        AnswersInvalid: each field that is wrong, by path and code.
    """
    problems: list[Problem] = []
    codes = [item.code for item in instrument.reception.items]
    ratings = read_rating_map(raw, codes, path="", problems=problems)
    if problems:
        raise AnswersInvalid(problems)
    return tuple(rating for rating in ratings if rating.value is not None)


def parse_reply(raw: object) -> str:
    """The seeker's reply, unchanged.

    Raises:
        AnswersInvalid: it is empty, too long, or cannot be shown.
    """
    return parse_words(raw, length_max=REPLY_LENGTH_MAX)
