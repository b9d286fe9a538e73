"""What is said about a person: name, gender, year of birth, languages and access needs."""

from __future__ import annotations

import re

from server.imports.cells import is_formula, read_items, tidy, words
from server.imports.codes import GuessReason
from server.imports.personal_numbers import without_masked
from server.imports.values import AccessNeed, Gender, Reading

AGE_MIN, AGE_MAX = 14, 100
NAME_CHARS_MAX = 120
LANGUAGE_ABBREVIATION_MAX = 3
_NO_NAME = re.compile(r"[@<>{}=|\\]")
_ADDRESS_BESIDE = re.compile(r"[<(\[]?\s*(?:mailto:)?[^\s<>()\[\],;]+@[^\s<>()\[\],;]+\s*[>)\]]?")
_BEFORE_LAST_NAMES = words("von|van|de|la|der|den|af|av|al|el|bin|ibn|abu|da|di|dos|del|le|du|ter|ten|zu")

_GENDERS: dict[str, Gender] = {}
_GENDER_WORDS: tuple[tuple[Gender, str], ...] = (
    ("woman", "kvinna|k|kv|kvinnor|kvinnlig|tjej|female|f|woman|w|women"),
    ("man", "man|m|män|manlig|kille|male|men"),
    ("other", "annat|annan|annat kön|other|icke-binär|ickebinär|icke binär|non-binary|nonbinary|non binary|x|o|a|hen"),
    (
        "undisclosed",
        "vill ej uppge|vill inte uppge|vill ej svara|vill inte svara|vill inte ange|vill ej ange|undisclosed|vet ej"
        "|prefer not to say|prefer not to answer|not disclosed|hemligt|ej uppgett|okänt|unknown|uppger ej",
    ),
)
for _gender, _words in _GENDER_WORDS:
    _GENDERS.update(dict.fromkeys(_words.split("|"), _gender))

_LANGUAGES = {
    "sv": "svenska|swedish|sv|swe|svensk", "en": "engelska|english|en|eng|engelsk", "ar": "arabiska|arabic|ar|arab",
    "so": "somaliska|somali|so", "fa": "persiska|farsi|fa|persian", "prs": "dari|prs", "ti": "tigrinja|tigrinya|ti",
    "uk": "ukrainska|ukrainian|uk|ukr", "ru": "ryska|russian|ru|rus", "pl": "polska|polish|pl",
    "es": "spanska|spanish|es",
    "fr": "franska|french|fr", "de": "tyska|german|de", "fi": "finska|finnish|fi", "tr": "turkiska|turkish|tr",
    "ku": "kurdiska|kurdish|ku|kurmanji", "ckb": "sorani|ckb", "bs": "bosniska|bosnian|bs",
    "hr": "kroatiska|croatian|hr",
    "sr": "serbiska|serbian|sr", "sq": "albanska|albanian|sq", "pt": "portugisiska|portuguese|pt",
    "it": "italienska|italian|it", "zh": "kinesiska|mandarin|chinese|zh", "ja": "japanska|japanese|ja",
    "am": "amhariska|amharic|am", "ps": "pashto|ps", "ur": "urdu|ur", "hi": "hindi|hi", "bn": "bengali|bengaliska|bn",
    "th": "thailändska|thai|th", "vi": "vietnamesiska|vietnamese|vi", "no": "norska|norwegian|no|nb",
    "da": "danska|danish|da",
    "ro": "rumänska|romanian|ro", "hu": "ungerska|hungarian|hu", "el": "grekiska|greek|el",
    "nl": "nederländska|dutch|nl",
    "et": "estniska|estonian|et", "lv": "lettiska|latvian|lv", "lt": "litauiska|lithuanian|lt", "sw": "swahili|sw",
    "rom": "romani|rom", "se": "samiska|sami|nordsamiska", "fit": "meänkieli|fit", "yi": "jiddisch|yiddish|yi",
    "ssp": "teckenspråk|svenskt teckenspråk|sign language|swl",
}  # fmt: skip
_LANGUAGE_CODES = {word: code for code, words in _LANGUAGES.items() for word in words.split("|")}

_NEEDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("sign_language_interpreter", re.compile(r"teckenspråk|sign language|teckentolk|\btsp\b")),
    ("text_interpreter", re.compile(r"skrivtolk|textning|undertext|caption|text interpret|speech.to.text")),
    ("interpreter", re.compile(r"tolk|interpret")),
    ("hearing_loop", re.compile(r"hörslinga|horslinga|slinga|hearing loop|induction loop|hörapparat|hearing aid")),
    ("wheelchair", re.compile(r"rullstol|wheelchair|rullator|permobil|ramp\b|hiss\b|step.?free")),
    ("extra_time", re.compile(r"extra tid|mer tid|längre tid|extra time|more time")),
    ("companion", re.compile(r"ledsag|medföljande|stödperson|companion|support person|assisten|kontaktperson")),
    ("assistance_dog", re.compile(r"ledarhund|assistanshund|servicehund|guide dog|assistance dog|service dog")),
    ("quiet_place", re.compile(r"lugn|tyst|avskil|quiet|low.?stimul|lågstimul")),
    (
        "large_print",
        re.compile(r"stor text|storstil|förstoring|large print|punktskrift|braille|skärmläs|screen reader"),
    ),
    ("easy_language", re.compile(r"lättläst|lätt svenska|easy read|easy swedish|plain language")),
)
_YES = words("ja|yes|x|ja tack")
_NO_NEEDS = words("inga|ingen|inget|nej|nix|no|none|inga behov|inga särskilda behov|0|n")


def read_name(cell: str, *, is_turned: bool = False) -> Reading[str]:
    """A person's name, first name first. ``Last, First`` is turned; `is_turned` says the heading told so.

    An address or a masked personal number beside the name is taken away, and that is shown.
    """
    text = tidy(cell)
    if is_formula(text):
        return Reading(fault="cell_is_formula")
    text, year = without_masked(text)
    bare = _ADDRESS_BESIDE.sub(" ", text)
    is_cut = bare != text and any(sign.isalpha() for sign in bare)
    text = _whole_quotes(" ".join((bare if is_cut else text).split())).strip(" ,;")[:NAME_CHARS_MAX]
    doubt: GuessReason | None = "personal_number_reduced" if year else "name_cut_out" if is_cut else None
    if not text:
        return Reading(fault="name_missing")
    if not any(sign.isalpha() for sign in text) or _NO_NAME.search(text):
        return Reading(fault="name_not_a_name")
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 2 and all(parts):
        return Reading(f"{parts[1]} {parts[0]}", doubt=doubt or (None if is_turned else "name_turned"))
    return _turned(text, doubt) if is_turned else Reading(text, doubt=doubt)


def _turned(text: str, doubt: GuessReason | None) -> Reading[str]:
    """`text` with its last name last: the first word, with what goes before a name such as *von*."""
    words = text.split()
    at = 0
    while at < len(words) - 1 and words[at].casefold() in _BEFORE_LAST_NAMES:
        at += 1
    last, first = words[: at + 1], words[at + 1 :]
    return Reading(" ".join(first + last), doubt="name_turned") if first else Reading(text, doubt=doubt)


def _whole_quotes(text: str) -> str:
    """`text` without a quotation mark that has no other."""
    return text if text.count('"') % 2 == 0 else text.replace('"', "", 1)


def read_gender(cell: str) -> Reading[Gender]:
    """The gender for equality reports. Words we do not know are left out, and that is shown."""
    text = tidy(cell).casefold().strip(" .")
    if not text:
        return Reading()
    known = _GENDERS.get(text)
    return Reading(known) if known else Reading(doubt="gender_dropped")


def read_birth_year(cell: str, *, year: int) -> Reading[int]:
    """The year of birth; of a date or a personal number only the year is taken. `year` is now."""
    text = tidy(cell)
    if not text:
        return Reading()
    masked = without_masked(text)[1] or _without_last_four(text)
    if masked:
        return _likely(_full_year(masked, year), year, "personal_number_reduced")
    digits = re.sub(r"[.,]0+$", "", text).removeprefix("-") if re.fullmatch(r"-?\d+[.,]0+", text) else text
    if re.fullmatch(r"\d{4}", digits, flags=re.ASCII):
        return _likely(int(digits), year, None)
    if re.fullmatch(r"['’´-]?\d{1,2}(?:-?tal(?:et|ist)?)?", digits, flags=re.ASCII):
        return _likely(_full_year(re.sub(r"\D", "", digits), year), year, "birth_year_two_digits")
    age = re.fullmatch(r"(\d{1,3})\s*(?:år|years?|yrs?|y|år gammal|years old)\.?", text.casefold(), flags=re.ASCII)
    if age:
        return _likely(year - int(age.group(1)), year, "age_to_year")
    return _likely(_year_in_date(digits, year), year, "birth_date_reduced")


def _without_last_four(text: str) -> str | None:
    found = re.fullmatch(r"((?:19|20)?\d{2})(?:0[1-9]|1[0-2])\d{2}\s?[-+]?\s?[xX*]{3,4}", text, flags=re.ASCII)
    return found.group(1) if found else None


def _full_year(digits: str, year: int) -> int:
    if len(digits) == 4:
        return int(digits)
    century = year - year % 100
    recent = century + int(digits)
    return recent if recent <= year - AGE_MIN else recent - 100


def _year_in_date(text: str, year: int) -> int:
    """0 where no year shows."""
    compact = re.fullmatch(r"(\d{4}|\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", text, flags=re.ASCII)
    if compact:
        return _full_year(compact.group(1), year)
    if re.fullmatch(r"[1-4]\d{4}", text, flags=re.ASCII):
        return 1900 + int(int(text) / 365.25)  # days since 1900: a date cell that lost its format
    found = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", text))
    if len(found) == 1:
        return int(found.pop())
    short = re.fullmatch(r"(?:(\d{2})[-/. ]\d{1,2}[-/. ]\d{1,2})", text, flags=re.ASCII)
    return _full_year(short.group(1), year) if short else 0


def _likely(born: int, year: int, doubt: GuessReason | None) -> Reading[int]:
    if not AGE_MIN <= year - born <= AGE_MAX:
        return Reading(doubt="birth_year_dropped")
    return Reading(born, doubt=doubt)


def read_age(cell: str, *, year: int) -> Reading[int]:
    """The year of birth behind an age, give or take one."""
    found = re.match(r"^(\d{1,3})(?:[.,]0+)?\D*$", tidy(cell), flags=re.ASCII)
    if found:
        return _likely(year - int(found.group(1)), year, "age_to_year")
    return Reading(doubt="birth_year_dropped") if tidy(cell) else Reading()


def read_languages(cell: str) -> Reading[tuple[str, ...]]:
    """Language codes (ISO 639), in the order given; a language we do not know keeps its own word."""
    codes: dict[str, None] = {}
    unknown: list[str] = []
    for item in read_items(re.sub(r"\([^)]*\)", "", cell)):
        for word in re.split(r"\s+(?:och|and|&|\+)\s+|/", item.casefold()):
            bare = re.sub(r"\s*(?:flytande|modersmål|grund|god|bra|lite|fluent|native|basic|[abc][12])\b.*$", "", word)
            code = _LANGUAGE_CODES.get(bare.strip(" .:-"))
            if code is None:
                unknown.append(word.strip())
            codes[code or word.strip()] = None
    codes.pop("", None)
    return Reading(tuple(codes), doubt="language_unknown" if any(unknown) else None)


def language_code(word: str) -> str | None:
    """The code (ISO 639) of a language that we know by this word, in small letters."""
    return _LANGUAGE_CODES.get(word) if len(word) > LANGUAGE_ABBREVIATION_MAX else None


def names_a_need(cell: str) -> bool:
    """Whether the cell says something of what a person needs on site."""
    text = tidy(cell).casefold()
    return any(pattern.search(text) for _, pattern in _NEEDS)


def read_access_needs(cell: str) -> tuple[AccessNeed, ...]:
    """What to arrange for the person, each with the words used. Words we do not know are kept as *other*."""
    if tidy(cell).casefold().strip(" .!") in _NO_NEEDS:
        return ()
    needs: list[AccessNeed] = []
    items = [item for item in read_items(cell) if item.casefold() not in _NO_NEEDS]
    if len(items) > 1:
        items = [item for item in items if item.casefold() not in _YES]
    for item in items:
        text = item.casefold()
        code = next((code for code, pattern in _NEEDS if pattern.search(text)), "other")
        needs.append(AccessNeed(code, item))
    return tuple(needs)
