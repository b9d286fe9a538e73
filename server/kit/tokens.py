"""Secrets that are shown once and stored only as hashes."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_BYTES = 32
CODE_DIGITS = 8


def new_token() -> str:
    """A 256-bit URL-safe secret, 43 characters."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_code() -> str:
    """A sign-in code of eight decimal digits."""
    return f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"


def token_hash(token: str) -> str:
    """SHA-256 of a secret as 64 hexadecimal digits; enough, since the secret has 256 bits of its own."""
    return hashlib.sha256(token.encode()).hexdigest()


def code_hash(code: str, *, salt: str) -> str:
    """A slow hash of a short code: scrypt N=2^13, r=8, p=1 salted with the id of its row, 64 hexadecimal digits.

    Five tries and ten minutes guard a live code; the slow hash guards a stolen database.
    """
    return hashlib.scrypt(code.encode(), salt=salt.encode(), n=2**13, r=8, p=1, dklen=32).hex()
