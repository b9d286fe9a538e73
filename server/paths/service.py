"""What a role takes beside what the seeker has, and who has named it; said to the seeker alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.competences import EvidenceKind
from feedback.vocabulary import vocabulary
from server.claims import repository as claims
from server.identity.actor import Actor
from server.reading.own import read_own


@dataclass(frozen=True, slots=True)
class Named:
    """An employer who has said that a role would fit better, in feedback that its seeker has opened."""

    pack: str
    occupation: str
    feedback_id: UUID
    employer_name: str
    held_at: datetime


async def list_named(session: AsyncSession, actor: Actor, *, now: datetime) -> list[Named]:
    """The roles that employers have named to this seeker, newest first; only what they have opened."""
    own = await read_own(session, actor.person_id, scope_event_id=actor.scope_event_id, now=now)
    named = []
    for one in own.opened:
        if one.answers.occupation is not None:
            row = one.found.row
            named.append(Named(row.pack, one.answers.occupation, row.id, row.employer_name, one.found.held_at))
    return named


async def best_evidence(session: AsyncSession, person_id: UUID) -> dict[str, EvidenceKind]:
    """The seeker's best kind of evidence for each competence that the packs know."""
    order = list(EvidenceKind)
    best: dict[str, EvidenceKind] = {}
    for row in await claims.list_claims(session, person_id):
        kind = EvidenceKind(row.evidence)
        for code in vocabulary().keys_of(row.label):
            if code not in best or order.index(kind) < order.index(best[code]):
                best[code] = kind
    return best
