"""Fixtures: a recruitment event on the real application."""

from __future__ import annotations

from tests.server.expo import expo, real_app

__all__ = ["expo", "real_app"]
