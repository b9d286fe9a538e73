"""Cells of any column: tidied text, lists, numbers, forms and consent, as people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from server.imports.values import EmployerForm, Reading, SeekerForm

COUNT_MAX = 50
TEXT_CHARS_MAX = 500
LIST_MAX = 40
ITEM_CHARS_MAX = 80


def words(text: str) -> frozenset[str]:
    """The words and phrases of `text`, which bars part."""
    return frozenset(text.split("|"))


_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_EXCEL_TEXT = re.compile(r'^=\s*"(.*)"$', re.DOTALL)
_BLANK_WORDS = words(
    "-|--|---|–|—|.|..|...|…|?|??|n/a|n.a.|n.a|null|none|(tom)|(tomt)|(blank)|_|/|\\|saknas|uppgift saknas|ej angivet"
    "|ej angiven|inte angivet|not given|not stated|not available|missing"
)
_ERRORS = re.compile(
    r"^#(n/a|ref!|value!|name\?|div/0!|null!|num!|spill!|värdefel!|saknas!|referens!|namn\?|division/0!|ogiltigt!)$",
    re.IGNORECASE,
)
_FORMULA = re.compile(r"^(?:=|@(?=\w+\()|[+-](?=[a-zåäö]+\d*[(!|]))|^[=+@-].*\|.*!", re.IGNORECASE)
_LIST_BREAK = re.compile(r"[,;|•·▪●◦\n\r\t]|\s[-–]\s(?=\w)")
_SLASH_WORDS = re.compile(r"\b(ci/cd|tcp/ip|ux/ui|ui/ux|pl/sql|i/o|a/b|os/2|it/ot|z/os|n/a)\b", re.IGNORECASE)
_FILLERS = frozenset({"m.m", "mm", "m m", "etc", "osv", "med mera", "o.s.v", "and more", "inga", "inget", "none"})

_NUMBER_WORDS = {
    "en": 1, "ett": 1, "två": 2, "tva": 2, "tvaa": 2, "tre": 3, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8,
    "atta": 8, "nio": 9, "tio": 10, "elva": 11, "tolv": 12, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "ett par": 2, "ett dussin": 12,
    "a couple": 2, "couple": 2, "par": 2,
}  # fmt: skip
_ABOUT = re.compile(r"^(?:ca\.?|cirka|c:a|ungefär|omkring|runt|about|approx\.?|around|~|≈|minst|max|högst|upp till)\s*")
_UNITS = re.compile(
    r"\s*(?:st\.?|stycken|pers\.?|personer|person|people|persons|rekryterare|recruiters?|bord|pcs|reps?)\.?$"
)

_ON_SITE = words(
    "på plats|pa plats|plats|fysiskt|fysisk|fysiskt möte|on site|onsite|on-site|in person|in-person|irl|live"
    "|på kontoret|face to face|f2f|physical|på mässan|i lokalen"
)
_VIDEO = words(
    "video|videomöte|distans|på distans|digitalt|digital|online|on line|on-line|remote|virtuellt|virtual|virtuell|teams"
    "|zoom|webb|via video|video call|länk|via länk|digitalt möte|distansmöte|skype"
)
_EITHER = words(
    "spelar ingen roll|hybrid|båda|bada|båda går bra|både och|valfritt|valfri|any|either|both|no preference"
    "|does not matter|doesn't matter|ingen preferens|alla|vilket som|vilket som helst|går bra vilket som|flexibel"
    "|video och på plats|video eller på plats|på plats och video|på plats eller video|video/på plats|på plats/video"
    "|video & på plats|both work|blandat|mixed|kvittar|no matter"
)
_NOT_YET = re.compile(r"\b(ännu|svar\w*|vet (?:ej|inte)|återkom\w*|yet|answer\w*|asked|frågad?)\b")
_AGREES = re.compile(r"^(?:ja,? |yes,? )?(?:jag |i )?(?:samtycker|godkänner|accepterar|agree|consent|accept)$")
_PERHAPS = re.compile(r"\b(kanske|eventuellt|ev|troligen|nog|maybe|perhaps|eller|or)\b|\?")
_YES_WORDS_MAX = 8
_INITIALS: dict[str, SeekerForm] = {"v": "video", "d": "video", "p": "on_site", "f": "on_site", "h": "either"}
_YES = words("ja|j|yes|y|true|sant|1|x|✓|✔|ok|okej|ja!|godkänner|godkänt|samtycker|given")
_NO = words("nej|n|no|false|falskt|0|nej!|ej|inte|nope|avböjer|nekar|nekat|refused|declined")


def tidy(cell: str) -> str:
    """`cell` on one line with no invisible signs, outer spaces or spreadsheet wrapping; blank words are empty."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", cell)).replace("\u0085", " ")
    text = " ".join(text.split())
    wrapped = _EXCEL_TEXT.match(text)
    if wrapped:
        text = wrapped.group(1).strip()
    text = text.removeprefix("'").strip() if not text.endswith("'") else text
    return "" if text.casefold() in _BLANK_WORDS or is_error(text) else text


def is_error(cell: str) -> bool:
    """Whether the cell holds a spreadsheet program's own error, such as ``#REF!``."""
    return bool(_ERRORS.match(cell.strip()))


def is_formula(text: str) -> bool:
    """Whether a tidied cell holds a formula instead of what it should have come to."""
    return bool(_FORMULA.match(text))


def read_text(cell: str) -> Reading[str]:
    """The cell as one line of text, at most 500 characters; a formula is left out, and that is shown."""
    text = tidy(cell)
    if is_formula(text):
        return Reading(doubt="formula_dropped")
    return Reading(text[:TEXT_CHARS_MAX] or None)


def read_items(cell: str) -> tuple[str, ...]:
    """The parts of a list in one cell, in order, without repeats; at most 40 of 80 characters.

    Commas, semicolons, bars, bullets and line breaks part the items. A slash does so only where none of
    these is used, and never inside such words as ``CI/CD``.
    """
    text = _INVISIBLE.sub("", cell).replace("\u0085", "\n")
    if not tidy(text) or is_formula(tidy(text)):
        return ()
    parts = _LIST_BREAK.split(text)
    if len([part for part in parts if part.strip()]) < 2:
        kept = _SLASH_WORDS.sub(lambda found: found.group().replace("/", "\x00"), text)
        parts = [part.replace("\x00", "/") for part in kept.split("/")]
    return _unique(_tidy_item(part) for part in parts)


def _tidy_item(part: str) -> str:
    item = re.sub(r"^(?:[-–*•]+|\d{1,2}[.)](?=\s|\D))\s*", "", tidy(part)).strip(" .:" if "." in part[-2:] else " :")
    return "" if item.casefold().strip(".") in _FILLERS else item[:ITEM_CHARS_MAX]


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    seen: dict[str, str] = {}
    for item in items:
        if item:
            seen.setdefault(item.casefold(), item)
    return tuple(seen.values())[:LIST_MAX]


def read_count(cell: str) -> Reading[int]:
    """A whole number from 1 to 50, also in words; of a range the lower end."""
    text = tidy(cell).casefold()
    if not text:
        return Reading()
    bare = _ABOUT.sub("", text)
    is_about = bare != text
    bare = _UNITS.sub("", bare).strip()
    between = re.match(r"^(\d{1,4})\s*(?:-|–|—|till|to|eller|or|/)\s*(\d{1,4})$", bare)
    if between:
        return _limited(min(int(between.group(1)), int(between.group(2))), "count_lowest")
    if bare in _NUMBER_WORDS:
        return Reading(_NUMBER_WORDS[bare], doubt="count_words")
    whole = re.match(r"^([-−]?\d{1,9})(?:[.,]0+)?$", bare)
    if not whole:
        return Reading(fault="count_not_understood")
    return _limited(int(whole.group(1).replace("−", "-")), "count_about" if is_about else None)


def _limited(count: int, doubt: str | None) -> Reading[int]:
    if count < 1:
        return Reading(fault="count_not_positive")
    if count > COUNT_MAX:
        return Reading(fault="count_huge", params={"max": COUNT_MAX})
    if doubt == "count_lowest":
        return Reading(count, doubt="count_lowest")
    return Reading(count, doubt="count_about" if doubt else None)


def read_form(cell: str) -> Reading[SeekerForm]:
    """The meeting form in the cell; nothing in a cell that says something is a question to staff."""
    text = tidy(cell).casefold().strip(" .!")
    if not text:
        return Reading()
    if text in _EITHER:
        return Reading("either")
    if text in _VIDEO or text in _ON_SITE:
        return Reading("video" if text in _VIDEO else "on_site")
    if text in _INITIALS:
        return Reading(_INITIALS[text], doubt="form_wording")
    return _form_in_words(text)


def _form_in_words(text: str) -> Reading[SeekerForm]:
    words = re.sub(r"[^\w]+", " ", text)
    padded = f" {words} "
    if re.search(r"\b(inte|ej|ingen|not|no)\b", padded):
        return Reading()
    video = any(f" {word} " in padded for word in _VIDEO)
    on_site = any(f" {word} " in padded for word in _ON_SITE)
    if any(f" {word} " in padded for word in _EITHER) or (video and on_site):
        return Reading("either", doubt="form_wording")
    if video or on_site:
        return Reading("video" if video else "on_site", doubt="form_wording")
    return Reading()


def read_employer_form(cell: str) -> Reading[EmployerForm]:
    """The same for an employer, whose *either* is a hybrid desk."""
    read = read_form(cell)
    if read.value is None:
        return Reading()
    return Reading("hybrid" if read.value == "either" else read.value, doubt=read.doubt)


def read_consent(cell: str) -> Reading[bool]:
    """Whether the person agreed to being registered and shown to employers.

    Only a plain yes lets a row in: a no, a maybe and an empty cell each stop it, since nobody can
    consent on another's behalf.
    """
    text = tidy(cell).casefold().strip(" .")
    if not text:
        return Reading(fault="consent_missing")
    if text in _YES:
        return Reading(True)
    if text in _NO:
        return Reading(False, fault="consent_refused")
    if re.match(r"^(ja|yes)\b.*\b(inte|ej|not|men|but)\b", text) or _NOT_YET.search(text):
        return Reading(fault="consent_unclear")
    if re.match(r"^(nej|no)\b", text) or re.search(r"\b(inte|ej|not|never|aldrig)\b", text):
        return Reading(False, fault="consent_refused")
    if _AGREES.match(text):
        return Reading(True)
    if re.search(r"\b(ja|yes)\b", text) and not _PERHAPS.search(text) and len(text.split()) <= _YES_WORDS_MAX:
        return Reading(True, doubt="consent_wording")
    return Reading(fault="consent_unclear")
