"""The few texts that the server itself writes, in each language: mails, calendar entries, names of stations."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

FALLBACK = "sv"


@cache
def catalogues() -> dict[str, dict[str, str]]:
    """Every text by language and key."""
    loaded: dict[str, dict[str, str]] = json.loads(
        files("server.recruitment_events").joinpath("texts.json").read_text("utf-8")
    )
    return loaded


def text(locale: str, key: str, **params: str | int) -> str:
    """The text `key` in `locale`, in Swedish for a language we do not have, with `params` filled in."""
    catalogue = catalogues().get(locale, catalogues()[FALLBACK])
    return catalogue[key].format(**params)
