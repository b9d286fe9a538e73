"""The short code that stands for a meeting at the door."""

from __future__ import annotations

import secrets

ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
"""No character that is taken for another when read aloud or by hand (0 O, 1 I L, 2 Z, 5 S, 8 B)."""
LENGTH = 6


def new_check_in_code() -> str:
    """Six characters that a person can read out; 25^6 of them."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
