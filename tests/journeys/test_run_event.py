"""The two spreadsheets become an event, and simulated people hold every meeting of it."""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from server.identity.people import create_person
from server.identity.roles import Role
from server.identity.service import issue_code, issue_join_link
from server.identity.tables import PersonRow, RoleRow
from server.meetings.tables import MeetingRow
from server.recruitment_events.tables import DeskRow, RecruitmentEventRow
from tests.journeys.house import House
from tests.journeys.support.waiting import until
from tests.journeys.world import STAFF, Api
from tests.services.web import ROOT

SHEETS = ROOT / "tests" / "data" / "event-spreadsheets"
DESKS_AT_A_TIME, TALK_S = 4, 1.5
LONG_BEFORE_S = 14 * 24 * 3600


class Office(Api):
    """Staff's requests, with files and choices beside the plain ones."""

    async def upload(self, base: str, name: str) -> dict[str, Any]:
        content = (SHEETS / name).read_bytes()
        answer = await self._client.post(f"{base}/imports", params={"filename": name}, content=content)
        told: dict[str, Any] = self._told(answer)
        return told

    async def choose(self, path: str, **choices: Any) -> dict[str, Any]:
        told: dict[str, Any] = self._told(await self._client.put(path, json=choices))
        return told

    async def bring(self, base: str, name: str) -> dict[str, int]:
        """Leave out what is refused, answer each open question by its last option, and save."""
        uploaded = await self.upload(base, name)
        preview = uploaded["preview"]
        asked = [shared["decision"] for shared in preview["decisions"]]
        await self.choose(
            f"{base}/imports/{uploaded['id']}/decisions",
            left_out=[row["line"] for row in preview["rows"] if row["status"] == "refused"],
            answers=[
                {"id": one["id"], "value": one["options"][-1]["value"]}
                for one in asked
                if one["answer"] is None and one["proposed"] is None
            ],
        )
        counts: dict[str, int] = await self.post(f"{base}/imports/{uploaded['id']}/commit")
        return counts

    async def plan(self, base: str, **options: Any) -> int:
        """Ask the planner for a plan and lay it; the number of meetings."""
        asked = await self.post(f"{base}/planning-runs", **options)
        path = f"{base}/planning-runs/{asked['id']}"

        async def ended() -> dict[str, Any] | None:
            run: dict[str, Any] = await self.get(path)
            return None if run["status"] in ("queued", "running") else run

        run = await until(ended, within_s=60, what="the plan is made")
        assert run is not None
        assert run["status"] == "done", run
        await self.post(f"{path}/lay")
        return int(run["meetings"])


async def planned_event(house: House, office: Office, *, meetings_max: int = 1) -> tuple[UUID, int]:
    """An event tomorrow from the two sheets, published; how many meetings were laid."""
    now = datetime.now(UTC)
    async with house.database.transaction() as session:
        name, email = STAFF
        await create_person(session, name=name, email=email, role=Role.STAFF, organisation_name="Expo", now=now)
    await office.sign_in(house, STAFF[1])
    body = {"template": "it_expo_15", "name": "IT-dagen", "place": "Sundsvall", "first_start": "09:00", "slots": 24}
    date = (now + timedelta(days=1)).date().isoformat()
    made = await office.post("/api/recruitment-events", **body, date=date, undo_s=1)
    base = f"/api/recruitment-events/{made['id']}"
    await office.bring(base, "arbetsgivare.csv")
    await office.bring(base, "arbetssokande.csv")
    laid = await office.plan(base, meetings_max=meetings_max)
    await office.post(f"{base}/publish")
    async with house.database.transaction() as session:
        # A rehearsal does not wait for tomorrow.
        (await session.get_one(RecruitmentEventRow, UUID(made["id"]))).early_start_s = LONG_BEFORE_S
    return UUID(made["id"]), laid


async def cast_of(session: AsyncSession, event_id: UUID) -> list[dict[str, Any]]:
    """A line for each seeker with a meeting, each recruiter with a desk, and staff at the door."""
    now = datetime.now(UTC)
    of_event = col(MeetingRow.recruitment_event_id) == event_id
    cast: list[dict[str, Any]] = []
    for seeker_id in set(await session.exec(select(MeetingRow.seeker_id).where(of_event))):
        ends = now + timedelta(days=2)
        token = await issue_join_link(
            session, person_id=seeker_id, recruitment_event_id=event_id, now=now, expires_at=ends
        )
        cast.append({"kind": "seeker", "join_token": token})
    desks_of: dict[str, list[str]] = {}
    for desk in await session.exec(select(DeskRow).where(col(DeskRow.recruitment_event_id) == event_id)):
        recruiters = (
            select(PersonRow.email)
            .join(RoleRow, col(RoleRow.person_id) == col(PersonRow.id))
            .where(
                col(RoleRow.organisation_id) == desk.organisation_id,
                col(RoleRow.role) == Role.RECRUITER,
                col(PersonRow.email).is_not(None),
            )
        )
        email = (await session.exec(recruiters.order_by(col(PersonRow.email)))).first()
        if email is not None:
            desks_of.setdefault(email, []).append(str(desk.id))
    for email, desk_ids in desks_of.items():
        cast.append({"kind": "recruiter", "sign_in_token": await _token(session, email, now), "desk_ids": desk_ids})
    staff = await _token(session, STAFF[1], now)
    return [*cast, {"kind": "staff", "sign_in_token": staff, "event_id": str(event_id)}]


async def _token(session: AsyncSession, email: str, now: datetime) -> str:
    made = await issue_code(session, email=email, asked_at=now, now=now)
    assert made is not None, email
    return made.link_token


async def hold(url: str, cast: list[dict[str, Any]], said: Path) -> dict[str, Any]:
    """Let the people hold the event, in a process that has none of our settings; their account of it."""
    lines = "\n".join(json.dumps(member) for member in cast).encode()
    arguments = ["--event", "--url", url, "--desks", str(DESKS_AT_A_TIME), "--talk-s", str(TALK_S)]
    with said.open("wb") as errors:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "realtime.simulated", *arguments),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=errors,
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin"},
        )
        out, _ = await process.communicate(lines)
    assert out, said.read_text()[-4000:]
    account: dict[str, Any] = json.loads(out)
    return account


@pytest.mark.timeout(1200)
async def test_every_meeting_of_the_imported_event_is_held_and_reaches_a_profile(house: House, tmp_path: Path) -> None:
    office = Office(house.staff_door.url)
    try:
        event_id, laid = await planned_event(house, office)
        async with house.database.transaction() as session:
            cast = await cast_of(session, event_id)
        account = await hold(house.seekers_door.url, cast, tmp_path / "people.jsonl")
        board = await office.get(f"/api/recruitment-events/{event_id}/live")
    finally:
        await office.aclose()

    print(json.dumps(account))
    assert account["failed"] == []
    held = (account["meetings_planned"], account["meetings_held"], account["feedback_sent"], account["feedback_opened"])
    assert held == (laid, laid, laid, laid)
    assert account["profiles_holding"] == account["profiles_expected"] == account["seekers"]
    assert account["video_with_frames_both_ways"] == laid - account["meetings_by_form"]["on_site"]
    assert account["checked_in_by_code"] == account["meetings_by_form"]["on_site"] > 0
    assert min(account["frames"]["seeker"]["min"], account["frames"]["recruiter"]["min"]) >= 10
    assert board["counts"]["held"] == laid
