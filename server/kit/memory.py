"""Python's own looking for garbage, kept from holding up the loop.

A full collection looks at every object there is: with the whole program loaded that is a tenth of a second in which
nobody is served. What was loaded at the start never becomes garbage, and need not be looked at.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_pauses = 0


def settle() -> None:
    """Leave alone from now on what is in memory; to be called once a process, when it has loaded all it serves with."""
    gc.collect()
    gc.freeze()


@contextmanager
def uncollected() -> Iterator[None]:
    """No collection while the block runs: for work that holds very many objects for a moment and makes no circles."""
    global _pauses
    _pauses += 1
    gc.disable()
    try:
        yield
    finally:
        _pauses -= 1
        if not _pauses:
            gc.enable()
