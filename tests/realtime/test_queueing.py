"""The line of a desk: who goes next, places and expected waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime import meeting_commands as commands
from realtime.meeting import AT_DESK, WAITING, Meeting, MeetingPlan, advance
from realtime.queueing import DESK_CLOSED, QueueEntry, callable_now, line
from tests.realtime.strategies import MINUTE, PLAN, TEN, booked, drop_in, first_meetings, plans, steps, talking, walk

A, B, C, D = (UUID(int=n) for n in range(1, 5))


def entry(meeting_id: UUID, meeting: Meeting, *, busy_elsewhere: bool = False) -> QueueEntry:
    return QueueEntry(meeting_id=meeting_id, meeting=meeting, busy_elsewhere=busy_elsewhere)


def ready(meeting: Meeting, at: datetime = TEN - 10 * MINUTE) -> Meeting:
    return commands.check_in(meeting, plan=PLAN, now=at)


def may_be_called(*entries: QueueEntry, now: datetime = TEN) -> list[UUID]:
    return [entry.meeting_id for entry in callable_now(entries, plan=PLAN, now=now)]


def in_line(*entries: QueueEntry, now: datetime = TEN) -> list[tuple[UUID, int | None, int | None, str]]:
    places = line(entries, desk_open=True, plan=PLAN, now=now)
    assert [place.position for place in places] == list(range(1, len(places) + 1))
    return [(place.meeting_id, place.wait.min_s, place.wait.max_s, place.wait.reason.value) for place in places]


def test_a_booked_person_whose_time_has_come_goes_before_a_drop_in_who_came_earlier() -> None:
    waiting = entry(A, drop_in(TEN - 30 * MINUTE)), entry(B, ready(booked(TEN)))

    assert may_be_called(*waiting) == [B]
    assert in_line(*waiting) == [(B, 0, 0, "next"), (A, 540, 720, "previous_running")]


def test_a_drop_in_fills_a_gap_that_is_long_enough() -> None:
    waiting = entry(A, drop_in(TEN)), entry(B, ready(booked(TEN + 12 * MINUTE)))

    assert may_be_called(*waiting, now=TEN) == [A]
    assert may_be_called(*waiting, now=TEN + MINUTE) == []
    assert in_line(*waiting) == [(A, 0, 0, "next"), (B, 540, 720, "not_yet_time")]


def test_a_drop_in_goes_before_somebody_who_could_only_go_early() -> None:
    plan = replace(PLAN, early_start=20 * MINUTE)
    waiting = [entry(B, ready(booked(TEN + 12 * MINUTE))), entry(A, drop_in(TEN))]

    assert [e.meeting_id for e in callable_now(waiting, plan=plan, now=TEN)] == [A, B]


def test_a_booked_person_goes_early_by_no_more_than_the_plan_allows() -> None:
    waiting = entry(A, ready(booked(TEN)))

    assert may_be_called(waiting, now=TEN - 5 * MINUTE - timedelta(seconds=1)) == []
    assert may_be_called(waiting, now=TEN - 5 * MINUTE) == [A]
    assert in_line(waiting, now=TEN - 7 * MINUTE) == [(A, 120, 420, "not_yet_time")]
    assert in_line(waiting, now=TEN - 5 * MINUTE) == [(A, 0, 300, "next")]


def test_nobody_goes_early_into_the_time_held_for_another() -> None:
    waiting = entry(A, booked(TEN + 2 * MINUTE)), entry(B, ready(booked(TEN + 4 * MINUTE)))

    assert may_be_called(*waiting) == []
    assert [place[0] for place in in_line(*waiting)] == [A, B]


def test_somebody_goes_early_when_there_is_room_before_the_time_held_for_another() -> None:
    plan = replace(PLAN, early_start=30 * MINUTE)
    waiting = [entry(A, booked(TEN + 12 * MINUTE)), entry(B, ready(booked(TEN + 24 * MINUTE)))]

    assert [e.meeting_id for e in callable_now(waiting, plan=plan, now=TEN)] == [B]
    assert [place.meeting_id for place in line(waiting, desk_open=True, plan=plan, now=TEN)] == [B, A]


def test_a_time_is_held_until_its_person_is_late() -> None:
    absent, waiting = booked(TEN), entry(B, drop_in(TEN))
    late = advance(absent, plan=PLAN, now=TEN + 2 * MINUTE)

    assert may_be_called(entry(A, absent), waiting, now=TEN + MINUTE) == []
    assert may_be_called(entry(A, late), waiting, now=TEN + 2 * MINUTE) == [B]
    assert in_line(entry(A, late), waiting, now=TEN + 2 * MINUTE) == [
        (B, 0, 0, "next"),
        (A, 540, 720, "previous_running"),
    ]


def test_who_is_busy_elsewhere_keeps_the_place_and_is_passed_over() -> None:
    busy = entry(A, ready(booked(TEN)), busy_elsewhere=True)

    assert may_be_called(busy, entry(B, drop_in(TEN))) == [B]
    assert [place[0] for place in in_line(busy, entry(B, drop_in(TEN)))] == [A, B]
    assert may_be_called(busy, entry(B, drop_in(TEN)), now=TEN - 4 * MINUTE) == []


def test_the_wait_follows_the_meeting_at_the_desk() -> None:
    now = TEN + 4 * MINUTE
    waiting = entry(B, ready(booked(TEN + 4 * MINUTE)))

    assert in_line(entry(A, talking()), waiting, now=now) == [(B, 300, 480, "previous_running")]

    called = commands.call(ready(booked(TEN)), plan=PLAN, now=TEN)
    assert in_line(entry(A, called), waiting, now=TEN + MINUTE) == [(B, 540, 720, "previous_running")]

    feedback = commands.end_talk(talking(), plan=PLAN, now=now)
    assert in_line(entry(A, feedback), waiting, now=now) == [(B, 0, 180, "previous_running")]


def test_who_waits_behind_a_meeting_of_two_slots_waits_for_both() -> None:
    long = entry(A, commands.call(ready(booked(slots=2)), plan=PLAN, now=TEN))
    waiting = entry(B, ready(booked(TEN + 24 * MINUTE))), entry(C, drop_in(TEN))

    assert in_line(long, *waiting) == [(B, 1260, 1440, "not_yet_time"), (C, 1800, 2160, "previous_running")]


def test_the_line_counts_the_length_of_each_who_is_ahead() -> None:
    waiting = entry(A, ready(booked(slots=2))), entry(B, drop_in(TEN))

    assert in_line(*waiting) == [(A, 0, 0, "next"), (B, 1260, 1440, "previous_running")]


def test_a_meeting_of_two_slots_goes_early_only_when_both_fit_before_the_time_held_for_another() -> None:
    plan = replace(PLAN, early_start=40 * MINUTE)
    held, long = entry(A, booked(TEN + 12 * MINUTE)), entry(B, ready(booked(TEN + 24 * MINUTE, slots=2)))
    later = replace(held, meeting=booked(TEN + 23 * MINUTE)), replace(held, meeting=booked(TEN + 24 * MINUTE))

    assert callable_now([held, long], plan=plan, now=TEN) == ()
    assert callable_now([later[0], long], plan=plan, now=TEN) == ()
    assert callable_now(
        [later[1], replace(long, meeting=ready(booked(TEN + 36 * MINUTE, slots=2)))], plan=plan, now=TEN
    )
    assert [one.meeting_id for one in line([held, long], desk_open=True, plan=plan, now=TEN)] == [A, B]


def test_a_person_is_told_that_the_meeting_before_started_late() -> None:
    late_talk = talking(TEN + 3 * MINUTE)
    waiting = entry(B, ready(booked(TEN + 4 * MINUTE)))

    assert in_line(entry(A, late_talk), waiting, now=TEN + 4 * MINUTE) == [(B, 300, 480, "previous_started_late")]


def test_a_meeting_that_nobody_booked_cannot_have_started_late() -> None:
    plain = commands.start(commands.call(drop_in(), plan=PLAN, now=TEN), plan=PLAN, now=TEN + 9 * MINUTE)

    assert in_line(entry(A, plain), entry(B, drop_in()), now=TEN + 9 * MINUTE) == [(B, 540, 720, "previous_running")]


def test_who_is_booked_after_the_meeting_at_the_desk_waits_for_their_own_time() -> None:
    waiting = entry(B, booked(TEN + 12 * MINUTE))

    assert in_line(entry(A, talking()), waiting) == [(B, 720, 720, "not_yet_time")]


def test_a_closed_desk_promises_no_time() -> None:
    places = line([entry(A, drop_in()), entry(B, drop_in())], desk_open=False, plan=PLAN, now=TEN)

    assert [(place.meeting_id, place.position, place.wait) for place in places] == [
        (A, 1, DESK_CLOSED),
        (B, 2, DESK_CLOSED),
    ]


def test_those_who_are_not_here_shorten_the_least_wait_and_not_the_longest() -> None:
    waiting = entry(A, booked(TEN)), entry(B, ready(booked(TEN)))

    assert in_line(*waiting) == [(B, 0, 0, "next"), (A, 540, 720, "previous_running")]


@st.composite
def lines(draw: st.DrawFn) -> tuple[list[QueueEntry], MeetingPlan, datetime]:
    plan, now, entries = draw(plans()), TEN + timedelta(seconds=draw(st.integers(-1800, 1800))), []
    for number in range(draw(st.integers(0, 8))):
        first = draw(first_meetings())
        if first.starts_at is not None:
            first = booked(TEN + timedelta(seconds=60 * draw(st.integers(-60, 60))))
        meeting = advance(walk(first, plan, draw(steps()))[-1][2], plan=plan, now=now)
        entries.append(entry(UUID(int=number), meeting, busy_elsewhere=draw(st.integers(0, 4)) == 0))
    return entries, plan, now


@given(lines())
def test_everybody_who_waits_has_one_place_and_nobody_else_has_any(
    drawn: tuple[list[QueueEntry], MeetingPlan, datetime],
) -> None:
    entries, plan, now = drawn
    places = line(entries, desk_open=True, plan=plan, now=now)

    assert sorted(place.meeting_id for place in places) == [e.meeting_id for e in entries if e.state in WAITING]
    assert [place.position for place in places] == list(range(1, len(places) + 1))


@given(lines())
def test_waits_are_ranges_and_the_order_of_rows_does_not_matter(
    drawn: tuple[list[QueueEntry], MeetingPlan, datetime],
) -> None:
    entries, plan, now = drawn
    places = line(entries, desk_open=True, plan=plan, now=now)

    for place in places:
        assert place.wait.min_s is not None
        assert place.wait.max_s is not None
        assert 0 <= place.wait.min_s <= place.wait.max_s
    assert line(reversed(entries), desk_open=True, plan=plan, now=now) == places
    assert callable_now(reversed(entries), plan=plan, now=now) == callable_now(entries, plan=plan, now=now)


@given(lines())
def test_whoever_may_be_called_can_be_called(drawn: tuple[list[QueueEntry], MeetingPlan, datetime]) -> None:
    entries, plan, now = drawn

    for first in callable_now(entries, plan=plan, now=now):
        called = commands.call(first.meeting, plan=plan, now=now)
        assert called.state in AT_DESK


@given(lines())
def test_the_first_in_line_is_the_one_to_call_when_everybody_is_here(
    drawn: tuple[list[QueueEntry], MeetingPlan, datetime],
) -> None:
    entries, plan, now = drawn
    here = [replace(e, busy_elsewhere=False) for e in entries if e.ready]

    for first in callable_now(here, plan=plan, now=now)[:1]:
        assert line(here, desk_open=True, plan=plan, now=now)[0].meeting_id == first.meeting_id


@pytest.mark.parametrize("size", [400])
def test_a_long_line_is_worked_out_at_once(size: int) -> None:
    entries = [entry(UUID(int=n), drop_in(TEN + timedelta(seconds=n))) for n in range(size)]
    entries += [entry(UUID(int=size + n), booked(TEN + n * MINUTE)) for n in range(size)]

    assert len(line(entries, desk_open=True, plan=PLAN, now=TEN)) == 2 * size
