"""The people who come to the demo's next event alone: enough of them that somebody has to choose who meets whom.

Made from lists by counting, so that they are the same in every demo world. Their names cannot be anybody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import chain, zip_longest
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.demo.ids import demo_id
from server.identity.roles import Role
from server.identity.tables import PersonRow, RoleRow
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import EnrolmentRow, RecruitmentEventRow, SchedulingNeedRow, WishRow

WISHES = 3

WOMEN = (
    "Aisha Alma Britta Carin Dalia Ebba Fatima Gunilla Hanna Inga Jasmin Karin Lina Maja Noor Petra Ronja Saga Tove "
    "Ulla Vera Wilma Xiomara Yasmin"
)
MEN = (
    "Ahmed Börje Casper Dawit Erik Filip Goran Henrik Isak Jamal Kjell Lars Mehmet Oskar Pavel Rolf Samir Tage Urban "
    "Viktor Yusuf Zoran Östen Åke"
)
FAMILIES = (
    "Påhittsgren Låtsasson Exempelin Provsten Demovik Fiktivberg Skissdal Övningslund Modellqvist Testander Utkastner"
)
KNOWN = (
    ("Java", "Spring"),
    ("Python", "Dataanalys", "SQL"),
    ("JavaScript", "React"),
    ("Nätverk", "Support"),
    ("Support", "Kundkontakt"),
    ("Python", "Linux", "Kubernetes"),
    ("Java", "SQL"),
    ("Testautomatisering", "SQL"),
    ("HTML", "JavaScript"),
    ("Support",),
)
BORN = (2003, 1998, 1994, 1991, 1986, 1983, 1979, 1974, 1969, 1964, 1961)
MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(16))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who has signed up; `hours` None is the whole day."""

    name: str
    gender: str
    birth_year: int
    competences: tuple[str, ...]
    hours: tuple[time, time] | None = None
    form: str | None = None
    extra_time: bool = False
    accessible_station: bool = False


def newcomers() -> list[Newcomer]:
    """Everybody, women and men by turns."""
    families = FAMILIES.split()
    women, men = [(name, "woman") for name in WOMEN.split()], [(name, "man") for name in MEN.split()]
    first_names = [one for one in chain.from_iterable(zip_longest(women, men)) if one is not None]
    return [
        _newcomer(number, f"{first} {families[number % len(families)]}", gender)
        for number, (first, gender) in enumerate(first_names)
    ]


def _newcomer(number: int, name: str, gender: str) -> Newcomer:
    hours = MORNING if number % 6 == 1 else AFTERNOON if number % 6 == 4 else None
    return Newcomer(
        name=name,
        gender=gender,
        birth_year=BORN[number * 3 % len(BORN)],
        # Not alike for women and men, so that staff have something to make even.
        competences=KNOWN[(number * 7 + 3 * (gender == "woman")) % len(KNOWN)],
        hours=hours,
        form={5: "video", 11: "on_site"}.get(number % 12),
        extra_time=number == 8,
        accessible_station=number == 15,
    )


async def add_crowd(session: AsyncSession, cast: dict[str, Any], event: RecruitmentEventRow, *, now: datetime) -> None:
    """Enrol everybody, with what they know, wish and need; who is new to the demo world is made first."""
    employers = {demo_id("organisation", one["key"]): one["wanted"] for one in cast["employers"]}
    for number, newcomer in enumerate(newcomers()):
        seeker_id = demo_id("person", newcomer.name)
        if await session.get(PersonRow, seeker_id) is None:
            await _add_person(session, seeker_id, newcomer, number, now=now)
        here: dict[str, Any] = {"recruitment_event_id": event.id, "seeker_id": seeker_id}
        session.add(EnrolmentRow(**here, **_enrolment(newcomer, event), created_at=now))
        if newcomer.extra_time or newcomer.accessible_station:
            needs: dict[str, Any] = {
                "extra_time": newcomer.extra_time,
                "accessible_station": newcomer.accessible_station,
            }
            session.add(SchedulingNeedRow(**here, **needs))
        fitting = [one for one, wanted in employers.items() if vocabulary().matching(wanted, newcomer.competences)]
        wished = dict.fromkeys([*fitting, list(employers)[number % len(employers)]])
        for rank, organisation_id in enumerate(list(wished)[:WISHES], start=1):
            session.add(WishRow(**here, organisation_id=organisation_id, rank=rank))
    await session.flush()


async def _add_person(
    session: AsyncSession, person_id: UUID, newcomer: Newcomer, number: int, *, now: datetime
) -> None:
    address = f"sokande{number + 1}@demo.example"
    session.add(PersonRow(id=person_id, name=newcomer.name, email=address, created_at=now))
    await session.flush()
    session.add(RoleRow(person_id=person_id, role=Role.SEEKER))
    for position, label in enumerate(newcomer.competences):
        claim: dict[str, Any] = {"label": label, "detail": "", "evidence": "self"}
        session.add(CompetenceRow(person_id=person_id, position=position, **claim))


def _enrolment(newcomer: Newcomer, event: RecruitmentEventRow) -> dict[str, Any]:
    zone = ZoneInfo(event.zone)
    day = event.starts_at.astimezone(zone).date()
    said: dict[str, Any] = {"gender": newcomer.gender, "birth_year": newcomer.birth_year, "form": newcomer.form}
    if newcomer.hours is not None:
        come, go = (datetime.combine(day, clock, zone) for clock in newcomer.hours)
        said |= {"available_from": come.astimezone(UTC), "available_until": go.astimezone(UTC)}
    return said
