"""Ids of the demo world: the same in every one, so that what is added later finds what is there."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5


def demo_id(kind: str, name: str) -> UUID:
    """The id of something in the demo world."""
    return uuid5(NAMESPACE_URL, f"https://direktkontakt.example/demo/{kind}/{name}")
