"""Wishes as their owners see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from feedback.vocabulary import vocabulary
from server.enrolments.shapes import SchedulingNeeds
from server.kit.rows import Found
from server.kit.words import initials
from server.wishes.rules import Closed, Span, version_of, within
from server.wishes.shapes import (
    DeskWishes,
    MyWishes,
    WishableEmployer,
    WishableSeeker,
    WishDesk,
    WishedEmployer,
    WishedSeeker,
    WishEmployer,
    WishEvent,
    WishLimits,
    WishTime,
)


def wish_event(found: Found) -> WishEvent:
    """The event in the columns that begin with ``event_``."""
    return WishEvent(**{name: getattr(found, f"event_{name}") for name in WishEvent.model_fields})


def my_wishes(
    found: Found,
    *,
    closed: Closed | None,
    has_meetings: bool,
    pieces: Sequence[Span],
    absences: Sequence[Span],
    wishes: Sequence[Found],
    employers: Sequence[Found],
    competences: Sequence[str],
    needs: Found | None,
) -> MyWishes:
    """What the seeker has said; a wish for an employer that has left the event is not shown."""
    shown = _employers(employers, competences)
    here = {employer.id for employer in shown}
    known = [wish for wish in wishes if wish.id in here]
    times = within(absences, starts_at=found.event_starts_at, ends_at=found.event_ends_at)
    return MyWishes(
        event=wish_event(found),
        version=version_of(found.form, found.available_from, found.available_until, _said(times), _ranks(known)),
        closed=closed,
        has_meetings=has_meetings,
        limits=WishLimits(),
        pieces=_times(pieces),
        form=found.form,
        available_from=found.available_from,
        available_until=found.available_until,
        absences=_times(times),
        wishes=[WishedEmployer(organisation_id=wish.id, is_must=wish.is_must) for wish in known if wish.rank],
        rather_not=[wish.id for wish in known if not wish.rank],
        employers=shown,
        needs=SchedulingNeeds(
            extra_time=needs.extra_time if needs else False,
            accessible_station=needs.accessible_station if needs else False,
            interpreter=needs.interpreter if needs else None,
        ),
    )


def desk_wishes(
    found: Found,
    *,
    person_id: UUID,
    closed: Closed | None,
    pieces: Sequence[Span],
    absences: Sequence[Span],
    wishes: Sequence[Found],
    people: Mapping[UUID, Found],
    competences: Mapping[UUID, Sequence[str]],
    seekers: Mapping[UUID, int],
) -> DeskWishes:
    """What the employer has said, and when the recruiter of this desk is away."""
    times = within(absences, starts_at=found.event_starts_at, ends_at=found.event_ends_at)
    shown = {one: wishable_seeker(row, competences[one], found) for one, row in people.items()}
    return DeskWishes(
        event=wish_event(found),
        employer=wish_employer(found),
        desk=wish_desk(found, person_id=person_id),
        version=version_of(_said(times), _ranks(wishes)),
        closed=closed,
        limits=WishLimits(),
        pieces=_times(pieces),
        absences=_times(times),
        wishes=[WishedSeeker(seeker=shown[wish.id], is_must=wish.is_must) for wish in wishes if wish.rank],
        rather_not=[shown[wish.id] for wish in wishes if not wish.rank],
        seekers=seekers.get(found.event_id, 0),
    )


def wish_employer(found: Found) -> WishEmployer:
    """The employer of a desk."""
    return WishEmployer(
        id=found.employer_id,
        name=found.employer_name,
        initials=initials(found.employer_name),
        competences_wanted=found.competences_wanted or [],
    )


def wish_desk(found: Found, *, person_id: UUID) -> WishDesk:
    """The desk as `person_id` sees it."""
    return WishDesk(
        id=found.desk_id,
        number=found.number,
        form=found.form,
        station_name=found.station_name,
        recruiter_name=found.recruiter_name,
        is_mine=found.recruiter_id == person_id,
        on_duty_from=found.on_duty_from,
        on_duty_until=found.on_duty_until,
    )


def wishable_seeker(found: Found, competences: Sequence[str], desk: Found) -> WishableSeeker:
    """A seeker as the employer of `desk` may see them before the event."""
    return WishableSeeker(
        id=found.id,
        name=found.name,
        initials=initials(found.name),
        competences=list(competences),
        matching=vocabulary().matching(desk.competences_wanted or [], competences),
    )


def _employers(rows: Sequence[Found], competences: Sequence[str]) -> list[WishableEmployer]:
    found: dict[UUID, WishableEmployer] = {}
    for row in rows:
        employer = found.get(row.id)
        if employer is None:
            wanted = row.competences_wanted or []
            employer = found[row.id] = WishableEmployer(
                id=row.id,
                name=row.name,
                initials=initials(row.name),
                about=row.about or "",
                roles=row.roles or [],
                competences_wanted=wanted,
                matching=vocabulary().matching(wanted, competences),
                forms=[],
            )
        if row.form not in employer.forms:
            employer.forms.append(row.form)
    return list(found.values())


def _times(spans: Sequence[Span]) -> list[WishTime]:
    return [WishTime(starts_at=span.starts_at, ends_at=span.ends_at) for span in spans]


def _said(spans: Sequence[Span]) -> list[tuple[Any, Any]]:
    return [(span.starts_at, span.ends_at) for span in spans]


def _ranks(wishes: Sequence[Found]) -> list[tuple[str, int, bool]]:
    return [(str(wish.id), wish.rank, wish.is_must) for wish in wishes]
