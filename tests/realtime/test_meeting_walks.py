"""Random walks through a meeting: what holds whatever people and clocks do."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from realtime.meeting import OVER, Meeting, MeetingPlan, MeetingState, advance, due_at, own_plan
from realtime.meeting_commands import can_extend
from tests.realtime.strategies import TEN, commands_of, first_meetings, plans, steps, walk

Path = list[tuple[str, timedelta]]
INSTANT = timedelta(microseconds=1)
AGAIN = {"check_in", "call", "start", "end_talk", "release", "close", "cancel", "move", "hand_over", "mark_no_show"}


def facts(meeting: Meeting) -> list[datetime]:
    known = (meeting.ready_at, meeting.called_at, meeting.talk_started_at, meeting.closed_at)
    return [instant for instant in known if instant is not None]


@given(first_meetings(), plans(), steps())
def test_nothing_that_happened_lies_before_what_happened_earlier(
    meeting: Meeting, plan: MeetingPlan, path: Path
) -> None:
    for _, _, reached in walk(meeting, plan, path):
        assert facts(reached) == sorted(facts(reached))


@given(first_meetings(), plans(), steps())
def test_closed_stays_closed_unless_the_scorecard_is_taken_back(
    meeting: Meeting, plan: MeetingPlan, path: Path
) -> None:
    trail = walk(meeting, plan, path)

    for (_, _, before), (name, _, after) in pairwise(trail):
        if before.state is MeetingState.CLOSED and name != "reopen":
            assert after.state is MeetingState.CLOSED
            assert after.closed_at == before.closed_at
        if before.state in OVER - {MeetingState.CLOSED, MeetingState.NO_SHOW}:
            assert after == before


@given(first_meetings(), plans(), steps())
def test_a_command_given_twice_is_the_same_as_once(meeting: Meeting, plan: MeetingPlan, path: Path) -> None:
    for name, now, reached in walk(meeting, plan, path):
        if name in AGAIN:
            assert commands_of(plan)[name](reached, now) == reached


@given(first_meetings(), plans(), steps(), st.integers(0, 4000), st.integers(0, 4000))
def test_time_does_its_work_once_and_in_any_number_of_steps(
    meeting: Meeting, plan: MeetingPlan, path: Path, first_s: int, second_s: int
) -> None:
    _, now, reached = walk(meeting, plan, path)[-1]
    halfway = now + timedelta(seconds=first_s)
    end = halfway + timedelta(seconds=second_s)
    once = advance(reached, plan=plan, now=end)

    assert advance(once, plan=plan, now=end) == once
    assert advance(advance(reached, plan=plan, now=halfway), plan=plan, now=end) == once


@given(first_meetings(), plans(), steps())
def test_due_at_is_the_instant_at_which_time_changes_something(meeting: Meeting, plan: MeetingPlan, path: Path) -> None:
    for _, now, stored in walk(meeting, plan, path):
        reached = advance(stored, plan=plan, now=now)
        due = due_at(reached, plan=plan)
        if due is None:
            assert advance(reached, plan=plan, now=TEN + timedelta(days=2)) == reached
        else:
            assert advance(reached, plan=plan, now=due - INSTANT) == reached
            assert advance(reached, plan=plan, now=due) != reached


@given(first_meetings(), plans(), steps())
def test_the_feedback_time_is_never_cut_short_by_the_talk(meeting: Meeting, plan: MeetingPlan, path: Path) -> None:
    for _, _, reached in walk(meeting, plan, path):
        if reached.talk_ends_at is not None and reached.feedback_ends_at is not None:
            assert reached.feedback_ends_at - reached.talk_ends_at == plan.feedback
            assert reached.extensions <= plan.extensions_max


@given(first_meetings(), plans(), steps())
def test_a_talk_that_begins_is_given_at_least_its_minimum_and_at_most_its_own_length(
    meeting: Meeting, plan: MeetingPlan, path: Path
) -> None:
    for name, _, reached in walk(meeting, plan, path):
        if name == "start" and reached.extensions == 0 and reached.talk_ends_at is not None:
            assert reached.talk_started_at is not None
            own = own_plan(reached, plan=plan)
            assert own.minimum_talk <= reached.talk_ends_at - reached.talk_started_at <= own.talk


@given(first_meetings(), plans(), steps())
def test_what_can_be_extended_is_extended(meeting: Meeting, plan: MeetingPlan, path: Path) -> None:
    for _, now, reached in walk(meeting, plan, path):
        if can_extend(reached, next_starts_at=None, plan=plan, now=now):
            assert reached.state is MeetingState.TALKING
            assert reached.extensions < plan.extensions_max
