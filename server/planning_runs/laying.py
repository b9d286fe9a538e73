"""Laying the plan of a run, and taking it back: one change, in one transaction, or none.

In a draft, rows are written in portions, since there may be fourteen thousand. Of a published event every meeting
that changes goes through the rules of meetings, and everybody concerned is told once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from server.planning.repository import lock_desks
from server.planning_runs.ground import Ground, read_ground
from server.planning_runs.portions import portions
from server.planning_runs.rules import MOVES, STAYS, Pair, Spot, Standing, Step, step
from server.planning_runs.tables import PlanningRunRow
from server.planning_runs.writing import Changes, NewMeeting, write_draft, write_published
from server.recruitment_events.repository import list_desks
from server.recruitment_events.tables import RecruitmentEventRow

_runs = PlanningRunRow.__table__  # type: ignore[attr-defined]


class LayingRefused(Exception):
    """The plan cannot be laid, or taken back; the message says why."""


class NotDone(LayingRefused):
    """There is no plan: the run has not ended well."""


class NotCurrent(LayingRefused):
    """Another plan has been laid since, or this one has been taken back."""


class HasChanged(LayingRefused):
    """Something that was laid, taken away or said meanwhile is in the way."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        super().__init__("the plan has changed since: ask for a new one, or undo what stands in the way")
        self.obstacles = obstacles


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A pair that cannot be laid as planned, and why."""

    code: str
    seeker_id: UUID
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was changed, and how many people are told."""

    laid: int = 0
    moved: int = 0
    taken_away: int = 0
    told: int = 0


@dataclass(slots=True)
class _Wanted:
    """What is to lie, and what lay when it was wanted so.

    `spots` by pair, `again` where a pair is to lie twice; `was` the meetings that lay there. Only what is among
    `might_move` moves. `heeds_hours`: whether what people have said since is in the way.
    """

    spots: dict[Pair, Spot] = field(default_factory=dict)
    again: list[tuple[Pair, Spot]] = field(default_factory=list)
    was: dict[tuple[Pair, Spot], tuple[UUID, str]] = field(default_factory=dict)
    lay_before: set[Pair] = field(default_factory=set)
    might_move: set[tuple[Pair, Spot]] = field(default_factory=set)
    heeds_hours: bool = True


async def lay(session: AsyncSession, event: RecruitmentEventRow, run_id: UUID, *, now: datetime) -> Outcome:
    """Lay the plan of a run; one that lies already is left as it is.

    Raises:
        NotDone: it has no plan.
        HasChanged: something is in the way; nothing is changed.
    """
    run = await _find(session, event, run_id)
    if run is None or run.status != "done":
        raise NotDone("only a plan that is done can be laid")
    if await is_current(session, event, run_id):
        return Outcome()
    employers = await _lock(session, event)
    wanted = _Wanted()
    async for entries in portions(await _read(session, run_id, "placements")):
        wanted.spots.update((pair, spot) for pair, spot, _ in _spots(entries, employers))
    async for entries in portions(await _read(session, run_id, "replaced")):
        for pair, spot, (state, *_) in _spots(entries, employers):
            wanted.lay_before.add(pair)
            if state == MOVES:
                wanted.might_move.add((pair, spot))
    ground = await read_ground(session, event.id, wanted.might_move, now=now)
    lies_now = await _remembered(ground)
    outcome = await _change(session, event, ground, wanted)
    await _note(session, run_id, laid_at=now, replaced=lies_now)
    return outcome


async def undo(session: AsyncSession, event: RecruitmentEventRow, run_id: UUID, *, now: datetime) -> Outcome:
    """Put back what lay before the plan of the run was laid.

    Raises:
        NotCurrent: it does not lie, or another has been laid since.
        HasChanged: some of its meetings have been changed since; nothing is changed now.
    """
    if not await is_current(session, event, run_id):
        raise NotCurrent("only the plan that was laid last can be taken back")
    employers = await _lock(session, event)
    wanted, stays, until = _Wanted(heeds_hours=False), set[Pair](), {}
    lay_at: dict[Pair, list[Spot]] = {}
    async for entries in portions(await _read(session, run_id, "replaced")):
        for pair, spot, (state, meeting_id, code, ends_at) in _spots(entries, employers):
            if state != MOVES:
                stays.add(pair)
                continue
            wanted.was[pair, spot] = (UUID(meeting_id), code)
            until[pair, spot] = datetime.fromisoformat(ends_at)
            lay_at.setdefault(pair, []).append(spot)
    async for entries in portions(await _read(session, run_id, "placements")):
        planned = [(pair, spot) for pair, spot, _ in _spots(entries, employers) if pair not in stays]
        wanted.might_move.update(planned)
        wanted.lay_before.update(pair for pair, _ in planned)
    ground = await read_ground(session, event.id, wanted.might_move, now=now)
    ground.until = until
    touched = [pair for pair in wanted.lay_before if not (ground.standing.get(pair) and ground.standing[pair].moves)]
    if touched:
        raise HasChanged([Obstacle("changed", *pair) for pair in sorted(touched)])
    async for portion in portions(list(lay_at)):
        for pair in portion:
            _want_back(wanted, ground, pair, lay_at[pair], stays=pair in stays)
    outcome = await _change(session, event, ground, wanted)
    await _note(session, run_id, laid_at=None)
    return outcome


def _want_back(wanted: _Wanted, ground: Ground, pair: Pair, spots: Sequence[Spot], *, stays: bool) -> None:
    """Want a pair where it lay; where it lay twice, the meeting that is left goes where it was itself.

    `stays`: beside these it had a meeting that no plan moves, and that is left as it is.
    """
    if not stays:
        standing = ground.standing.get(pair)
        own = [spot for spot in spots if standing is not None and wanted.was[pair, spot][0] == standing.meeting_id]
        wanted.spots[pair] = (own or spots)[0]
    wanted.again += [(pair, spot) for spot in spots if spot != wanted.spots.get(pair)]


async def is_current(session: AsyncSession, event: RecruitmentEventRow, run_id: UUID) -> bool:
    """Whether the run's plan is the one that was laid last and has not been taken back."""
    laid = (
        select(_runs.c.id)
        .where(_runs.c.recruitment_event_id == event.id, _runs.c.laid_at.is_not(None))
        .order_by(_runs.c.laid_at.desc())
        .limit(1)
    )
    return (await (await session.connection()).execute(laid)).scalar_one_or_none() == run_id


async def _change(session: AsyncSession, event: RecruitmentEventRow, ground: Ground, wanted: _Wanted) -> Outcome:
    changes, obstacles = Changes(), list[Obstacle]()
    _prefer(ground, wanted)
    pairs = [*ground.standing, *(pair for pair in wanted.spots if pair not in ground.standing)]
    async for portion in portions(pairs):
        for pair in portion:
            standing, spot = ground.standing.get(pair), wanted.spots.get(pair)
            code = _decide(changes, ground, wanted, pair, standing, spot)
            obstacles += [Obstacle(code, *pair)] if code else []
    for pair, spot in wanted.again:
        if obstacle := ground.obstacle(pair, spot, heeds_hours=wanted.heeds_hours):
            obstacles.append(Obstacle(obstacle, *pair))
        changes.new.append(NewMeeting(pair, spot, wanted.was.get((pair, spot))))
    changes.gone += [standing for standing in ground.twice if standing.moves]
    if obstacles:
        raise HasChanged(obstacles)
    try:
        if event.status == "draft":
            await write_draft(session, event, ground, changes)
            told = 0
        else:
            told = await write_published(session, event, ground, changes)
    except IntegrityError as error:
        raise HasChanged([]) from error
    return Outcome(len(changes.new), len(changes.moves), len(changes.gone), told)


def _prefer(ground: Ground, wanted: _Wanted) -> None:
    """Of a pair that lies twice, let the meeting count that is where it is wanted."""
    for number, one in enumerate(ground.twice):
        other = ground.standing[one.pair]
        if wanted.spots.get(one.pair) == one.spot != other.spot:
            ground.standing[one.pair], ground.twice[number] = one, other


def _decide(
    changes: Changes, ground: Ground, wanted: _Wanted, pair: Pair, standing: Standing | None, spot: Spot | None
) -> str | None:
    """Note what is to be done about a pair; what is in the way comes back."""
    what = step(standing, spot, lay_before=pair in wanted.lay_before)
    if what in (Step.LAID_MEANWHILE, Step.TAKEN_AWAY_MEANWHILE):
        return what
    if what is Step.TAKE_AWAY and standing is not None:
        changes.gone.append(standing)
    if what not in (Step.LAY, Step.MOVE) or spot is None:
        return None
    if obstacle := ground.obstacle(pair, spot, heeds_hours=wanted.heeds_hours):
        return obstacle
    if standing is not None:
        changes.moves.append((standing, spot))
    else:
        changes.new.append(NewMeeting(pair, spot, wanted.was.get((pair, spot))))
    return None


async def _find(session: AsyncSession, event: RecruitmentEventRow, run_id: UUID) -> Any:
    found = select(_runs.c.status).where(_runs.c.id == run_id, _runs.c.recruitment_event_id == event.id)
    return (await (await session.connection()).execute(found)).first()


async def _lock(session: AsyncSession, event: RecruitmentEventRow) -> dict[UUID, UUID]:
    """The desks of the event locked, each with its organisation."""
    desks = await lock_desks(session, [desk.id for desk in await list_desks(session, event.id)])
    return {desk.id: desk.organisation_id for desk in desks.values()}


async def _read(session: AsyncSession, run_id: UUID, column: str) -> list[list[str]]:
    """One of a run's long columns, by itself: each takes its time to read."""
    query = select(_runs.c[column]).where(_runs.c.id == run_id)
    return (await (await session.connection()).execute(query)).scalar_one() or []


async def _note(session: AsyncSession, run_id: UUID, **values: Any) -> None:
    await (await session.connection()).execute(update(_runs).where(_runs.c.id == run_id).values(**values))


async def _remembered(ground: Ground) -> list[list[str]]:
    found: list[list[str]] = []
    async for portion in portions([*ground.standing.values(), *ground.twice]):
        for one in portion:
            ids = (str(one.pair[0]), str(one.spot[0]), str(one.spot[1]))
            row = ground.meetings[one.meeting_id]
            state = MOVES if one.moves else STAYS
            found.append([*ids, state, str(row.id), row.check_in_code, row.ends_at.isoformat()])
    return found


def _spots(
    entries: Sequence[Sequence[str]], employers: Mapping[UUID, UUID]
) -> Iterator[tuple[Pair, Spot, Sequence[str]]]:
    """Placements as pairs and spots, each with what else is remembered; a desk that is gone is gone."""
    for seeker_id, desk_id, slot_id, *more in entries:
        desk = UUID(desk_id)
        if desk in employers and slot_id != "None":
            yield (UUID(seeker_id), employers[desk]), (desk, UUID(slot_id)), more
