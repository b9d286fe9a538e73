"""Databases and people for measurements."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from server import migrations


def migrated(folder: Path, name: str = "bench.db") -> str:
    """The address of a new SQLite database at the newest revision."""
    url = f"sqlite+aiosqlite:///{folder / name}"
    with ThreadPoolExecutor(1) as pool:  # the migrations run a loop of their own
        pool.submit(migrations.upgrade, url).result()
    return url
