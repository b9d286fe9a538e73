"""The order of ready phrases at a desk, on both engines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from feedback.pack_loader import newest_pack
from server.employers.tables import RequirementProfileRow
from server.identity.tables import OrganisationRow
from server.meetings.tables import MeetingRow
from server.scorecards.tables import ScorecardRow
from server.scorecards.use import EMPLOYERS_MIN, role_use
from tests.server.hall import COMPLETE, Hall


async def test_what_the_employer_picked_comes_first_and_nobody_elses_desk_is_asked(hall: Hall) -> None:
    before = (await hall.recruiter.get(f"/api/desks/{hall.desk}/chips")).json()
    await hall.meet()
    await hall.give_feedback(answers=COMPLETE | {"worked": ["saw_customer_need"], "do_next": ["practise_networks"]})

    after = (await hall.recruiter.get(f"/api/desks/{hall.desk}/chips")).json()
    other = await hall.other_recruiter.get(f"/api/desks/{hall.desk}/chips")

    assert (before["worked"][0], before["do_next"][0]) == ("clear_example", "tell_own_part")
    assert (after["worked"][0], after["do_next"][0]) == ("saw_customer_need", "practise_networks")
    assert sorted(after["worked"]) == sorted(before["worked"])
    assert other.status_code == 404


@pytest.mark.parametrize(("others", "counted"), [(EMPLOYERS_MIN - 1, 0), (EMPLOYERS_MIN, EMPLOYERS_MIN)])
async def test_others_of_the_same_occupation_count_only_as_a_crowd(hall: Hall, others: int, counted: int) -> None:
    await hall.meet()
    await hall.give_feedback(answers=COMPLETE | {"do_next": ["practise_networks"]})
    instrument = newest_pack("it")
    async with hall.app.database.transaction() as session:
        card = (await session.exec(select(ScorecardRow))).one()
        session.add(RequirementProfileRow(organisation_id=card.organisation_id, roles=["systemutvecklare"]))
        for number in range(others):
            other = OrganisationRow(name=f"Granne {number} AB (exempel)", kind="employer", created_at=card.created_at)
            session.add(other)
            await session.flush()
            session.add(RequirementProfileRow(organisation_id=other.id, roles=["Systemutvecklare", "Testare"]))
            session.add(await _copy(session, card, organisation_id=other.id, number=number))
        await session.flush()

        crowd = await role_use(session, card.organisation_id, instrument)

    assert (crowd.cards, crowd.share("do_next", "practise_networks")) == (counted, float(counted > 0))


async def _copy(session: Any, card: ScorecardRow, *, organisation_id: Any, number: int) -> ScorecardRow:
    """The same answers by another employer, after a meeting of their own."""
    met = (await session.exec(select(MeetingRow).where(MeetingRow.id == card.meeting_id))).one()
    known = met.model_dump(exclude={"id", "check_in_code"})
    meeting = MeetingRow(
        **known | {"organisation_id": organisation_id, "check_in_code": f"ZZZ{number:03}", "state": "cancelled"}
    )
    session.add(meeting)
    await session.flush()
    kept = card.model_dump(exclude={"id", "meeting_id", "organisation_id", "sent_at"})
    return ScorecardRow(
        **kept,
        meeting_id=meeting.id,
        organisation_id=organisation_id,
        sent_at=(card.sent_at or card.created_at) + timedelta(seconds=number),
    )
