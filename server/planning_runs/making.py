"""Making a plan of an event's material: what the process of its own does, once it has read. Pure but for the clock.

OR-tools is imported here and by nothing that the server imports.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from server.planner.equality import SMALLEST_GROUP, EqualityPoint, find_parity
from server.planner.model import Certificate, GroupPrice, Plan, Problem, Unmet
from server.planner.plan import make_plan
from server.planner.validation import ProblemInvalid
from server.planning_runs.adapter import placements_of, problem_of, untold_musts
from server.planning_runs.figures import figures_of, planned
from server.planning_runs.groups import DIMENSIONS
from server.planning_runs.laid import read_laid
from server.planning_runs.material import READING, Material, PlanOptions
from server.planning_runs.rules import MOVES, STAYS

Progress = Callable[[str, float], None]
# Prices of equal shares take some twenty selections; in an event of this size that is no time.
PRICED_UNASKED_MAX_PAIRS = 10_000
UNMET_MAX = 500


def plan_of(material: Material, options: PlanOptions, progress: Progress) -> dict[str, Any]:
    """The plan as JSON: placements, certificate, figures, unmet; or the faults that keep it from being made."""
    problem = problem_of(material, options, tick=lambda share: progress("load", READING + (1 - READING) * share))
    try:
        prices, curves = _prices(problem, options, progress)
        problem = replace(problem, rules=replace(problem.rules, group_prices=prices))
        plan = make_plan(problem, options.seed, progress)
    except ProblemInvalid as error:
        return {"faults": [{"path": fault.path, "message": fault.message} for fault in error.faults[:50]]}
    placements = placements_of(plan, material)
    held = planned(material, [(one.seeker_id, one.desk_id, one.slot_id) for one in placements])
    return {
        "placements": [[str(one.seeker_id), str(one.desk_id), str(one.slot_id)] for one in placements],
        "certificate": certificate_of(plan.certificate),
        "figures": figures_of(material, held) | {"prices": curves},
        "unmet": _unmet(plan, material),
        "replaced": [
            [str(one.seeker_id), str(one.desk_id), str(one.slot_id), MOVES if moves else STAYS]
            for one, moves in read_laid(material, options.keep).lay
        ],
    }


def certificate_of(certificate: Certificate) -> dict[str, Any]:
    """A certificate as JSON."""
    return asdict(certificate) | {"gap_pct": round(certificate.gap_pct, 4), "seconds": round(certificate.seconds, 3)}


def _prices(
    problem: Problem, options: PlanOptions, progress: Progress
) -> tuple[tuple[GroupPrice, ...], dict[str, list[dict[str, Any]]]]:
    """The prices that were asked for, and what more or less of them would bring, by dimension."""
    dimension, strength = options.parity or (None, 0.0)
    small = len(problem.pairs) <= PRICED_UNASKED_MAX_PAIRS
    wanted = [one for one in DIMENSIONS if one == dimension or (small and _is_comparable(problem, one))]
    prices: tuple[GroupPrice, ...] = ()
    curves = {}
    for one in wanted:
        parity = find_parity(problem, one, tick=lambda share: progress("equality", share))
        curves[one] = [_point(point) for point in parity.curve]
        if one == dimension:
            prices = tuple(
                replace(price, hundredths=round(price.hundredths * strength)) for price in parity.point.prices
            )
    return prices, curves


def _is_comparable(problem: Problem, dimension: str) -> bool:
    labels = [dict(seeker.groups).get(dimension, "") for seeker in problem.seekers]
    large = [label for label in set(labels) - {""} if labels.count(label) >= SMALLEST_GROUP]
    return bool(problem.desks and problem.slots) and len(large) > 1


def _point(point: EqualityPoint) -> dict[str, Any]:
    return {
        "strength": point.strength,
        "gap_pct": round(point.gap_pct, 2),
        "price_pct": round(point.price_pct, 3),
        "shares": [
            {"label": share.label, "seekers": share.seekers, "mean": round(share.mean, 2), "without": share.without}
            for share in point.shares
            if share.seekers >= SMALLEST_GROUP
        ],
    }


def _unmet(plan: Plan, material: Material) -> list[dict[str, Any]]:
    found: list[Unmet] = [*untold_musts(material), *plan.unmet]
    return [
        {
            "seeker_id": str(UUID(one.seeker)),
            "organisation_id": one.employer,
            "code": one.code,
            "params": dict(one.params),
            "words": one.reason,
        }
        for one in found[:UNMET_MAX]
    ]
