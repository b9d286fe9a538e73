"""The kinds of evidence for a competence: one's own words, something learnt in life, a paper, an employer's word."""

from __future__ import annotations

from enum import StrEnum

NOTE_LENGTH_MAX = 120
EXAMPLE_LENGTH_MAX = 600
OWN_COMPETENCES_MAX = 60


class EvidenceKind(StrEnum):
    """How one can know; in the order in which it is told to an employer."""

    EMPLOYER_CONFIRMED = "employer_confirmed"
    CREDENTIAL = "credential"
    INFORMAL = "informal"
    SELF = "self"
