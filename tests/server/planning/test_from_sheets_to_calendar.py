"""The two spreadsheets that staff sent become an event, through the API alone."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any
from uuid import UUID

from server.planning.service import plan_event
from server.planning_runs.behind_port import FlowPlanner
from server.recruitment_events.tables import RecruitmentEventRow
from tests.server.expo import Expo, make_expo
from tests.server.harness import App

SPREADSHEETS = Path(__file__).parents[2] / "data" / "event-spreadsheets"


async def upload(expo: Expo, name: str) -> dict[str, Any]:
    content = (SPREADSHEETS / name).read_bytes()
    answer = await expo.staff.post(expo.url(f"/imports?filename={name}"), content=content)
    assert answer.status_code == 201, answer.text
    uploaded: dict[str, Any] = answer.json()
    return uploaded


async def settle(expo: Expo, imported: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is refused, answer each open question by its last option."""
    rows = imported["preview"]["rows"]
    asked = [shared["decision"] for shared in imported["preview"]["decisions"]]
    choices = {
        "left_out": [row["line"] for row in rows if row["status"] == "refused"],
        "answers": [
            {"id": one["id"], "value": one["options"][-1]["value"]}
            for one in asked
            if one["answer"] is None and one["proposed"] is None
        ],
    }
    answer = await expo.staff.put(expo.url(f"/imports/{imported['id']}/decisions"), json=choices)
    assert answer.status_code == 200, answer.text
    decided: dict[str, Any] = answer.json()
    return decided


async def bring(expo: Expo, name: str) -> tuple[dict[str, Any], dict[str, int]]:
    decided = await settle(expo, await upload(expo, name))
    assert decided["blocked"] == []
    committed = await expo.staff.post(expo.url(f"/imports/{decided['id']}/commit"))
    assert committed.status_code == 200, committed.text
    return decided, committed.json()


async def lay_plan(app: App, expo: Expo) -> int:
    """Lay what the planner proposes, as a rehearsal does; the number of meetings comes back."""
    async with app.database.transaction() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(expo.id))
        planner = FlowPlanner(app.clock())
        return len(await plan_event(session, event, planner, meetings_max=event.meetings_max, now=app.clock()))


async def test_two_sheets_become_a_published_event_and_every_mail_has_a_link_of_its_own(real_app: App) -> None:
    expo = await make_expo(real_app, first_start="09:00", slots=24)
    _, employers = await bring(expo, "arbetsgivare.csv")
    decided, seekers = await bring(expo, "arbetssokande.csv")
    grid = await expo.grid()

    laid = await lay_plan(real_app, expo)
    published = await expo.publish()
    mails = await expo.sent()

    assert employers["employers_new"] == 12
    assert (len(grid["desks"]), grid["seekers"]) == (employers["desks"], seekers["seekers_new"])
    left_out = seekers["left_out"]
    assert seekers["seekers_new"] == decided["preview"]["summary"]["rows"] - left_out
    after = await expo.grid()
    assert [one for one in after["conflicts"] if one["severity"] == "blocking"] == []
    assert laid == len(after["meetings"]) > after["seekers"]
    assert {one["meetings"] for one in after["unplaced"]} & {0} == set()
    assert published["seekers_told"] == seekers["seekers_new"]
    to_seekers = [mail for mail in mails if mail["to"].endswith("@sokande.example")]
    links = [mail["text"].split("/j/")[1].split()[0] for mail in to_seekers]
    assert len(set(links)) == len(links) == seekers["seekers_new"]
    starts = Counter(mail["calendar"].count("BEGIN:VEVENT") for mail in to_seekers)
    assert sum(number * times for number, times in starts.items()) == laid
    assert not any("[[" in mail["text"] + (mail["calendar"] or "") for mail in mails)


async def test_the_same_sheets_again_double_nobody(real_app: App) -> None:
    expo = await make_expo(real_app, first_start="09:00", slots=24)
    _, employers = await bring(expo, "arbetsgivare.csv")
    _, seekers = await bring(expo, "arbetssokande.csv")
    before = await expo.grid()

    shown = (await settle(expo, await upload(expo, "arbetsgivare.csv")))["preview"]
    _, employers_again = await bring(expo, "arbetsgivare.csv")
    _, seekers_again = await bring(expo, "arbetssokande.csv")

    assert shown["summary"]["existing"] == employers["employers_new"]
    made = {name: number for name, number in employers_again.items() if number and name != "left_out"}
    assert made == {"employers_known": employers["employers_new"]}
    made = {name: number for name, number in seekers_again.items() if number and name != "left_out"}
    assert made == {"seekers_renewed": seekers["seekers_new"]}
    assert await expo.grid() == before
