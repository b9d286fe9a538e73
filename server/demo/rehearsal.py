"""A rehearsal: two spreadsheets become a published event, and everybody in it gets a way in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.employers.repository import list_recruiters
from server.employers.service import NewPerson, add_recruiters
from server.enrolments.repository import list_employer_ids
from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.service import issue_code, issue_join_link
from server.identity.tables import PersonRow, RoleRow
from server.imports import service as imports
from server.imports.rules import Preview, choices_from_json, preview_to_json
from server.meetings.tables import MeetingRow
from server.planning import publication
from server.planning import service as planning
from server.planning_runs.behind_port import FlowPlanner
from server.recruitment_events.service import EventPlan, create_event
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow
from server.recruitment_events.templates import find_template

STAFF_MAIL = "repetition@demo.example"
TEMPLATE = "it_expo_15"
SLOTS = 24
LONG_BEFORE_S = 14 * 24 * 3600
"""How early a meeting may begin when both are there: a rehearsal does not wait for the day."""
UNDO_S = 1


class SheetBlocked(Exception):
    """A spreadsheet cannot be taken even without its refused rows."""


async def make_event(
    session: AsyncSession, sheets: Mapping[str, bytes], *, meetings_max: int, now: datetime
) -> tuple[UUID, dict[str, Any]]:
    """Import `sheets` in order, have the meetings planned and publish; the event's id and the counts come back.

    Refused rows are left out, and an open question is answered by its last option, which leaves it out.

    Raises:
        SheetRefused: a sheet is no table.
        SheetBlocked: something still stands in the way.
    """
    staff = await create_person(
        session, name="Repetition Provsson", email=STAFF_MAIL, role=Role.STAFF, organisation_name="Prov", now=now
    )
    await session.flush()
    event = await create_event(session, _plan(meetings_max, now), template=TEMPLATE, person_id=staff, now=now)
    counts: dict[str, Any] = {"sheets": {}}
    for filename, raw in sheets.items():
        counts["sheets"][filename] = await _bring_in(session, event, staff, filename, raw, now=now)
    await _invite(session, event, now=now)
    laid = await planning.plan_event(session, event, FlowPlanner(now), meetings_max=meetings_max, now=now)
    told = await publication.publish(session, event, now=now)
    event.early_start_s = LONG_BEFORE_S
    session.add(event)
    return event.id, counts | {"meetings_laid": len(laid), "told": len(told)}


async def cast_of(session: AsyncSession, event_id: UUID, *, now: datetime) -> list[dict[str, Any]]:
    """A way in for each seeker with a meeting, each recruiter with a desk, and staff: links and sign-ins only."""
    of_event = col(MeetingRow.recruitment_event_id) == event_id
    cast: list[dict[str, Any]] = []
    for seeker_id in (await session.exec(select(MeetingRow.seeker_id).where(of_event).distinct())).all():
        token = await issue_join_link(
            session, person_id=seeker_id, recruitment_event_id=event_id, now=now, expires_at=now + timedelta(days=1)
        )
        cast.append({"kind": "seeker", "join_token": token})
    for email, desk_ids in (await _desks_by_recruiter(session, event_id)).items():
        cast.append({"kind": "recruiter", "sign_in_token": await _token(session, email, now), "desk_ids": desk_ids})
    token = await _token(session, STAFF_MAIL, now)
    return [*cast, {"kind": "staff", "sign_in_token": token, "event_id": str(event_id)}]


async def _invite(session: AsyncSession, event: RecruitmentEventRow, *, now: datetime) -> None:
    """Give each employer whose sheet told no address one recruiter who can come in, as staff would by then."""
    for organisation_id in sorted(await list_employer_ids(session, event.id)):
        known = (await list_recruiters(session, [organisation_id])).get(organisation_id, [])
        if not any(person.email for person in known):
            name = known[0].name if known else "Inbjuden Rekryterare"
            invited = NewPerson(name=name, email=f"{organisation_id}@demo.example")
            await add_recruiters(session, organisation_id, (invited,), now=now)


async def _bring_in(
    session: AsyncSession, event: RecruitmentEventRow, staff: UUID, filename: str, raw: bytes, *, now: datetime
) -> dict[str, int]:
    found = await imports.upload(session, event, raw, filename=filename, person_id=staff, now=now)
    await imports.decide(session, event, found.row, choices_from_json(_choices(found.preview)))
    try:
        return await imports.bring_in(session, event, found.row, now=now)
    except (imports.IsBlocked, imports.RowDoesNotFit) as refusal:
        raise SheetBlocked(f"{filename}: {refusal}") from refusal


def _choices(preview: Preview | None) -> dict[str, Any]:
    shown = preview_to_json(preview) if preview else {"rows": [], "decisions": []}
    asked = [shared["decision"] for shared in shown["decisions"]]
    return {
        "left_out": [row["line"] for row in shown["rows"] if row["status"] == "refused"],
        "answers": [
            {"id": one["id"], "value": one["options"][-1]["value"]}
            for one in asked
            if one["answer"] is None and one["proposed"] is None
        ],
    }


def _plan(meetings_max: int, now: datetime) -> EventPlan:
    template = find_template(TEMPLATE)
    assert template is not None, "the template is part of the product"
    return EventPlan(
        name="Repetition",
        place="Provby",
        zone="Europe/Stockholm",
        date=(now + timedelta(days=1)).date(),
        first_start=template.first_start,
        slots=SLOTS,
        pauses=tuple((pause.starts, pause.ends) for pause in template.pauses),
        form=template.form,
        talk_s=template.talk_s,
        feedback_s=template.feedback_s,
        undo_s=UNDO_S,
        extension_s=template.extension_s,
        early_start_s=template.early_start_s,
        late_after_s=template.late_after_s,
        no_show_after_s=template.no_show_after_s,
        booking_closes_s=template.booking_closes_s,
        meetings_max=meetings_max,
        is_open=False,
    )


async def _desks_by_recruiter(session: AsyncSession, event_id: UUID) -> dict[str, list[str]]:
    """Desks by the address of somebody who may serve them; a desk whose employer has no recruiter is left out."""
    query = (
        select(DeskRow.id, PersonRow.email)
        .join(RoleRow, col(RoleRow.organisation_id) == col(DeskRow.organisation_id))
        .join(PersonRow, col(PersonRow.id) == col(RoleRow.person_id))
        .where(
            col(DeskRow.recruitment_event_id) == event_id,
            col(RoleRow.role) == Role.RECRUITER,
            col(PersonRow.email).is_not(None),
        )
        .order_by(col(DeskRow.number), col(PersonRow.email))
    )
    served: dict[UUID, str] = {}
    for desk_id, email in await session.exec(query):
        served.setdefault(desk_id, email or "")
    found: dict[str, list[str]] = {}
    for desk_id, email in served.items():
        found.setdefault(email, []).append(str(desk_id))
    return found


async def _token(session: AsyncSession, email: str, now: datetime) -> str:
    made = await issue_code(session, email=email, asked_at=now, now=now)
    assert made is not None, "the person exists"
    return made.link_token
