"""In which order ready phrases are offered: what this employer and this occupation use most comes first."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from feedback.answers import Answers
from feedback.instrument import Chip, Instrument, Option

OWN_WEIGHT, ROLE_WEIGHT, WANTED_WEIGHT = 2.0, 1.0, 0.5
QUESTIONS = ("worked", "do_next", "enabling")


@dataclass(frozen=True, slots=True)
class Use:
    """How often each choice of each question was picked, and in how many scorecards that could have been."""

    cards: int
    times: Mapping[str, Mapping[str, int]]

    def share(self, question: str, code: str) -> float:
        """The share of scorecards that picked `code`; 0 where there are none."""
        return self.times.get(question, {}).get(code, 0) / self.cards if self.cards else 0.0


NO_USE = Use(0, {})


def use_of(cards: Iterable[Answers]) -> Use:
    """What these answers picked, added up; nobody's single answer can be told from it but where there is one."""
    count = 0
    times: dict[str, dict[str, int]] = {question: {} for question in QUESTIONS}
    for answers in cards:
        count += 1
        for question in QUESTIONS:
            for code in getattr(answers, question):
                times[question][code] = times[question].get(code, 0) + 1
    return Use(count, times)


def chip_order(
    instrument: Instrument, *, own: Use = NO_USE, role: Use = NO_USE, wanted: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """The codes of each question with ready phrases, in the order to offer them.

    A phrase weighs twice the share of the employer's own scorecards that
    picked it, plus the share among those who recruit for the same
    occupations, plus a half where it carries a competence that is `wanted`.
    Equal weights stand as in the pack, so that a new employer sees the pack's
    own order. A choice that excludes the others stays last.
    """
    asked: dict[str, Sequence[Option]] = {
        "worked": instrument.worked.choices,
        "do_next": instrument.do_next.choices,
        "enabling": instrument.enabling.choices,
    }

    def weight(question: str, choice: Option) -> float:
        carries = isinstance(choice, Chip) and choice.competence in wanted
        used = OWN_WEIGHT * own.share(question, choice.code) + ROLE_WEIGHT * role.share(question, choice.code)
        return used + WANTED_WEIGHT * carries

    def in_order(question: str, choices: Sequence[Option]) -> tuple[str, ...]:
        ordered = sorted(choices, key=lambda one: (getattr(one, "alone", False), -weight(question, one)))
        return tuple(choice.code for choice in ordered)

    return {question: in_order(question, choices) for question, choices in asked.items()}
