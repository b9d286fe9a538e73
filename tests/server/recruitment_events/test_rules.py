from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.pack_loader import newest_pack
from server.recruitment_events import rules
from server.recruitment_events.check_in_codes import ALPHABET, new_check_in_code
from server.recruitment_events.templates import pack_of, templates
from server.recruitment_events.texts import catalogues, text

STOCKHOLM = ZoneInfo("Europe/Stockholm")
QUARTER = timedelta(minutes=15)
DAY = date(2026, 5, 12)


def starts(slots: list[rules.Interval]) -> list[str]:
    return [slot.starts_at.astimezone(STOCKHOLM).strftime("%H:%M") for slot in slots]


def test_slots_follow_each_other_and_step_over_a_pause() -> None:
    slots = rules.slot_times(
        day=DAY, first_start=time(11, 20), zone=STOCKHOLM, slots=4, length=QUARTER, pauses=[(time(12), time(13))]
    )

    assert starts(slots) == ["11:20", "11:35", "13:00", "13:15"]
    assert slots[0].starts_at == datetime(2026, 5, 12, 9, 20, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clocks"),
    [
        (date(2026, 3, 29), ["01:45", "03:00", "03:15"]),
        (date(2026, 10, 25), ["01:45", "02:00", "02:15"]),
    ],
)
def test_slots_last_a_real_quarter_also_when_clocks_change(day: date, clocks: list[str]) -> None:
    slots = rules.slot_times(day=day, first_start=time(1, 45), zone=STOCKHOLM, slots=3, length=QUARTER)

    assert starts(slots) == clocks
    assert {slot.ends_at - slot.starts_at for slot in slots} == {QUARTER}
    assert [late.starts_at - early.ends_at for early, late in itertools.pairwise(slots)] == [
        timedelta(),
        timedelta(),
    ]


def test_a_time_that_clocks_skip_is_an_hour_later_on_the_clock() -> None:
    skipped = rules.instant(date(2026, 3, 29), time(2, 30), STOCKHOLM)

    assert skipped.astimezone(STOCKHOLM).time() == time(3, 30)


@given(
    st.dates(date(2020, 1, 1), date(2099, 1, 1)),
    st.times(max_value=time(12)),
    st.integers(1, 30),
    st.integers(2, 30),
    st.sampled_from(["Europe/Stockholm", "Asia/Kolkata", "America/St_Johns", "Pacific/Apia"]),
)
def test_slots_never_overlap_anywhere(day: date, first: time, number: int, minutes: int, zone: str) -> None:
    length = timedelta(minutes=minutes)

    slots = rules.slot_times(
        day=day, first_start=first, zone=ZoneInfo(zone), slots=number, length=length, pauses=[(time(9), time(10))]
    )

    assert len(slots) == number
    assert all(early.ends_at <= late.starts_at for early, late in itertools.pairwise(slots))
    assert all(slot.ends_at - slot.starts_at == length for slot in slots)


@pytest.mark.parametrize(
    ("slots", "length", "pauses"),
    [
        (0, QUARTER, []),
        (97, QUARTER, []),
        (1, timedelta(minutes=1), []),
        (1, timedelta(hours=3), []),
        (20, timedelta(hours=1), []),
        (1, QUARTER, [(time(13), time(12))]),
    ],
)
def test_times_that_make_no_event_are_refused(slots: int, length: timedelta, pauses: list[tuple[time, time]]) -> None:
    with pytest.raises(rules.TimesDoNotFit):
        rules.slot_times(day=DAY, first_start=time(9), zone=STOCKHOLM, slots=slots, length=length, pauses=pauses)


def test_a_no_show_comes_after_late_and_before_the_end() -> None:
    rules.check_durations(talk_s=600, feedback_s=120, late_after_s=60, no_show_after_s=720)
    for late, no_show in ((120, 60), (60, 721)):
        with pytest.raises(rules.TimesDoNotFit):
            rules.check_durations(talk_s=600, feedback_s=120, late_after_s=late, no_show_after_s=no_show)


def test_what_people_were_told_stays() -> None:
    rules.check_change(status="draft", changed={"talk_s"})
    rules.check_change(status="published", changed={"undo_s", "name"})
    with pytest.raises(rules.EventIsPublished, match="slots, talk_s"):
        rules.check_change(status="published", changed={"talk_s", "slots", "name"})
    with pytest.raises(rules.EventRefused, match="closed"):
        rules.check_change(status="closed", changed={"name"})


def test_hours_follow_the_clock_to_another_day() -> None:
    at = datetime(2026, 3, 28, 8, tzinfo=UTC)

    assert rules.moved_to_day(at, zone=STOCKHOLM, days=1) == datetime(2026, 3, 29, 7, tzinfo=UTC)


def test_what_only_touches_is_apart_and_what_lies_inside_is_held() -> None:
    nine = datetime(2026, 5, 12, 9, tzinfo=UTC)
    first, second = rules.Interval(nine, nine + QUARTER), rules.Interval(nine + QUARTER, nine + 2 * QUARTER)
    both = rules.Interval(nine, nine + 2 * QUARTER)

    assert not first.overlaps(second)
    assert both.overlaps(first)
    assert both.holds(second) and not first.holds(both)


def test_every_template_makes_an_event() -> None:
    assert [template.code for template in templates()] == [
        "it_expo_15",
        "drop_in_afternoon",
        "video_evening",
        "hybrid_day",
        "service_day_10",
    ]
    assert [newest_pack(template.pack).code for template in templates()] == ["it", "it", "it", "it", "service"]
    assert (pack_of("service_day_10"), pack_of("it_expo_15"), pack_of("gone")) == ("service", "it", "it")
    for template in templates():
        slots = rules.slot_times(
            day=DAY,
            first_start=template.first_start,
            zone=STOCKHOLM,
            slots=template.slots,
            length=timedelta(seconds=template.talk_s + template.feedback_s),
            pauses=[(pause.starts, pause.ends) for pause in template.pauses],
        )
        assert len(slots) == template.slots
        rules.check_durations(
            talk_s=template.talk_s,
            feedback_s=template.feedback_s,
            late_after_s=template.late_after_s,
            no_show_after_s=template.no_show_after_s,
        )


def test_every_text_of_the_server_is_there_in_both_languages() -> None:
    swedish, english = catalogues()["sv"], catalogues()["en"]

    assert swedish.keys() == english.keys()
    assert text("fi", "station", number=3) == "Bord 3"
    assert text("en", "station", number=3) == "Table 3"


def test_a_check_in_code_can_be_read_aloud() -> None:
    codes = {new_check_in_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(len(code) == 6 and set(code) <= set(ALPHABET) for code in codes)
    assert not set(ALPHABET) & set("0O1ILZ2S5B8")
