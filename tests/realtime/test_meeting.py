"""The meeting: what each command does in each state, and what cannot be built."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from realtime import meeting_commands as commands
from realtime.meeting import (
    ExtensionRefused,
    Meeting,
    MeetingForm,
    MeetingIsOver,
    MeetingIsUnderWay,
    MeetingPlan,
    MeetingRefused,
    MeetingState,
    NotCalled,
    NothingToReopen,
    NotReady,
    NotTalking,
    TooEarly,
    advance,
    scorecard_opens_at,
    talk_end,
    warns_at,
)
from tests.realtime.strategies import COMMANDS, MINUTE, PLAN, TEN, booked, drop_in, reached, talking

STATES = [state.value for state in MeetingState]
OVER, UNDER_WAY, READY, TALK = "MeetingIsOver", "MeetingIsUnderWay", "NotReady", "NotTalking"
TABLE = {
    "check_in": "checked_in checked_in checked_in called talking feedback OVER checked_in OVER OVER OVER",
    "withdraw": "booked late booked booked WAY WAY OVER no_show OVER OVER OVER",
    "call": "READY READY called called talking WAY OVER OVER OVER OVER OVER",
    "release": "READY READY checked_in checked_in WAY WAY OVER OVER OVER OVER OVER",
    "start": "READY READY NotCalled talking talking WAY OVER OVER OVER OVER OVER",
    "extend": "TALK TALK TALK TALK talking TALK TALK TALK TALK TALK TALK",
    "end_talk": "TALK TALK TALK TALK feedback feedback OVER OVER OVER OVER OVER",
    "send": "TALK TALK TALK TALK TooEarly closed closed OVER OVER OVER OVER",
    "skip": "TALK TALK TALK TALK TooEarly closed closed OVER OVER OVER OVER",
    "reopen": " ".join(["NothingToReopen"] * 11),
    "close": "READY READY closed closed closed closed closed OVER OVER OVER OVER",
    "cancel": "cancelled cancelled cancelled cancelled WAY WAY OVER OVER cancelled OVER OVER",
    "hand_over": "handed_over handed_over handed_over handed_over WAY WAY OVER OVER OVER OVER handed_over",
    "move": "moved moved moved moved WAY WAY OVER moved OVER moved OVER",
    "reschedule": "booked booked checked_in checked_in WAY WAY OVER booked OVER OVER OVER",
    "mark_no_show": "no_show no_show no_show no_show WAY WAY OVER no_show OVER OVER OVER",
}
WHEN = {"late": 3 * MINUTE, "feedback": 9 * MINUTE, "closed": 12 * MINUTE}
SHORT = {"OVER": OVER, "WAY": UNDER_WAY, "READY": READY, "TALK": TALK}


def outcome(command: str, state: str) -> str:
    now = TEN + WHEN.get(state, timedelta())
    try:
        return COMMANDS[command](reached(MeetingState(state)), now).state.value
    except MeetingRefused as refusal:
        return type(refusal).__name__


@pytest.mark.parametrize("command", TABLE)
def test_each_command_does_what_the_table_says_in_each_state(command: str) -> None:
    expected = [SHORT.get(word, word) for word in TABLE[command].split()]

    assert [outcome(command, state) for state in STATES] == expected
    assert len(TABLE) == len(COMMANDS) - 1


def test_a_meeting_runs_its_course() -> None:
    meeting = commands.check_in(booked(), plan=PLAN, now=TEN - 4 * MINUTE)
    meeting = commands.call(meeting, plan=PLAN, now=TEN - MINUTE)
    meeting = commands.start(meeting, plan=PLAN, now=TEN)
    meeting = advance(meeting, plan=PLAN, now=TEN + 9 * MINUTE)
    meeting = commands.complete(meeting, by="sent", plan=PLAN, now=TEN + 10 * MINUTE)

    assert meeting == Meeting(
        state=MeetingState.CLOSED,
        form=MeetingForm.VIDEO,
        starts_at=TEN,
        ends_at=TEN + 12 * MINUTE,
        ready_at=TEN - 4 * MINUTE,
        called_at=TEN - MINUTE,
        talk_started_at=TEN,
        talk_ends_at=TEN + 9 * MINUTE,
        feedback_ends_at=TEN + 12 * MINUTE,
        closed_at=TEN + 10 * MINUTE,
        closed_by="sent",
    )


def test_nobody_there_makes_a_meeting_late_and_then_a_no_show() -> None:
    def state_after(passed: timedelta) -> str:
        return advance(booked(), plan=PLAN, now=TEN + passed).state.value

    assert state_after(2 * MINUTE - timedelta(seconds=1)) == "booked"
    assert state_after(2 * MINUTE) == "late"
    assert state_after(8 * MINUTE) == "no_show"


def test_a_no_show_who_turns_up_is_welcome_until_the_slot_is_over() -> None:
    missed = advance(booked(), plan=PLAN, now=TEN + 8 * MINUTE)

    assert commands.check_in(missed, plan=PLAN, now=TEN + 11 * MINUTE).state is MeetingState.CHECKED_IN
    with pytest.raises(MeetingIsOver, match=r"^this meeting is over, since it counts as a no-show; book or join"):
        commands.check_in(missed, plan=PLAN, now=TEN + 12 * MINUTE)


def test_a_drop_in_who_did_not_answer_may_come_back_at_any_time() -> None:
    missed = commands.mark_no_show(drop_in(), plan=PLAN, now=TEN)

    assert commands.check_in(missed, plan=PLAN, now=TEN + 90 * MINUTE).state is MeetingState.CHECKED_IN


def test_who_withdraws_after_the_booked_start_is_late() -> None:
    ready = commands.check_in(booked(), plan=PLAN, now=TEN)

    assert commands.withdraw(ready, plan=PLAN, now=TEN + 3 * MINUTE).state is MeetingState.LATE
    assert commands.withdraw(drop_in(), plan=PLAN, now=TEN + 30 * MINUTE).state is MeetingState.BOOKED


@pytest.mark.parametrize("command", ["call", "mark_no_show"])
def test_what_belongs_to_the_booked_time_is_refused_too_early(command: str) -> None:
    ready = commands.check_in(booked(), plan=PLAN, now=TEN - 9 * MINUTE)

    with pytest.raises(TooEarly):
        COMMANDS[command](ready, TEN - 6 * MINUTE)


def test_a_seeker_called_early_is_not_a_no_show_before_the_booked_time() -> None:
    ready = commands.check_in(booked(), plan=PLAN, now=TEN - 4 * MINUTE)
    called = commands.call(ready, plan=PLAN, now=TEN - 4 * MINUTE)

    with pytest.raises(TooEarly, match=r"^the booked time has not come; release the call or wait for it$"):
        commands.mark_no_show(called, plan=PLAN, now=TEN - MINUTE)


@pytest.mark.parametrize("form", [MeetingForm.ON_SITE, MeetingForm.HYBRID])
def test_on_site_the_desk_starts_with_who_stands_before_it(form: MeetingForm) -> None:
    ready = commands.check_in(booked(form=form), plan=PLAN, now=TEN)
    started = commands.start(ready, plan=PLAN, now=TEN + MINUTE)

    assert (started.state, started.called_at) == (MeetingState.TALKING, TEN + MINUTE)


def test_by_video_the_seeker_is_called_first() -> None:
    ready = commands.check_in(booked(), plan=PLAN, now=TEN)

    with pytest.raises(NotCalled, match=r"^the seeker has not been called; call them in first$"):
        commands.start(ready, plan=PLAN, now=TEN)


@pytest.mark.parametrize(("starts", "minutes"), [(-5, 9), (0, 9), (2, 7), (6, 3), (7, 3), (30, 3)], ids=str)
def test_a_late_start_keeps_the_end_of_the_slot_but_leaves_a_third_of_the_talk(starts: int, minutes: int) -> None:
    now = TEN + starts * MINUTE

    assert talk_end(booked(), plan=PLAN, now=now) - now == minutes * MINUTE


@pytest.mark.parametrize(("starts", "minutes"), [(-5, 21), (0, 21), (2, 19), (14, 7), (15, 7), (30, 7)], ids=str)
def test_a_meeting_of_two_slots_is_one_long_talk_with_one_feedback_time(starts: int, minutes: int) -> None:
    now, long = TEN + starts * MINUTE, booked(slots=2)

    ends = talk_end(long, plan=PLAN, now=now)

    assert ends - now == minutes * MINUTE
    talk = commands.start(ready_for(long, now=now), plan=PLAN, now=now)
    assert talk.feedback_ends_at == ends + PLAN.feedback
    assert warns_at(talk, plan=PLAN) == (ends - 2 * MINUTE, ends - MINUTE)
    assert scorecard_opens_at(talk, plan=PLAN) == ends - 2 * MINUTE
    assert advance(talk, plan=PLAN, now=ends - timedelta(seconds=1)).state is MeetingState.TALKING


def ready_for(meeting: Meeting, *, now: datetime) -> Meeting:
    return replace(meeting, state=MeetingState.CALLED, ready_at=now, called_at=now)


def test_a_slot_shorter_than_the_plan_and_a_drop_in_get_the_talk_of_the_event() -> None:
    tight = replace(booked(), ends_at=TEN + 6 * MINUTE)

    assert talk_end(tight, plan=PLAN, now=TEN) == TEN + 9 * MINUTE
    assert talk_end(drop_in(), plan=PLAN, now=TEN + 4 * MINUTE) == TEN + 13 * MINUTE


@pytest.mark.parametrize(("talk_s", "least_s"), [(900, 300), (120, 60), (40, 40)])
def test_the_least_talk_is_a_third_or_a_minute_or_all_of_it(talk_s: int, least_s: int) -> None:
    assert replace(PLAN, talk=timedelta(seconds=talk_s)).minimum_talk == timedelta(seconds=least_s)


def test_a_talk_is_extended_as_often_as_the_plan_allows() -> None:
    meeting = talking()
    for _ in range(2):
        assert commands.can_extend(meeting, next_starts_at=None, plan=PLAN, now=TEN)
        meeting = commands.extend(meeting, next_starts_at=None, plan=PLAN, now=TEN)

    assert (meeting.talk_ends_at, meeting.feedback_ends_at) == (TEN + 15 * MINUTE, TEN + 18 * MINUTE)
    with pytest.raises(
        ExtensionRefused, match=r"^the talk has been extended 2 times, which is the most; round it off$"
    ):
        commands.extend(meeting, next_starts_at=None, plan=PLAN, now=TEN)


@pytest.mark.parametrize(("next_in", "allowed"), [(15, True), (14, False)])
def test_an_extension_makes_nobody_who_is_booked_wait(next_in: int, allowed: bool) -> None:
    next_starts_at = TEN + next_in * MINUTE

    assert commands.can_extend(talking(), next_starts_at=next_starts_at, plan=PLAN, now=TEN) is allowed


def test_nothing_is_extended_once_the_talk_is_over() -> None:
    assert not commands.can_extend(talking(), next_starts_at=None, plan=PLAN, now=TEN + 9 * MINUTE)


def test_a_talk_ended_early_is_followed_by_the_whole_feedback_time() -> None:
    meeting = commands.end_talk(talking(), plan=PLAN, now=TEN + 4 * MINUTE)

    assert (meeting.talk_ends_at, meeting.feedback_ends_at) == (TEN + 4 * MINUTE, TEN + 7 * MINUTE)


def test_sending_the_open_scorecard_ends_the_talk() -> None:
    with pytest.raises(TooEarly, match=r"^the talk has more time left; end it before you send or skip the scorecard$"):
        commands.complete(talking(), by="sent", plan=PLAN, now=TEN + 6 * MINUTE)

    meeting = commands.complete(talking(), by="sent", plan=PLAN, now=TEN + 7 * MINUTE)

    assert (meeting.state, meeting.closed_by, meeting.talk_ends_at) == ("closed", "sent", TEN + 7 * MINUTE)


def test_a_scorecard_sent_after_the_time_is_taken_and_the_closing_time_stays() -> None:
    closed = advance(talking(), plan=PLAN, now=TEN + 20 * MINUTE)
    sent = commands.complete(closed, by="sent", plan=PLAN, now=TEN + 40 * MINUTE)

    assert (closed.closed_by, closed.closed_at) == ("time", TEN + 12 * MINUTE)
    assert sent == replace(closed, closed_by="sent")
    with pytest.raises(MeetingIsOver, match=r"undo the sending before skipping it$"):
        commands.complete(sent, by="skipped", plan=PLAN, now=TEN + 41 * MINUTE)


@pytest.mark.parametrize(
    ("undone_at", "desk_taken", "state", "closed_by"),
    [(11, False, "feedback", None), (11, True, "closed", "time"), (12, False, "closed", "time")],
)
def test_a_scorecard_taken_back_reopens_the_meeting_while_its_time_lasts(
    undone_at: int, desk_taken: bool, state: str, closed_by: str | None
) -> None:
    sent = commands.complete(talking(), by="sent", plan=PLAN, now=TEN + 9 * MINUTE)
    undone = commands.reopen(sent, desk_taken=desk_taken, plan=PLAN, now=TEN + undone_at * MINUTE)

    assert (undone.state, undone.closed_by) == (state, closed_by)
    with pytest.raises(NothingToReopen):
        commands.reopen(undone, desk_taken=desk_taken, plan=PLAN, now=TEN + undone_at * MINUTE)


def test_staff_close_a_meeting_whose_talk_was_never_held() -> None:
    closed = commands.close(drop_in(), plan=PLAN, now=TEN + MINUTE)

    assert (closed.closed_by, closed.closed_at, closed.talk_started_at) == ("staff", TEN + MINUTE, None)
    with pytest.raises(MeetingIsOver):
        commands.complete(closed, by="sent", plan=PLAN, now=TEN + 2 * MINUTE)


def test_a_new_time_keeps_a_check_in_and_awaits_everybody_else_anew() -> None:
    later: dict[str, Any] = {"starts_at": TEN + 24 * MINUTE, "ends_at": TEN + 36 * MINUTE}
    called = reached(MeetingState.CALLED)
    moved = commands.reschedule(called, **later, plan=PLAN, now=TEN)

    assert moved == replace(called, state=MeetingState.CHECKED_IN, called_at=None, **later)


def test_a_clock_that_lags_makes_nothing_happen_before_what_happened() -> None:
    behind = TEN - timedelta(seconds=1)
    talk = commands.start(reached(MeetingState.CALLED), plan=PLAN, now=behind)
    closed = commands.complete(reached(MeetingState.FEEDBACK), by="sent", plan=PLAN, now=behind)

    assert (talk.talk_started_at, closed.closed_at) == (TEN, TEN + 9 * MINUTE)


def test_the_scorecard_opens_and_the_warnings_come_before_the_end_of_the_talk() -> None:
    assert (scorecard_opens_at(booked(), plan=PLAN), warns_at(booked(), plan=PLAN)) == (None, ())
    assert scorecard_opens_at(talking(), plan=PLAN) == TEN + 7 * MINUTE
    assert warns_at(talking(), plan=PLAN) == (TEN + 7 * MINUTE, TEN + 8 * MINUTE)

    brief = replace(PLAN, talk=1.5 * MINUTE)
    called = replace(reached(MeetingState.CALLED), ends_at=TEN + 4.5 * MINUTE)
    short = commands.start(called, plan=brief, now=TEN)
    assert scorecard_opens_at(short, plan=brief) == TEN
    assert warns_at(short, plan=brief) == (TEN + 0.5 * MINUTE,)


NAIVE = datetime(2026, 3, 2, 10, 0)  # noqa: DTZ001
WRONG: list[tuple[Meeting, dict[str, Any], str]] = [
    (booked(), {"starts_at": NAIVE}, "every time of a meeting needs a timezone"),
    (booked(), {"ends_at": None}, "a slot has both a start and an end, a drop-in neither"),
    (booked(), {"starts_at": None}, "a slot has both a start and an end, a drop-in neither"),
    (booked(), {"ends_at": TEN}, "a slot ends after it starts"),
    (booked(), {"ready_at": TEN}, "these times cannot belong to a meeting that is booked"),
    (drop_in(), {"ready_at": None}, "these times cannot belong to a meeting that is checked_in"),
    (drop_in(), {"closed_at": TEN}, "these times cannot belong to a meeting that is checked_in"),
    (talking(), {"called_at": None}, "these times cannot belong to a meeting that is talking"),
    (talking(), {"state": MeetingState.CLOSED}, "these times cannot belong to a meeting that is closed"),
    (talking(), {"talk_ends_at": None}, "a talk has its start, its end and the end of its feedback time together"),
    (talking(), {"talk_started_at": TEN - MINUTE}, "the times of a meeting cannot run backward"),
    (talking(), {"extensions": -1}, "only a talk is extended"),
    (drop_in(), {"extensions": 1}, "only a talk is extended"),
    (
        Meeting(state=MeetingState.BOOKED, form=MeetingForm.VIDEO),
        {"state": MeetingState.LATE},
        "a drop-in cannot be late",
    ),
    (reached(MeetingState.CLOSED), {"closed_by": "nobody"}, "a meeting is not closed by 'nobody'"),
    (reached(MeetingState.CLOSED), {"closed_at": TEN}, "a meeting cannot close before what happened in it"),
]


@pytest.mark.parametrize(("meeting", "change", "message"), WRONG, ids=range(len(WRONG)))
def test_a_meeting_that_cannot_happen_cannot_be_built(meeting: Meeting, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError) as refused:
        replace(meeting, **change)

    assert str(refused.value) == message


@pytest.mark.parametrize(
    "change",
    [
        {"talk": timedelta()},
        {"feedback": -MINUTE},
        {"warnings": (timedelta(),)},
        {"early_start": -MINUTE},
        {"extensions_max": -1},
        {"no_show_after": MINUTE},
        {"warnings": (MINUTE, 2 * MINUTE)},
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        replace(PLAN, **change)


def test_every_refusal_is_a_meeting_refused() -> None:
    refusals = (MeetingIsOver, MeetingIsUnderWay, NotReady, NotCalled, TooEarly, NotTalking, ExtensionRefused)

    assert isinstance(PLAN, MeetingPlan)
    assert {refusal.__mro__[1] for refusal in (*refusals, NothingToReopen)} == {MeetingRefused}
