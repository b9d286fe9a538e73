"""The rehearsal checklist and the circles of the network map."""

from __future__ import annotations

from feedback.rehearsal import preparation


def test_the_checklist_is_short_enough_to_be_done_before_a_meeting() -> None:
    codes = [point.code for point in preparation().points]

    assert len(codes) == len(set(codes)) <= 8
    assert all(len(point.text.sv) <= 60 and len(point.how.sv) <= 80 for point in preparation().points)


def test_points_and_circles_are_known_by_their_codes() -> None:
    assert preparation().has_point("own_part")
    assert not preparation().has_point("score")
    assert preparation().has_circle("family")
    assert not preparation().has_circle("enemies")
