"""Hypothesis' random events as they come from the database, small but with everything in them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from server.planning.ports import PlanDesk, PlanMeeting, PlanSeeker, PlanSlot
from server.planning_runs.groups import BANDS
from server.planning_runs.material import Material, Need
from server.planning_runs.planning_rules import PlanningRules

TEN = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
# Codes of a pack, which are also ways to write them: what is stored comes back as it was.
WORDS = ("python", "java", "linux", "excel")
TAKING_TIME = ("booked", "booked", "booked", "late", "checked_in", "called", "closed")


def an_id(kind: str, number: int) -> UUID:
    return UUID(f"{'sdoptrm'.index(kind[0]) + 1:08x}-0000-4000-8000-{number:012x}")


def slot_at(number: int, *, lunch: int | None = None) -> PlanSlot:
    starts_at = TEN + QUARTER * (number + (lunch is not None and number >= lunch))
    return PlanSlot(an_id("t", number), starts_at, starts_at + QUARTER)


def materials() -> st.SearchStrategy[Material]:
    """Events with shared recruiters and stations, absences, locks, pins, and meetings laid by hand."""
    return st.composite(_material)()


def _material(draw: st.DrawFn) -> Material:
    number = draw(st.integers(1, 8))
    lunch = draw(st.one_of(st.none(), st.integers(1, number)))
    slots = tuple(slot_at(index, lunch=lunch) for index in range(number))
    employers = draw(st.integers(1, 4))
    desks = tuple(_desk(draw, index, employers) for index in range(draw(st.integers(0, 5))))
    seekers = tuple(_seeker(draw, index, employers) for index in range(draw(st.integers(0, 8))))
    pairs = [(seeker.id, an_id("o", index)) for seeker in seekers for index in range(employers)]
    return Material(
        slots=slots,
        desks=desks,
        seekers=seekers,
        laid=_laid(draw, slots, desks, seekers),
        now=TEN + QUARTER * draw(st.sampled_from([-8, -8, 2])),
        meetings_max=draw(st.integers(1, 4)),
        is_told=draw(st.booleans()),
        needs={seeker.id: _need(draw) for seeker in seekers if draw(st.integers(0, 3)) == 0},
        groups={seeker.id: (("age_band", draw(st.sampled_from(BANDS))),) for seeker in seekers},
        musts=frozenset(pair for pair in pairs if draw(st.integers(0, 5)) == 0),
        employer_wishes={(pair[1], pair[0]): draw(st.integers(0, 3)) for pair in pairs if draw(st.booleans())},
        met_before=frozenset(pair for pair in pairs if draw(st.integers(0, 5)) == 0),
        rules=_rules(draw),
    )


def _desk(draw: st.DrawFn, index: int, employers: int) -> PlanDesk:
    first = draw(st.integers(0, 4))
    until = draw(st.integers(first + 1, 10))
    return PlanDesk(
        id=an_id("d", index),
        organisation_id=an_id("o", draw(st.integers(0, employers - 1))),
        form=draw(st.sampled_from(["video", "on_site", "hybrid"])),
        on_duty_from=TEN + QUARTER * first,
        on_duty_until=TEN + QUARTER * until,
        recruiter_id=draw(st.sampled_from([None, an_id("r", 0), an_id("r", 1), an_id("r", 2 + index)])),
        station_id=draw(st.sampled_from([None, an_id("p", 0), an_id("p", 1 + index)])),
        competences_wanted=frozenset(draw(st.sets(st.sampled_from(WORDS)))),
        absences=_absences(draw),
        station_is_accessible=draw(st.booleans()),
        zone=draw(st.sampled_from(["", "north"])),
        is_locked=draw(st.integers(0, 4)) == 0,
    )


def _seeker(draw: st.DrawFn, index: int, employers: int) -> PlanSeeker:
    everybody = [an_id("o", number) for number in range(employers)]
    order = draw(st.permutations(everybody))
    cut = draw(st.integers(0, employers))
    return PlanSeeker(
        id=an_id("s", index),
        form=draw(st.sampled_from([None, "video", "on_site", "hybrid"])),
        available_from=draw(st.sampled_from([None, TEN + QUARTER])),
        available_until=draw(st.sampled_from([None, TEN + 5 * QUARTER])),
        wishes=tuple(order[:cut]),
        avoids=frozenset(order[cut : cut + draw(st.integers(0, 1))]),
        competences=frozenset(draw(st.sets(st.sampled_from(WORDS)))),
        absences=_absences(draw),
    )


def _absences(draw: st.DrawFn) -> tuple[tuple[datetime, datetime], ...]:
    if draw(st.integers(0, 3)):
        return ()
    starts_at = TEN + draw(st.integers(0, 80)) * timedelta(minutes=2)
    return ((starts_at, starts_at + draw(st.integers(1, 40)) * timedelta(minutes=1)),)


def _need(draw: st.DrawFn) -> Need:
    kind = draw(st.sampled_from([None, "sign_language", "language:so"]))
    return Need(draw(st.booleans()), draw(st.booleans()), kind)


def _rules(draw: st.DrawFn) -> PlanningRules:
    few = st.integers(0, 2)
    return PlanningRules(
        rest_slots=draw(few),
        form_change_slots=draw(few),
        zone_change_slots=draw(few),
        recruiter_break_every=draw(st.integers(0, 3)),
        meetings_min=draw(few),
        interpreters={"sign_language": draw(few)},
        video_rooms=draw(st.one_of(st.none(), few)),
        target_age_bands={"under_25": 10},
    )


def _laid(
    draw: st.DrawFn, slots: tuple[PlanSlot, ...], desks: tuple[PlanDesk, ...], seekers: tuple[PlanSeeker, ...]
) -> tuple[PlanMeeting, ...]:
    """Meetings as the database would take them: nobody and nothing is anywhere twice at once."""
    found: list[PlanMeeting] = []
    for number in range(draw(st.integers(0, 6)) if desks and seekers else 0):
        desk, slot = draw(st.sampled_from(desks)), draw(st.sampled_from(slots))
        kind = draw(st.sampled_from(["here", "here", "here", "long", "between", "elsewhere"]))
        starts_at = slot.starts_at + (timedelta(minutes=5) if kind == "between" else timedelta())
        meeting = PlanMeeting(
            seeker_id=draw(st.sampled_from(seekers)).id,
            starts_at=starts_at,
            ends_at=starts_at + QUARTER * (2 if kind == "long" else 1),
            form=desk.form,
            id=an_id("m", number),
            desk_id=desk.id if kind != "elsewhere" else an_id("d", 99),
            organisation_id=desk.organisation_id,
            recruiter_id=desk.recruiter_id,
            station_id=desk.station_id if kind != "elsewhere" else None,
            slot_id=slot.id if kind in ("here", "long") else None,
            state=draw(st.sampled_from(TAKING_TIME)),
            is_pinned=draw(st.booleans()),
        )
        if not any(_clash(meeting, other) for other in found):
            found.append(meeting)
    return tuple(found)


def _clash(one: PlanMeeting, other: PlanMeeting) -> bool:
    if one.ends_at <= other.starts_at or other.ends_at <= one.starts_at:
        return False
    names = ("seeker_id", "desk_id", "recruiter_id", "station_id")
    return any(getattr(one, name) is not None and getattr(one, name) == getattr(other, name) for name in names)
