"""A seeker's profile as a plain document: sections of lines, in one language, for a page, a PDF and a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel

from feedback.instrument import Instrument, Item, Option, Text, find
from feedback.reading import ReadingView
from server.portable.words import WORDS

Language = Literal["sv", "en"]


class Line(BaseModel):
    """What something is, and what is said of it; `label` is empty where the text says all."""

    label: str
    text: str


class Section(BaseModel):
    """A heading and its lines; `level` 2, or 3 below the section before it."""

    heading: str
    level: int
    lines: list[Line]


class Document(BaseModel):
    title: str
    language: Language
    made_at: datetime
    sections: list[Section]


class Given(BaseModel):
    """One opened feedback as the seeker reads it."""

    model_config = {"arbitrary_types_allowed": True}

    employer: str
    recruiter: str
    held_at: datetime
    view: ReadingView
    instrument: Instrument
    translation: str


class Competence(BaseModel):
    """What the person says they know, and on what that rests: a kind of evidence."""

    label: str
    detail: str
    evidence: str


class Known(BaseModel):
    """What the document is made of; every part has passed its own door."""

    name: str
    email: str | None
    goal: Text | None
    competences: list[Competence]
    questions: list[str]
    given: list[Given]
    sealed: int


def document_of(known: Known, *, language: Language, now: datetime) -> Document:
    """The document, in the order in which somebody else would want to read it; empty parts are left out."""
    say = WORDS[language]
    sections = [
        _section(say["person"], [Line(label=say["email"], text=known.email)] if known.email else []),
        _section(say["goal"], [Line(label="", text=_in(known.goal, language))] if known.goal else []),
        _section(
            say["competences"],
            [Line(label=one.label, text=_detail(one, language)) for one in known.competences],
        ),
        _section(say["feedback"], [Line(label="", text=say["feedback_lead"])] if known.given else []),
        *(_feedback(one, language) for one in known.given),
        _section(say["sealed"], [Line(label="", text=str(known.sealed))] if known.sealed else []),
        _section(say["questions"], [Line(label="", text=question) for question in known.questions]),
    ]
    shown = [section for section in sections if section.lines]
    return Document(title=known.name, language=language, made_at=now, sections=shown)


def _section(heading: str, lines: Sequence[Line]) -> Section:
    return Section(heading=heading, level=2, lines=list(lines))


def _in(text: Text, language: Language) -> str:
    return text.sv if language == "sv" else text.en


def _detail(one: Competence, language: Language) -> str:
    return " · ".join(part for part in (one.detail, WORDS[language][f"evidence_{one.evidence}"]) if part)


def _feedback(one: Given, language: Language) -> Section:
    heading = f"{one.employer}, {one.held_at.date().isoformat()}"
    return Section(heading=heading, level=3, lines=list(_feedback_lines(one, language)))


def _feedback_lines(one: Given, language: Language) -> Iterator[Line]:
    say, view, asked = WORDS[language], one.view, one.instrument
    yield Line(label=say["recruiter"], text=one.recruiter)
    chips = [chip for chip in (view.begin_with, *view.then) if chip]
    for title, options in ((asked.do_next.title, chips), (asked.worked.title, view.worked)):
        if options:
            yield Line(label=_in(title, language), text=_listed(options, language))
    if view.worked_statement:
        yield Line(label=say["statement"], text=f"”{view.worked_statement}”")
        if one.translation:
            yield Line(label=say["translation"], text=one.translation)
    for both in view.glasses:
        yield Line(label=_in(both.item.own_title, language), text=_step(both.item, both.employer, language))
        if both.own is not None:
            yield Line(label=say["own"], text=_step(both.item, both.own, language))
    if view.next_step:
        occupation = find(asked.occupations, view.occupation.code) if view.occupation else None
        said = [option for option in (view.next_step, occupation) if option]
        yield Line(label=_in(asked.next_step.title, language), text=_listed(said, language))
    if view.enabling:
        yield Line(label=_in(asked.enabling.title, language), text=_listed(view.enabling, language))


def _listed(options: Sequence[Option], language: Language) -> str:
    return "; ".join(_in(option.text, language) for option in options)


def _step(item: Item, value: int | None, language: Language) -> str:
    """A step of the scale in words, its number behind; between two anchors both are named."""
    if value is None:
        return WORDS[language]["not_seen"]
    anchors = item.step(value)
    if len(anchors) == 1:
        return f"{_in(anchors[0].own_text, language)} ({value}/5)"
    low, high = (_in(anchor.short, language) for anchor in anchors)
    return f"{WORDS[language]['between'].format(low=low, high=high)} ({value}/5)"
