"""What the entries of an import become at the event: employers and seekers to bring."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from server.employers.service import NewEmployer, NewPerson
from server.enrolments.rows import Said
from server.enrolments.values import Needs, NewSeeker
from server.imports.values import AccessNeed, Contact, EmployerEntry, SeekerEntry
from server.recruitment_events.rules import instant
from server.recruitment_events.tables import RecruitmentEventRow


def new_employer(event: RecruitmentEventRow, entry: EmployerEntry) -> NewEmployer:
    """The employer to bring, its hours on the day of the event."""
    return NewEmployer(
        name=entry.name[:120],
        number=entry.org_number,
        about=(entry.about or "")[:2000],
        competences_wanted=tuple(label[:80] for label in entry.competences),
        recruiters=tuple(_new_person(contact, entry.name) for contact in entry.contacts),
        form=entry.form,
        desks=entry.recruiter_count,
        station=entry.station[:60] if entry.station else None,
        on_duty_from=_at(event, entry.starts),
        on_duty_until=_at(event, entry.ends),
    )


def new_seeker(event: RecruitmentEventRow, entry: SeekerEntry, earlier: Said | None) -> NewSeeker:
    """The seeker to enrol; of one who is enrolled already, what the file does not say stays as it was."""
    seeker = NewSeeker(
        name=entry.name[:120],
        email=entry.email,
        phone=entry.phone[:30] if entry.phone else None,
        form=None if entry.form == "either" else entry.form,
        available_from=_at(event, entry.starts),
        available_until=_at(event, entry.ends),
        gender=entry.gender,
        birth_year=entry.birth_year,
        languages=entry.languages,
        competences=entry.competences,
        wishes=tuple(UUID(key) for key in entry.wishes),
        avoids=tuple(UUID(key) for key in entry.avoids),
        access_needs=tuple(_need(need) for need in entry.access_needs),
        needs=Needs(**asdict(entry.scheduling)) if entry.scheduling else None,
    )
    return seeker if earlier is None else _renewed(seeker, entry, earlier)


def _renewed(seeker: NewSeeker, entry: SeekerEntry, earlier: Said) -> NewSeeker:
    wishes = seeker.wishes or tuple(wish for wish in earlier.wishes if wish not in seeker.avoids)
    return replace(
        seeker,
        form=seeker.form if entry.form is not None else earlier.form,
        available_from=seeker.available_from if entry.tells_hours else earlier.available_from,
        available_until=seeker.available_until if entry.tells_hours else earlier.available_until,
        languages=seeker.languages or earlier.languages,
        wishes=wishes,
        avoids=seeker.avoids or tuple(avoid for avoid in earlier.avoids if avoid not in wishes),
        access_needs=seeker.access_needs or tuple(earlier.access_needs),
        relay_only=earlier.relay_only,
    )


def _new_person(contact: Contact, employer: str) -> NewPerson:
    name = contact.name or (contact.email or employer).partition("@")[0]
    return NewPerson(name=name[:120], email=contact.email, phone=contact.phone[:30] if contact.phone else None)


def _need(need: AccessNeed) -> str:
    return (need.detail or need.code)[:200]


def _at(event: RecruitmentEventRow, clock: time | None) -> datetime | None:
    """The instant of a local clock time on the day of the event."""
    if clock is None:
        return None
    zone = ZoneInfo(event.zone)
    return instant(event.starts_at.astimezone(zone).date(), clock, zone)
