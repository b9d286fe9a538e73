"""The real application with a recruitment event."""

from __future__ import annotations

from tests.server.expo import expo, real_app

__all__ = ["expo", "real_app"]
