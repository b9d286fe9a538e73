"""Plausible answers of recruiters and seekers, from the instrument that the server gives out."""

from __future__ import annotations

import random
from typing import Any

Instrument = dict[str, Any]
Document = dict[str, Any]

RATINGS = (2, 3, 3, 4, 4, 5)
SPREAD = (-1, 0, 0, 0, 1)
NOT_SEEN_SHARE = 0.08
STATEMENT_SHARE = 0.3
STATEMENTS = (
    "Det märktes att du har gjort det här på riktigt.",
    "Du förklarade lugnt och svarade på det jag frågade.",
    "Exemplet från din praktik gjorde mig nyfiken på mer.",
    "Bra att du sa vad du vill lära dig härnäst.",
)
REPLIES = (
    "Tack, det hjälper mig inför nästa samtal.",
    "Tack för tiden. Jag börjar med exemplet redan i kväll.",
    "Roligt att höra. Jag tar med mig rådet.",
)


def scorecard_steps(instrument: Instrument, *, seed: str) -> list[Document]:
    """A scorecard as it fills up, each step holding all before it; the same `seed` gives the same one."""
    chance = random.Random(seed)
    level = chance.choice(RATINGS)
    ratings: dict[str, int | None] = {}
    steps: list[Document] = []
    for item in instrument["items"]:
        ratings[item["code"]] = None if chance.random() < NOT_SEEN_SHARE else _near(level, chance)
        steps.append({"ratings": dict(ratings)})
    whole: Document = steps[-1] | _next_step(instrument, level, chance)
    steps.append(dict(whole))
    whole["worked"] = _chips(instrument["worked"], chance, least=1)
    if chance.random() < STATEMENT_SHARE:
        whole["worked_statement"] = chance.choice(STATEMENTS)
    steps.append(dict(whole))
    whole["do_next"] = _chips(instrument["do_next"], chance, least=1)
    steps.append(dict(whole))
    steps.append(whole | {"enabling": _enabling(instrument, level, chance)})
    return steps


def self_rating(instrument: Instrument, *, seed: str) -> dict[str, int | None]:
    """How somebody saw themselves: some modest, some not, an item left out now and then."""
    chance = random.Random(seed)
    level = chance.choice(RATINGS)
    return {
        item["code"]: None if chance.random() < NOT_SEEN_SHARE else _near(level, chance) for item in instrument["items"]
    }


def _near(level: int, chance: random.Random) -> int:
    return min(5, max(1, level + chance.choice(SPREAD)))


def _next_step(instrument: Instrument, level: int, chance: random.Random) -> Document:
    choices = instrument["next_step"]["choices"]
    wanted = [choice for choice in choices if choice["goes_on"] == (level >= 3)] or choices
    chosen = chance.choice(wanted)
    if chosen.get("names_occupation") and instrument.get("occupations"):
        return {"next_step": chosen["code"], "occupation": chance.choice(instrument["occupations"])["code"]}
    return {"next_step": chosen["code"]}


def _chips(question: dict[str, Any], chance: random.Random, *, least: int) -> list[str]:
    codes = [choice["code"] for choice in question["choices"]]
    return chance.sample(codes, chance.randint(max(least, question["least"]), question["most"]))


def _enabling(instrument: Instrument, level: int, chance: random.Random) -> list[str]:
    choices = instrument["enabling"]["choices"]
    alone = [choice["code"] for choice in choices if choice.get("alone")]
    if level >= 4 and alone:
        return alone[:1]
    return chance.sample([choice["code"] for choice in choices if not choice.get("alone")], 1)
