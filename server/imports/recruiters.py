"""The recruiters in an employer's row: one or several, each with a name, an address and a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from server.imports.cells import is_formula, read_text, tidy
from server.imports.codes import GuessReason
from server.imports.contacts import list_emails, list_phones, read_email, read_phone
from server.imports.draft import Draft
from server.imports.headings import CONTACTS_MAX
from server.imports.people import read_name
from server.imports.values import Contact, Reading

_SEVERAL_NAMES = re.compile(r"\s*[;/|\n]\s*|\s+(?:och|and|samt|&)\s+")
_ADDRESS = re.compile(r"(?:mailto:)?[^\s<>()\[\],;/|]+@[^\s<>()\[\],;/|]+")
_NUMBER = re.compile(r"(?:\+|\b0)\d[\d\s()–-]{5,}\d")
_EDGES = " \t\r\n,;:/|()[]<>-–."


def take_recruiters(draft: Draft) -> tuple[Contact, ...]:
    """The contacts named in a row; they may stand in one cell each, several in a cell, or in columns of their own."""
    told = _told_in_one_cell(draft) or _several(draft)
    contacts = list(told) if told else [each for each in (_only(draft),) if each]
    for rank in range(2, CONTACTS_MAX + 1):
        contact = _numbered(draft, rank)
        if contact is not None:
            contacts.append(contact)
    first = contacts[0] if contacts else Contact(None, None, None)
    draft.values.update({"contact": first.name, "email": first.email, "phone": first.phone})
    draft.values["contacts"] = tuple(_line(contact) for contact in contacts) if len(contacts) > 1 else ()
    has_email = any(contact.email for contact in contacts)
    if not has_email and not any(refusal.field == "email" for refusal in draft.refusals):
        draft.guess("email", draft.cell("email"), None, "contact_missing")
    return _unique(contacts)


def _told_in_one_cell(draft: Draft) -> list[Contact]:
    """*Anna Berg (anna@…, 070-…)*, one or several, where no column holds addresses."""
    raw = draft.cell("contact")
    found = list(_ADDRESS.finditer(raw))
    if not found or tidy(draft.cell("email")):
        return []
    is_number_first = bool(_NUMBER.search(raw[: found[0].start()]))
    contacts: list[Contact] = []
    for place, address in enumerate(found):
        before = raw[found[place - 1].end() if place else 0 : address.start()]
        after = raw[address.end() : found[place + 1].start() if place + 1 < len(found) else len(raw)]
        name = read_name(" ".join(_NUMBER.sub(" ", before).strip(_EDGES).split())).value
        phones = list_phones(" ; ".join(_NUMBER.findall(before if is_number_first else after)))
        email = read_email(address.group()).value
        if email is not None:
            contacts.append(Contact(name, email, phones[0] if phones else read_phone(draft.cell("phone")).value))
    if contacts:
        draft.guess("contact", raw, tuple(_line(contact) for contact in contacts), "contacts_taken_apart")
    return contacts


def _several(draft: Draft) -> list[Contact]:
    """Several addresses in their cell are several recruiters; names and numbers go by their order."""
    emails = list_emails(draft.cell("email"))
    if len(emails) < 2:
        return []
    names = _names(draft, len(emails))
    phones = list_phones(draft.cell("phone"))
    contacts = [
        Contact(
            names[place] if place < len(names) and len(names) in (1, len(emails)) else None,
            email,
            phones[place] if place < len(phones) and len(phones) in (1, len(emails)) else None,
        )
        for place, email in enumerate(emails)
    ]
    draft.guess("email", draft.cell("email"), tuple(_line(contact) for contact in contacts), "contacts_taken_apart")
    return contacts


def _names(draft: Draft, count: int) -> list[str]:
    raw = draft.cell("contact")
    parts = split_names(raw)
    commas = [part for part in raw.split(",") if part.strip()]
    parts = commas if len(parts) != count and len(commas) == count else parts
    read = [read_name(part, is_turned="contact" in draft.turned).value for part in parts]
    return [name for name in read if name]


def split_names(cell: str) -> list[str]:
    """The names in a cell; a comma parts them only where each part is a whole name."""
    several = [part for part in _SEVERAL_NAMES.split(cell) if part.strip()]
    commas = [part for part in cell.split(",") if part.strip()]
    if len(commas) > 1 and all(len(part.split()) > 1 for part in commas):
        several = [part for comma in commas for part in _SEVERAL_NAMES.split(comma) if part.strip()]
    return several


def _only(draft: Draft) -> Contact | None:
    email = draft.read("email", read_email)
    phone = draft.read("phone", read_phone)
    name = _only_name(draft)
    return Contact(name, email, phone) if name or email or phone else None


def _only_name(draft: Draft) -> str | None:
    raw = draft.cell("contact")
    first, last = (read_text(draft.cell(field)).value or "" for field in ("contact_first", "contact_last"))
    if not raw.strip():
        return " ".join(part for part in (first, last) if part) or None
    several = split_names(raw)
    if len(several) < 2 and (first or last) and not draft.is_typed("contact"):
        known = raw.casefold().split()
        parts = [part for part in (first, raw, last) if part is raw or (part and part.casefold() not in known)]
        raw = " ".join(parts)
        several = [raw]
    read = read_name(several[0] if several else raw, is_turned="contact" in draft.turned)
    if read.fault is not None:
        reason: GuessReason = "formula_dropped" if is_formula(tidy(raw)) else "contact_name_dropped"
        return draft.take("contact", Reading(doubt=reason), raw) if tidy(raw) else None
    if len(several) > 1:
        read = Reading(read.value, doubt="contact_first_of_several")
    return draft.take("contact", read, raw)


def _numbered(draft: Draft, rank: int) -> Contact | None:
    """The second or third contact, who has columns of their own; an address that cannot be read stops the row."""
    email = draft.read(f"email_{rank}", read_email)
    phone = draft.read(f"phone_{rank}", read_phone)
    raw = draft.cell(f"contact_{rank}")
    name = read_name(raw).value if tidy(raw) else None
    return Contact(name, email, phone) if name or email else None


def _line(contact: Contact) -> str:
    return ", ".join(part for part in (contact.name, contact.email, contact.phone) if part)


def _unique(contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Each address once; what the first mention lacks comes from the later."""
    found: dict[str, Contact] = {}
    for place, contact in enumerate(contacts):
        key = contact.email or f"{place}"
        earlier = found.get(key)
        found[key] = (
            contact
            if earlier is None
            else replace(earlier, name=earlier.name or contact.name, phone=earlier.phone or contact.phone)
        )
    return tuple(found.values())
