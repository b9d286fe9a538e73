"""Rooms and interpreters of an event, which its rules count by the name of their pool. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from server.planning_runs.planning_rules import PlanningRules

VIDEO_ROOMS = "video_rooms"


def kind_of(pool: str) -> str | None:
    """The kind of interpreter that a pool is of; None for rooms."""
    return None if pool == VIDEO_ROOMS else pool.removeprefix("interpreters[").removesuffix("]")


def number_of(rules: PlanningRules, pool: str) -> int | None:
    """How many there are in each slot; None where they are not counted."""
    kind = kind_of(pool)
    return rules.video_rooms if kind is None else rules.interpreters.get(kind)


def left_of(rules: PlanningRules, pool: str, lost: int) -> int:
    """How many there are once some are lost."""
    return max((number_of(rules, pool) or 0) - lost, 0)


def rules_with(rules: PlanningRules, pools: Mapping[str, int]) -> PlanningRules:
    """The rules with other numbers for some pools."""
    interpreters = dict(rules.interpreters)
    interpreters.update({kind: number for pool, number in pools.items() if (kind := kind_of(pool)) is not None})
    video_rooms = pools.get(VIDEO_ROOMS, rules.video_rooms)
    return rules.model_copy(update={"video_rooms": video_rooms, "interpreters": interpreters})
