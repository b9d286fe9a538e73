from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.identity.rules import (
    SEEN_EVERY,
    SESSION_IDLE_MAX,
    SESSION_LIFETIME,
    JoinLinkExpired,
    JoinLinkRevoked,
    browser_name,
    check_join_link,
    is_due_to_be_seen,
    join_link_end,
    normal_email,
    session_end,
    session_is_live,
)

AT = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
SOON = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("a@b.se", "a@b.se"),
        (" A.B+c@Mail.Example.ORG\t", "a.b+c@mail.example.org"),
        ("o'hara@xn--smrgs-pra0j.example", "o'hara@xn--smrgs-pra0j.example"),
    ],
)
def test_an_address_has_one_form(text: str, address: str) -> None:
    assert normal_email(text) == address


@given(st.text(max_size=300))
def test_an_address_is_printable_ascii_in_one_line_or_refused(text: str) -> None:
    try:
        address = normal_email(text)
    except ValueError:
        return
    assert all("!" <= sign <= "~" for sign in address)
    assert address.count("@") == 1
    assert normal_email(address) == address


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("<script>alert(1)</script>", ""),
        ("curl/8", ""),
    ],
)
def test_a_browser_is_called_what_people_call_it(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name


def test_a_session_lives_until_it_is_revoked_old_or_idle() -> None:
    def is_live(*, now: datetime, last_seen_at: datetime = AT, revoked_at: datetime | None = None) -> bool:
        expires_at = AT + SESSION_LIFETIME
        return session_is_live(expires_at=expires_at, last_seen_at=last_seen_at, revoked_at=revoked_at, now=now)

    assert is_live(now=AT + SESSION_IDLE_MAX - SOON)
    assert not is_live(now=AT + SESSION_IDLE_MAX)
    assert not is_live(now=AT, revoked_at=AT)
    last = AT + SESSION_LIFETIME - SOON
    assert is_live(now=last, last_seen_at=last)
    assert not is_live(now=AT + SESSION_LIFETIME, last_seen_at=last)


def test_a_session_never_outlives_its_link() -> None:
    assert session_end(now=AT, link_expires_at=None) == AT + SESSION_LIFETIME
    assert session_end(now=AT, link_expires_at=AT + SOON) == AT + SOON
    assert session_end(now=AT, link_expires_at=AT + timedelta(days=9)) == AT + SESSION_LIFETIME


def test_a_use_is_worth_writing_every_five_minutes() -> None:
    assert not is_due_to_be_seen(last_seen_at=AT, now=AT + SEEN_EVERY - SOON)
    assert is_due_to_be_seen(last_seen_at=AT, now=AT + SEEN_EVERY)


def test_a_link_is_refused_with_its_reason() -> None:
    check_join_link(expires_at=AT + SOON, revoked_at=None, now=AT)
    with pytest.raises(JoinLinkExpired):
        check_join_link(expires_at=AT, revoked_at=None, now=AT)
    with pytest.raises(JoinLinkRevoked):
        check_join_link(expires_at=AT, revoked_at=AT, now=AT)


def test_a_link_lasts_a_week_beyond_its_event() -> None:
    assert join_link_end(AT) == AT + timedelta(days=7)
