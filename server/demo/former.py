"""People who came to the earlier event: enough of them, with ratings drawn from a seed, that bands can be found.

What they were given is drawn from the estimator's own model with nothing of anybody in it. Their names are nobody's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.instrument import Instrument
from feedback.pack_loader import newest_pack
from server.demo.crowd import FAMILIES, MEN, WOMEN
from server.demo.ids import demo_id
from server.demo.past_meeting import FEEDBACK, OPENS, TALK, given, on_day, past_meeting
from server.employer_pages.tables import AgencyFeedbackRow
from server.identity.roles import Role
from server.identity.tables import PersonRow, RoleRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow
from server.recruitment_events.templates import pack_of
from server.scorecards.tables import ScorecardRow

SEED = 20261
OWN = "fjallnat"
PEOPLE = 30
MEETINGS = (3, 4, 5, 6)
THRESHOLDS = (-2.6, -1.0, 0.6, 2.4)
PERSON, SPECIAL, EMPLOYER, MEETING = 1.0, 0.6, 0.6, 0.7
NOT_SEEN = 0.06
NEXT_STEP = ("not_yet", "yes_with_support", "yes_with_support", "yes")
DO_NEXT = ("tell_own_part", "give_concrete_example", "ask_own_questions", "tie_goals_to_role")


# Those who say something to the agency of the day; the demo's own recruiter has yet to.
SAID = ((4, 5, 4, 5), (5, 4, 4, 5), (3, 4, 5, 4), (4, 4, 3, 4), (4, 5, 5, 5))


async def add_former(
    session: AsyncSession,
    event: RecruitmentEventRow,
    recruiters: Mapping[str, UUID],
    *,
    first_desk: int,
    now: datetime,
) -> None:
    """The people, a desk for each employer, and what was said of each meeting."""
    random, instrument = Random(SEED), newest_pack(pack_of("demo"))
    people = _people(now=now)
    session.add_all(people)
    desks = {key: _desk(event, demo_id("organisation", key), who) for key, who in recruiters.items()}
    for number, desk in enumerate(desks.values(), start=first_desk):
        desk.number = number
    session.add_all(desks.values())
    await session.flush()
    session.add_all(RoleRow(person_id=person.id, role=Role.SEEKER) for person in people)
    severity = {key: random.gauss(0.0, EMPLOYER) for key in desks}
    meetings: list[tuple[MeetingRow, ScorecardRow]] = []
    for number, person in enumerate(people):
        met = random.sample(sorted(desks), k=MEETINGS[number % len(MEETINGS)])
        place = [random.gauss(0.0, PERSON) + one for one in (random.gauss(0.0, SPECIAL) for _ in instrument.items)]
        for turn, key in enumerate(met):
            # Everybody has a day of their own at each turn, and a time of their own on it.
            began = on_day(now - timedelta(days=28 - 2 * turn - number // 15), OPENS) + (number % 15) * (
                TALK + FEEDBACK
            )
            meeting = past_meeting(desks[key], person.id, began)
            level = severity[key] + random.gauss(0.0, MEETING)
            answers = _answers(random, [one + level for one in place], instrument)
            meetings.append((meeting, given(meeting, recruiters[key], instrument, answers, opened=True)))
    session.add_all(meeting for meeting, _ in meetings)
    await session.flush()
    session.add_all(card for _, card in meetings)
    session.add_all(_said(event, recruiters, now=now))


def _said(event: RecruitmentEventRow, recruiters: Mapping[str, UUID], *, now: datetime) -> list[AgencyFeedbackRow]:
    others = [key for key in sorted(recruiters) if key != OWN][: len(SAID)]
    return [
        AgencyFeedbackRow(
            recruitment_event_id=event.id,
            organisation_id=demo_id("organisation", key),
            right_people=right_people,
            time_well_spent=time_well_spent,
            help=help_given,
            come_again=come_again,
            said_by=recruiters[key],
            said_at=now - timedelta(days=12),
        )
        for key, (right_people, time_well_spent, help_given, come_again) in zip(others, SAID, strict=True)
    ]


def _people(*, now: datetime) -> list[PersonRow]:
    families, first_names = FAMILIES.split(), (WOMEN.split() + MEN.split())[:PEOPLE]
    names = [f"{first} {families[(5 * number + 4) % len(families)]}" for number, first in enumerate(first_names)]
    return [
        PersonRow(id=demo_id("former", name), name=name, email=f"tidigare{number}@demo.example", created_at=now)
        for number, name in enumerate(names, start=1)
    ]


def _desk(event: RecruitmentEventRow, organisation_id: UUID, recruiter_id: UUID) -> DeskRow:
    return DeskRow(
        recruitment_event_id=event.id,
        organisation_id=organisation_id,
        recruiter_id=recruiter_id,
        number=0,
        form="video",
        on_duty_from=event.starts_at,
        on_duty_until=event.ends_at,
    )


def _answers(random: Random, levels: list[float], instrument: Instrument) -> dict[str, Any]:
    ratings = {item.code: _rating(random, level) for item, level in zip(instrument.items, levels, strict=True)}
    seen = [value for value in ratings.values() if value is not None]
    mean = sum(seen) / len(seen) if seen else 3.0
    return {
        "ratings": ratings,
        "next_step": NEXT_STEP[min(3, max(0, int(mean) - 2))],
        "worked": ["good_questions"],
        "do_next": [random.choice(DO_NEXT)],
        "enabling": [],
    }


def _rating(random: Random, level: float) -> int | None:
    if random.random() < NOT_SEEN:
        return None
    drawn = random.random()
    return 1 + sum(drawn > 1.0 / (1.0 + math.exp(-(threshold - level))) for threshold in THRESHOLDS)
