"""Options as staff see them: names, times, whom they move, who is told."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from server.identity.tables import PersonRow
from server.kit.rows import Found
from server.planning.ports import PlanMeeting, PlanSlot
from server.planning.rules import two_in_a_row
from server.recruitment_events.tables import StationRow
from server.repairs.rules import Proposal, Standing
from server.repairs.shapes import (
    AwayOffered,
    DeskChangeOffered,
    InWords,
    RepairChange,
    RepairOption,
    RepairSpot,
    TellPerson,
)
from server.repairs.shifts import Shift, Spot
from server.repairs.words import costs

Role = Literal["seeker", "recruiter"]


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What offers are told with: who everybody is and what the desks are."""

    standing: Standing
    slots: Mapping[UUID, PlanSlot]
    desks: Mapping[UUID, Found]
    people: Mapping[UUID, PersonRow]

    def spot(self, spot: Spot | None, of: UUID) -> RepairSpot | None:
        """The place of somebody's meeting in words; it ends with the second slot of who needs more time."""
        if spot is None:
            return None
        desk, slot = self.desks[spot.desk_id], self.slots[spot.slot_id]
        need = self.standing.material.needs.get(of)
        if need is not None and need.extra_time:
            slot = next((pair for pair in two_in_a_row(self.standing.material.slots) if pair.id == slot.id), slot)
        return RepairSpot(
            desk_id=spot.desk_id,
            slot_id=spot.slot_id,
            desk_number=desk.number,
            form=desk.form,
            station_name=desk.station_name,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )

    def told(self, seekers: Iterable[UUID], recruiters: Iterable[UUID | None]) -> list[TellPerson]:
        """These people as they are told, seekers first, each once."""
        people: list[tuple[UUID, Role]] = [(one, "seeker") for one in seekers]
        people += [(one, "recruiter") for one in recruiters if one is not None]
        return [
            TellPerson(
                person_id=person_id,
                name=self.people[person_id].name,
                role=role,
                by_mail=bool(self.people[person_id].email),
            )
            for person_id, role in dict.fromkeys(people)
            if person_id in self.people
        ]


def offers(
    proposals: Sequence[Proposal],
    backdrop: Backdrop,
    *,
    concerned: Collection[UUID],
    desks: Sequence[DeskChangeOffered] = (),
    pools: Mapping[str, int] | None = None,
    away: Sequence[AwayOffered] = (),
) -> list[RepairOption]:
    """Proposals with their words; `desks`, `pools` and who is `away` change with each of them."""
    names = {person.id: person.name for person in backdrop.people.values()}
    names |= {desk.organisation_id: desk.employer_name for desk in backdrop.desks.values()}
    here = backdrop.standing.here()
    found = []
    for proposal in proposals:
        moved = {shift.seeker_id for shift in proposal.shifts if shift.before and not shift.is_missed} - set(concerned)
        found.append(
            RepairOption(
                changes=[_change(shift, backdrop, names, here) for shift in proposal.shifts],
                desks=list(desks),
                pools=dict(pools or {}),
                away=list(away),
                costs=costs(
                    proposal,
                    best=proposals[0],
                    concerned=concerned,
                    slots=backdrop.slots,
                    desks=backdrop.desks,
                    names=names,
                ),
                people_moved=len(moved),
                meetings_dropped=len(proposal.dropped),
                value_lost=round(proposal.cost / 100),
                told=_told_of(proposal, backdrop),
            )
        )
    return found


def nothing_moves(
    *, desks: Sequence[DeskChangeOffered], pools: Mapping[str, int], away: Sequence[AwayOffered]
) -> RepairOption:
    """An option in which what has happened is noted and every meeting stays."""
    return RepairOption(
        changes=[],
        desks=list(desks),
        pools=dict(pools),
        away=list(away),
        costs=[InWords(code="everybody_keeps_time", params={})],
        people_moved=0,
        meetings_dropped=0,
        value_lost=0,
        told=[],
    )


def standing_in(
    change: DeskChangeOffered,
    meetings: Sequence[PlanMeeting],
    backdrop: Backdrop,
    *,
    recruiters: Collection[UUID | None],
    code: str,
) -> RepairOption:
    """An option in which a desk gets another recruiter or station, and everybody keeps their time."""
    params: dict[str, str | int] = {"desk": change.desk_number, "count": len(meetings)}
    named = {"name": change.recruiter_name, "station": change.station_name}
    params |= {key: value for key, value in named.items() if value is not None}
    return RepairOption(
        changes=[],
        desks=[change],
        pools={},
        away=[],
        costs=[InWords(code=code, params=params), InWords(code="everybody_keeps_time", params={})],
        people_moved=0,
        meetings_dropped=0,
        value_lost=0,
        told=backdrop.told([meeting.seeker_id for meeting in meetings], recruiters),
    )


def desk_change(
    desk: Found,
    *,
    recruiter: PersonRow | None = None,
    station: StationRow | None = None,
    on_duty_until: datetime | None = None,
) -> DeskChangeOffered:
    """A desk that would change, in words."""
    return DeskChangeOffered(
        desk_id=desk.desk_id,
        desk_number=desk.number,
        employer_name=desk.employer_name,
        recruiter_before=desk.recruiter_id,
        recruiter_id=recruiter.id if recruiter else None,
        recruiter_name=recruiter.name if recruiter else None,
        station_id=station.id if station else None,
        station_name=station.name if station else None,
        on_duty_until=on_duty_until,
    )


def _change(shift: Shift, backdrop: Backdrop, names: Mapping[UUID, str], here: Collection[UUID]) -> RepairChange:
    return RepairChange(
        seeker_id=shift.seeker_id,
        seeker_name=names[shift.seeker_id],
        is_here=shift.seeker_id in here,
        organisation_id=shift.organisation_id,
        employer_name=names[shift.organisation_id],
        before=backdrop.spot(shift.before, shift.seeker_id),
        after=backdrop.spot(shift.after, shift.seeker_id),
        reason="no_show" if shift.is_missed else None,
    )


def _is_no_show(shift: Shift, backdrop: Backdrop) -> bool:
    """Whether its time has come without its seeker; who says so beforehand is told that it is cancelled."""
    begun = shift.before is not None and backdrop.slots[shift.before.slot_id].starts_at <= backdrop.standing.now
    return shift.is_missed and begun


def _told_of(proposal: Proposal, backdrop: Backdrop) -> list[TellPerson]:
    shifts = [shift for shift in proposal.shifts if not _is_no_show(shift, backdrop)]
    spots = [spot for shift in shifts for spot in (shift.before, shift.after) if spot is not None]
    recruiters = [backdrop.desks[spot.desk_id].recruiter_id for spot in spots]
    return backdrop.told([shift.seeker_id for shift in shifts], recruiters)
