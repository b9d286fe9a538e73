"""A large event put straight into the database: a form for each of five thousand seekers would take a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from random import Random
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import insert
from sqlmodel import SQLModel
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.roles import Role
from server.identity.tables import OrganisationRow, PersonRow, RoleRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.repository import list_slots
from server.recruitment_events.service import EventPlan, create_event
from server.recruitment_events.tables import DeskRow, EnrolmentRow, RecruitmentEventRow, SlotRow, WishRow

SPACE = UUID("5d1f7a52-7c0f-4e5c-9d0c-2f6a3b1f4c11")
FIRST = ("Alva", "Bilal", "Cecilia", "Dmitri", "Elin", "Farid", "Greta", "Hamid", "Ines", "Johan", "Khadija", "Lovisa")
LAST = ("Attrappsson", "Exempelsdotter", "Fiktivberg", "Låtsaslund", "Mallqvist", "Påhittsson", "Skissgren", "Testberg")
TRADES = (
    "Bygg",
    "Data",
    "Energi",
    "Handel",
    "Industri",
    "Järnväg",
    "Kraft",
    "Logistik",
    "Mat",
    "Nät",
    "Vård",
    "Teknik",
)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Crowd:
    """An event in draft with all its people."""

    event_id: UUID
    desks: tuple[UUID, ...]
    seekers: tuple[UUID, ...]
    meetings: int


async def gather_crowd(
    session: AsyncSession,
    *,
    staff_id: UUID,
    day: date,
    now: datetime,
    desks: int,
    seekers: int,
    slots: int = 24,
    filled: float = 0.0,
    wishes: int = 3,
) -> Crowd:
    """An event with one desk an employer, in turn by video and on site.

    Args:
        filled: the share of all places where a meeting lies already.
        wishes: how many employers each seeker wishes for.
    """
    event = await create_event(session, _plan(day, slots), template="hybrid_day", person_id=staff_id, now=now)
    at = _Ids(event.id)
    people = at.many("seeker", seekers)
    await _seat_employers(session, event, at, desks, now)
    await _insert(session, PersonRow, _people("sokande", people, event.id, now))
    await _insert(session, RoleRow, _roles(at, Role.SEEKER, people, [None] * seekers))
    await _insert(session, EnrolmentRow, (_enrolment(event.id, n, each, now) for n, each in enumerate(people)))
    await _insert(session, WishRow, _wishes(event.id, people, at.made["employer"], wishes))
    laid = list(_meetings(event, await list_slots(session, event.id), at, filled))
    await _insert(session, MeetingRow, laid)
    return Crowd(event.id, tuple(at.made["desk"]), tuple(people), len(laid))


async def _seat_employers(
    session: AsyncSession, event: RecruitmentEventRow, at: _Ids, desks: int, now: datetime
) -> None:
    employers, recruiters, tables = at.many("employer", desks), at.many("recruiter", desks), at.many("desk", desks)
    names = (f"{TRADES[n % 12]}huset {n + 1} AB (exempel)" for n in range(desks))
    rows = zip(employers, names, strict=True)
    await _insert(
        session,
        OrganisationRow,
        ({"id": each, "kind": "employer", "name": name, "created_at": now} for each, name in rows),
    )
    await _insert(session, PersonRow, _people("rekryterare", recruiters, event.id, now))
    await _insert(session, RoleRow, _roles(at, Role.RECRUITER, recruiters, employers))
    await _insert(
        session,
        DeskRow,
        (
            {
                "id": tables[n],
                "recruitment_event_id": event.id,
                "organisation_id": employers[n],
                "recruiter_id": recruiters[n],
                "number": n + 1,
                "form": ("video", "on_site")[n % 2],
                "on_duty_from": event.starts_at,
                "on_duty_until": event.ends_at,
                "is_locked": False,
            }
            for n in range(desks)
        ),
    )


class _Ids:
    """Ids that are the same each time for the same event."""

    def __init__(self, event_id: UUID) -> None:
        self.event_id = event_id
        self.made: dict[str, list[UUID]] = {}

    def many(self, kind: str, number: int) -> list[UUID]:
        self.made[kind] = [self.one(kind, n) for n in range(number)]
        return self.made[kind]

    def one(self, kind: str, number: int) -> UUID:
        return uuid5(SPACE, f"{self.event_id} {kind} {number}")


def _plan(day: date, slots: int) -> EventPlan:
    return EventPlan(
        name="Stora dagen",
        place="Mässan, alla hallar",
        zone="Europe/Stockholm",
        date=day,
        first_start=time(9),
        slots=slots,
        pauses=((time(12), time(13)),),
        form="hybrid",
        talk_s=720,
        feedback_s=180,
        extension_s=180,
        early_start_s=300,
        late_after_s=180,
        no_show_after_s=600,
        booking_closes_s=600,
        meetings_max=4,
        is_open=False,
    )


def _people(kind: str, ids: Sequence[UUID], event_id: UUID, now: datetime) -> Iterator[dict[str, Any]]:
    for n, each in enumerate(ids):
        name = f"{FIRST[n % 12]} {LAST[n // 12 % 8]}" + (f" {n // 96 + 1}" if n >= 96 else "")
        email = f"{kind}{n}.{event_id.hex[:8]}@crowd.example"
        yield {"id": each, "name": name, "email": email, "locale": "sv", "created_at": now}


def _roles(
    at: _Ids, role: Role, people: Sequence[UUID], organisations: Sequence[UUID | None]
) -> Iterator[dict[str, Any]]:
    for n, (person_id, organisation_id) in enumerate(zip(people, organisations, strict=True)):
        yield {
            "id": at.one(f"role of {role}", n),
            "person_id": person_id,
            "role": role,
            "organisation_id": organisation_id,
        }


def _enrolment(event_id: UUID, n: int, seeker_id: UUID, now: datetime) -> dict[str, Any]:
    return {
        "recruitment_event_id": event_id,
        "seeker_id": seeker_id,
        "gender": ("woman", "man")[n % 2],
        "birth_year": 1962 + n % 42,
        "languages": [],
        "relay_only": False,
        "created_at": now,
    }


def _wishes(event_id: UUID, people: Sequence[UUID], employers: Sequence[UUID], number: int) -> Iterator[dict[str, Any]]:
    chance = Random(1)
    for seeker_id in people:
        for rank, wished in enumerate(chance.sample(employers, min(number, len(employers))), start=1):
            ids = {"recruitment_event_id": event_id, "seeker_id": seeker_id, "organisation_id": wished}
            yield {**ids, "rank": rank, "is_must": False}


def _meetings(
    event: RecruitmentEventRow, slots: Sequence[SlotRow], at: _Ids, filled: float
) -> Iterator[dict[str, Any]]:
    """Nobody is in two places, nor meets anybody twice: each time the seekers sit down in a row of their own."""
    desks, people = at.made["desk"], at.made["seeker"]
    chance, met = Random(2), set[tuple[int, int]]()
    for column, slot in enumerate(slots):
        for row, desk in enumerate(desks):
            # A step aside each time all have sat down, so that nobody meets the same employer again.
            n = (row + column * len(desks) + column * len(desks) // len(people)) % len(people)
            if chance.random() >= filled or (n, row) in met:
                continue
            met.add((n, row))
            yield {
                "id": at.one("meeting", row + column * len(desks)),
                "recruitment_event_id": event.id,
                "desk_id": desk,
                "organisation_id": at.made["employer"][row],
                "recruiter_id": at.made["recruiter"][row],
                "seeker_id": people[n],
                "station_id": None,
                "slot_id": slot.id,
                "form": ("video", "on_site")[row % 2],
                "format": "individual",
                "state": "booked",
                "starts_at": slot.starts_at,
                "ends_at": slot.ends_at,
                "extensions": 0,
                "check_in_code": f"{row:03}{column:03}",
                "sequence": 0,
                "is_pinned": False,
                "created_at": event.created_at,
            }


async def _insert(
    session: AsyncSession, table: type[SQLModel], rows: Iterator[dict[str, Any]] | list[dict[str, Any]]
) -> None:
    waiting = list(rows)
    for start in range(0, len(waiting), AT_ONCE):
        await session.exec(insert(table), params=waiting[start : start + AT_ONCE])
