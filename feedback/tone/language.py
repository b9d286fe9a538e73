"""Which language a sentence is written in, by its own words and never by the reader's settings."""

from __future__ import annotations

from feedback.tone.words import Word


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SV = _set(
    "och att det som en ett är var på för med av den inte om du han hon hen vi ni till har hade kan ska när så men"
    " från din ditt dina sin sitt mig dig oss er mycket bra mer bättre måste bör alltid aldrig lite också bara ut upp"
    " efter här där nu jag din blev bli blir verkar känns tack gärna hos vara varit alla allt inga ingen inget vill"
    " skulle kunde utan under mellan eftersom eller än ganska väldigt kod koden jobbet mötet nästa gång"
)
_EN = _set(
    "the and to of is was were are be been you your he she they it its that this with for on as at by an a not but or"
    " from have has had will would can could should when so if his her their we our us me my i very good more better"
    " must always never too also just out up after here there now please need needs do does did don re t s well about"
    " than because what how next time code work who which all some any no nothing"
)


def language_of(words: tuple[Word, ...]) -> str | None:
    """``sv``, ``en``, or None where the words do not tell."""
    swedish = sum((word.text in _SV) + any(letter in "åäö" for letter in word.text) for word in words)
    english = sum(word.text in _EN for word in words)
    if swedish == english:
        return None
    return "sv" if swedish > english else "en"
