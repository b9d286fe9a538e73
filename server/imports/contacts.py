"""E-mail addresses, phone numbers and organisation numbers, mended only where the mend is shown."""

from __future__ import annotations

import re

from server.imports.cells import tidy
from server.imports.personal_numbers import MASKED, luhn_holds
from server.imports.values import Reading

_ADDRESS = re.compile(
    r"^[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9åäöéü](?:[a-z0-9åäöéü-]{0,62})\.)+[a-zåäö]{2,24}$"
)
_ANGLED = re.compile(r"<\s*([^<>]+)\s*>")
_AT = re.compile(
    r"\s*(?:\(\s*(?:at|a|snabel-?a)\s*\)|\[\s*(?:at|a|snabel-?a)\s*\]|\{\s*at\s*\}|\bsnabel-?a\b)\s*|\s+at\s+"
)
_DOT = re.compile(r"\s*(?:\(\s*(?:dot|punkt)\s*\)|\[\s*(?:dot|punkt)\s*\])\s*|\s+(?:dot|punkt)\s+")
_SEVERAL = re.compile(r"\s*[;,/|]\s*|\s+(?:och|and|eller|or|alt\.?|el\.?)\s+|\s+")
_INSIDE = re.compile(r"[a-z0-9._%+-]+@[a-z0-9åäö-]+(?:\.[a-z0-9åäö-]+)+")
_TYPOS = {
    "gmial.com": "gmail.com", "gmal.com": "gmail.com", "gamil.com": "gmail.com", "gmail.con": "gmail.com",
    "gmail.cm": "gmail.com", "gmail.co": "gmail.com", "gmail.se": "gmail.com", "gnail.com": "gmail.com",
    "hotmial.com": "hotmail.com", "hotmal.com": "hotmail.com", "hotmail.con": "hotmail.com",
    "outlok.com": "outlook.com", "outlook.con": "outlook.com", "iclod.com": "icloud.com",
}  # fmt: skip
_EMAIL_CHARS_MAX = 254
_SEVERAL_PHONES = re.compile(
    r"[;,|\n]|\s/\s|(?<=\d{4})/(?=\s*[+0])|(?<=\d\d )/(?=\s*[+0])|\b(?:eller|or|och|alt|el|samt)\b\.?"
)


def read_email(cell: str) -> Reading[str]:
    """The e-mail address in the cell, in lower case; None with no fault where the cell is empty."""
    text = tidy(cell).casefold()
    if not text:
        return Reading()
    plain = _trimmed(text)
    several = list_emails(cell)
    if _is_address(plain) and len(several) < 2:
        return _with_typo_mended(Reading(plain))
    if several:
        return Reading(several[0], doubt="email_first_of_several" if len(several) > 1 else "email_repaired")
    mended = _mended(plain)
    if _is_address(mended):
        return _with_typo_mended(Reading(mended, doubt="email_repaired"))
    inside = dict.fromkeys(_INSIDE.findall(text))
    if len(inside) == 1 and _is_address(only := next(iter(inside))) and not _is_cut(text, only):
        return _with_typo_mended(Reading(only, doubt="email_repaired"))
    return _email_fault(mended)


def list_emails(cell: str) -> tuple[str, ...]:
    """Every whole address that stands by itself in the cell, each once."""
    text = tidy(cell).casefold()
    return tuple(dict.fromkeys(part for part in map(_trimmed, _SEVERAL.split(text)) if _is_address(part)))


def _is_cut(text: str, address: str) -> bool:
    """Whether letters of a longer address stand before the one that was found: *åsa@…* is not *sa@…*."""
    before = text[: text.index(address)]
    return bool(re.search(r"[^\W_]$|[.\"@-]$", before)) or text[text.index(address) + len(address) :].startswith("@")


def _trimmed(text: str) -> str:
    angled = _ANGLED.search(text)
    text = angled.group(1) if angled else text
    return text.strip().removeprefix("mailto:").strip(" .,;:<>()[]\"'").strip()


def _mended(text: str) -> str:
    text = _DOT.sub(".", _AT.sub("@", text))
    text = re.sub(r"@+", "@", re.sub(r"\s+", "", text))
    local, at, domain = text.rpartition("@")
    return local + at + re.sub(r"\.{2,}", ".", domain.replace(",", ".")).strip(".") if at else text


def _is_address(text: str) -> bool:
    local = text.partition("@")[0]
    dotted = local.startswith(".") or local.endswith(".") or ".." in local
    return len(text) <= _EMAIL_CHARS_MAX and bool(_ADDRESS.match(text)) and not dotted


def _with_typo_mended(read: Reading[str]) -> Reading[str]:
    local, _, domain = (read.value or "").rpartition("@")
    if domain in _TYPOS:
        return Reading(f"{local}@{_TYPOS[domain]}", doubt="email_domain_typo")
    return read


def _email_fault(text: str) -> Reading[str]:
    if "@" not in text:
        return Reading(fault="email_without_at")
    local, _, domain = text.rpartition("@")
    if not local or "." not in domain:
        return Reading(fault="email_incomplete")
    return Reading(fault="email_characters")


def read_phone(cell: str) -> Reading[str]:
    """The phone number in the international form ``+46701234567``.

    A number that cannot be read never stops a row: it is left out, and that is shown as a guess.
    """
    text = re.sub(r"\([^()\d]*\)", " ", re.sub(r"(?<=\d)[.,]0$", "", tidy(cell).casefold())).strip()
    if not text:
        return Reading(doubt="phone_dropped") if tidy(cell) else Reading()
    scientific = _scientific(text)
    if scientific is not None:
        return scientific
    parts = [part for part in _SEVERAL_PHONES.split(text) if part.strip()]
    if not parts:
        return Reading(doubt="phone_dropped")
    first = _one_phone(parts[0])
    if len(parts) > 1 and first.value is not None:
        return Reading(first.value, doubt="phone_first_of_several")
    return first


def list_phones(cell: str) -> tuple[str, ...]:
    """Every number in the cell that can be read, in order."""
    parts = _SEVERAL_PHONES.split(re.sub(r"\([^()\d]*\)", " ", tidy(cell).casefold()))
    return tuple(number for part in parts if (number := read_phone(part).value) is not None)


def _scientific(text: str) -> Reading[str] | None:
    """``7,01234567E+08`` as a spreadsheet program shows a number; only where every digit is still there."""
    found = re.fullmatch(r"(\d)[.,](\d+)e\+?0*(\d{1,2})", text, flags=re.ASCII)
    if found is None:
        return None
    if len(found.group(2)) != int(found.group(3)):
        return Reading(doubt="phone_dropped")
    number = _one_phone(found.group(1) + found.group(2)).value
    return Reading(number, doubt="phone_scientific" if number else "phone_dropped")


def _one_phone(text: str) -> Reading[str]:
    text = re.sub(r"^(?:tel|tfn|mob|mobil|telefon|phone|hem|arb|arbete|jobb|home|work)\s*[.:]?\s*", "", text.strip())
    text = re.sub(r"\s*(?:ankn\.?|ext\.?|anknytning)\s*\d+$", "", text)
    if (
        not re.fullmatch(r"\+?[\d\s().\-‐‑–—/]*", text, flags=re.ASCII)
        or re.search(r"\d[.,]\d+$", text.strip()) is not None
    ):
        return Reading(doubt="phone_dropped")
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    if text.startswith("+") or digits.startswith("00"):
        return _international(digits.removeprefix("00"))
    if digits.startswith("0"):
        return _swedish(digits[1:], None)
    if digits.startswith("46") and 10 <= len(digits) <= 11:
        return _swedish(digits[2:], "phone_plus_added")
    return _swedish(digits, "phone_zero_added")


def _international(digits: str) -> Reading[str]:
    if digits.startswith("46"):
        return _swedish(digits[2:].removeprefix("0"), None)
    is_number = 8 <= len(digits) <= 15 and not digits.startswith("0")
    return Reading(f"+{digits}") if is_number else Reading(doubt="phone_dropped")


def _swedish(national: str, doubt: str | None) -> Reading[str]:
    """Swedish numbers have seven to nine digits after the zero, mobile ones nine."""
    is_mobile = national.startswith("7")
    if not national or national.startswith("0") or not (len(national) == 9 if is_mobile else 7 <= len(national) <= 9):
        return Reading(doubt="phone_dropped")
    number = f"+46{national}"
    if doubt == "phone_plus_added":
        return Reading(number, doubt="phone_plus_added")
    return Reading(number, doubt="phone_zero_added" if doubt else None)


def read_org_number(cell: str) -> Reading[str]:
    """The Swedish organisation number as ``556387-6710``; a wrong check digit is a doubt, not a stop.

    A sole trader's number is a personal number and is left out.
    """
    text = tidy(cell)
    if not text:
        return Reading()
    if MASKED.match(text):
        return Reading(doubt="org_number_personal")
    text = _unscientific(text)
    digits = re.sub(r"\D", "", re.sub(r"[.,]0+$", "", text), flags=re.ASCII)
    if text.casefold().startswith("se") and len(digits) == 12 and digits.endswith("01"):
        digits = digits[:10]
    if len(digits) == 12 and digits.startswith("16"):
        digits = digits[2:]
    if len(digits) != 10 or not digits.isascii() or int(digits[2]) < 2:
        return Reading(doubt="org_number_dropped")
    number = f"{digits[:6]}-{digits[6:]}"
    return Reading(number, doubt=None if luhn_holds(digits) else "org_number_checksum")


def _unscientific(text: str) -> str:
    found = re.fullmatch(r"(\d)[.,](\d{9})e\+?09", text, flags=re.ASCII | re.IGNORECASE)
    return found.group(1) + found.group(2) if found else text
