"""Rules of signing in: how long what lasts, what an address may be, why a link is refused."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

SESSION_LIFETIME = timedelta(hours=12)
SESSION_IDLE_MAX = timedelta(hours=3)
SEEN_EVERY = timedelta(minutes=5)
CODE_LIFETIME = timedelta(minutes=10)
CODE_TRIES_MAX = 5
JOIN_LINK_AFTER_EVENT = timedelta(days=7)
EMAIL_MAX_CHARACTERS = 254
BROWSER_MAX_CHARACTERS = 60

# ASCII only: Unicode letters that fold to ASCII ones would make two mailboxes one account.
_EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z0-9-]*[a-z0-9]")
_BROWSERS = (("Firefox", "Firefox"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Chrome", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


class JoinLinkRefused(Exception):
    """A personal link lets nobody in."""


class JoinLinkRevoked(JoinLinkRefused):
    """Staff took the link back."""


class JoinLinkExpired(JoinLinkRefused):
    """The link's time is over."""


def normal_email(text: str) -> str:
    """The address in the form it is stored and compared in: no outer blanks, lower case.

    Raises:
        ValueError: it is not an address of the form name@host.domain in ASCII, at most 254 characters.
    """
    text = text.strip(" \t")
    address = text.lower()
    if not text.isascii() or len(address) > EMAIL_MAX_CHARACTERS or not _EMAIL.fullmatch(address) or ".." in address:
        raise ValueError("not an e-mail address")
    return address


def browser_name(user_agent: str) -> str:
    """What people call the browser and system of a User-Agent header, such as ``Firefox, Android``."""
    found = [next((name for sign, name in signs if sign in user_agent), "") for signs in (_BROWSERS, _SYSTEMS)]
    return ", ".join(part for part in found if part)


def session_is_live(
    *, expires_at: datetime, last_seen_at: datetime, revoked_at: datetime | None, now: datetime
) -> bool:
    """Whether a session still lets its person in: neither revoked, twelve hours old nor idle for three."""
    return revoked_at is None and now < expires_at and now - last_seen_at < SESSION_IDLE_MAX


def session_end(*, now: datetime, link_expires_at: datetime | None) -> datetime:
    """When a session opened at `now` ends at the latest; never after the join link that opened it."""
    end = now + SESSION_LIFETIME
    return end if link_expires_at is None else min(end, link_expires_at)


def is_due_to_be_seen(*, last_seen_at: datetime, now: datetime) -> bool:
    """Whether the last sight of a session is old enough to be written again."""
    return now - last_seen_at >= SEEN_EVERY


def check_join_link(*, expires_at: datetime, revoked_at: datetime | None, now: datetime) -> None:
    """Raise the reason why a join link lets nobody in at `now`; return if it does."""
    if revoked_at is not None:
        raise JoinLinkRevoked("the link has been taken back")
    if now >= expires_at:
        raise JoinLinkExpired("the link was valid until some days after the event")


def join_link_end(event_ends_at: datetime) -> datetime:
    """When a join link to an event expires: a week after the event, so that feedback can be read at home."""
    return event_ends_at + JOIN_LINK_AFTER_EVENT
