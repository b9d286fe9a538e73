"""Claims and the inventory by HTTP. Each field that leaves the server is named here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from feedback.instrument import Text
from feedback.situations import AskedQuestion, Proof, Situation, conversation, heard_in
from feedback.vocabulary import vocabulary
from server.claims.service import key_of
from server.claims.tables import InventoryAnswerRow
from server.kit.rows import Found


class Confirmation(BaseModel):
    """Who confirmed it, and when."""

    employer_name: str
    recruiter_name: str
    at: datetime


class MyClaim(BaseModel):
    """A claim of one's own. `evidence` is told first; `own_evidence` is what one says oneself."""

    id: UUID
    label: str
    code: str | None
    detail: str
    example: str | None
    evidence: str
    own_evidence: str
    confirmations: list[Confirmation]


class MyClaims(BaseModel):
    """All claims in the seeker's own order; `told` counts the situations of the inventory that are done."""

    claims: list[MyClaim]
    told: int
    situations: int


class HeardIn(BaseModel):
    """A competence that was heard in an answer, and the words in which it was; none where it is only asked about."""

    code: str
    text: Text
    quote: str | None


class SituationView(BaseModel):
    """One situation of the inventory; `state`: new, begun, done or skipped."""

    code: str
    title: Text
    questions: list[AskedQuestion]
    answers: dict[str, str]
    proof: str | None
    kept: list[str]
    state: str
    heard: list[HeardIn]
    maybe: list[HeardIn]


class Inventory(BaseModel):
    """The conversation as far as it has come."""

    situations: list[SituationView]
    proofs: list[Proof]


def claims_answer(
    claims: Sequence[Found], confirmations: Sequence[Found], inventory: Sequence[InventoryAnswerRow]
) -> MyClaims:
    """The seeker's claims with who confirmed them."""
    return MyClaims(
        claims=claim_answers(claims, confirmations),
        told=sum(row.state == "done" for row in inventory),
        situations=len(conversation().situations),
    )


def claim_answers(claims: Sequence[Found], confirmations: Sequence[Found]) -> list[MyClaim]:
    """Each claim with who confirmed it."""
    return [
        MyClaim(
            id=row.id,
            label=row.label,
            code=_code(row.label),
            detail=row.detail,
            example=row.example,
            evidence=row.evidence,
            own_evidence=row.own_evidence or row.evidence,
            confirmations=[
                Confirmation(employer_name=one.employer_name, recruiter_name=one.recruiter_name, at=one.at)
                for one in confirmations
                if one.key == key_of(row.label)
            ],
        )
        for row in claims
    ]


def inventory_answer(told: Sequence[InventoryAnswerRow]) -> Inventory:
    """The conversation with what is heard in what was told."""
    by_code: dict[str, InventoryAnswerRow] = {row.situation: row for row in told}
    return Inventory(
        situations=[_situation(one, by_code.get(one.code)) for one in conversation().situations],
        proofs=list(conversation().proofs),
    )


def _situation(asked: Situation, row: InventoryAnswerRow | None) -> SituationView:
    answers: dict[str, str] = row.answers if row else {}
    heard = heard_in([answers[one.code] for one in asked.questions if one.code in answers], conversation().words)
    said = {one.competence for one in heard}
    return SituationView(
        code=asked.code,
        title=asked.title,
        questions=list(asked.questions),
        answers=answers,
        proof=row.proof if row else None,
        kept=row.kept if row else [],
        state=row.state if row else "new",
        heard=[_heard(one.competence, one.quote) for one in heard],
        maybe=[_heard(one, None) for one in asked.maybe if one not in said],
    )


def _heard(code: str, quote: str | None) -> HeardIn:
    return HeardIn(code=code, text=vocabulary().competences[code].text, quote=quote)


def _code(label: str) -> str | None:
    found = vocabulary().find(label)
    return found.code if found else None
