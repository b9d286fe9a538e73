"""How the two reach each other, and what they write."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from uuid import UUID

from pydantic import SecretStr

from server.recruitment_events.tables import RecruitmentEventRow
from server.rooms.ice import ice_servers
from server.settings import Settings
from tests.server.hall import Hall


async def test_both_parties_see_each_other_and_who_yields(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/room"

    theirs, ours = (await seeker.get(path)).json(), (await hall.recruiter.get(path)).json()

    assert (theirs["other"], theirs["polite"]) == (
        {"name": "Recruiter Provsson", "role": "recruiter", "organisation_name": "Fjällnät (exempel)"},
        True,
    )
    assert (ours["other"]["role"], ours["polite"], ours["me"]["role"]) == ("seeker", False, "recruiter")
    assert (ours["ice_servers"], ours["ice_transport_policy"]) == ([], "all")


async def test_an_event_that_hides_addresses_uses_the_relay_alone(hall: Hall) -> None:
    seeker = await hall.meet()
    async with hall.app.database.transaction() as session:
        (await session.get_one(RecruitmentEventRow, hall.event)).relay_only = True

    room = (await seeker.get(f"/api/meetings/{hall.meetings[0]}/room")).json()

    assert room["ice_transport_policy"] == "relay"


async def test_others_find_no_room(hall: Hall) -> None:
    await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/room"
    stranger = await hall.seeker(1)

    assert [(await one.get(path)).status_code for one in (stranger, hall.other_recruiter, hall.staff)] == [
        404,
        404,
        403,
    ]


async def test_what_is_written_stays_with_the_meeting_and_ends_with_it(hall: Hall) -> None:
    seeker = await hall.meet()
    path = f"/api/meetings/{hall.meetings[0]}/chat"
    key = {"Idempotency-Key": "one-line"}

    for _ in range(2):
        await seeker.post(path, json={"text": " Hej! "}, headers=key)
    hall.app.clock.advance(seconds=1)
    await hall.recruiter.post(path, json={"text": "Välkommen"})
    seen = (await seeker.get(path)).json()
    await hall.tick(minutes=30)
    late = await seeker.post(path, json={"text": "Glömde en sak"})

    assert [(one["role"], one["mine"], one["text"]) for one in seen] == [
        ("seeker", True, "Hej!"),
        ("recruiter", False, "Välkommen"),
    ]
    assert (late.status_code, late.json()["type"]) == (409, "urn:direktkontakt:problem:RoomClosed")


async def test_an_empty_line_is_refused_with_its_field(hall: Hall) -> None:
    seeker = await hall.meet()

    answer = await seeker.post(f"/api/meetings/{hall.meetings[0]}/chat", json={"text": "   "})

    assert (answer.status_code, [field["path"] for field in answer.json()["fields"]]) == (422, ["text"])


def test_relay_credentials_are_those_that_coturn_computes() -> None:
    settings = Settings(turn_urls="turn:turn.example:3478, turns:turn.example:5349", turn_secret=SecretStr("hemlig"))
    now = datetime(2026, 5, 12, 8, 0, tzinfo=UTC)

    [server] = ice_servers(settings, person_id=UUID(int=7), now=now)

    expires, name = server.username.split(":")
    digest = hmac.new(b"hemlig", server.username.encode(), hashlib.sha1).digest()
    assert server.urls == ["turn:turn.example:3478", "turns:turn.example:5349"]
    assert (int(expires) - int(now.timestamp()), server.credential) == (4 * 3600, base64.b64encode(digest).decode())
    assert str(UUID(int=7)) not in name
    assert ice_servers(Settings(turn_urls=""), person_id=UUID(int=7), now=now) == []
