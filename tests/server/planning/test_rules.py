from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from server.planning.ports import PlanDesk, PlanMeeting, PlanSeeker, PlanSlot
from server.planning.rules import Busy, Conflict, alternatives, conflicts, form_fits, meeting_form

NINE = datetime(2026, 5, 12, 9, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def slot(number: int) -> PlanSlot:
    return PlanSlot(UUID(int=number + 1), NINE + number * QUARTER, NINE + (number + 1) * QUARTER)


def desk(number: int, **more: object) -> PlanDesk:
    values: dict[str, object] = {
        "id": UUID(int=100 + number),
        "organisation_id": UUID(int=200 + number),
        "form": "video",
        "on_duty_from": NINE,
        "on_duty_until": NINE + timedelta(hours=8),
    }
    return PlanDesk(**values | more)  # type: ignore[arg-type]


def meeting(at: PlanDesk, when: PlanSlot, seeker_id: UUID, **more: object) -> PlanMeeting:
    values: dict[str, object] = {
        "id": uuid4(),
        "seeker_id": seeker_id,
        "starts_at": when.starts_at,
        "ends_at": when.ends_at,
        "form": at.form,
        "desk_id": at.id,
        "organisation_id": at.organisation_id,
        "recruiter_id": at.recruiter_id,
        "station_id": at.station_id,
    }
    return PlanMeeting(**values | more)  # type: ignore[arg-type]


def found(meetings: list[PlanMeeting], *desks: PlanDesk, seeker: PlanSeeker | None = None) -> list[Conflict]:
    seekers = {seeker.id: seeker} if seeker else {}
    return conflicts(meetings, desks={each.id: each for each in desks}, seekers=seekers, meetings_max=2)


@pytest.mark.parametrize(
    ("desk_form", "seeker_form", "fits", "form"),
    [
        ("video", None, True, "video"),
        ("video", "video", True, "video"),
        ("video", "on_site", False, "video"),
        ("on_site", "video", False, "on_site"),
        ("on_site", "hybrid", True, "on_site"),
        ("hybrid", "video", True, "video"),
        ("hybrid", "on_site", True, "on_site"),
        ("hybrid", None, True, "hybrid"),
    ],
)
def test_a_form_fits_and_a_meeting_is_held_as_both_can(
    desk_form: str, seeker_form: str | None, fits: bool, form: str
) -> None:
    assert form_fits(desk_form, seeker_form) is fits
    assert meeting_form(desk_form, seeker_form) == form


def test_what_touches_does_not_collide() -> None:
    seeker, one = uuid4(), desk(0)

    assert found([meeting(one, slot(0), seeker), meeting(one, slot(1), uuid4())], one) == []


def test_each_party_is_in_one_place_at_a_time() -> None:
    recruiter, station = uuid4(), uuid4()
    one = desk(0, recruiter_id=recruiter, station_id=station)
    two = desk(1, recruiter_id=recruiter, station_id=station)
    seeker = uuid4()
    first, second = meeting(one, slot(0), seeker), meeting(two, slot(0), seeker)

    codes = {conflict.code for conflict in found([first, second], one, two)}

    assert codes == {"seeker_double", "recruiter_double", "station_taken"}


def test_two_at_one_desk_collide_also_when_a_long_meeting_covers_both() -> None:
    one = desk(0)
    long = meeting(one, slot(0), uuid4(), ends_at=slot(3).ends_at)
    inside = [meeting(one, slot(number), uuid4()) for number in (1, 2)]

    collisions = found([long, *inside], one)

    assert collisions == [Conflict("desk_double", (long.id, each.id)) for each in inside]  # type: ignore[arg-type]
    assert {each.severity for each in collisions} == {"blocking"}


def test_what_a_seeker_said_is_a_warning_and_a_desk_off_duty_is_not() -> None:
    one = desk(0, on_duty_until=slot(0).ends_at)
    seeker = PlanSeeker(
        id=uuid4(), form="on_site", available_from=slot(2).starts_at, avoids=frozenset({one.organisation_id})
    )

    conflicted = found([meeting(one, slot(1), seeker.id)], one, seeker=seeker)

    assert [(each.code, each.severity) for each in conflicted] == [
        ("desk_off_duty", "blocking"),
        ("outside_availability", "warning"),
        ("form_mismatch", "warning"),
        ("avoided", "warning"),
    ]


def test_a_pair_that_meets_twice_and_a_seeker_with_too_many_are_named() -> None:
    one, seeker = desk(0), uuid4()
    meetings = [meeting(one, slot(number), seeker) for number in range(3)]
    ids = tuple(each.id for each in meetings)

    assert found(meetings, one) == [Conflict("pair_twice", ids), Conflict("too_many", ids)]  # type: ignore[arg-type]


def test_a_meeting_outside_the_event_is_no_part_of_its_conflicts() -> None:
    with pytest.raises(ValueError, match="has an id and a desk"):
        found([meeting(desk(0), slot(0), uuid4(), id=None)], desk(0))


def test_alternatives_are_the_nearest_times_of_the_desk_then_of_its_neighbours() -> None:
    employer = uuid4()
    wanted, other, stranger = desk(0, organisation_id=employer), desk(1, organisation_id=employer), desk(2)
    seeker = uuid4()
    busy = Busy([meeting(wanted, slot(2), uuid4()), meeting(stranger, slot(3), seeker)])

    places = alternatives(
        wanted=wanted,
        at=slot(2).starts_at,
        slots=[slot(number) for number in range(6)],
        desks=[wanted, other, stranger],
        busy=busy,
        seeker_id=seeker,
    )

    assert [(place.desk_id, place.slot_id.int - 1) for place in places] == [
        (wanted.id, 1),
        (wanted.id, 0),
        (wanted.id, 4),
        (other.id, 2),
        (other.id, 1),
        (other.id, 0),
    ]


def test_the_desk_is_named_before_the_others_who_are_taken() -> None:
    one, seeker = desk(0, recruiter_id=uuid4(), station_id=uuid4()), uuid4()
    other = desk(1, recruiter_id=one.recruiter_id)

    assert Busy([meeting(one, slot(0), seeker)]).taken_party(one, slot(0), seeker_id=seeker) == "desk"
    assert Busy([meeting(other, slot(0), uuid4())]).taken_party(one, slot(0), seeker_id=seeker) == "recruiter"
    assert Busy([meeting(other, slot(0), seeker)]).taken_party(one, slot(0), seeker_id=seeker) == "seeker"
    assert Busy().taken_party(one, slot(0), seeker_id=seeker) is None
