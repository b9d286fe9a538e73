"""The order in which a desk offers ready phrases; the page asks once and keeps it while it is open."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel
from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from feedback.chip_order import chip_order
from feedback.vocabulary import vocabulary
from server.desks import repository
from server.identity.actor import Actor
from server.identity.roles import RECRUITERS
from server.kit.operations import Operations
from server.kit.problems import NotFound
from server.scorecards.cards import current_instrument
from server.scorecards.use import own_use, role_use
from server.state import State

operations = Operations("chips")


class ChipOrder(BaseModel):
    """Codes by question, those first that this employer and this occupation use most."""

    code: str
    version: int
    worked: list[str]
    do_next: list[str]
    enabling: list[str]


@operations.add("get", "/api/desks/{desk_id}/chips", who=RECRUITERS, errors=[NotFound])
async def order_chips(request: Request[State], session: AsyncSession, actor: Actor, desk_id: UUID) -> ChipOrder:
    """Ready phrases in the order to offer them here."""
    desk = await repository.find_desk(session, desk_id, organisation_ids=actor.organisation_ids)
    if desk is None:
        raise NotFound("there is no such desk of your employer")
    instrument = current_instrument(desk.template, now=request.state["now"]())
    order = chip_order(
        instrument,
        own=await own_use(session, desk.employer_id, instrument),
        role=await role_use(session, desk.employer_id, instrument),
        wanted=vocabulary().keys(desk.competences_wanted or ()),
    )
    return ChipOrder(
        code=instrument.code,
        version=instrument.version,
        worked=list(order["worked"]),
        do_next=list(order["do_next"]),
        enabling=list(order["enabling"]),
    )
