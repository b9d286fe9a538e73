"""Everybody who calls: each actor of the oracle with the cookie and CSRF token that they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity import service
from server.identity.tables import JoinLinkRow, SessionRow
from server.kit.db import Database
from server.kit.tokens import new_token, token_hash
from tests.contract import oracle
from tests.contract.world import NOW, World

BY_MAIL = {
    oracle.SEEKER: "seeker",
    oracle.OTHER_SEEKER: "other_seeker",
    oracle.RECRUITER: "recruiter",
    oracle.OTHER_RECRUITER: "other_recruiter",
    oracle.STAFF: "staff",
    oracle.OTHER_STAFF: "other_staff",
    oracle.CASE_WORKER: "case_worker",
    oracle.AFTER_WITHDRAWAL: "case_worker",
    oracle.OTHER_CASE_WORKER: "other_case_worker",
    oracle.ADMIN: "admin",
}


@dataclass(frozen=True)
class Caller:
    """What a browser of this actor sends along; nothing of either is nobody."""

    cookie: str | None = None
    csrf: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        return {"cookie": f"direktkontakt_session={self.cookie}"} if self.cookie else {}


Callers = Mapping[str, Caller]


async def make_callers(database: Database, world: World) -> dict[str, Caller]:
    """Sign everybody in, in the way that their name says."""
    callers = {oracle.ANONYMOUS: Caller(), oracle.BOGUS: Caller(new_token(), new_token())}
    async with database.transaction() as session:
        for actor, person in BY_MAIL.items():
            callers[actor] = await _caller(
                session, await service.open_session(session, person_id=world[person], now=NOW)
            )
        long_ago = NOW - timedelta(hours=13)
        expired = await service.open_session(session, person_id=world["seeker"], now=long_ago)
        callers[oracle.EXPIRED] = await _caller(session, expired)
        world["seekers_session"] = await _session_id(session, callers[oracle.SEEKER])
        for actor, event in ((oracle.LINK, "event"), (oracle.OTHER_LINK, "elsewhere"), (oracle.REVOKED_LINK, "event")):
            callers[actor] = await _by_link(session, world, actor, event)
        mailed = await service.issue_code(session, email="admin@ort.example", asked_at=NOW, now=NOW)
        assert mailed is not None
        world.ids["mailed_token"] = mailed.link_token
    return callers


async def _by_link(session: AsyncSession, world: World, actor: str, event: str) -> Caller:
    token = await service.issue_join_link(
        session,
        person_id=world["seeker"],
        recruitment_event_id=world[event],
        now=NOW,
        expires_at=NOW + timedelta(days=1),
    )
    link = (await session.exec(select(JoinLinkRow).where(col(JoinLinkRow.token_hash) == token_hash(token)))).one()
    caller = await _caller(
        session, await service.open_session(session, person_id=world["seeker"], now=NOW, join_link=link)
    )
    if actor == oracle.LINK:
        world["join_link"], world.ids["join_token"] = link.id, token
    if actor == oracle.REVOKED_LINK:
        await session.exec(update(JoinLinkRow).where(col(JoinLinkRow.id) == link.id).values(revoked_at=NOW))
    return caller


async def _caller(session: AsyncSession, token: str) -> Caller:
    query = select(SessionRow.csrf_token).where(col(SessionRow.token_hash) == token_hash(token))
    return Caller(token, (await session.exec(query)).one())


async def _session_id(session: AsyncSession, caller: Caller) -> UUID:
    query = select(SessionRow.id).where(col(SessionRow.token_hash) == token_hash(caller.cookie or ""))
    return (await session.exec(query)).one()
