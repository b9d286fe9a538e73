"""Small facts about names."""

from __future__ import annotations

import re


def initials(name: str) -> str:
    """The first letters of the first and the last word of a name, in capitals; ``?`` for an empty one.

    What stands in brackets does not count.
    """
    words = [word for word in re.sub(r"\(.*?\)", " ", name).split() if word[0].isalnum()]
    if not words:
        return "?"
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()
