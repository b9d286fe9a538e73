"""When two names or numbers mean the same employer. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class KnownOrganisation:
    """An employer of the bank."""

    id: UUID
    name: str
    number: str | None


def name_key(name: str) -> str:
    """What of a name counts when comparing: no case, one space between words."""
    return " ".join(name.casefold().split())


def number_key(number: str | None) -> str | None:
    """The last ten digits of an organisation number, or None when there are fewer."""
    digits = "".join(character for character in number or "" if character in "0123456789")
    return digits[-10:] if len(digits) >= 10 else None


def same_organisation(known: Iterable[KnownOrganisation], *, name: str, number: str | None) -> KnownOrganisation | None:
    """The employer that `number` or else `name` means; a name with two different numbers is two employers."""
    everybody: Sequence[KnownOrganisation] = tuple(known)
    wanted = number_key(number)
    if wanted is not None:
        for organisation in everybody:
            if number_key(organisation.number) == wanted:
                return organisation
    for organisation in everybody:
        other = number_key(organisation.number)
        if name_key(organisation.name) == name_key(name) and (wanted is None or other is None):
            return organisation
    return None
