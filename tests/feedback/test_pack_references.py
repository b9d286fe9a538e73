from __future__ import annotations

from dataclasses import replace

import pytest

from feedback.instrument import Instrument, Reference
from feedback.pack_loader import load_pack, pack_names
from feedback.pack_references import check_jobtech
from tests.feedback import jobtech
from tests.feedback.strategies import IT

JAVA = Reference("AAAA_aaa_001", "Java, programmeringsspråk")


def pack_with(reference: Reference | None, code: str = "java") -> Instrument:
    """The IT pack where only the competence `code` has an id."""
    changed = (replace(one, jobtech=reference if one.code == code else None) for one in IT.competences)
    return replace(IT, competences=tuple(changed))


def found(reference: Reference | None, code: str = "java") -> list[tuple[str, str]]:
    problems = check_jobtech(pack_with(reference, code), jobtech.MADE_UP.get)
    return [(problem.path, problem.code) for problem in problems]


def test_an_id_with_its_label_stands_for_the_competence_that_the_label_names() -> None:
    assert found(JAVA) == []
    assert found(Reference("AAAA_aaa_002", "Test automation/Testautomatisering"), "test_automation") == []
    assert found(None) == []


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        (Reference("AAAA_aaa_009", JAVA.label), "unknown_id"),
        (Reference(JAVA.id, "Java"), "other_label"),
        (Reference("AAAA_aaa_003", "Javautvecklare"), "not_a_skill"),
        (Reference("AAAA_aaa_004", "Jazz"), "another_thing"),
    ],
)
def test_a_wrong_id_is_named_with_what_is_wrong(reference: Reference, code: str) -> None:
    assert found(reference) == [("competences[java].jobtech", code)]


def test_every_jobtech_id_of_a_pack_is_in_the_dump_under_that_label() -> None:
    packs = [load_pack(name) for name in pack_names()]
    register = jobtech.register()

    if register is None:
        # Without the dump the made-up ids stand for it: each id of the packs must then be found wrong.
        given = {(pack.code, one.code) for pack in packs for one in pack.competences if one.jobtech}
        caught = {(pack.code, problem.path) for pack in packs for problem in check_jobtech(pack, jobtech.MADE_UP.get)}
        assert given and caught == {(pack, f"competences[{code}].jobtech") for pack, code in given}
    else:
        assert [problem for pack in packs for problem in check_jobtech(pack, register)] == []


def test_no_id_stands_for_two_competences() -> None:
    for pack in (load_pack(name) for name in pack_names()):
        ids = [one.jobtech.id for one in pack.competences if one.jobtech]

        assert len(set(ids)) == len(ids)


def test_a_reference_has_an_id_and_a_label() -> None:
    with pytest.raises(ValueError, match="an id and the label"):
        Reference("AAAA_aaa_001", " ")
