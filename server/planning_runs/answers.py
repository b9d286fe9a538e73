"""Runs as they are shown."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.rows import Found
from server.planning_runs import repository
from server.planning_runs.portions import portions
from server.planning_runs.rules import Pair, PairChange, Spot, pair_changes, people_moved, status_now
from server.planning_runs.shapes import (
    ComparedMeeting,
    Comparison,
    PlanCertificate,
    PlanChanges,
    PlanFigures,
    PlanningRun,
    PlanSpot,
    RunFault,
    RunOptions,
    Unmet,
)

AN_ID = re.compile(r"'([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'")
UNMET_SHOWN_MAX = 200
DIFFERENCES_SHOWN_MAX = 300


async def runs_shown(session: AsyncSession, event_id: UUID, *, now: datetime) -> list[PlanningRun]:
    """The runs of an event, newest first."""
    runs = await repository.list_runs(session, event_id)
    people = {UUID(one["seeker_id"]) for run in runs for one in run.unmet[:UNMET_SHOWN_MAX]}
    people |= {UUID(found) for run in runs for fault in run.faults for found in AN_ID.findall(fault["message"])}
    names = await repository.names_of_people(session, people) if people else {}
    names |= await repository.names_of_employers(session, event_id)
    laid = max((run.laid_at for run in runs if run.laid_at is not None), default=None)
    return [_shown(run, names, is_current=laid is not None and run.laid_at == laid, now=now) for run in runs]


def _shown(run: Found, names: Mapping[UUID, str], *, is_current: bool, now: datetime) -> PlanningRun:
    return PlanningRun(
        id=run.id,
        status=status_now(run.status, heartbeat_at=run.heartbeat_at, now=now),  # type: ignore[arg-type]  # checked
        stage=run.stage,
        progress_pct=run.progress_pct,
        options=RunOptions.model_validate(run.options),
        created_at=run.created_at,
        finished_at=run.finished_at,
        laid_at=run.laid_at,
        is_current=is_current,
        certificate=PlanCertificate.model_validate(run.certificate) if run.certificate else None,
        figures=PlanFigures.model_validate(run.figures) if run.figures else None,
        unmet=[_unmet(one, names) for one in run.unmet[:UNMET_SHOWN_MAX]],
        faults=[RunFault(path=fault["path"], message=_named(fault["message"], names)) for fault in run.faults],
        meetings=run.certificate["meetings"] if run.certificate else 0,
        changes=None,
    )


def _named(message: str, names: Mapping[UUID, str]) -> str:
    """The message with the names of those whom it calls by their ids."""
    return AN_ID.sub(lambda found: names.get(UUID(found[1]), found[1]), message)


def _unmet(said: Mapping[str, Any], names: Mapping[UUID, str]) -> Unmet:
    seeker_id = UUID(said["seeker_id"])
    organisation_id = UUID(said["organisation_id"]) if said["organisation_id"] else None
    return Unmet(
        seeker_id=seeker_id,
        seeker_name=names.get(seeker_id, ""),
        organisation_id=organisation_id,
        employer_name=names.get(organisation_id) if organisation_id else None,
        code=said["code"],
        params=said["params"],
        reason=said["words"],
    )


def changes_shown(changes: Sequence[PairChange]) -> PlanChanges:
    """The numbers of what differs."""
    return PlanChanges(
        new=sum(change.before is None for change in changes),
        moved=sum(change.before is not None and change.after is not None for change in changes),
        gone=sum(change.after is None for change in changes),
        people_moved=people_moved(changes),
    )


async def spots_of(
    session: AsyncSession, event_id: UUID, run_id: UUID, employers: Mapping[UUID, UUID]
) -> dict[Pair, Spot]:
    """Who meets whom where by a run's placements; a desk that is gone is left out."""
    found: dict[Pair, Spot] = {}
    async for placements in portions(await repository.find_placements(session, event_id, run_id)):
        for seeker_id, desk_id, slot_id in placements:
            desk = UUID(desk_id)
            if desk in employers:
                found[UUID(seeker_id), employers[desk]] = (desk, UUID(slot_id))
    return found


async def differences(before: Mapping[Pair, Spot], after: Mapping[Pair, Spot]) -> list[PairChange]:
    """How one plan differs from another, what lies in both of them first."""
    found: list[PairChange] = []
    async for pairs in portions([*before, *(pair for pair in after if pair not in before)], 2000):
        found += pair_changes(pairs, before, after)
    return found


async def compared(
    session: AsyncSession, event_id: UUID, one: PlanFigures, other: PlanFigures, changes: Sequence[PairChange]
) -> Comparison:
    """Two plans side by side, with the first of what differs by name."""
    shown = changes[:DIFFERENCES_SHOWN_MAX]
    people = await repository.names_of_people(session, {change.seeker_id for change in shown})
    employers = await repository.names_of_employers(session, event_id)
    return Comparison(
        one=one,
        other=other,
        changes=changes_shown(changes),
        differences=[
            ComparedMeeting(
                seeker_id=change.seeker_id,
                seeker_name=people.get(change.seeker_id, ""),
                organisation_id=change.organisation_id,
                employer_name=employers.get(change.organisation_id, ""),
                one=_spot(change.after),
                other=_spot(change.before),
            )
            for change in shown
        ],
    )


def _spot(spot: Spot | None) -> PlanSpot | None:
    return PlanSpot(desk_id=spot[0], slot_id=spot[1]) if spot else None
