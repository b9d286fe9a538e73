"""Competences and the evidence for them: one's own words, somebody's, an employer's, a paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from feedback.answers import AnswersInvalid
from feedback.instrument import Competence, Instrument, find
from feedback.problem import Problem
from feedback.profile import ReleasedFeedback
from feedback.statement import read_statement

NOTE_LENGTH_MAX = 120
OWN_COMPETENCES_MAX = 60


class EvidenceKind(StrEnum):
    """How one can know; in the order in which it is told to an employer."""

    EMPLOYER_CONFIRMED = "employer_confirmed"
    CREDENTIAL = "credential"
    INFORMAL = "informal"
    SELF = "self"


OWN_KINDS = (EvidenceKind.CREDENTIAL, EvidenceKind.INFORMAL, EvidenceKind.SELF)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to believe that a person has a competence; `employer_name` where an employer confirmed it."""

    competence: str
    kind: EvidenceKind
    note: str = ""
    employer_name: str | None = None

    def __post_init__(self) -> None:
        if (self.kind is EvidenceKind.EMPLOYER_CONFIRMED) != (self.employer_name is not None):
            raise ValueError("an employer's confirmation, and nothing else, names the employer")
        if len(self.note) > NOTE_LENGTH_MAX:
            raise ValueError(f"a note has at most {NOTE_LENGTH_MAX} characters")


@dataclass(frozen=True, slots=True)
class KnownCompetence:
    """A competence with all evidence for it, in the order of EvidenceKind."""

    competence: Competence
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError("a competence is known by at least one piece of evidence")

    @property
    def kind(self) -> EvidenceKind:
        """The kind of evidence that is told first."""
        return self.evidence[0].kind

    @property
    def confirmed_by(self) -> tuple[str, ...]:
        """The employers who confirmed it, each once."""
        return tuple(dict.fromkeys(one.employer_name for one in self.evidence if one.employer_name is not None))


def inventory(evidence: Iterable[Evidence], instrument: Instrument) -> tuple[KnownCompetence, ...]:
    """What a person knows, in the order of the pack's list; evidence for what it does not list is left out."""
    kinds = list(EvidenceKind)
    ordered = sorted(evidence, key=lambda one: kinds.index(one.kind))
    found = (
        (competence, tuple(one for one in ordered if one.competence == competence.code))
        for competence in instrument.competences
    )
    return tuple(KnownCompetence(competence, known) for competence, known in found if known)


def confirmed_in(feedback: ReleasedFeedback) -> tuple[Evidence, ...]:
    """The competences an employer confirmed by saying what worked, each once."""
    chips = (feedback.instrument.worked.choice(code) for code in feedback.answers.worked)
    codes = dict.fromkeys(chip.competence for chip in chips if chip.competence is not None)
    employer = feedback.source.employer_name
    return tuple(Evidence(code, EvidenceKind.EMPLOYER_CONFIRMED, employer_name=employer) for code in codes)


def parse_own_competences(raw: object, instrument: Instrument) -> tuple[Evidence, ...]:
    """What a seeker says of themselves in ``[{competence, kind, note?}]``; nobody confirms themselves.

    Raises:
        AnswersInvalid: each field that is wrong, by path and code.
    """
    if not isinstance(raw, Sequence) or isinstance(raw, (str, bytes)) or len(raw) > OWN_COMPETENCES_MAX:
        message = f"should be a list of at most {OWN_COMPETENCES_MAX} competences"
        raise AnswersInvalid([Problem("", "not_a_list", message)])
    problems: list[Problem] = []
    found = [_own_evidence(entry, f"{index}", instrument, problems) for index, entry in enumerate(raw)]
    if problems:
        raise AnswersInvalid(problems)
    return tuple(evidence for evidence in found if evidence is not None)


def _own_evidence(entry: object, path: str, instrument: Instrument, problems: list[Problem]) -> Evidence | None:
    if not isinstance(entry, Mapping):
        problems.append(Problem(path, "not_an_object", "should be an object with competence and kind"))
        return None
    code, kind = entry.get("competence"), entry.get("kind")
    note = read_statement(entry.get("note", ""), path=f"{path}.note", length_max=NOTE_LENGTH_MAX, problems=problems)
    if not isinstance(code, str) or find(instrument.competences, code) is None:
        problems.append(Problem(f"{path}.competence", "unknown_code", "is not one of the competences"))
        return None
    if kind not in OWN_KINDS:
        message = f"should be one of {', '.join(OWN_KINDS)}"
        problems.append(Problem(f"{path}.kind", "unknown_code", message))
        return None
    return Evidence(code, EvidenceKind(kind), note)
