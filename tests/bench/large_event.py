"""Days of 5,000 seekers at 600 desks of 100 employers in 24 slots, written straight into the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update
from sqlmodel import SQLModel, col

from server.employers.tables import RequirementProfileRow
from server.identity import service as identity
from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow
from server.kit.db import Database
from server.meetings.tables import MeetingRow
from server.planning_runs.tables import PlanningRunRow
from server.profiles.tables import CompetenceRow
from server.recruitment_events.check_in_codes import new_check_in_code
from server.recruitment_events.tables import (
    AccessNeedRow,
    DeskRow,
    EnrolmentRow,
    EventStaffRow,
    RecruitmentEventRow,
    SlotRow,
    StationRow,
    WishRow,
)

SEEKERS, EMPLOYERS, DESKS_EACH, SLOTS, STAFF, WISHES = 5_000, 100, 6, 24, 3, 8
DESKS = EMPLOYERS * DESKS_EACH
MEETINGS = DESKS * SLOTS
QUARTER = timedelta(minutes=15)
SLOTS_GONE = 8
MAILED_OF_100 = 95
FORMS = ("video", "on_site", "hybrid")
SKILLS = [f"kompetens {number}" for number in range(80)]
AT_ONCE = 500
Rows = Iterator[tuple[type[SQLModel], list[dict[str, Any]]]]


class LargeDays:
    """A draft that is full and whose day is on, and a published day to come on which nothing lies but a plan does."""

    def __init__(self, url: str) -> None:
        self.database = Database(url)
        self.now = datetime.now(UTC)
        self.full, self.empty, self.run = uuid4(), uuid4(), uuid4()
        self.seekers = [uuid4() for _ in range(SEEKERS)]
        self.employers = [uuid4() for _ in range(EMPLOYERS)]
        self.recruiters = [uuid4() for _ in range(DESKS)]
        self.tokens: list[str] = []

    async def write(self) -> None:
        """Everything, in one transaction."""
        async with self.database.transaction() as session:
            agency, staff = uuid4(), []
            for number in range(STAFF):
                mail = f"personal{number}@expo.example"
                person = await create_person(
                    session, name=f"Personal {number}", email=mail, role=Role.STAFF, organisation_name="E", now=self.now
                )
                self.tokens.append(await identity.open_session(session, person_id=person, now=self.now))
                staff.append(person)
            connection = await session.connection()
            for table, rows in self._rows(agency, staff):
                whole = _defaults(table)
                for start in range(0, len(rows), AT_ONCE):
                    await connection.execute(insert(table), [whole | row for row in rows[start : start + AT_ONCE]])

    async def begin_the_day(self) -> None:
        """The full day as it stands after two hours: meetings held, some missed, a talk at each desk, some waiting."""
        began = self.now - SLOTS_GONE * QUARTER
        here = col(MeetingRow.recruitment_event_id) == self.full
        first, number = col(MeetingRow.starts_at), col(MeetingRow.check_in_code)
        turn = began + SLOTS_GONE * QUARTER
        steps: list[tuple[Any, dict[str, Any]]] = [
            (first < turn, {"state": "closed", "ready_at": began, "closed_at": self.now}),
            ((first < turn) & (number < "D"), {"state": "no_show", "ready_at": None}),
            (first == turn, {"state": "talking", "ready_at": began, "talk_started_at": self.now}),
            ((first > turn) & (first <= turn + 2 * QUARTER) & (number < "M"), {"state": "late"}),
            ((first == turn + QUARTER) & (number >= "M"), {"state": "checked_in", "ready_at": self.now}),
        ]
        async with self.database.transaction() as session:
            connection = await session.connection()
            await connection.execute(
                update(DeskRow).where(col(DeskRow.recruitment_event_id) == self.full).values(opened_at=began)
            )
            for which, values in steps:
                await connection.execute(update(MeetingRow).where(here, which).values(**values))

    def _rows(self, agency: UUID, staff: list[UUID]) -> Rows:
        now = self.now
        yield (
            OrganisationRow,
            [
                {"id": agency, "kind": "agency", "name": "Stora Expo", "created_at": now},
                *(
                    {"id": one, "kind": "employer", "name": f"Bolag {number:03} AB", "created_at": now}
                    for number, one in enumerate(self.employers)
                ),
            ],
        )
        yield PersonRow, [_person(one, "Rekryterare", number, now) for number, one in enumerate(self.recruiters)]
        yield PersonRow, [_person(one, "Sökande", number, now) for number, one in enumerate(self.seekers)]
        skills = [(one, number) for number, one in enumerate(self.seekers)]
        yield (
            CompetenceRow,
            [
                {"id": uuid4(), "person_id": one, "label": SKILLS[(number + step * 7) % len(SKILLS)], "position": step}
                for one, number in skills
                for step in range(4)
            ],
        )
        yield (
            RequirementProfileRow,
            [{"organisation_id": one, "competences_wanted": SKILLS[:4]} for one in self.employers],
        )
        yield from self._day(agency, staff, self.full, "draft", now - SLOTS_GONE * QUARTER)
        yield from self._day(agency, staff, self.empty, "published", now + timedelta(days=1))

    def _day(self, agency: UUID, staff: list[UUID], event: UUID, status: str, opens: datetime) -> Rows:
        ends = opens + SLOTS * QUARTER
        shown = {"name": "Stora dagen", "place": "Mässan", "zone": "Europe/Stockholm", "template": "it_expo_15"}
        lengths = {"talk_s": 600, "feedback_s": 240, "meetings_max": 4}
        made = {"id": event, "organisation_id": agency, "status": status, "created_at": self.now}
        yield RecruitmentEventRow, [made | shown | lengths | {"starts_at": opens, "ends_at": ends}]
        yield EventStaffRow, [{"recruitment_event_id": event, "person_id": one} for one in staff]
        in_event = {"recruitment_event_id": event}
        stations = [in_event | {"id": uuid4(), "number": n, "name": f"Bord {n}"} for n in range(1, DESKS + 1)]
        slots = [
            in_event
            | {"id": uuid4(), "number": n + 1, "starts_at": opens + n * QUARTER, "ends_at": opens + (n + 1) * QUARTER}
            for n in range(SLOTS)
        ]
        desks = [
            in_event
            | {
                "id": uuid4(),
                "organisation_id": self.employers[number // DESKS_EACH],
                "recruiter_id": self.recruiters[number],
                "station_id": stations[number]["id"],
                "number": number + 1,
                "form": FORMS[number % 3],
                "on_duty_from": opens,
                "on_duty_until": ends,
            }
            for number in range(DESKS)
        ]
        yield StationRow, stations
        yield SlotRow, slots
        yield DeskRow, desks
        yield from self._what_seekers_say(in_event)
        if status == "draft":
            yield MeetingRow, self._meetings(in_event, desks, slots)
        else:
            yield PlanningRunRow, [self._plan(in_event, staff[0], desks, slots)]

    def _what_seekers_say(self, in_event: dict[str, Any]) -> Rows:
        said = list(enumerate(self.seekers))
        yield EnrolmentRow, [in_event | {"seeker_id": one, "created_at": self.now} for _, one in said]
        yield (
            WishRow,
            [
                in_event
                | {"seeker_id": one, "organisation_id": self.employers[(number + step * 13) % EMPLOYERS], "rank": step}
                for number, one in said
                for step in range(WISHES)
            ],
        )
        yield (
            AccessNeedRow,
            [
                in_event | {"id": uuid4(), "seeker_id": one, "need": "rullstol"}
                for number, one in said
                if number % 20 == 0
            ],
        )

    def _seats(self, desks: list[dict[str, Any]], slots: list[dict[str, Any]]) -> Iterator[tuple[Any, Any, UUID]]:
        """Every desk and slot with a seeker: nobody twice at a time, no pair twice."""
        for place, slot in enumerate(slots):
            for number, desk in enumerate(desks):
                yield desk, slot, self.seekers[(place * DESKS + number) % SEEKERS]

    def _meetings(
        self, in_event: dict[str, Any], desks: list[dict[str, Any]], slots: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        copied = ("organisation_id", "recruiter_id", "station_id")
        return [
            in_event
            | {name: desk[name] for name in copied}
            | {
                "id": uuid4(),
                "desk_id": desk["id"],
                "slot_id": slot["id"],
                "seeker_id": seeker,
                "form": desk["form"],
                "starts_at": slot["starts_at"],
                "ends_at": slot["ends_at"],
                "check_in_code": new_check_in_code(),
                "created_at": self.now,
            }
            for desk, slot, seeker in self._seats(desks, slots)
        ]

    def _plan(
        self, in_event: dict[str, Any], person_id: UUID, desks: list[dict[str, Any]], slots: list[dict[str, Any]]
    ) -> dict[str, Any]:
        seats = [[str(seeker), str(desk["id"]), str(slot["id"])] for desk, slot, seeker in self._seats(desks, slots)]
        options = {"seed": 1, "meetings_max": 4, "meetings_min": 0, "keep": "pinned", "parity": None}
        told = {"options": options, "created_at": self.now, "heartbeat_at": self.now, "finished_at": self.now}
        return in_event | told | {"id": self.run, "person_id": person_id, "status": "done", "placements": seats}


def _person(person_id: UUID, role: str, number: int, now: datetime) -> dict[str, Any]:
    mail = f"{role.lower().replace('ö', 'o')}{number}@stora.example" if number % 100 < MAILED_OF_100 else None
    return {"id": person_id, "name": f"{role} Provsson {number:04}", "email": mail, "created_at": now}


def _defaults(table: type[SQLModel]) -> dict[str, Any]:
    """What a row holds that says nothing else; an id is always said."""
    fields = table.model_fields.items()
    return {name: field.get_default(call_default_factory=True) for name, field in fields if not field.is_required()}
