"""The words of a sentence as they are meant, however they were written, each with its place in the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Letters of other alphabets, and signs, that look like a Latin letter.
_LOOK_ALIKE = str.maketrans("асеіјорѕхукѵԁɡαεικνορτυχ0134@$", "aceijopsxykvdgaeikvoptuxoieaas")
_AS_LETTER = "@$"
_OWN_LETTERS = {"ı": "i", "å": "å", "ä": "ä", "ö": "ö", "æ": "ä", "ø": "ö"}
_ENDS_SENTENCE = ".!?\n…。"
_ENDS_CLAUSE = ";:()–—"
_BREAKS = ("", "comma", "clause", "sentence")
ENDS = ("clause", "sentence")
_SPELT_OUT_MIN = 4
# A full stop inside t.ex. and e.g. ends nothing.
_SHORT = re.compile(r"\b(t\.\s?ex\.|bl\.\s?a\.|e\.g\.|i\.e\.)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word in small plain letters, `start` and `end` in the original, and how it was written there.

    `breaks` is what stands before it: nothing, a comma, the end of a clause or of a sentence.
    """

    text: str
    start: int
    end: int
    written: str
    breaks: str = ""


@dataclass(frozen=True, slots=True)
class _Sign:
    text: str
    start: int
    end: int


def words_of(text: str) -> tuple[Word, ...]:
    """The words of `text`: look-alike letters, accents, wide letters and invisible signs do not hide one."""
    short = {at for found in _SHORT.finditer(text) for at in range(*found.span())}
    found: list[Word] = []
    held: list[_Sign] = []
    breaks = ""
    for sign in (*_signs(text), _Sign(" ", len(text), len(text))):
        if sign.text.isalnum() or sign.text in _AS_LETTER:
            held.append(sign)
            continue
        if any(one.text.isalnum() for one in held):
            found.append(_word(text, held, breaks))
            breaks = ""
        held = []
        if sign.start not in short:
            breaks = max(breaks, _break_of(sign.text), key=_BREAKS.index)
    return tuple(_joined(found))


def _break_of(sign: str) -> str:
    if sign in _ENDS_SENTENCE:
        return "sentence"
    if sign in _ENDS_CLAUSE:
        return "clause"
    return "comma" if sign == "," else ""


def _signs(text: str) -> Iterator[_Sign]:
    """Each letter with its accents as one sign; signs that nobody sees are left out."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and unicodedata.category(text[end]).startswith("M"):
            end += 1
        for letter in unicodedata.normalize("NFKC", text[at:end]).casefold():
            if unicodedata.category(letter) not in ("Cf", "Mn"):
                yield _Sign(_plain(letter), at, end)
        at = end


def _plain(letter: str) -> str:
    if letter in _OWN_LETTERS:
        return _OWN_LETTERS[letter]
    return unicodedata.normalize("NFKD", letter)[0]


def _word(text: str, signs: list[_Sign], breaks: str) -> Word:
    plain = "".join(sign.text for sign in signs)
    # Digits stand for letters only inside a word: kv1nna, but 45 and HTML5 as they are.
    if plain[0].isalpha() and plain[-1].isalpha():
        plain = plain.translate(_LOOK_ALIKE)
    start, end = signs[0].start, signs[-1].end
    return Word(plain, start, end, text[start:end], breaks)


def _joined(words: list[Word]) -> Iterator[Word]:
    """Words with those spelt out letter by letter put together."""
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and len(words[end].text) == 1 and words[end].text.isalpha():
            end += 1
        if end - at >= _SPELT_OUT_MIN:
            run = words[at:end]
            plain = "".join(word.text for word in run)
            yield Word(plain, run[0].start, run[-1].end, plain, run[0].breaks)
            at = end
        else:
            yield words[at]
            at += 1


def sentences_of(words: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    """The words, sentence by sentence."""
    held: list[Word] = []
    for word in words:
        if word.breaks == "sentence" and held:
            yield tuple(held)
            held = []
        held.append(word)
    if held:
        yield tuple(held)
