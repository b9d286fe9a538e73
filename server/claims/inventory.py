"""The inventory conversation: what a seeker tells of a situation, and which competences they keep from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.competences import EXAMPLE_LENGTH_MAX, EvidenceKind
from feedback.situations import Situation, conversation, parse_answers_to
from feedback.vocabulary import vocabulary
from server.claims import repository, service
from server.claims.tables import InventoryAnswerRow
from server.identity.tables import PersonRow

State = Literal["begun", "done", "skipped"]


class NoSuchSituation(service.ClaimRefused):
    pass


class NotHeardThere(service.ClaimRefused):
    pass


async def tell(
    session: AsyncSession,
    person_id: UUID,
    situation: str,
    *,
    answers: Mapping[str, str],
    proof: str | None,
    kept: Sequence[str],
    state: State,
    now: datetime,
) -> None:
    """Keep what is told of a situation; once it is done, what is kept becomes claims with this as their example.

    Raises:
        NoSuchSituation: nobody is asked about it.
        NotHeardThere: what is to be kept is no competence that we know, or how it can be seen is no way we know.
        AnswersInvalid: something cannot be kept.
        TooManyClaims: the seeker's list is full.
    """
    asked = conversation().situation(situation)
    if asked is None:
        raise NoSuchSituation("there is no such situation")
    known = vocabulary().competences
    if any(code not in known for code in kept) or proof not in (None, *(one.code for one in conversation().proofs)):
        raise NotHeardThere("choose from what is offered")
    row = await session.get(InventoryAnswerRow, (person_id, situation)) or InventoryAnswerRow(
        person_id=person_id, situation=situation, at=now
    )
    row.answers, row.proof, row.kept = parse_answers_to(asked, answers), proof, list(dict.fromkeys(kept))
    row.state, row.at = state, now
    session.add(row)
    if state == "done":
        await _claim(session, asked, row, now=now)


async def _claim(session: AsyncSession, asked: Situation, row: InventoryAnswerRow, *, now: datetime) -> None:
    person_id = row.person_id
    person = await session.get_one(PersonRow, person_id)
    answers = (row.answers[one.code] for one in asked.questions if one.code in row.answers)
    example = "\n".join(answers)[:EXAMPLE_LENGTH_MAX]
    said = {service.key_of(claim.label): claim for claim in await repository.lock_claims(session, person_id)}
    for code in row.kept:
        claim = said.get(code)
        if claim is None:
            text = vocabulary().competences[code].text
            label = text.en if person.locale == "en" else text.sv
            informal = EvidenceKind.INFORMAL
            await service.add(session, person_id, label=label, evidence=informal, example=example, now=now)
            await session.flush()
        elif (claim.own_evidence or claim.evidence) in (EvidenceKind.SELF, EvidenceKind.INFORMAL):
            # A paper or an employer's word that was there before is better evidence, and stands.
            await service.change(
                session,
                person_id,
                claim.id,
                evidence=EvidenceKind.INFORMAL,
                detail=claim.detail,
                example=example or claim.example,
                now=now,
            )
