"""What nobody sends by accident: values that have broken servers, and a document with one of them in it."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

VALUES: tuple[Any, ...] = (
    "",
    " ",
    "\x00",
    "a\x00b",
    "\ud800",
    "\udfff\ud800",
    "\u202e\u200b\ufeff",
    "\r\nSet-Cookie: a=b",
    "a" * 10_000,
    "å" * 5_000,
    "🧑‍💻" * 500,
    "%s%n{0}${7*7}{{7*7}}",
    "' OR 1=1; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "0000-00-00",
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-05-12T25:00:00Z",
    "24:00",
    "23:59:60",
    "00000000-0000-0000-0000-000000000000",
    "{00000000-0000-0000-0000-000000000000}",
    "urn:uuid:00000000-0000-0000-0000-000000000000",
    "Europe/../../etc/passwd",
    0,
    -1,
    2**31,
    -(2**31) - 1,
    2**63,
    2**64,
    10**400,
    -(10**30),
    0.1,
    1e308,
    -0.0,
    True,
    None,
    [],
    {},
    [[]],
    [None],
    [{}] * 100,
    {"": ""},
    {"__proto__": {"x": 1}},
    {"\x00": "\x00"},
    {"\ud800": "\ud800"},
)

RAW_BODIES: tuple[bytes, ...] = (
    b"",
    b" ",
    b"null",
    b"[]",
    b'""',
    b"0",
    b"{",
    b"{}x",
    b'{"a":1,"a":2}',
    b"[" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b"\xff\xfe",
    b'{"email": "\xff\xfe@example.org"}',
    b'{"email": "\\ud800@example.org"}',
    b'\xef\xbb\xbf{"email":"a@example.org"}',
    b'{"version": 1e400, "answers": {}}',
    b'{"version": NaN, "answers": {}}',
    b'{"version": -Infinity, "answers": {}}',
    b'{"answers": {}, "version": ' + b"9" * 5000 + b"}",
    b"a=b&c=d",
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    b"\x00" * 1000,
    b"x" * 300_000,
)

HEADERS: tuple[dict[str, str], ...] = (
    {"content-type": "text/plain"},
    {"content-type": "application/json; charset=utf-16"},
    {"content-type": "multipart/form-data"},
    {"content-encoding": "gzip"},
    {"transfer-encoding": "chunked"},
    {"idempotency-key": ""},
    {"idempotency-key": "k" * 65},
    {"idempotency-key": "a key with blanks"},
    {"idempotency-key": "\xe5\xe4\xf6"},
    {"accept": "application/xml"},
    {"accept-encoding": "br;q=0, *;q=0"},
    {"range": "bytes=99999999999-"},
    {"if-none-match": "*"},
    {"x-csrf-token": "\xff"},
    {"x-http-method-override": "DELETE"},
    {"origin": ""},
)


def spoilt(document: Any) -> st.SearchStrategy[Any]:
    """`document` with one of its parts replaced by a hostile value, or one more field."""
    places = list(_places(document))

    def put(place: tuple[Any, ...], value: Any) -> Any:
        changed = copy.deepcopy(document)
        if not place:
            return value
        parent = changed
        for step in place[:-1]:
            parent = parent[step]
        parent[place[-1]] = value
        return changed

    return st.builds(put, st.sampled_from(places), st.sampled_from(VALUES))


def in_bytes(document: Any) -> bytes:
    """JSON as a hostile client writes it: a lone surrogate goes as its escape."""
    return json.dumps(document).encode()


def _places(document: Any, so_far: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield so_far
    if isinstance(document, dict):
        yield (*so_far, "one_more")
        for key, value in document.items():
            yield from _places(value, (*so_far, key))
    if isinstance(document, list):
        for number, value in enumerate(document):
            yield from _places(value, (*so_far, number))
