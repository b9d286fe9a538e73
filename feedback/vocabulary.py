"""From words as people write them to the competences of the packs: the one place where two words are the same.

A word is a competence when it is exactly one of its texts or aliases, in either language, as `word_key` reads
it. There is no guess: a word that no pack knows stays a word of its own, which is the same as itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from feedback.instrument import Competence, Instrument
from feedback.pack_loader import load_pack, pack_names
from feedback.wording import parts_of, word_key

WORDS_KEPT = 20_000
# No code holds a colon, so a word of its own is never taken for a competence.
OWN_WORD = "word:"


class Vocabulary:
    """The competences of some instruments by every way to write them; of two with one code the first counts."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        self.competences: dict[str, Competence] = {}
        self._codes: dict[str, str] = {}
        for instrument in instruments:
            for competence in instrument.competences:
                self.competences.setdefault(competence.code, competence)
                for word in written(competence):
                    self._codes.setdefault(word_key(word), competence.code)
        self.keys_of = lru_cache(WORDS_KEPT)(self._keys_of)

    def find(self, word: str) -> Competence | None:
        """The competence that `word` is, or None."""
        code = self._codes.get(word_key(word))
        return self.competences[code] if code is not None else None

    def _keys_of(self, words: str) -> frozenset[str]:
        """What `words` say, as keys that are equal exactly where two people mean the same; none where nothing is said.

        Words with *and* between them are several competences where each of them is one: "HTML/CSS".
        """
        key = word_key(words)
        if not key:
            return frozenset()
        codes = [self._codes.get(key)]
        if codes == [None]:
            codes = [self._codes.get(word_key(part)) for part in parts_of(words)]
        known = [code for code in codes if code is not None]
        return frozenset(known if len(known) == len(codes) else (OWN_WORD + key,))

    def keys(self, labels: Iterable[str]) -> frozenset[str]:
        """Everything that `labels` say, each competence once."""
        return frozenset().union(*(self.keys_of(label) for label in labels))

    def matching(self, wanted: Iterable[str], had: Iterable[str]) -> list[str]:
        """Those of the competences wanted that somebody has, as and in the order in which they are wanted."""
        known = self.keys(had)
        return [label for label in wanted if self.keys_of(label) and self.keys_of(label) <= known]

    def distinct(self, labels: Iterable[str]) -> tuple[str, ...]:
        """`labels` without those that say nothing which one before them has not said already."""
        kept: list[str] = []
        said: set[str] = set()
        for label in labels:
            if not self.keys_of(label) <= said:
                kept.append(label)
                said |= self.keys_of(label)
        return tuple(kept)


def written(competence: Competence) -> tuple[str, ...]:
    """Every way to write a competence: its texts, its aliases and the label that the JobTech Taxonomy gives it."""
    there = (competence.jobtech.label,) if competence.jobtech else ()
    return (competence.text.sv, competence.text.en, *competence.aliases, *there)


def newest(instruments: Iterable[Instrument]) -> tuple[Instrument, ...]:
    """The newest version of each instrument, in the order of their codes."""
    by_code = {one.code: one for one in sorted(instruments, key=lambda one: one.version)}
    return tuple(by_code[code] for code in sorted(by_code))


@cache
def vocabulary() -> Vocabulary:
    """The competences of every pack that comes with the product, in its newest version."""
    return Vocabulary(newest(load_pack(name) for name in pack_names()))
