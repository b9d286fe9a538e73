"""An employer's own page, and its word to the agency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback import visibility
from feedback.instrument import find
from feedback.visibility import Viewer
from server.applications import repository as applications
from server.applications.rules import LEADING_ON, WAITING, Status
from server.employer_pages import repository, rules
from server.employer_pages.rules import Held, Outcome
from server.employer_pages.shapes import (
    AgencyAnswers,
    AgencyFeedback,
    AgencySum,
    AgencySums,
    EmployerPage,
    Interested,
    LedTo,
    PeopleMet,
    PersonAgain,
    QuestionSum,
    TimeOfEmployer,
    WaitingAnswer,
)
from server.employer_pages.tables import AgencyFeedbackRow
from server.identity.tables import OrganisationRow
from server.kit.rows import Found
from server.kit.words import initials
from server.reading import repository as reading
from server.reading.answers import shown_to
from server.scorecards.cards import instrument_of

GIVEN_MAX = 5000


class StandsFast(Exception):
    """The answer is counted in a sum that others have seen."""


async def read_page(session: AsyncSession, organisation_id: UUID, *, person_id: UUID, now: datetime) -> EmployerPage:
    """What an employer's recruiters see of its own meetings, feedback and applications."""
    name = (await session.get_one(OrganisationRow, organisation_id)).name
    talks = await repository.list_talks(session, organisation_id)
    received = await applications.list_outcomes(session, organisation_id)
    answered, going_on = await _feedback(session, organisation_id, person_id=person_id, now=now)
    going_on |= {row.seeker_id for row in received if row.status in LEADING_ON}
    hired = {row.seeker_id for row in received if row.status == Status.HIRED}
    met = {row.seeker_id for row in talks}
    people = Counter(
        rules.outcome(is_hired=one in hired, goes_on=one in going_on, has_feedback=one in answered) for one in met
    )
    spent = rules.time_spent(_held(row) for row in talks)
    return EmployerPage(
        id=organisation_id,
        name=name,
        initials=initials(name),
        since=talks[0].talk_started_at if talks else None,
        people=PeopleMet(
            hired=people[Outcome.HIRED],
            next=people[Outcome.NEXT],
            feedback=people[Outcome.FEEDBACK],
            nothing=people[Outcome.NOTHING],
        ),
        time=TimeOfEmployer(
            talk_s=spent.talk_s,
            feedback_s=spent.feedback_s,
            wait_s=spent.wait_s,
            half_days=spent.half_days,
            usual_feedback_s=spent.usual_feedback_s,
        ),
        led_to=_led_to(received, talks),
        waiting=_waiting(received),
        again=await _again(session, talks),
        interested=[
            Interested(vacancy_id=vacancy_id, count=count)
            for vacancy_id, count in Counter(
                row.vacancy_id for row in received if row.status != Status.WITHDRAWN
            ).items()
        ],
    )


async def list_said(
    session: AsyncSession, organisation_ids: Collection[UUID], *, now: datetime
) -> list[AgencyFeedback]:
    """Events that have begun, and what these employers have said of them."""
    events = await repository.list_events(session, organisation_ids, now=now)
    answers = await repository.list_answers(session, {event.id for event in events})
    return [_said(event, answers.get(event.id, [])) for event in events]


async def say(
    session: AsyncSession,
    event_id: UUID,
    organisation_id: UUID,
    *,
    answers: dict[str, int],
    person_id: UUID,
    now: datetime,
) -> AgencyFeedback | None:
    """Keep an employer's word of an event; None where it has no desk at one that has begun.

    Raises:
        StandsFast: the answer is counted in a sum already.
    """
    await repository.lock_event(session, event_id)
    begun = await repository.list_events(session, [organisation_id], now=now)
    event = next((one for one in begun if one.id == event_id), None)
    if event is None:
        return None
    if _said(event, await _answers(session, event_id)).stands_fast:
        raise StandsFast("this answer is counted, and stands as it is")
    row = await session.get(AgencyFeedbackRow, (event_id, organisation_id)) or AgencyFeedbackRow(
        recruitment_event_id=event_id, organisation_id=organisation_id, said_by=person_id, said_at=now, **answers
    )
    for question, value in answers.items():
        setattr(row, question, value)
    session.add(row)
    await session.flush()
    return _said(event, await _answers(session, event_id))


async def read_sums(session: AsyncSession, *, person_id: UUID) -> AgencySums:
    """What employers say of the events of somebody's staff: in whole batches of five, never fewer."""
    events = await repository.list_staffs_events(session, person_id)
    answers = await repository.list_answers(session, {event.id for event in events})
    groups = {event.id: rules.counted(answers.get(event.id, [])) for event in events}
    return AgencySums(
        total=_sum(
            None, (one for group in groups.values() for one in group.shown), sum(g.waiting for g in groups.values())
        ),
        events=[_sum(event, groups[event.id].shown, groups[event.id].waiting) for event in events],
    )


async def _feedback(
    session: AsyncSession, organisation_id: UUID, *, person_id: UUID, now: datetime
) -> tuple[set[UUID], set[UUID]]:
    """Who got this employer's own feedback, and to whom it said yes, through the door that feedback is read by."""
    viewer = Viewer(visibility.Role.RECRUITER, person_id, organisation_id=organisation_id)
    answered: set[UUID] = set()
    going_on: set[UUID] = set()
    for found in await reading.list_given_by(session, [organisation_id], limit=GIVEN_MAX):
        shown, answers = shown_to(found, viewer, now=now)
        if shown.existence:
            answered.add(found.row.seeker_id)
        step = find(instrument_of(found.row).next_step.choices, answers.next_step or "")
        if step is not None and step.goes_on:
            going_on.add(found.row.seeker_id)
    return answered, going_on


async def _again(session: AsyncSession, talks: Sequence[Found]) -> list[PersonAgain]:
    """Those whom the employer has met and who agreed to be found, by name; nobody else is named here."""
    findable = await applications.list_findable(session, {row.seeker_id for row in talks})
    last = {row.seeker_id: row for row in talks if row.seeker_id in findable}
    counts = Counter(row.seeker_id for row in talks)
    known = await applications.list_competences(session, last)
    return [
        PersonAgain(
            id=row.seeker_id,
            name=row.seeker_name,
            initials=initials(row.seeker_name),
            competences=list(known[row.seeker_id]),
            met_at=row.talk_started_at,
            talks=counts[row.seeker_id],
        )
        for row in sorted(last.values(), key=lambda row: (row.seeker_name.casefold(), str(row.seeker_id)))
    ]


async def _answers(session: AsyncSession, event_id: UUID) -> Sequence[Found]:
    return (await repository.list_answers(session, [event_id])).get(event_id, [])


def _held(row: Found) -> Held:
    zone = ZoneInfo(row.zone)

    def local(at: datetime | None) -> datetime | None:
        return at and at.astimezone(zone)

    return Held(
        called_at=local(row.called_at),
        started_at=row.talk_started_at.astimezone(zone),
        talk_ends_at=local(row.talk_ends_at),
        closed_at=local(row.closed_at),
        is_sent=row.closed_by == "sent",
    )


def _led_to(received: Sequence[Found], talks: Sequence[Found]) -> LedTo:
    by_status = Counter(row.status for row in received)
    return LedTo(
        applications=len(received),
        from_meetings=sum(row.met_at is not None for row in received),
        in_conversation=by_status[Status.IN_CONVERSATION],
        offered=by_status[Status.OFFERED],
        hired=by_status[Status.HIRED],
        met_again=sum(count > 1 for count in Counter(row.seeker_id for row in talks).values()),
    )


def _waiting(received: Sequence[Found]) -> list[WaitingAnswer]:
    return [
        WaitingAnswer(
            application_id=row.id,
            seeker_name=row.seeker_name,
            seeker_initials=initials(row.seeker_name),
            title=row.title,
            sent_at=row.sent_at,
        )
        for row in received
        if row.status in WAITING
    ]


def _said(event: Found, answers: Sequence[Found]) -> AgencyFeedback:
    places = {row.organisation_id: place for place, row in enumerate(answers)}
    place = places.get(event.organisation_id)
    mine = answers[place] if place is not None else None
    return AgencyFeedback(
        recruitment_event_id=event.id,
        event_name=event.name,
        starts_at=event.starts_at,
        organisation_id=event.organisation_id,
        employer_name=event.employer_name,
        answers=AgencyAnswers(**{name: getattr(mine, name) for name in rules.QUESTIONS}) if mine else None,
        stands_fast=place is not None and rules.is_counted(place, answers=len(answers)),
    )


def _sum(event: Found | None, answers: Iterable[Found], waiting: int) -> AgencySum:
    found = rules.summed({name: getattr(row, name) for name in rules.QUESTIONS} for row in answers)
    return AgencySum(
        recruitment_event_id=event.id if event else None,
        name=event.name if event else None,
        employers=found.employers,
        waiting=waiting,
        questions=[
            QuestionSum.model_validate({"question": name, "steps": found.steps[name]}) for name in rules.QUESTIONS
        ]
        if found.employers
        else [],
    )
