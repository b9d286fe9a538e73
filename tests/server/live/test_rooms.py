"""The talk begins when both are in the room, and not before."""

from __future__ import annotations

from uuid import UUID

from realtime.ports import Actor as LiveActor
from realtime.ports import Lease
from realtime.protocol import MediaState
from server.live.adapters import Rooms
from server.live.presence import PresenceRows
from tests.server.hall import Hall
from tests.server.live.test_presence import LEASE


async def enter(hall: Hall, rooms: Rooms, person_id: UUID, role: str) -> None:
    lease = Lease(
        meeting_id=hall.meetings[0],
        person_id=person_id,
        connection_id=role,
        role=role,
        media=MediaState(),
        expires_at=hall.app.clock() + LEASE,
    )
    await PresenceRows(hall.app.database).take(lease, now=hall.app.clock())
    await rooms.on_present(hall.meetings[0], lease.person_id)


async def test_a_called_meeting_becomes_a_talk_when_the_second_comes(hall: Hall) -> None:
    rooms = Rooms(hall.app.database, now=hall.app.clock)
    seeker = await hall.seeker()
    await hall.recruiter.post(f"/api/desks/{hall.desk}/open")
    await seeker.post(f"/api/my/meetings/{hall.meetings[0]}/ready")
    recruiter_id = UUID((await hall.recruiter.me())["person"]["id"])

    await enter(hall, rooms, hall.seekers[0], "seeker")
    alone = (await hall.read_desk())["now"]["state"]
    await enter(hall, rooms, recruiter_id, "recruiter")
    together = (await hall.read_desk())["now"]

    assert (alone, together["state"], together["seeker_present"]) == ("called", "talking", True)


async def test_only_the_two_parties_of_a_called_meeting_are_admitted(hall: Hall) -> None:
    rooms = Rooms(hall.app.database, now=hall.app.clock)
    seeker = await hall.seeker()
    session_id = UUID((await seeker.get("/api/sessions")).json()[0]["id"])
    mine = LiveActor(hall.seekers[0], session_id)

    before = await rooms.admit(mine, hall.meetings[0])
    await hall.meet()
    after = await rooms.admit(mine, hall.meetings[0])
    stranger = await rooms.admit(LiveActor(hall.seekers[1], session_id), hall.meetings[0])

    assert (before, after and after.role, stranger) == (None, "seeker", None)
