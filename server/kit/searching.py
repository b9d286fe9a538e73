"""Looking for people by a part of what they are called."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_

WORDS_MAX = 5


def contains(column: Any, word: str) -> ColumnElement[bool]:
    """Whether the column holds `word` in any case.

    SQLite knows capitals of A to Z alone, so the usual ways to write a word are tried.
    """
    kept = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    ways = dict.fromkeys((kept, kept.lower(), kept.upper(), kept.capitalize()))
    return or_(*(column.ilike(f"%{way}%", escape="\\") for way in ways))
