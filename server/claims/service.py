"""Claims of competence: what the seeker says of it, and what employers confirm."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.competences import OWN_COMPETENCES_MAX, EvidenceKind
from feedback.vocabulary import vocabulary
from feedback.wording import word_key
from server.claims import repository
from server.claims.tables import CompetenceConfirmationRow
from server.identity.case_workers import tell_of_feedback
from server.kit import streams
from server.profiles.tables import CompetenceRow


class ClaimRefused(Exception):
    """What was asked cannot be done with this claim; the message says why."""


class NoSuchClaim(ClaimRefused):
    pass


class ClaimedAlready(ClaimRefused):
    pass


class TooManyClaims(ClaimRefused):
    pass


class NotMet(ClaimRefused):
    pass


def key_of(label: str) -> str:
    """What names a competence however it is written: the codes it stands for, or the word itself."""
    return "+".join(sorted(vocabulary().keys_of(label)))[:400]


async def add(
    session: AsyncSession,
    person_id: UUID,
    *,
    label: str,
    evidence: EvidenceKind,
    detail: str = "",
    example: str | None = None,
    now: datetime,
) -> None:
    """Claim a competence, last in the list; what employers confirmed of it before counts again.

    Raises:
        ClaimedAlready: the seeker has said so, in these or other words for the same.
        TooManyClaims: the list is full.
    """
    claims = await repository.lock_claims(session, person_id)
    key = key_of(label)
    if not word_key(label) or any(key_of(claim.label) == key for claim in claims):
        raise ClaimedAlready("that is in your list already")
    if len(claims) >= OWN_COMPETENCES_MAX:
        raise TooManyClaims(f"a list has at most {OWN_COMPETENCES_MAX} competences")
    row = CompetenceRow(
        person_id=person_id,
        position=max((claim.position for claim in claims), default=-1) + 1,
        label=label,
        detail=detail,
        evidence=evidence,
        own_evidence=evidence,
        example=example or None,
    )
    if await _is_confirmed(session, person_id, key):
        row.evidence = EvidenceKind.EMPLOYER_CONFIRMED
    session.add(row)
    await _tell(session, person_id, now=now)


async def replace(session: AsyncSession, person_id: UUID, said: Sequence[tuple[str, str]], *, now: datetime) -> None:
    """Claim each (label, detail), in this order, and nothing else; said twice it counts once, in the first words.

    What stays keeps its id, evidence and example; what is new is one's own word, unless an employer has confirmed it.
    """
    wanted: dict[str, tuple[str, str]] = {}
    for label, detail in said:
        wanted.setdefault(key_of(label), (label, detail))
    before: dict[str, CompetenceRow] = {}
    for row in await repository.lock_claims(session, person_id):
        if key_of(row.label) in wanted.keys() - before.keys():
            before[key_of(row.label)] = row
        else:
            await session.delete(row)
    confirmed = {row.key for row in await repository.list_confirmations(session, person_id)}
    for position, (key, (label, detail)) in enumerate(wanted.items()):
        evidence = EvidenceKind.EMPLOYER_CONFIRMED if key in confirmed else EvidenceKind.SELF
        row = before.get(key) or CompetenceRow(
            person_id=person_id, label=label, evidence=evidence, own_evidence=EvidenceKind.SELF
        )
        row.position, row.label, row.detail = position, label, detail
        session.add(row)
    await _tell(session, person_id, now=now)


async def change(
    session: AsyncSession,
    person_id: UUID,
    claim_id: UUID,
    *,
    evidence: EvidenceKind,
    detail: str,
    example: str | None,
    now: datetime,
) -> None:
    """Say on what a claim rests, and give an example of it; an employer's confirmation stays.

    Raises:
        NoSuchClaim: it is not the seeker's.
    """
    row = await _own(session, person_id, claim_id)
    row.own_evidence, row.detail, row.example = evidence, detail, example or None
    if not await _is_confirmed(session, person_id, key_of(row.label)):
        row.evidence = evidence
    session.add(row)
    await _tell(session, person_id, now=now)


async def remove(session: AsyncSession, person_id: UUID, claim_id: UUID, *, now: datetime) -> None:
    """Take a claim out of the list; said anew, it is confirmed as before.

    Raises:
        NoSuchClaim: it is not the seeker's.
    """
    await session.delete(await _own(session, person_id, claim_id))
    await _tell(session, person_id, now=now)


async def confirm(
    session: AsyncSession, claim_id: UUID, *, organisation_id: UUID, recruiter_id: UUID, now: datetime
) -> None:
    """An employer confirms a seeker's claim: called by what employers do, with the recruiter who says so.

    The seeker sees who confirmed it and when, and hears of it at once (`claims.changed` on their stream); other
    employers whom they meet see *confirmed by an employer*, and not by whom. A second time changes nothing; after
    a withdrawal it counts anew. Take it back with `withdraw`.

    Raises:
        NoSuchClaim: there is no such claim.
        NotMet: the employer has never talked with this seeker.
    """
    claim = await session.get(CompetenceRow, claim_id, with_for_update=True)
    if claim is None:
        raise NoSuchClaim("there is no such claim")
    if not await repository.has_met(session, claim.person_id, organisation_id):
        raise NotMet("you can confirm what you have seen in a meeting")
    key = key_of(claim.label)
    row = await repository.find_confirmation(session, claim.person_id, key, organisation_id)
    if row is not None and row.withdrawn_at is None:
        return
    if row is None:
        row = CompetenceConfirmationRow(
            person_id=claim.person_id,
            key=key,
            label=claim.label,
            organisation_id=organisation_id,
            recruiter_id=recruiter_id,
            at=now,
        )
    row.recruiter_id, row.at, row.withdrawn_at = recruiter_id, now, None
    session.add(row)
    claim.own_evidence = claim.own_evidence or claim.evidence
    claim.evidence = EvidenceKind.EMPLOYER_CONFIRMED
    session.add(claim)
    await _tell(session, claim.person_id, now=now)


async def withdraw(session: AsyncSession, claim_id: UUID, *, organisation_id: UUID, now: datetime) -> None:
    """An employer takes its confirmation back; where no other employer's is left, the seeker's own evidence counts.

    Raises:
        NoSuchClaim: there is no such claim, or this employer has not confirmed it.
    """
    claim = await session.get(CompetenceRow, claim_id, with_for_update=True)
    if claim is None:
        raise NoSuchClaim("there is no such claim")
    found = await repository.find_confirmation(session, claim.person_id, key_of(claim.label), organisation_id)
    if found is None or found.withdrawn_at is not None:
        raise NoSuchClaim("there is no such confirmation of yours")
    found.withdrawn_at = now
    session.add(found)
    await session.flush()
    if not await _is_confirmed(session, claim.person_id, key_of(claim.label)):
        claim.evidence = claim.own_evidence or EvidenceKind.SELF
        session.add(claim)
    await _tell(session, claim.person_id, now=now)


async def _own(session: AsyncSession, person_id: UUID, claim_id: UUID) -> CompetenceRow:
    row = await session.get(CompetenceRow, claim_id, with_for_update=True)
    if row is None or row.person_id != person_id:
        raise NoSuchClaim("there is no such claim of yours")
    return row


async def _is_confirmed(session: AsyncSession, person_id: UUID, key: str) -> bool:
    return any(row.key == key for row in await repository.list_confirmations(session, person_id))


async def _tell(session: AsyncSession, person_id: UUID, *, now: datetime) -> None:
    await streams.append(session, f"person:{person_id}", "claims.changed", {}, now=now)
    await tell_of_feedback(session, person_id, now=now)
