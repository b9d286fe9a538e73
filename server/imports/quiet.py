"""Reading big sheets without stopping everybody else."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_readers = 0


@contextmanager
def no_collections() -> Iterator[None]:
    """No pass of the garbage collector while the block runs.

    Five thousand rows are half a million objects, and a full pass over them stops every thread for 200 ms. What is
    read holds no circles, so all of it goes by itself.
    """
    global _readers
    with _lock:
        _readers += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _readers -= 1
            if _readers == 0:
                gc.enable()
