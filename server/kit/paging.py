"""Pages of long lists: an opaque cursor names the last row seen."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from uuid import UUID

from server.kit.problems import Invalid

PAGE_SIZE_MAX = 100


def cursor(at: datetime, row_id: UUID) -> str:
    """The cursor after the row (`at`, `row_id`) of a list ordered by time and id."""
    return base64.urlsafe_b64encode(f"{at.isoformat()}|{row_id}".encode()).decode().rstrip("=")


def position(text: str) -> tuple[datetime, UUID]:
    """The time and id that `cursor` wrote.

    Raises:
        Invalid: the text is not a cursor of ours.
    """
    try:
        at, row_id = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("|")
        moment = datetime.fromisoformat(at)
        if moment.tzinfo is None:
            raise ValueError("no time zone")
        return moment, UUID(row_id)
    except (ValueError, binascii.Error):
        raise Invalid("the cursor is not one we gave; start again without it") from None
