"""How an application may go on."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.applications.rules import (
    ANSWERS,
    IsDecided,
    IsWithdrawn,
    Met,
    NotTakenHere,
    Status,
    VacancyClosed,
    answered,
    can_resume,
    can_withdraw,
    check_open,
    meeting_that_counts,
    read_by_employer,
    withdrawn,
)
from server.applications.tables import STATUSES
from server.vacancies.rules import SHOWN, Standing


def test_what_is_stored_is_what_is_known() -> None:
    assert tuple(Status) == STATUSES


def test_a_vacancy_that_is_shown_and_has_a_reader_can_be_applied_for() -> None:
    for standing in SHOWN:
        check_open(standing, is_taken_here=True)


@pytest.mark.parametrize("standing", [one for one in Standing if one not in SHOWN])
def test_a_vacancy_that_is_not_shown_is_closed(standing: Standing) -> None:
    with pytest.raises(VacancyClosed):
        check_open(standing, is_taken_here=True)


def test_an_application_that_nobody_would_read_is_not_taken() -> None:
    with pytest.raises(NotTakenHere):
        check_open(Standing.OPEN, is_taken_here=False)


@given(st.sampled_from([one for one in Status if one is not Status.WITHDRAWN]), st.sampled_from(ANSWERS))
def test_an_employer_may_change_their_mind_until_the_seeker_withdraws(status: Status, answer: Status) -> None:
    assert answered(status, answer) is answer


def test_nobody_answers_what_is_withdrawn_and_only_with_an_answer() -> None:
    with pytest.raises(IsWithdrawn):
        answered(Status.WITHDRAWN, Status.OFFERED)
    with pytest.raises(ValueError, match="not an employer's answer"):
        answered(Status.SENT, Status.READ)


def test_reading_moves_only_what_was_sent() -> None:
    assert [read_by_employer(one) for one in Status] == [Status.READ if one is Status.SENT else one for one in Status]


@pytest.mark.parametrize("status", list(Status))
def test_what_is_not_decided_can_be_withdrawn_and_is_offered_only_once(status: Status) -> None:
    if status in (Status.HIRED, Status.DECLINED):
        with pytest.raises(IsDecided):
            withdrawn(status)
    else:
        assert withdrawn(status) is Status.WITHDRAWN
    assert can_withdraw(status) == (status not in (Status.HIRED, Status.DECLINED, Status.WITHDRAWN))


@pytest.mark.parametrize("standing", list(Standing))
def test_a_withdrawal_can_be_undone_while_one_could_apply(standing: Standing) -> None:
    assert can_resume(Status.WITHDRAWN, standing, is_taken_here=True) == (standing in SHOWN)
    assert not can_resume(Status.WITHDRAWN, standing, is_taken_here=False)
    assert not can_resume(Status.OFFERED, standing, is_taken_here=True)


def test_the_meeting_that_counts_is_the_last_talk_else_what_is_booked_last() -> None:
    talks = [Met(UUID(int=number), None, True, None) for number in (1, 2)]
    booked = Met(UUID(int=3), None, False, None)

    assert meeting_that_counts([*talks, booked]) is talks[1]
    assert meeting_that_counts([booked]) is booked
    assert meeting_that_counts([]) is None
