"""Fixtures: a recruitment event on the real application, and the runner that a test starts when it wants to."""

from __future__ import annotations

import pytest

from server.planning_runs.runner import Runner
from tests.server.expo import Expo, expo, real_app
from tests.server.harness import App

__all__ = ["expo", "expo_with_people", "real_app", "runner"]


@pytest.fixture
def runner(real_app: App) -> Runner:
    return Runner(real_app.database, database_url=real_app.settings.database_url, now=real_app.clock)


@pytest.fixture
async def expo_with_people(expo: Expo) -> Expo:
    """Two employers with a desk each, and six seekers of whom some wish."""
    nordkod = await expo.employer("Nordkod AB", competences_wanted=["Python", "Svenska"])
    await expo.employer("Vård i Väst", form="on_site", competences_wanted=["Omsorg"])
    for number in range(6):
        wishes = [nordkod["id"]] if number % 2 else []
        await expo.seeker(f"Sökande {number}", wishes=wishes)
    return expo
