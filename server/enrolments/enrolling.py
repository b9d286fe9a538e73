"""Enrolling seekers in an event, one or hundreds, in the same statements."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.enrolments import repository, rows
from server.enrolments.refusals import EnrolmentRefused, MustNotWished, TooManyMusts, UnknownEmployer
from server.enrolments.values import MUSTS_MAX, Needs, NewSeeker
from server.identity.roles import Role
from server.identity.tables import PersonRow, RoleRow
from server.kit.rows import Found
from server.planning.announcements import tell_seeker
from server.profiles.tables import CompetenceRow
from server.recruitment_events.tables import (
    AccessNeedRow,
    EnrolmentRow,
    RecruitmentEventRow,
    SchedulingNeedRow,
    WishRow,
)

OWN_WORDS = "self"
LOCALE = "sv"
LABEL_CHARS_MAX = 80


@dataclass(frozen=True, slots=True)
class Enrolled:
    """What enrolling somebody made."""

    person_id: UUID
    person_is_new: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody to enrol, known or made, with what is to be said of them."""

    row: PersonRow
    is_new: bool
    new: NewSeeker


async def enrol_all(
    session: AsyncSession, event: RecruitmentEventRow, seekers: Sequence[NewSeeker], *, now: datetime
) -> list[Enrolled]:
    """Enrol seekers, or renew what is known of those who are enrolled; who joins a published event is told.

    No address stands there twice. Competences are written only where the seeker's own profile names none: the
    profile is theirs. The number of statements does not depend on how many they are; a few hundred at a time keep
    the server answering others.

    Raises:
        EnrolmentRefused: one of them cannot be enrolled; `at` says which.
    """
    here = await repository.list_employer_ids(session, event.id)
    for at, new in enumerate(seekers):
        _check(new, here, at)
    people = await _people(session, seekers, now=now)
    ids = [person.row.id for person in people]
    known = await rows.find_enrolled(session, event.id, ids)
    await _write_roles(session, ids)
    await _write_enrolments(session, event.id, people, known, now=now)
    await _write_competences(session, people)
    await _write_wishes(session, event.id, people, known)
    await _write_needs(session, event.id, people, known)
    enrolled = [Enrolled(person.row.id, person.is_new, person.row.id not in known) for person in people]
    if event.status == "published":
        for person, made in zip(people, enrolled, strict=True):
            if made.is_new:
                tell_seeker(session, event, person.row, [], "published", now=now)
        await session.flush()
    return enrolled


def _check(new: NewSeeker, here: Collection[UUID], at: int) -> None:
    starts, ends = new.available_from, new.available_until
    if starts is not None and ends is not None and ends <= starts:
        raise EnrolmentRefused("the hours end after they begin", at=at)
    if not {*new.wishes, *new.avoids} <= set(here):
        raise UnknownEmployer("a wish is for an employer that is not at this event", at=at)
    if len(set(new.musts)) > MUSTS_MAX:
        raise TooManyMusts(f"at most {MUSTS_MAX} wishes can be a must", at=at)
    if not set(new.musts) <= set(new.wishes) - set(new.avoids):
        raise MustNotWished("a must-have is one of the wishes", at=at)


async def _people(session: AsyncSession, seekers: Sequence[NewSeeker], *, now: datetime) -> list[_Person]:
    """The people in the order given. What somebody known has said of themselves stays."""
    emails = {new.email.lower() for new in seekers if new.email}
    before = await rows.find_people(session, emails)
    fresh = [
        PersonRow(
            id=uuid4(),
            name=new.name,
            email=new.email.lower() if new.email else None,
            phone=new.phone,
            locale=LOCALE,
            created_at=now,
        )
        for new in seekers
        if not new.email or new.email.lower() not in before
    ]
    await rows.add_people(session, [row.model_dump() for row in fresh])
    # Somebody else may have entered the same address at the same moment: then theirs is the person.
    after = await rows.find_people(session, {row.email for row in fresh if row.email})
    ours = {row.id for row in fresh if row.email is None or after[row.email].id == row.id}
    found = {email: _person_row(row) for email, row in (before | after).items()}
    nameless = iter([row for row in fresh if row.email is None])
    people = [found[new.email.lower()] if new.email else next(nameless) for new in seekers]
    return [_Person(row, row.id in ours, new) for row, new in zip(people, seekers, strict=True)]


def _person_row(found: Found) -> PersonRow:
    return PersonRow(id=found.id, name=found.name, email=found.email, locale=found.locale, created_at=found.created_at)


async def _write_roles(session: AsyncSession, ids: Sequence[UUID]) -> None:
    have = await rows.find_seekers(session, ids)
    missing = [
        {"id": uuid4(), "person_id": person_id, "role": Role.SEEKER} for person_id in ids if person_id not in have
    ]
    await rows.add_rows(session, RoleRow, missing)


async def _write_enrolments(
    session: AsyncSession, event_id: UUID, people: Sequence[_Person], known: Mapping[UUID, Found], *, now: datetime
) -> None:
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for person in people:
        new, earlier = person.new, known.get(person.row.id)
        values = {
            "form": new.form,
            "available_from": new.available_from,
            "available_until": new.available_until,
            "languages": list(new.languages),
            "relay_only": new.relay_only,
            "gender": new.gender or (earlier.gender if earlier else None),
            "birth_year": new.birth_year or (earlier.birth_year if earlier else None),
        }
        if earlier:
            changed.append(values | {"of_seeker": person.row.id})
        else:
            whose = {"recruitment_event_id": event_id, "seeker_id": person.row.id, "created_at": now}
            fresh.append(values | whose)
    await rows.add_rows(session, EnrolmentRow, fresh)
    await rows.change_enrolments(session, event_id, changed)


async def _write_competences(session: AsyncSession, people: Sequence[_Person]) -> None:
    telling = [person for person in people if person.new.competences]
    if not telling:
        return
    skilled = await rows.find_skilled(session, [person.row.id for person in telling])
    found = [
        {
            "id": uuid4(),
            "person_id": person.row.id,
            "position": position,
            "label": label[:LABEL_CHARS_MAX],
            "detail": "",
            "evidence": OWN_WORDS,
        }
        for person in telling
        if person.row.id not in skilled
        for position, label in enumerate(vocabulary().distinct(person.new.competences))
    ]
    await rows.add_rows(session, CompetenceRow, found)


async def _write_wishes(
    session: AsyncSession, event_id: UUID, people: Sequence[_Person], known: Mapping[UUID, Found]
) -> None:
    """Ranks in the order of the wishes; what was a must stays one where it is still wished for."""
    musts: dict[UUID, set[UUID]] = {person.row.id: set(person.new.musts) for person in people}
    if known:
        kept = _kept_musts(await rows.list_wishes(session, event_id, known))
        for person in people:
            if not person.new.musts:
                musts[person.row.id] = kept.get(person.row.id, set())
        await rows.delete_of_seekers(session, WishRow, event_id, known)
    found: list[dict[str, Any]] = []
    for person in people:
        for organisation_id, rank in ranks_of(person.new.wishes, person.new.avoids).items():
            is_must = rank > 0 and organisation_id in musts[person.row.id]
            whose = {"recruitment_event_id": event_id, "seeker_id": person.row.id}
            found.append(whose | {"organisation_id": organisation_id, "rank": rank, "is_must": is_must})
    await rows.add_rows(session, WishRow, found)


def _kept_musts(wishes: Sequence[Found]) -> dict[UUID, set[UUID]]:
    kept: dict[UUID, set[UUID]] = {}
    for wish in wishes:
        if wish.is_must:
            kept.setdefault(wish.seeker_id, set()).add(wish.organisation_id)
    return kept


def ranks_of(wishes: Collection[UUID], avoids: Collection[UUID]) -> dict[UUID, int]:
    """Ranks from 1 for wishes, each once, and 0 for whom one would rather not meet."""
    ranks = dict.fromkeys(avoids, 0)
    return ranks | {wish: rank for rank, wish in enumerate(dict.fromkeys(w for w in wishes if w not in ranks), start=1)}


async def _write_needs(
    session: AsyncSession, event_id: UUID, people: Sequence[_Person], known: Mapping[UUID, Found]
) -> None:
    await rows.delete_of_seekers(session, AccessNeedRow, event_id, known)
    words = [
        {"id": uuid4(), "recruitment_event_id": event_id, "seeker_id": person.row.id, "need": need}
        for person in people
        for need in dict.fromkeys(person.new.access_needs)
    ]
    await rows.add_rows(session, AccessNeedRow, words)
    telling = [(person.row.id, person.new.needs) for person in people if person.new.needs is not None]
    await rows.delete_of_seekers(session, SchedulingNeedRow, event_id, [one for one, _ in telling if one in known])
    planned = [
        {
            "recruitment_event_id": event_id,
            "seeker_id": person_id,
            "extra_time": needs.extra_time,
            "accessible_station": needs.accessible_station,
            "interpreter": needs.interpreter,
        }
        for person_id, needs in telling
        if needs != Needs()
    ]
    await rows.add_rows(session, SchedulingNeedRow, planned)
