"""One-click sign-in and what happens right now, for the landing page. Mounted in demo mode only."""

from __future__ import annotations

import secrets
from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession
from starlette.requests import Request

from server.demo import stage
from server.demo.answers import Cast, Demo, DemoRole
from server.demo.world import STANDS
from server.identity import people
from server.identity.authentication import sign_in_here
from server.identity.roles import Role
from server.identity.views import Me, me_view
from server.kit.operations import ANYONE, Operations, RequestModel
from server.kit.problems import NotAllowed, NotFound
from server.state import State

operations = Operations("demo")
CAST_HEADER = "x-demo-cast-secret"


class DemoSignIn(RequestModel):
    role: DemoRole


@operations.add("get", "/api/demo", who=ANYONE)
async def get_demo(request: Request[State], session: AsyncSession) -> Demo:
    """Who one can be in the demo, and what waits for them right now."""
    now = request.state["now"]()
    return await stage.describe(session, now=now)


@operations.add("post", "/api/demo/sign-in", who=ANYONE, errors=[NotFound])
async def sign_in_to_demo(request: Request, body: DemoSignIn) -> Me:
    """Be one of the four people of the demo."""
    async with request.state["database"].transaction() as session:
        actor = await sign_in_here(request, session, person_id=STANDS[Role(body.role)].person_id)
        return me_view(actor, await people.describe(session, actor), demo=True)


@operations.add("post", "/api/demo/cast", who=ANYONE, errors=[NotAllowed])
async def hire_cast(request: Request[State], session: AsyncSession) -> Cast:
    """Join links and sign-ins for the simulated participants, to whoever holds the demo's own secret."""
    secret = request.state["settings"].demo_cast_secret
    given = request.headers.get(CAST_HEADER, "")
    if secret is None or not secrets.compare_digest(given.encode(), secret.get_secret_value().encode()):
        raise NotAllowed("only the demo's own process may ask for its cast")
    return await stage.hire(session, now=request.state["now"](), until=timedelta(days=1))
