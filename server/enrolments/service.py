"""Enrolling seekers in an event, and changing what was said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from server.enrolments import repository
from server.enrolments.enrolling import Enrolled, enrol_all, ranks_of
from server.enrolments.refusals import EnrolmentRefused, MustNotWished, TooManyMusts, UnknownEmployer
from server.enrolments.values import MUSTS_MAX, Needs, NewSeeker
from server.recruitment_events.tables import (
    AccessNeedRow,
    EnrolmentRow,
    RecruitmentEventRow,
    SchedulingNeedRow,
    WishRow,
)


class HasMeetings(EnrolmentRefused):
    """Meetings are laid for the seeker."""


async def enrol(session: AsyncSession, event: RecruitmentEventRow, new: NewSeeker, *, now: datetime) -> Enrolled:
    """Enrol a seeker, or renew what is known of one who is enrolled; who joins a published event is told.

    Raises:
        UnknownEmployer: a wish is for an employer that is not at the event.
        EnrolmentRefused: their hours end before they begin.
    """
    [enrolled] = await enrol_all(session, event, [new], now=now)
    return enrolled


async def change(
    session: AsyncSession, event: RecruitmentEventRow, enrolment: EnrolmentRow, changes: Mapping[str, Any]
) -> None:
    """Change what was said of a seeker; lists that are given replace what stood there.

    Raises:
        UnknownEmployer: a wish is for an employer that is not at the event.
        EnrolmentRefused: their hours end before they begin.
    """
    for name in ("form", "available_from", "available_until", "relay_only"):
        if name in changes:
            setattr(enrolment, name, changes[name])
    starts, ends = enrolment.available_from, enrolment.available_until
    if starts is not None and ends is not None and ends <= starts:
        raise EnrolmentRefused("the hours end after they begin")
    if "languages" in changes:
        enrolment.languages = list(changes["languages"])
    session.add(enrolment)
    await _write_wishes(session, event, enrolment.seeker_id, changes)
    if "access_needs" in changes:
        await repository.delete_access_needs(session, event.id, enrolment.seeker_id)
        for need in dict.fromkeys(changes["access_needs"]):
            session.add(AccessNeedRow(recruitment_event_id=event.id, seeker_id=enrolment.seeker_id, need=need))
    if "needs" in changes:
        await _write_needs(session, event, enrolment.seeker_id, changes["needs"])
    await session.flush()


async def withdraw(session: AsyncSession, event: RecruitmentEventRow, enrolment: EnrolmentRow) -> None:
    """Take a seeker out of the event; the person and their profile stay.

    Raises:
        HasMeetings: meetings are laid for them.
    """
    if await repository.has_meetings(session, event.id, enrolment.seeker_id):
        raise HasMeetings("cancel or take away the seeker's meetings first")
    await repository.delete_everything_said(session, event.id, enrolment.seeker_id)
    await session.delete(enrolment)
    await session.flush()


async def _write_wishes(
    session: AsyncSession, event: RecruitmentEventRow, seeker_id: UUID, changes: Mapping[str, Any]
) -> None:
    if not {"wishes", "avoids", "musts"} & set(changes):
        return
    here = await repository.list_employer_ids(session, event.id)
    if not {*changes.get("wishes", ()), *changes.get("avoids", ())} <= here:
        raise UnknownEmployer("a wish is for an employer that is not at this event")
    known = [
        wish for wish in await repository.list_wishes(session, event.id, seeker_id) if wish.organisation_id in here
    ]
    avoids = list(dict.fromkeys(changes.get("avoids", [wish.organisation_id for wish in known if not wish.rank])))
    wishes = [wish for wish in dict.fromkeys(changes.get("wishes", _ranked(known))) if wish not in avoids]
    musts = _musts(changes, known, wishes)
    await repository.delete_wishes(session, event.id, seeker_id)
    for organisation_id, rank in ranks_of(wishes, avoids).items():
        session.add(
            WishRow(
                recruitment_event_id=event.id,
                seeker_id=seeker_id,
                organisation_id=organisation_id,
                rank=rank,
                is_must=organisation_id in musts,
            )
        )
    await session.flush()


def _musts(changes: Mapping[str, Any], known: Sequence[WishRow], wishes: Sequence[UUID]) -> set[UUID]:
    """The must-haves that are given, else those known that are still wished for."""
    if "musts" not in changes:
        return {wish.organisation_id for wish in known if wish.is_must} & set(wishes)
    given = set(changes["musts"])
    if len(given) > MUSTS_MAX:
        raise TooManyMusts(f"at most {MUSTS_MAX} wishes can be a must")
    if not given <= set(wishes):
        raise MustNotWished("a must-have is one of the wishes")
    return given


def _ranked(wishes: Sequence[WishRow]) -> list[UUID]:
    return [wish.organisation_id for wish in sorted(wishes, key=lambda wish: wish.rank) if wish.rank]


async def _write_needs(session: AsyncSession, event: RecruitmentEventRow, seeker_id: UUID, needs: Needs) -> None:
    row = await session.get(SchedulingNeedRow, (event.id, seeker_id))
    if needs == Needs():
        if row is not None:
            await session.delete(row)
        return
    row = row or SchedulingNeedRow(recruitment_event_id=event.id, seeker_id=seeker_id)
    row.extra_time, row.accessible_station, row.interpreter = (
        needs.extra_time,
        needs.accessible_station,
        needs.interpreter,
    )
    session.add(row)
