"""An event on its way: people with wishes and needs, a plan with a conflict; and one with nobody in it yet."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.journeys.world import Api

EMPLOYERS: tuple[tuple[str, str, list[dict[str, Any]]], ...] = (
    (
        "Nordkod AB (exempel)",
        "video",
        [{"name": "Zahra Övningsö", "email": "zahra@nordkod.example"}, {"name": "Ulf Testberg"}],
    ),
    ("Sjukvårds-IT Syd i samverkan (exempel)", "on_site", [{"name": "Greta Provlund", "phone": "070-123 45 67"}]),
    ("Byrån Interaktiv (exempel)", "hybrid", []),
)
NAMES = (
    "Cecilia Skissgren",
    "Khadija Fiktivsson",
    "Rana Låtsaskvist-Överdrivet",
    "Bertil Modellström",
    "Ngozi Provberg",
    "Ali Testberg",
    "Zelda Mallqvist",
    "Olle Påhittsson",
    "Parisa Övningsö",
    "Erik Exempelsson",
    "Mira Attrappsdotter",
    "Jonas Utkast",
)


def _plan(name: str) -> dict[str, Any]:
    tomorrow = (datetime.now(UTC) + timedelta(days=1)).date()
    return {
        "template": "it_expo_15",
        "name": name,
        "place": "Medborgarhuset, Stora salen",
        "date": tomorrow.isoformat(),
        "first_start": "09:00",
        "slots": 6,
    }


async def make_draft(staff: Api) -> str:
    """A draft whose plan cannot be published yet: a meeting is laid before its desk opens."""
    event = await staff.post("/api/recruitment-events", **_plan("IT-dag i vår"))
    base = f"/api/recruitment-events/{event['id']}"
    employers = []
    for name, form, recruiters in EMPLOYERS:
        employers.append(await staff.post(f"{base}/employers", name=name, form=form, recruiters=recruiters))
    ids = [employer["id"] for employer in employers]
    seekers = [
        await staff.post(
            f"{base}/seekers",
            name=name,
            email=f"utkast{number}@sokande.example",
            wishes=ids[number % 3 :][:2],
            access_needs=["teckenspråkstolk", "rullstol"] if number == 1 else [],
            **({"form": "on_site"} if number == 3 else {}),
        )
        for number, name in enumerate(NAMES)
    ]
    first, second = employers[0]["desks"]
    (third,) = employers[1]["desks"]
    slots = event["slots"]
    for desk, slot, seeker in (
        (first, 0, 0),
        (second, 0, 1),
        (third, 1, 2),
        (first, 1, 3),
        (third, 2, 4),
        (second, 3, 5),
    ):
        place = {"desk_id": desk["id"], "slot_id": slots[slot]["id"]}
        await staff.post(f"{base}/meetings", **place, seeker_id=seekers[seeker]["id"])
    # Somebody lies at a time when the desk's recruiter turned out not to be there yet.
    await staff.patch(f"{base}/desks/{second['id']}", on_duty_from=slots[1]["starts_at"])
    return str(event["id"])


async def make_empty(staff: Api) -> str:
    """A draft with neither employers nor seekers."""
    event = await staff.post("/api/recruitment-events", **_plan("Yrkesdag som ännu är tom"))
    return str(event["id"])
