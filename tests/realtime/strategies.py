"""Shared values and random walks for the tests of meetings and lines."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from realtime import meeting_commands as commands
from realtime.meeting import Meeting, MeetingForm, MeetingPlan, MeetingRefused, MeetingState, advance

TEN = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PLAN = MeetingPlan(
    talk=9 * MINUTE,
    feedback=3 * MINUTE,
    early_start=5 * MINUTE,
    late_after=2 * MINUTE,
    no_show_after=8 * MINUTE,
)

Command = Callable[[Meeting, datetime], Meeting]


def booked(starts_at: datetime = TEN, form: MeetingForm = MeetingForm.VIDEO, *, slots: int = 1) -> Meeting:
    ends_at = starts_at + slots * 12 * MINUTE
    return Meeting(state=MeetingState.BOOKED, form=form, starts_at=starts_at, ends_at=ends_at)


def drop_in(ready_at: datetime = TEN, form: MeetingForm = MeetingForm.VIDEO) -> Meeting:
    return Meeting(state=MeetingState.CHECKED_IN, form=form, ready_at=ready_at)


def talking(started_at: datetime = TEN) -> Meeting:
    meeting = commands.check_in(booked(), plan=PLAN, now=started_at)
    meeting = commands.call(meeting, plan=PLAN, now=started_at)
    return commands.start(meeting, plan=PLAN, now=started_at)


def commands_of(plan: MeetingPlan) -> dict[str, Command]:
    """Every command with the rest of its arguments filled in, and time's own step."""
    later = TEN + 40 * MINUTE
    return {
        "advance": lambda m, now: advance(m, plan=plan, now=now),
        "check_in": lambda m, now: commands.check_in(m, plan=plan, now=now),
        "withdraw": lambda m, now: commands.withdraw(m, plan=plan, now=now),
        "call": lambda m, now: commands.call(m, plan=plan, now=now),
        "release": lambda m, now: commands.release(m, plan=plan, now=now),
        "start": lambda m, now: commands.start(m, plan=plan, now=now),
        "extend": lambda m, now: commands.extend(m, next_starts_at=later, plan=plan, now=now),
        "end_talk": lambda m, now: commands.end_talk(m, plan=plan, now=now),
        "send": lambda m, now: commands.complete(m, by="sent", plan=plan, now=now),
        "skip": lambda m, now: commands.complete(m, by="skipped", plan=plan, now=now),
        "reopen": lambda m, now: commands.reopen(m, desk_taken=False, plan=plan, now=now),
        "close": lambda m, now: commands.close(m, plan=plan, now=now),
        "cancel": lambda m, now: commands.cancel(m, plan=plan, now=now),
        "hand_over": lambda m, now: commands.hand_over(m, plan=plan, now=now),
        "move": lambda m, now: commands.move(m, plan=plan, now=now),
        "reschedule": lambda m, now: commands.reschedule(
            m, starts_at=later, ends_at=later + 12 * MINUTE, plan=plan, now=now
        ),
        "mark_no_show": lambda m, now: commands.mark_no_show(m, plan=plan, now=now),
    }


LIKELY = ["check_in", "call", "start", "extend", "end_talk", "send", "advance"]
COMMANDS = commands_of(PLAN)


@st.composite
def plans(draw: st.DrawFn) -> MeetingPlan:
    seconds = st.integers(0, 900)
    late_after = draw(seconds)
    return MeetingPlan(
        talk=timedelta(seconds=draw(st.integers(1, 900))),
        feedback=timedelta(seconds=draw(st.integers(1, 300))),
        extension=timedelta(seconds=draw(st.integers(1, 300))),
        extensions_max=draw(st.integers(0, 3)),
        early_start=timedelta(seconds=draw(seconds)),
        late_after=timedelta(seconds=late_after),
        no_show_after=timedelta(seconds=late_after + draw(seconds)),
        scorecard_opens_before=timedelta(seconds=draw(seconds)),
    )


@st.composite
def steps(draw: st.DrawFn) -> list[tuple[str, timedelta]]:
    """Commands with the time that passes before each; clocks of two processes may differ, so some is negative."""
    name = st.one_of(st.sampled_from(LIKELY), st.sampled_from(sorted(COMMANDS)))
    passed = st.one_of(st.integers(-2, 30), st.integers(0, 900)).map(lambda s: timedelta(seconds=s))
    return draw(st.lists(st.tuples(name, passed), max_size=25))


@st.composite
def first_meetings(draw: st.DrawFn) -> Meeting:
    form = draw(st.sampled_from(list(MeetingForm)))
    return draw(st.sampled_from([booked(form=form), drop_in(form=form)]))


def walk(meeting: Meeting, plan: MeetingPlan, path: list[tuple[str, timedelta]]) -> list[tuple[str, datetime, Meeting]]:
    """The meetings that `path` leads through, with the command and the time that led to each."""
    now, seen, run = TEN - 10 * MINUTE, [("begin", TEN - 10 * MINUTE, meeting)], commands_of(plan)
    for name, passed in path:
        now += passed
        try:
            meeting = run[name](meeting, now)
        except MeetingRefused as refusal:
            assert str(refusal)[0].islower()
            continue
        seen.append((name, now, meeting))
    return seen


def reached(state: MeetingState) -> Meeting:
    """Some meeting in each state, for tables over all of them."""
    ready = commands.check_in(booked(), plan=PLAN, now=TEN)
    called = commands.call(ready, plan=PLAN, now=TEN)
    return {
        MeetingState.BOOKED: booked(),
        MeetingState.LATE: advance(booked(), plan=PLAN, now=TEN + 2 * MINUTE),
        MeetingState.CHECKED_IN: ready,
        MeetingState.CALLED: called,
        MeetingState.TALKING: talking(),
        MeetingState.FEEDBACK: advance(talking(), plan=PLAN, now=TEN + 9 * MINUTE),
        MeetingState.CLOSED: advance(talking(), plan=PLAN, now=TEN + 12 * MINUTE),
        MeetingState.NO_SHOW: commands.mark_no_show(booked(), plan=PLAN, now=TEN),
        MeetingState.CANCELLED: commands.cancel(booked(), plan=PLAN, now=TEN),
        MeetingState.MOVED: commands.move(booked(), plan=PLAN, now=TEN),
        MeetingState.HANDED_OVER: commands.hand_over(booked(), plan=PLAN, now=TEN),
    }[state]
