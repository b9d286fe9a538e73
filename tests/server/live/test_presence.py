"""Leases of presence on both engines: the newest connection wins, and a lease ends exactly once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from realtime.ports import Lease
from realtime.protocol import MediaState
from server.live.presence import PresenceRows
from tests.server.hall import Hall

LEASE = timedelta(seconds=30)


@pytest.fixture
def presence(hall: Hall) -> PresenceRows:
    return PresenceRows(hall.app.database)


def lease(hall: Hall, connection_id: str, *, seeker: int = 0) -> Lease:
    return Lease(
        meeting_id=hall.meetings[0],
        person_id=hall.seekers[seeker],
        connection_id=connection_id,
        role="seeker",
        media=MediaState(),
        expires_at=hall.app.clock() + LEASE,
    )


async def test_the_newest_connection_takes_the_place_of_the_older(hall: Hall, presence: PresenceRows) -> None:
    now = hall.app.clock()

    first = await presence.take(lease(hall, "a"), now=now)
    again = await presence.take(lease(hall, "a"), now=now)
    second = await presence.take(lease(hall, "b"), now=now)

    assert (first, again, second) == (None, None, "a")
    assert [one.connection_id for one in await presence.list_present(hall.meetings[0], now=now)] == ["b"]
    assert await presence.renew(hall.meetings[0], "a", expires_at=now + 2 * LEASE) is False


async def test_a_lease_is_renewed_announced_and_released_by_its_own_connection(
    hall: Hall, presence: PresenceRows
) -> None:
    now = hall.app.clock()
    await presence.take(lease(hall, "a"), now=now)

    renewed = await presence.renew(hall.meetings[0], "a", expires_at=now + 3 * LEASE)
    announced = await presence.announce(hall.meetings[0], "a", MediaState(has_video=True))
    [present] = await presence.list_present(hall.meetings[0], now=now + 2 * LEASE)
    released = [await presence.release(hall.meetings[0], "a") for _ in range(2)]

    assert (renewed, announced, present.media.has_video, released) == (True, True, True, [True, False])


async def test_a_lease_that_ran_out_comes_back_to_one_caller(hall: Hall, presence: PresenceRows) -> None:
    now = hall.app.clock()
    await presence.take(lease(hall, "a"), now=now)
    await presence.take(lease(hall, "c", seeker=1), now=now)
    await presence.renew(hall.meetings[0], "c", expires_at=now + 3 * LEASE)

    expired = [await presence.expire(now=now + LEASE) for _ in range(2)]

    assert [[one.connection_id for one in gone] for gone in expired] == [["a"], []]


async def test_one_who_ran_out_is_not_replaced(hall: Hall, presence: PresenceRows) -> None:
    now = hall.app.clock()
    await presence.take(lease(hall, "a"), now=now)

    assert await presence.take(lease(hall, "b"), now=now + 2 * LEASE) is None
