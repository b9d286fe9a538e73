"""What may be published, and from when."""

from __future__ import annotations

from datetime import date, timedelta


class PublishRefused(Exception):
    """The draft cannot become a version; the message says why."""


def check_valid_from(valid_from: date, *, today: date, newest: date | None) -> None:
    """Return where a version may be used from `valid_from`.

    Not before tomorrow: nobody's questions change within a day, and every
    process has read the version by then. Not before the version that it follows.

    Raises:
        PublishRefused: the day is too early.
    """
    if valid_from <= today:
        raise PublishRefused(f"A version is used from tomorrow at the earliest: {today + timedelta(days=1)} or later.")
    if newest is not None and valid_from < newest:
        raise PublishRefused(f"The version before it is used from {newest}. Write that day or a later one.")
