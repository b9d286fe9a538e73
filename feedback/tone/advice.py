"""Advice on a sentence, rule by rule, with the very words that it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from feedback.tone import ground_words, other_words
from feedback.tone.about import PEOPLE, is_about_you, is_of_person, is_of_users
from feedback.tone.language import language_of
from feedback.tone.patterns import Lexicon, lexicon, places
from feedback.tone.words import Word, sentences_of, words_of


class Rule(StrEnum):
    """What the advice is about."""

    GROUND = "ground"
    PERSON = "person"
    ABSOLUTE = "absolute"
    NO_ACTION = "no_action"


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to look at once more: characters `start` to `end` of the text.

    `ground` is the protected ground that the words name, "" in other rules.
    Only words for a protected ground `asks` for a tap that they are meant so.
    """

    rule: Rule
    start: int
    end: int
    words: str
    ground: str = ""

    @property
    def asks(self) -> bool:
        """Whether one tap is asked for before the text is sent."""
        return self.rule is Rule.GROUND


Words = tuple[Word, ...]
_ALWAYS = {ground: lexicon(phrases, ground_words.SPARED) for ground, phrases in ground_words.ALWAYS.items()}
_OF_PERSON = {ground: lexicon(phrases, ground_words.SPARED) for ground, phrases in ground_words.OF_PERSON.items()}
_OWN = {key: lexicon(phrases, ground_words.SPARED) for key, phrases in ground_words.OWN.items()}
_TRAITS = lexicon(f"{other_words.TRAITS_BAD}, {other_words.TRAITS_GOOD}", other_words.TRAIT_SPARED)
_PHRASES = lexicon(other_words.PERSON_PHRASES)
_WHO = "du|ni|hon|han|hen|you|u|he|she|they"
_IS = "är|var|blir|vore|re|are|is|was|were|s|verkar|framstår|seem|seems|sound|sounds|come|comes"
_ANYBODY = "|".join(PEOPLE.replace(",", "|").split()).replace("||", "|")
_A = "en|ett|a|an|ingen|inget|no|the|our|vår|such"
_NOUN = lexicon(
    "\n".join(
        f"{_WHO} {_IS} {between} {_A} {inner}"
        for between in ("", r"\S+", r"\S+ \S+")
        for inner in (
            other_words.NOUNS_ALONE.strip(),
            rf"\S+ {other_words.NOUNS_ALONE.strip()}",
            f"{other_words.JUDGED.strip()} {_ANYBODY}",
        )
    )
)
_ABSOLUTES = lexicon(other_words.ABSOLUTES, other_words.ABSOLUTE_SPARED)
_OFTEN = lexicon(other_words.OFTEN, other_words.ABSOLUTE_SPARED)
_BETTER = lexicon(other_words.BETTER)
_CONCRETE = lexicon(other_words.CONCRETE, other_words.VAGUE_AFTER)
_CAPITALS = lexicon(other_words.COMMON_CAPITALS)
_SHOUTS = re.compile(r"[!?]*!\s?!+[!?]*|!\?+!|!{2,}")
_CAPITALS_MIN, _LONG_CAPITALS_MIN = 2, 4


def tone_advice(text: str) -> tuple[Advice, ...]:
    """What to look at once more in `text`, in the order it stands there; each rule and ground once a sentence.

    The language is that of the words. A sentence in which several rules find
    the same words is advised on once, by the first rule that does.

    Source: design "Tone advice".
    """
    words = words_of(text)
    whole = language_of(words)
    found: list[Advice] = []
    for sentence in sentences_of(words):
        language = language_of(sentence) or whole
        for one in (*_grounds(text, sentence, language), *_persons(text, sentence), *_absolutes(text, sentence)):
            if not any(one.start < other.end and other.start < one.end for other in found):
                found.append(one)
    found += _shouting(text)
    if not found:
        found += _no_action(text, words)
    return tuple(sorted(found, key=lambda one: one.start))


def _advice(text: str, words: Words, span: tuple[int, int], rule: Rule, ground: str = "") -> Advice:
    start, end = words[span[0]].start, words[span[1] - 1].end
    return Advice(rule, start, end, text[start:end], ground)


def _grounds(text: str, words: Words, language: str | None) -> Iterator[Advice]:
    for ground, always in _ALWAYS.items():
        spans = [*places(words, always), *_said_of_person(words, _OF_PERSON.get(ground), told=False)]
        for (own, tongue), lexicon_of in _OWN.items():
            if own == ground and language in (tongue, None):
                spans += places(words, lexicon_of)
        spans = [span for span in spans if not is_of_users(words, span[1])]
        if spans:
            yield _advice(text, words, min(spans), Rule.GROUND, ground)


def _said_of_person(words: Words, wanted: Lexicon | None, *, told: bool) -> Iterator[tuple[int, int]]:
    if wanted is not None:
        yield from (span for span in places(words, wanted) if is_of_person(words, *span, told=told))


def _persons(text: str, words: Words) -> Iterator[Advice]:
    spans = [*_said_of_person(words, _TRAITS, told=True), *places(words, _PHRASES), *places(words, _NOUN)]
    if spans:
        yield _advice(text, words, min(spans), Rule.PERSON)


def _absolutes(text: str, words: Words) -> Iterator[Advice]:
    often = (span for span in places(words, _OFTEN) if is_about_you(words, span[0]))
    for span in (*often, *places(words, _ABSOLUTES), *_loud(words)):
        yield _advice(text, words, span, Rule.ABSOLUTE)
        return


def _loud(words: Words) -> Iterator[tuple[int, int]]:
    """Ordinary words in capitals; names and abbreviations are written so."""
    for at, word in enumerate(words):
        letters = [letter for letter in word.written if letter.isalpha()]
        if len(letters) < _CAPITALS_MIN or not all(letter.isupper() for letter in letters):
            continue
        long = len(letters) >= _LONG_CAPITALS_MIN and any(letter in "ÅÄÖ" for letter in letters)
        if long or any(places((word,), _CAPITALS)):
            yield at, at + 1


def _shouting(text: str) -> Iterator[Advice]:
    found = _SHOUTS.search(text)
    if found:
        yield Advice(Rule.ABSOLUTE, *found.span(), found[0])


def _no_action(text: str, words: Words) -> Iterator[Advice]:
    """Asking for better where nothing in the whole text says how."""
    if any(True for _ in places(words, _CONCRETE)):
        return
    for span in places(words, _BETTER):
        yield _advice(text, words, span, Rule.NO_ACTION)
        return
