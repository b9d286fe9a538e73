"""Hypothesis' random events put into a database, each under ids of its own."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.tables import RequirementProfileRow
from server.identity.tables import OrganisationRow, PersonRow
from server.meetings.tables import MeetingRow
from server.planning.ports import PlanMeeting
from server.planning_runs.material import Material
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import (
    AbsenceRow,
    DeskRow,
    EmployerWishRow,
    EnrolmentRow,
    RecruitmentEventRow,
    SchedulingNeedRow,
    SlotRow,
    StationRow,
    WishRow,
)
from tests.server.planning_runs.materials import QUARTER, TEN

ONE_AT_A_TIME = {"called": "checked_in"}


class Stored:
    """An event's rows, made of random material; `of` gives the id that something has in the database."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.of: dict[UUID, UUID] = defaultdict(uuid4)
        self.event = RecruitmentEventRow(
            organisation_id=uuid4(),
            name="Slumpens träff",
            place="Var som helst",
            zone="Europe/Stockholm",
            template="it_expo_15",
            starts_at=TEN,
            ends_at=TEN + 24 * QUARTER,
            status="published" if material.is_told else "draft",
            talk_s=600,
            feedback_s=240,
            meetings_max=material.meetings_max,
            planning_rules=material.rules.model_dump(mode="json", exclude_defaults=True),
            created_at=material.now,
        )
        self.desks = {desk.id for desk in material.desks}

    async def add(self, session: AsyncSession) -> RecruitmentEventRow:
        """Store it all; what others point at comes first."""
        for rows in (self._organisations(), self._people(), [self.event], self._times(), self._desks(), self._said()):
            session.add_all(rows)
            await session.flush()
        for meeting in self.material.laid:
            if meeting.desk_id in self.desks:
                session.add(self._meeting(meeting))
        await session.flush()
        return self.event

    def _organisations(self) -> list[SQLModel]:
        kinds = {self.event.organisation_id: "agency"}
        kinds |= {self.of[desk.organisation_id]: "employer" for desk in self.material.desks}
        kinds |= {self.of[organisation]: "employer" for _, organisation in self._pairs()}
        return [OrganisationRow(id=one, kind=kind, name="Bolag", created_at=TEN) for one, kind in kinds.items()]

    def _pairs(self) -> set[tuple[UUID, UUID]]:
        found = {(seeker.id, one) for seeker in self.material.seekers for one in (*seeker.wishes, *seeker.avoids)}
        return found | {(seeker, one) for one, seeker in self.material.employer_wishes} | self.material.musts

    def _people(self) -> list[SQLModel]:
        ids = {self.of[seeker.id] for seeker in self.material.seekers}
        ids |= {self.of[desk.recruiter_id] for desk in self.material.desks if desk.recruiter_id}
        return [
            PersonRow(id=one, name=f"Person {number}", email=f"{one}@example.org", created_at=TEN)
            for number, one in enumerate(sorted(ids))
        ]

    def _times(self) -> list[SQLModel]:
        stations = {desk.station_id: desk for desk in self.material.desks if desk.station_id}
        slots = [
            SlotRow(id=self.of[slot.id], number=number, starts_at=slot.starts_at, ends_at=slot.ends_at, **self._here)
            for number, slot in enumerate(self.material.slots, 1)
        ]
        return [
            *slots,
            *(
                StationRow(
                    id=self.of[station],
                    number=number,
                    name="Bord",
                    is_accessible=desk.station_is_accessible,
                    zone=desk.zone,
                    **self._here,
                )
                for number, (station, desk) in enumerate(stations.items())
            ),
        ]

    @property
    def _here(self) -> dict[str, Any]:
        return {"recruitment_event_id": self.event.id}

    def _desks(self) -> list[SQLModel]:
        wanted = {desk.organisation_id: sorted(desk.competences_wanted) for desk in self.material.desks}
        desks = [
            DeskRow(
                id=self.of[desk.id],
                organisation_id=self.of[desk.organisation_id],
                recruiter_id=self.of[desk.recruiter_id] if desk.recruiter_id else None,
                station_id=self.of[desk.station_id] if desk.station_id else None,
                number=number,
                form=desk.form,
                on_duty_from=desk.on_duty_from,
                on_duty_until=desk.on_duty_until,
                is_locked=desk.is_locked,
                **self._here,
            )
            for number, desk in enumerate(self.material.desks)
        ]
        profiles = [
            RequirementProfileRow(organisation_id=self.of[one], competences_wanted=words)
            for one, words in wanted.items()
        ]
        return [*desks, *profiles]

    def _said(self) -> list[SQLModel]:
        found: list[SQLModel] = []
        away: set[tuple[UUID, Any, Any]] = set()
        for seeker in self.material.seekers:
            me: dict[str, Any] = {"seeker_id": self.of[seeker.id]} | self._here
            form = seeker.form if seeker.form != "hybrid" else None
            found.append(
                EnrolmentRow(
                    **me,
                    form=form,
                    available_from=seeker.available_from,
                    available_until=seeker.available_until,
                    created_at=TEN,
                )
            )
            found += [CompetenceRow(person_id=self.of[seeker.id], label=word) for word in sorted(seeker.competences)]
            ranks = {one: number for number, one in enumerate(seeker.wishes, 1)} | dict.fromkeys(seeker.avoids, 0)
            for one in sorted({*ranks, *(pair[1] for pair in self.material.musts if pair[0] == seeker.id)}):
                must = (seeker.id, one) in self.material.musts and one not in seeker.avoids
                found.append(WishRow(**me, organisation_id=self.of[one], rank=ranks.get(one, 99), is_must=must))
            need = self.material.needs.get(seeker.id)
            if need is not None:
                wants: dict[str, Any] = {"extra_time": need.extra_time, "accessible_station": need.accessible_station}
                found.append(SchedulingNeedRow(**me, **wants, interpreter=need.interpreter))
            away |= {(self.of[seeker.id], *span) for span in seeker.absences}
        for desk in self.material.desks:
            away |= {(self.of[desk.recruiter_id], *span) for span in desk.absences if desk.recruiter_id}
        firsts = {(person_id, starts_at): ends_at for person_id, starts_at, ends_at in away}
        found += [
            AbsenceRow(person_id=who, starts_at=at, ends_at=end, **self._here) for (who, at), end in firsts.items()
        ]
        for (one, who), rank in self.material.employer_wishes.items():
            found.append(EmployerWishRow(organisation_id=self.of[one], seeker_id=self.of[who], rank=rank, **self._here))
        return found

    def _meeting(self, meeting: PlanMeeting) -> MeetingRow:
        assert meeting.desk_id is not None and meeting.organisation_id is not None
        return MeetingRow(
            desk_id=self.of[meeting.desk_id],
            organisation_id=self.of[meeting.organisation_id],
            recruiter_id=self.of[meeting.recruiter_id] if meeting.recruiter_id else None,
            station_id=self.of[meeting.station_id] if meeting.station_id else None,
            seeker_id=self.of[meeting.seeker_id],
            slot_id=self.of[meeting.slot_id] if meeting.slot_id else None,
            form=meeting.form,
            state=ONE_AT_A_TIME.get(meeting.state, meeting.state),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            check_in_code=uuid4().hex[:8],
            is_pinned=meeting.is_pinned,
            created_at=TEN,
            **self._here,
        )
