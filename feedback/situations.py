"""The guided conversation about what one has learnt outside jobs, and what can be heard in the answers.

What is heard comes from a list of words, is quoted back, and counts only if the person keeps it. There is no guess
about the person: where no word is found, the situation itself names a few competences to say yes or no to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from feedback.guides import guide
from feedback.instrument import Option, Text
from feedback.own_words import parse_words_by_code

ANSWER_LENGTH_MAX = 600
QUOTE_LENGTH_MAX = 80
HEARD_MAX = 6
_CLAUSE = re.compile(r"[^.!?;,\n]+")
_AND = re.compile(r"\s+(?:och|men|and|but)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Proof(Option):
    """How an employer could see it, with a few words about it."""

    about: Text


@dataclass(frozen=True, slots=True)
class AskedQuestion(Option):
    """One question of a situation, with a hint at how little is enough."""

    hint: Text


@dataclass(frozen=True, slots=True)
class Situation:
    """Something of everyday life that teaches; `maybe` are competences to ask about where no word tells."""

    code: str
    title: Text
    questions: tuple[AskedQuestion, ...]
    maybe: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heard:
    """A competence and the person's own words in which it was heard."""

    competence: str
    quote: str


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is asked, and the words by which competences are heard: beginnings of words, or several words."""

    situations: tuple[Situation, ...]
    proofs: tuple[Proof, ...]
    words: Mapping[str, tuple[str, ...]]

    def situation(self, code: str) -> Situation | None:
        """The situation with `code`, or None."""
        return next((one for one in self.situations if one.code == code), None)


@cache
def conversation() -> Conversation:
    """The conversation that comes with the product."""
    data = guide("situations")
    return Conversation(
        situations=tuple(
            Situation(
                one["code"],
                Text(**one["title"]),
                tuple(AskedQuestion(q["code"], Text(**q["text"]), Text(**q["hint"])) for q in one["questions"]),
                tuple(one["maybe"]),
            )
            for one in data["situations"]
        ),
        proofs=tuple(Proof(one["code"], Text(**one["text"]), Text(**one["about"])) for one in data["proofs"]),
        words={code: tuple(words) for code, words in data["words"].items()},
    )


def heard_in(texts: Iterable[str], words: Mapping[str, tuple[str, ...]]) -> tuple[Heard, ...]:
    """The competences that these words are heard in, each once with the clause it was heard in, as they come."""
    found: dict[str, Heard] = {}
    for text in texts:
        for clause in _clauses(text):
            for competence, beginnings in words.items():
                if competence not in found and any(_begins(clause, word) for word in beginnings):
                    found[competence] = Heard(competence, clause[:QUOTE_LENGTH_MAX].strip())
    return tuple(found.values())[:HEARD_MAX]


def parse_answers_to(situation: Situation, raw: Mapping[str, object]) -> dict[str, str]:
    """What was answered, by question; one left empty is left out.

    Raises:
        AnswersInvalid: a text is too long or cannot be shown, or there is no such question.
    """
    return parse_words_by_code(raw, [one.code for one in situation.questions], length_max=ANSWER_LENGTH_MAX)


def _clauses(text: str) -> list[str]:
    return [part.strip() for clause in _CLAUSE.findall(text) for part in _AND.split(clause) if part.strip()]


def _begins(clause: str, word: str) -> bool:
    # A blank at a word's end means that the word ends there.
    pattern = rf"(?<!\w){re.escape(word.rstrip())}" + (r"(?!\w)" if word.endswith(" ") else "")
    return re.search(pattern, clause, re.IGNORECASE) is not None
