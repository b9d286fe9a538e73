"""What the words for somebody's needs mean for the plan: more time, a station for all, an interpreter of a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from server.imports.cells import read_items, tidy
from server.imports.draft import Draft
from server.imports.people import language_code
from server.imports.values import Scheduling

FIELD = "scheduling_needs"
"""What staff type instead of a guess: the codes below, words as in a sheet, or a plain no."""
EXTRA_TIME, ACCESSIBLE, INTERPRETER = "extra_time", "accessible_station", "interpreter:"
KIND_CHARS_MAX = 40

_EXTRA_TIME = re.compile(
    r"\b(?:extra|mer|mera|längre|dubbel|dubbla|förlängd|more|longer|double|additional|extended)"
    r"\s*-?\s*(?:lång\s+)?(?:tid|tider|möte|mötestid|samtal|samtalstid|time|slots?|meetings?)(?:en|et)?\b|tidstillägg|extratid"
)
_ACCESSIBLE = re.compile(
    r"rullstol|wheel.?chair|rullator|rollator|permobil|\bramp\b|\bhiss\b|\blift\b|step.?free|mobility scooter|kryckor"
    r"|crutches|trapp|\bstairs\b|framkomlig|rörelsehind|rörelsenedsatt|handikappanp|handikappvänlig|walking frame"
    r"|tillgänglig(?:t|a|hetsanpassa\w*)?\s+(?:bord|plats|lokal|monter|station|sal|rum|entré|toalett)\w*"
    r"|accessible\s+(?:table|place|station|room|venue|seat|booth)"
)
_SIGN = re.compile(r"teckenspråk|teckentolk|sign.?language|\btsp\b|\bbsl\b|\basl\b|döv(?:tolk|t?$)")
_OTHER_KINDS = (
    (re.compile(r"skrivtolk|text.?interpret|speech.to.text|captioner"), "skrivtolk"),
    (re.compile(r"dövblind|deaf.?blind"), "dövblindtolk"),
)
_INTERPRETER = re.compile(r"tolk|interpret")
_STAIRS = re.compile(r"trapp|stairs")
_NOT = re.compile(
    r"\b(?:ej|inte|ingen|inget|inga|utan|slipper|no|not|without|none|egen|eget|egna|medföljande|own|brings?)\b"
    r"|\b(?:har|tar) med\b"
)
_PARTS = re.compile(r"\s+(?:och|men|samt|and|but|\+|&)\s+")
_TOLK_WORDS = re.compile(r"tolk(?:ning|en|ar|hjälp|behov)?$|talande$|språkig$|(?:-)?speaking$")
_LONGEST_TAIL = 2


def read_scheduling(text: str, *, languages: Sequence[str] = ()) -> Scheduling:
    """What `text` means for the plan; an interpreter of no language is of the one that the person speaks, if it is one.

    What somebody does without, or brings along, means nothing; what no word is known for neither.
    """
    found = Scheduling()
    for item in read_items(text):
        for said in _PARTS.split(tidy(item).casefold()):
            found = found.with_more(_coded(said) or _worded(said, languages))
    return found


def scheduling_codes(scheduling: Scheduling) -> tuple[str, ...]:
    """The same as codes, which `read_scheduling` reads again."""
    codes = [EXTRA_TIME] * scheduling.extra_time + [ACCESSIBLE] * scheduling.accessible_station
    return (*codes, *([f"{INTERPRETER}{scheduling.interpreter}"] if scheduling.interpreter else []))


def take_scheduling(draft: Draft, languages: Sequence[str]) -> tuple[Scheduling, bool]:
    """What a row's needs mean for the plan, and whether staff have typed it; a reading of words is told as a guess."""
    is_typed = draft.is_typed(FIELD)
    raw = draft.cell(FIELD if is_typed else "access_needs")
    found = read_scheduling(raw, languages=languages)
    draft.sensitive[FIELD] = scheduling_codes(found)
    if found != Scheduling() and not is_typed:
        draft.guess(FIELD, raw, scheduling_codes(found), "needs_planned")
    return found, is_typed


def _coded(said: str) -> Scheduling | None:
    if said.startswith(INTERPRETER):
        return Scheduling(interpreter=said.removeprefix(INTERPRETER).strip()[:KIND_CHARS_MAX] or None)
    known = {EXTRA_TIME: Scheduling(extra_time=True), ACCESSIBLE: Scheduling(accessible_station=True)}
    return known.get(said)


def _worded(said: str, languages: Sequence[str]) -> Scheduling:
    is_accessible = bool(_ACCESSIBLE.search(said))
    if _NOT.search(said):
        # Whoever cannot take stairs says so with a *not*; of everything else it takes the need away.
        return Scheduling(accessible_station=bool(_STAIRS.search(said)))
    return Scheduling(
        extra_time=bool(_EXTRA_TIME.search(said)),
        accessible_station=is_accessible,
        interpreter=_interpreter(said, languages),
    )


def _interpreter(said: str, languages: Sequence[str]) -> str | None:
    if _SIGN.search(said):
        return "sign_language"
    for pattern, kind in _OTHER_KINDS:
        if pattern.search(said):
            return kind
    if not _INTERPRETER.search(said):
        return None
    code = next((code for code in map(language_code, _language_words(said)) if code), None)
    if code is None:
        spoken = [language for language in languages if language not in ("sv", "en")]
        code = spoken[0] if len(spoken) == 1 else None
    return f"language:{code}"[:KIND_CHARS_MAX] if code else "tolk"


def _language_words(said: str) -> Iterator[str]:
    """Words that may name a language, also where *tolk* or *talande* is grown onto them: ``arabisktalande``."""
    for word in re.split(r"[^\w-]+", said):
        stem = _TOLK_WORDS.sub("", word).strip("-")
        for tail in range(_LONGEST_TAIL + 1):
            bare = stem[: len(stem) - tail] if tail else stem
            yield bare
            yield f"{bare}a"
