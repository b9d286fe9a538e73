"""Another role as a path: what it takes, what one has of it, and what lies near."""

from __future__ import annotations

from feedback.competences import EvidenceKind
from feedback.pack_loader import load_pack, pack_names
from feedback.paths import NEARBY_MAX, Fit, Near, find_path, fits, nearby, paths
from feedback.vocabulary import newest, vocabulary


def test_every_occupation_of_the_packs_says_what_it_takes_in_their_competences() -> None:
    instruments = newest(load_pack(name) for name in pack_names())

    assert {(path.pack, path.occupation.code) for path in paths()} == {
        (one.code, occupation.code) for one in instruments for occupation in one.occupations
    }
    assert sorted({code for path in paths() for code in path.takes} - set(vocabulary().competences)) == []
    assert all(5 <= len(path.takes) == len(set(path.takes)) for path in paths())


def test_what_shows_is_had_what_one_says_is_partly_and_the_rest_is_not_said_yet() -> None:
    path = find_path("it", "tester")
    assert path is not None

    found = dict(fits(path, {"sql": EvidenceKind.SELF, "manual_testing": EvidenceKind.INFORMAL}))

    assert (found["sql"], found["manual_testing"], found["documentation"]) == (Fit.PARTLY, Fit.HAVE, Fit.LACK)
    assert list(found) == list(path.takes)


def test_an_occupation_that_no_pack_has_is_no_path() -> None:
    assert find_path("it", "astronaut") is None
    assert find_path("nothing", "tester") is None


def test_near_are_those_that_share_most_and_at_least_two() -> None:
    path = find_path("it", "network_technician")
    assert path is not None

    near = nearby(path)

    assert [one.path.occupation.code for one in near] == [
        "security_analyst",
        "operations_technician",
        "tester",
    ]
    assert near[0] == Near(near[0].path, ("networking", "firewalls", "monitoring", "it_security"))
    assert len(near) == NEARBY_MAX
    assert {one.path.pack for path in paths() for one in nearby(path) if path.pack == "service"} == {"service"}
