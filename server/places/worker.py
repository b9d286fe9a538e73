"""A process of its own that fits and places: ``python -m server.places.worker``.

One line of JSON comes in: ``{"task": "fit" | "place", "database_url", "now", "people"}``. Lines of JSON go out:
``{"calibration": {…}}`` for each item that is fitted, ``{"people": […], "places": […]}`` in portions, and
``{"result": {…}}`` at last. It only ever reads the database.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.answers import parse_answers
from feedback.profile import BAND_FROM
from feedback.severity import MODEL_VERSION
from feedback.severity.online import Calibration
from server.kit.db import Database
from server.kit.process import stay_behind
from server.places import repository
from server.places.placing import Rated, fitted, placed, restored_all
from server.places.rules import Item
from server.scorecards import repository as scorecards
from server.scorecards.cards import instrument_of

PORTION = 100
Say = Callable[[dict[str, Any]], None]


def main() -> None:
    """Do what the line that comes in says."""
    job = json.loads(sys.stdin.readline())
    stay_behind()
    output = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints is no line of ours

    def say(message: dict[str, Any]) -> None:
        output.write(json.dumps(message) + "\n")
        output.flush()

    say({"result": asyncio.run(work(job, say))})


async def work(job: dict[str, Any], say: Say) -> dict[str, Any]:
    """Fit and place everybody, or place those named; what was done comes back."""
    database, now = Database(job["database_url"], pool_size=1), datetime.fromisoformat(job["now"])
    try:
        async with database.read() as session:
            if job["task"] == "fit":
                ratings, calibrations = await _fit(session, say)
                people = list(await scorecards.list_often_rated(session, least=BAND_FROM))
            else:
                kept = await repository.list_calibrations(session)
                calibrations = restored_all({(row.pack, row.item): row.known for row in kept})
                ratings, people = 0, [UUID(one) for one in job["people"]]
            for start in range(0, len(people), PORTION):
                portion = people[start : start + PORTION]
                places = [row for one in portion for row in await _places(session, one, calibrations, now=now)]
                say({"people": [str(one) for one in portion], "places": places})
    finally:
        await database.dispose()
    return {"ratings": ratings, "people": len(people)}


async def _fit(session: AsyncSession, say: Say) -> tuple[int, dict[Item, Calibration]]:
    rated = await _all_ratings(session)
    found = {item: fitted(ratings) for item, ratings in sorted(rated.items())}
    for (pack, item), one in found.items():
        say({"calibration": {"pack": pack, "item": item, "model_version": MODEL_VERSION, **one}})
    return sum(map(len, rated.values())), restored_all({item: one["known"] for item, one in found.items()})


async def _all_ratings(session: AsyncSession) -> dict[Item, list[Rated]]:
    found: dict[Item, list[Rated]] = {}
    async for rows in scorecards.stream_released(session):
        for row in rows:
            seeker, employer, meeting = str(row.seeker_id), str(row.organisation_id), str(row.id)
            for rating in parse_answers(row.answers, instrument_of(row)).ratings:
                if rating.value is not None:
                    found.setdefault((row.pack, rating.item), []).append(Rated(seeker, employer, meeting, rating.value))
    return found


async def _places(
    session: AsyncSession, person_id: UUID, calibrations: dict[Item, Calibration], *, now: datetime
) -> list[dict[str, Any]]:
    """The bands that somebody may be shown, from what they have opened."""
    rows = []
    for (pack, item), given in (await repository.list_opened_ratings(session, person_id, now=now)).items():
        known = calibrations.get((pack, item))
        rated = [Rated(str(person_id), employer, meeting, value) for employer, meeting, value in given]
        found = placed(known, rated) if known is not None else None
        if found is not None:
            rows.append({"person_id": str(person_id), "pack": pack, "item": item, **asdict(found)})
    return rows


if __name__ == "__main__":
    main()
