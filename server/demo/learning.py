"""What the demo's job seeker has learnt so far: goals, things to do, thoughts, claims and whom they know."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.claims.service import key_of
from server.claims.tables import CompetenceConfirmationRow, InventoryAnswerRow
from server.demo.ids import demo_id
from server.kit.clock import day_of
from server.learning.tables import ActionRow, GoalCheckRow, ReflectionRow
from server.preparing.tables import NetworkContactRow, RehearsalTickRow
from server.profiles.tables import CompetenceRow
from server.reading.tables import GoalRow
from server.scorecards.tables import ScorecardRow

WHO = "leila"
CONFIRMED = "SQL och datamodeller"
TAUGHT = "Jag höll i läxhjälpen i föreningen och visade hur man felsöker sin egen kod."


async def add_learning(session: AsyncSession, *, now: datetime) -> None:
    """The loop of the demo's job seeker, from the feedback that they have had."""
    person_id = demo_id("person", WHO)
    query = select(ScorecardRow).where(
        col(ScorecardRow.seeker_id) == person_id, col(ScorecardRow.opened_at).is_not(None)
    )
    cards = (await session.exec(query.order_by(col(ScorecardRow.sent_at)))).all()
    if len(cards) < 2:
        return
    await _goals(session, person_id, cards[0], cards[-2], now=now)
    _actions(session, person_id, cards[-1], now=now)
    session.add(
        ReflectionRow(
            meeting_id=cards[-1].meeting_id,
            person_id=person_id,
            answers={"went_well": "Jag vågade fråga hur de testar.", "next_time": "Säga vad jag själv gjorde först."},
            at=now - timedelta(days=8),
        )
    )
    _claims(session, person_id, cards[-2], now=now)
    session.add_all(RehearsalTickRow(person_id=person_id, point=one, at=now) for one in ("one_example", "their_needs"))
    for name, circle, can_help, asked in (
        ("Petra", "friends", "Kan öva högt med mig", True),
        ("Kusin Navid", "family", "Jobbar på ett lager som byter system", False),
    ):
        session.add(
            NetworkContactRow(
                person_id=person_id, name=name, circle=circle, can_help=can_help, asked=asked, created_at=now
            )
        )


async def _goals(
    session: AsyncSession, person_id: UUID, first: ScorecardRow, reached: ScorecardRow, *, now: datetime
) -> None:
    goal = GoalRow(
        person_id=person_id,
        text="Ställa minst en egen fråga",
        status="closed",
        set_at=(first.sent_at or now) + timedelta(hours=2),
        ended_at=reached.sent_at,
    )
    session.add(goal)
    await session.flush()
    session.add(
        GoalCheckRow(goal_id=goal.id, meeting_id=reached.meeting_id, outcome="reached", at=reached.sent_at or now)
    )


def _actions(session: AsyncSession, person_id: UUID, card: ScorecardRow, *, now: datetime) -> None:
    day = day_of(now)
    from_chip = {"scorecard_id": card.id, "chip": card.answers["do_next"][0]}
    written = {"text": "Skriv ner tre saker jag själv gjorde"}
    for ahead_days, more in (
        (3, from_chip),
        (-1, {"text": "Öva högt med Petra"}),
        (-4, written | {"state": "done", "ended_at": now - timedelta(days=5)}),
    ):
        due_on = day + timedelta(days=ahead_days)
        session.add(
            ActionRow(
                person_id=person_id,
                due_on=due_on,
                first_due_on=due_on,
                created_at=now - timedelta(days=8),
                **more,
            )
        )


def _claims(session: AsyncSession, person_id: UUID, card: ScorecardRow, *, now: datetime) -> None:
    session.add(
        CompetenceConfirmationRow(
            person_id=person_id,
            key=key_of(CONFIRMED),
            label=CONFIRMED,
            organisation_id=card.organisation_id,
            recruiter_id=card.recruiter_id,
            at=card.sent_at or now,
        )
    )
    session.add(
        CompetenceRow(
            person_id=person_id,
            position=9,
            label="Lära ut",
            evidence="informal",
            own_evidence="informal",
            example=TAUGHT,
        )
    )
    session.add(
        InventoryAnswerRow(
            person_id=person_id,
            situation="association",
            answers={"what": TAUGHT},
            proof="somebody",
            kept=["teaching_others"],
            state="done",
            at=now - timedelta(days=2),
        )
    )
