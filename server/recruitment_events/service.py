"""Making and changing recruitment events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit import streams
from server.recruitment_events import repository, rules
from server.recruitment_events.rules import EventRefused
from server.recruitment_events.tables import EventStaffRow, RecruitmentEventRow, SlotRow, StationRow
from server.recruitment_events.texts import text


class SlotsInUse(EventRefused):
    """Meetings lie in the slots that would change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlan:
    """All that staff decide of an event. Durations are seconds; clock times are the event's own."""

    name: str
    place: str
    zone: str
    date: date
    first_start: time
    slots: int
    pauses: tuple[tuple[time, time], ...]
    form: str
    talk_s: int
    feedback_s: int
    undo_s: int = 30
    extension_s: int
    early_start_s: int
    late_after_s: int
    no_show_after_s: int
    booking_closes_s: int
    meetings_max: int
    is_open: bool
    relay_only: bool = False

    def intervals(self) -> list[rules.Interval]:
        """The times of the slots.

        Raises:
            TimesDoNotFit: they cannot lie so.
        """
        rules.check_durations(
            talk_s=self.talk_s,
            feedback_s=self.feedback_s,
            late_after_s=self.late_after_s,
            no_show_after_s=self.no_show_after_s,
        )
        return rules.slot_times(
            day=self.date,
            first_start=self.first_start,
            zone=ZoneInfo(self.zone),
            slots=self.slots,
            length=timedelta(seconds=self.talk_s + self.feedback_s),
            pauses=self.pauses,
        )


TIMING = frozenset({"zone", "date", "first_start", "slots", "pauses", "talk_s", "feedback_s"})
STORED = frozenset(RecruitmentEventRow.model_fields) & {field.name for field in fields(EventPlan)} - {"pauses"}


async def create_event(
    session: AsyncSession, plan: EventPlan, *, template: str, person_id: UUID, is_demo: bool = False, now: datetime
) -> RecruitmentEventRow:
    """Create an event with its slots; `person_id` is its first staff.

    Raises:
        TimesDoNotFit: the slots cannot lie as asked.
        EventRefused: the person is staff of no organisation.
    """
    agency = await repository.find_agency(session, person_id)
    if agency is None:
        raise EventRefused("you are staff of no organisation yet")
    times = plan.intervals()
    event = RecruitmentEventRow(
        organisation_id=agency.id,
        template=template,
        starts_at=times[0].starts_at,
        ends_at=times[-1].ends_at,
        pauses=_stored_pauses(plan),
        is_demo=is_demo,
        created_at=now,
        **{name: getattr(plan, name) for name in STORED},
    )
    session.add(event)
    await session.flush()
    session.add(EventStaffRow(recruitment_event_id=event.id, person_id=person_id))
    _add_slots(session, event.id, times)
    await session.flush()
    return event


def plan_of_event(event: RecruitmentEventRow, slots: Sequence[SlotRow]) -> EventPlan:
    """What staff have decided of an event so far."""
    first = event.starts_at.astimezone(ZoneInfo(event.zone))
    return EventPlan(
        date=first.date(),
        first_start=first.time(),
        slots=max(len(slots), 1),
        pauses=tuple((time.fromisoformat(starts), time.fromisoformat(ends)) for starts, ends in event.pauses),
        **{name: getattr(event, name) for name in STORED},
    )


async def change_event(
    session: AsyncSession, event: RecruitmentEventRow, changes: Mapping[str, Any], *, now: datetime
) -> None:
    """Change what staff decide of an event; new times make new slots.

    Raises:
        EventRefused: the event is closed, or published and people have been told what would change.
        TimesDoNotFit: the slots cannot lie as asked.
        SlotsInUse: meetings are laid in the slots that would change.
    """
    before = plan_of_event(event, await repository.list_slots(session, event.id))
    after = replace(before, **changes)
    changed = {field.name for field in fields(EventPlan) if getattr(before, field.name) != getattr(after, field.name)}
    rules.check_change(status=event.status, changed=changed)
    times = after.intervals()
    for name in STORED & changed:
        setattr(event, name, getattr(after, name))
    if changed & TIMING:
        await _replace_slots(session, event, times)
        event.pauses = _stored_pauses(after)
        await _move_windows(session, event, days=(after.date - before.date).days)
    session.add(event)
    await session.flush()
    if changed:
        await streams.append(session, f"event:{event.id}", "plan.changed", {"meeting_ids": []}, now=now)


async def add_station(
    session: AsyncSession,
    event: RecruitmentEventRow,
    *,
    number: int | None = None,
    name: str | None = None,
    is_accessible: bool = True,
    locale: str = "sv",
) -> StationRow | None:
    """Add a station, by default under the next number; None if the number is taken."""
    taken = {station.number for station in await repository.list_stations(session, event.id)}
    if number in taken:
        return None
    number = number or max(taken, default=0) + 1
    station = StationRow(
        recruitment_event_id=event.id,
        number=number,
        name=name or text(locale, "station", number=number),
        is_accessible=is_accessible,
    )
    session.add(station)
    await session.flush()
    return station


async def delete_station(session: AsyncSession, station: StationRow) -> bool:
    """Delete a station; False if a desk or a meeting is there."""
    try:
        async with session.begin_nested():
            await session.delete(station)
            await session.flush()
    except IntegrityError:
        return False
    return True


async def add_staff(session: AsyncSession, event: RecruitmentEventRow, *, email: str) -> bool:
    """Let a colleague plan and run the event too; False if nobody of the staff has this address."""
    person = await repository.find_staff_by_email(session, email)
    if person is None:
        return False
    if await session.get(EventStaffRow, (event.id, person.id)) is None:
        session.add(EventStaffRow(recruitment_event_id=event.id, person_id=person.id))
        await session.flush()
    return True


async def _replace_slots(session: AsyncSession, event: RecruitmentEventRow, times: list[rules.Interval]) -> None:
    try:
        async with session.begin_nested():
            await repository.delete_slots(session, event.id)
    except IntegrityError:
        raise SlotsInUse("meetings are laid in these slots; take them away first") from None
    _add_slots(session, event.id, times)
    event.starts_at, event.ends_at = times[0].starts_at, times[-1].ends_at


async def _move_windows(session: AsyncSession, event: RecruitmentEventRow, *, days: int) -> None:
    """Follow the event to another day with the hours of desks and seekers."""
    if days == 0:
        return
    zone = ZoneInfo(event.zone)
    for desk in await repository.list_desks(session, event.id):
        desk.on_duty_from = rules.moved_to_day(desk.on_duty_from, zone=zone, days=days)
        desk.on_duty_until = rules.moved_to_day(desk.on_duty_until, zone=zone, days=days)
        session.add(desk)
    for enrolment in await repository.list_enrolments(session, event.id):
        for name in ("available_from", "available_until"):
            at = getattr(enrolment, name)
            setattr(enrolment, name, at and rules.moved_to_day(at, zone=zone, days=days))
        session.add(enrolment)


def _stored_pauses(plan: EventPlan) -> list[list[str]]:
    return [[starts.isoformat("minutes"), ends.isoformat("minutes")] for starts, ends in plan.pauses]


def _add_slots(session: AsyncSession, event_id: UUID, times: list[rules.Interval]) -> None:
    for number, slot in enumerate(times, start=1):
        session.add(
            SlotRow(
                recruitment_event_id=event_id,
                number=number,
                starts_at=slot.starts_at,
                ends_at=slot.ends_at,
            )
        )
