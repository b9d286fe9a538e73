"""The answers of one scorecard, complete or not yet, and how they are read from a client."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypedDict

from feedback.instrument import RATING_MAX, RATING_MIN, ChoiceT, Instrument, InstrumentRef, Question, SupportCode, find
from feedback.problem import Invalid, Problem
from feedback.statement import read_statement

STATEMENT_LENGTH_MAX = 200
NOT_SEEN: Final = None
_NAME_LENGTH_MAX = 60


class AnswersInvalid(Invalid):
    """The answers cannot be kept; `problems` names each field."""


@dataclass(frozen=True, slots=True)
class Rating:
    """The answer to one rated item: 1 to 5, or NOT_SEEN when there was nothing to go by."""

    item: str
    value: int | None

    def __post_init__(self) -> None:
        if self.value is not None and not RATING_MIN <= self.value <= RATING_MAX:
            raise ValueError(f"rating {self.value} is outside {RATING_MIN}..{RATING_MAX}")


@dataclass(frozen=True, slots=True)
class Answers:
    """What has been answered so far. An item with no rating here has not been answered.

    Codes are of one instrument. Chips stand in the order they were chosen; the
    first of `do_next` is the one to begin with.
    """

    ratings: tuple[Rating, ...] = ()
    next_step: str | None = None
    occupation: str | None = None
    worked: tuple[str, ...] = ()
    worked_statement: str = ""
    do_next: tuple[str, ...] = ()
    enabling: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for codes in (tuple(rating.item for rating in self.ratings), self.worked, self.do_next, self.enabling):
            if len(set(codes)) < len(codes):
                raise ValueError("each code is answered once")
        if len(self.worked_statement) > STATEMENT_LENGTH_MAX:
            raise ValueError(f"a statement has at most {STATEMENT_LENGTH_MAX} characters")

    def rating(self, item: str) -> Rating | None:
        """The rating of an item, or None where it has not been answered."""
        return next((rating for rating in self.ratings if rating.item == item), None)


EMPTY = Answers()


class AnswersDocument(TypedDict, total=False):
    """Answers as JSON: an absent key is unanswered, a null rating is NOT_SEEN."""

    ratings: dict[str, int | None]
    next_step: str
    occupation: str
    worked: list[str]
    worked_statement: str
    do_next: list[str]
    enabling: list[str]


FIELDS = tuple(AnswersDocument.__annotations__)


def answers_document(answers: Answers) -> AnswersDocument:
    """The answers as JSON data, which `parse_answers` reads back to the same."""
    document: AnswersDocument = {}
    if answers.ratings:
        document["ratings"] = {rating.item: rating.value for rating in answers.ratings}
    if answers.next_step is not None:
        document["next_step"] = answers.next_step
    if answers.occupation is not None:
        document["occupation"] = answers.occupation
    if answers.worked:
        document["worked"] = list(answers.worked)
    if answers.worked_statement:
        document["worked_statement"] = answers.worked_statement
    if answers.do_next:
        document["do_next"] = list(answers.do_next)
    if answers.enabling:
        document["enabling"] = list(answers.enabling)
    return document


def canonical_text(answers: Answers, ref: InstrumentRef) -> str:
    """The answers and their instrument in the one form that is hashed: JSON, sorted keys, no blanks."""
    whole = {"answers": answers_document(answers), "instrument": ref.code, "version": ref.version}
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def answers_hash(answers: Answers, ref: InstrumentRef) -> str:
    """SHA-256 of the canonical text, in hexadecimal: shows later that nobody changed a word."""
    return hashlib.sha256(canonical_text(answers, ref).encode()).hexdigest()


def parse_answers(raw: object, instrument: Instrument) -> Answers:
    """The answers in a client's JSON, complete or partial.

    None and absence both mean unanswered, but a null *rating* means NOT_SEEN.

    Raises:
        AnswersInvalid: each field that is wrong, by path and code.
    """
    if not isinstance(raw, Mapping):
        raise AnswersInvalid([Problem("", "not_an_object", "should be an object")])
    problems = [_unknown(str(name), "") for name in raw if name not in FIELDS]
    given = {name: value for name, value in raw.items() if value is not None}
    statement = given.get("worked_statement", "")
    answers = Answers(
        ratings=read_ratings(given.get("ratings", {}), instrument, path="ratings", problems=problems),
        next_step=_next_step(given, instrument, problems),
        occupation=_occupation(given, instrument, problems),
        worked=_choices(given, instrument.worked, problems),
        worked_statement=read_statement(
            statement, path="worked_statement", length_max=STATEMENT_LENGTH_MAX, problems=problems
        ),
        do_next=_choices(given, instrument.do_next, problems),
        enabling=_choices(given, instrument.enabling, problems),
    )
    _check_alone(answers.enabling, instrument.enabling, problems)
    if problems:
        raise AnswersInvalid(problems)
    return answers


def read_ratings(raw: object, instrument: Instrument, *, path: str, problems: list[Problem]) -> tuple[Rating, ...]:
    """The ratings in ``{item: 1..5 or null}``, in the instrument's order; what is wrong goes to `problems`."""
    return read_rating_map(raw, [item.code for item in instrument.items], path=path, problems=problems)


def read_rating_map(raw: object, codes: Sequence[str], *, path: str, problems: list[Problem]) -> tuple[Rating, ...]:
    """The ratings in ``{code: 1..5 or null}``, in the order of `codes`; what is wrong goes to `problems`."""
    if not isinstance(raw, Mapping):
        problems.append(Problem(path, "not_an_object", "should be an object of ratings"))
        return ()
    prefix = f"{path}." if path else ""
    problems += [_unknown(str(name), prefix) for name in raw if name not in codes]
    given = [(code, raw[code]) for code in codes if code in raw]
    problems += [
        Problem(f"{prefix}{code}", "not_a_rating", f"should be {RATING_MIN} to {RATING_MAX}, or null")
        for code, value in given
        if not _is_rating(value)
    ]
    return tuple(Rating(code, value) for code, value in given if _is_rating(value))


def _is_rating(value: object) -> bool:
    if value is NOT_SEEN:
        return True
    return isinstance(value, int) and not isinstance(value, bool) and RATING_MIN <= value <= RATING_MAX


def _unknown(name: str, prefix: str) -> Problem:
    # A client's own word goes back to it only as far as it can be shown.
    shown = name[:_NAME_LENGTH_MAX].encode(errors="replace").decode()
    return Problem(f"{prefix}{shown}", "unknown_field", "is not asked for")


def _known(raw: object, choices: Sequence[ChoiceT], path: str, problems: list[Problem]) -> str | None:
    if isinstance(raw, str) and find(choices, raw) is not None:
        return raw
    problems.append(Problem(path, "unknown_code", "is not one of the choices"))
    return None


def _next_step(given: Mapping[str, object], instrument: Instrument, problems: list[Problem]) -> str | None:
    if "next_step" not in given:
        return None
    return _known(given["next_step"], instrument.next_step.choices, "next_step", problems)


def _occupation(given: Mapping[str, object], instrument: Instrument, problems: list[Problem]) -> str | None:
    if "occupation" not in given:
        return None
    step = given.get("next_step")
    chosen = find(instrument.next_step.choices, step) if isinstance(step, str) else None
    if chosen is None or not chosen.names_occupation:
        problems.append(Problem("occupation", "not_asked", "goes only with another role as the next step"))
        return None
    return _known(given["occupation"], instrument.occupations, "occupation", problems)


def _choices(given: Mapping[str, object], question: Question[ChoiceT], problems: list[Problem]) -> tuple[str, ...]:
    raw = given.get(question.code, ())
    if not isinstance(raw, Sequence) or isinstance(raw, (str, bytes)):
        problems.append(Problem(question.code, "not_a_list", "should be a list of codes"))
        return ()
    if len(raw) > question.most:
        message = f"has {len(raw)} choices; {question.most} is the most"
        problems.append(Problem(question.code, "too_many", message))
        return ()
    known = [_known(code, question.choices, f"{question.code}.{at}", problems) for at, code in enumerate(raw)]
    codes = tuple(dict.fromkeys(code for code in known if code is not None))
    if len(codes) < len([code for code in known if code is not None]):
        problems.append(Problem(question.code, "twice", "names the same choice twice"))
    return codes


def _check_alone(codes: Sequence[str], question: Question[SupportCode], problems: list[Problem]) -> None:
    if len(codes) > 1 and any(question.choice(code).alone for code in codes):
        problems.append(Problem(question.code, "stands_alone", "one of these choices excludes the others"))
