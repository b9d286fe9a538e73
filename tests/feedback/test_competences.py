from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given

from feedback.answers import Answers, AnswersInvalid
from feedback.competences import (
    Evidence,
    EvidenceKind,
    KnownCompetence,
    confirmed_in,
    inventory,
    parse_own_competences,
)
from feedback.profile import ReleasedFeedback, Source
from tests.feedback.strategies import IT, NOON, json_values


def confirmed(competence: str, employer: str) -> Evidence:
    return Evidence(competence, EvidenceKind.EMPLOYER_CONFIRMED, employer_name=employer)


def test_a_competence_stands_once_with_all_evidence_for_it() -> None:
    own = Evidence("sql", EvidenceKind.SELF)
    paper = Evidence("sql", EvidenceKind.CREDENTIAL, note="Kurs 2024")
    helped = Evidence("java", EvidenceKind.INFORMAL)

    known = inventory([own, confirmed("sql", "Kvarnby"), helped, paper, confirmed("sql", "Kvarnby")], IT)

    assert [(one.competence.code, one.kind.value, one.confirmed_by) for one in known] == [
        ("java", "informal", ()),
        ("sql", "employer_confirmed", ("Kvarnby",)),
    ]
    assert known[1].evidence == (confirmed("sql", "Kvarnby"), confirmed("sql", "Kvarnby"), paper, own)


def test_what_the_pack_does_not_list_is_left_out() -> None:
    assert inventory([Evidence("alchemy", EvidenceKind.SELF)], IT) == ()


def test_an_employer_confirms_by_saying_what_worked() -> None:
    source = Source(UUID(int=1), UUID(int=2), "Kvarnby", NOON)
    answers = Answers(worked=("clear_example", "own_part_clear"))
    action_only = Answers(worked=("skill_in_practice",))

    assert confirmed_in(ReleasedFeedback(source, IT, answers)) == (confirmed("showing_merits", "Kvarnby"),)
    assert confirmed_in(ReleasedFeedback(source, IT, action_only)) == ()


def test_a_seeker_says_what_they_know_and_how_it_can_be_seen() -> None:
    raw = [{"competence": "java", "kind": "credential", "note": "3 år"}, {"competence": "sql", "kind": "self"}]

    assert parse_own_competences(raw, IT) == (
        Evidence("java", EvidenceKind.CREDENTIAL, "3 år"),
        Evidence("sql", EvidenceKind.SELF),
    )


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ({}, [("", "not_a_list")]),
        ([{}] * 61, [("", "not_a_list")]),
        (["java"], [("0", "not_an_object")]),
        ([{"competence": "alchemy", "kind": "self"}], [("0.competence", "unknown_code")]),
        ([{"competence": ["java"], "kind": "self"}], [("0.competence", "unknown_code")]),
        ([{"competence": "java", "kind": "employer_confirmed"}], [("0.kind", "unknown_code")]),
        ([{"competence": "java", "kind": []}], [("0.kind", "unknown_code")]),
        ([{"competence": "java", "kind": "self", "note": "x" * 121}], [("0.note", "too_long")]),
    ],
)
def test_nobody_confirms_themselves_or_knows_what_is_not_listed(raw: object, found: list[tuple[str, str]]) -> None:
    with pytest.raises(AnswersInvalid) as caught:
        parse_own_competences(raw, IT)

    assert [(problem.path, problem.code) for problem in caught.value.problems] == found


@given(json_values)
def test_whatever_comes_in_is_read_or_refused(raw: object) -> None:
    try:
        assert parse_own_competences(raw, IT) == ()
    except AnswersInvalid as refusal:
        assert refusal.problems


def test_evidence_cannot_be_built_wrong() -> None:
    with pytest.raises(ValueError, match="names the employer"):
        Evidence("sql", EvidenceKind.EMPLOYER_CONFIRMED)
    with pytest.raises(ValueError, match="names the employer"):
        Evidence("sql", EvidenceKind.SELF, employer_name="Kvarnby")
    with pytest.raises(ValueError, match="at most 120"):
        Evidence("sql", EvidenceKind.SELF, note="x" * 121)
    with pytest.raises(ValueError, match="at least one"):
        KnownCompetence(IT.competences[0], ())
