"""Following numbered streams over a real socket."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from realtime.fanout import RESET
from tests.realtime.harness import client_of, serving, until

DESK = f"desk:{UUID(int=7)}"


async def test_a_follower_hears_each_event_once_and_in_order() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        for _ in range(3):
            served.world.streams.append(DESK)
        answer = await anna.say("follow", stream=DESK)
        for _ in range(5):
            served.live.notify(DESK, served.world.streams.append(DESK))
        await until(lambda: len(anna.numbers()) == 5)
        served.live.notify(DESK, 8)

        epoch = str(served.world.streams.epochs[DESK])
        assert answer == {"ok": True, "epoch": epoch, "head": 3, "snapshot_required": True}
        assert anna.numbers() == [4, 5, 6, 7, 8]
        assert anna.heard[0][1] | {"at": ""} == {
            "stream": DESK,
            "epoch": epoch,
            "seq": 4,
            "kind": "desk.changed",
            "body": {"n": 4},
            "at": "",
        }


async def test_who_comes_back_is_given_what_they_lack() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        for _ in range(5):
            served.world.streams.append(DESK)
        epoch = str(served.world.streams.epochs[DESK])

        answer = await anna.say("follow", stream=DESK, epoch=epoch, after=3)
        again = await anna.say("follow", stream=DESK, epoch=epoch, after=5)
        other = await anna.say("follow", stream=DESK, epoch=str(uuid4()), after=5)

        assert [event["seq"] for event in answer["events"]] == [4, 5]
        assert again == {"ok": True, "epoch": epoch, "head": 5, "events": []}
        assert other == {"ok": True, "epoch": epoch, "head": 5, "snapshot_required": True}


async def test_a_notice_that_was_lost_is_made_good_by_looking() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        await anna.say("follow", stream=DESK)
        served.world.streams.append(DESK)
        served.world.streams.append(DESK)

        await until(lambda: anna.heard != [])
        assert [body["kind"] for _, body in anna.heard] == [RESET]
        served.world.streams.append(DESK)
        await until(lambda: anna.numbers() == [2, 3])


async def test_many_followers_cost_one_reading() -> None:
    async with serving() as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        served.world.streams.append(DESK)
        for client in (anna, bo):
            await client.say("follow", stream=DESK)
        reads = served.world.streams.reads
        for _ in range(200):
            served.live.notify(DESK, served.world.streams.append(DESK))
        await until(lambda: len(anna.numbers()) == len(bo.numbers()) == 200)

        assert anna.numbers() == bo.numbers() == list(range(2, 202))
        assert served.world.streams.reads - reads <= 3


async def test_who_joins_a_busy_stream_gets_neither_a_gap_nor_a_double() -> None:
    async with serving() as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        served.world.streams.append(DESK)
        epoch = str(served.world.streams.epochs[DESK])
        await anna.say("follow", stream=DESK)

        async def write() -> None:
            for _ in range(300):
                served.live.notify(DESK, served.world.streams.append(DESK))
                await asyncio.sleep(0.001)

        writing = asyncio.create_task(write())
        seen = 1
        for _ in range(20):
            answer = await bo.say("follow", stream=DESK, epoch=epoch, after=seen)
            seen = answer["head"]
        await writing
        await until(lambda: anna.numbers()[-1:] == bo.numbers()[-1:] == [301])

        assert anna.numbers() == list(range(2, 302))
        assert bo.numbers() == list(range(bo.numbers()[0], 302))


async def test_a_stream_that_begins_anew_makes_its_followers_read_anew() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        served.world.streams.append(DESK)
        await anna.say("follow", stream=DESK)
        served.world.streams.begin_anew(DESK)
        served.world.streams.append(DESK)

        await until(lambda: anna.heard != [])
        assert [(body["kind"], body["seq"]) for _, body in anna.heard] == [(RESET, 1)]
        assert anna.heard[0][1]["epoch"] == str(served.world.streams.epochs[DESK])


async def test_a_stream_too_far_ahead_is_read_anew() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        served.world.streams.append(DESK)
        await anna.say("follow", stream=DESK)
        served.world.streams.page_max = 2
        for _ in range(5):
            served.world.streams.append(DESK)
        served.live.notify(DESK, 6)

        await until(lambda: anna.heard != [])
        assert [(body["kind"], body["seq"]) for _, body in anna.heard] == [(RESET, 6)]


async def test_what_is_unfollowed_is_heard_no_more() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        served.world.streams.append(DESK)
        await anna.say("follow", stream=DESK)
        assert await anna.say("unfollow", stream=DESK) == {"ok": True}
        served.live.notify(DESK, served.world.streams.append(DESK))
        await asyncio.sleep(0.3)

        assert anna.heard == []
        assert served.live.counts().streams == 0


async def test_a_stream_that_may_not_be_followed_is_refused_at_first_and_at_replay() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        served.world.streams.append(DESK)
        actor = served.world.authenticator.actors["anna"]
        assert (await anna.say("follow", stream=DESK))["ok"] is True
        served.world.streams.refused.add((actor.person_id, DESK))

        assert await anna.say("follow", stream=DESK, after=1) == {"ok": False, "error": "not_allowed"}
        served.live.notify(DESK, served.world.streams.append(DESK))
        await asyncio.sleep(0.3)
        assert anna.heard == []


async def test_a_right_that_was_withdrawn_ends_what_is_followed() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        actor = served.world.authenticator.actors["anna"]
        await anna.say("follow", stream=DESK)
        served.world.streams.refused.add((actor.person_id, DESK))
        served.live.recheck_person(actor.person_id)

        await until(lambda: anna.heard == [("access.ended", {"stream": DESK})])
        assert served.live.counts().streams == 0


async def test_a_database_that_is_down_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        served.world.streams.append(DESK)
        await anna.say("follow", stream=DESK)
        served.world.streams.broken = True
        served.live.notify(DESK, served.world.streams.append(DESK))
        assert await anna.say("follow", stream=DESK) == {"ok": False, "error": "unavailable"}
        await asyncio.sleep(0.5)
        served.world.streams.broken = False

        await until(lambda: anna.numbers() == [2])
        assert sum("a round of the live server failed" in record.message for record in caplog.records) == 1


async def test_a_connection_that_ends_leaves_nothing_behind() -> None:
    async with serving() as served:
        async with client_of(served, "anna") as anna:
            await anna.say("follow", stream=DESK)
            assert served.live.counts().connections == served.live.counts().streams == 1
        await until(lambda: served.live.counts().connections == 0)

        assert served.live.counts().streams == 0


async def test_polling_serves_who_cannot_have_a_web_socket() -> None:
    async with serving() as served, client_of(served, "anna", transports=["polling"]) as anna:
        served.world.streams.append(DESK)
        await anna.say("follow", stream=DESK)
        served.live.notify(DESK, served.world.streams.append(DESK))

        await until(lambda: anna.numbers() == [2])


async def test_no_connection_follows_more_than_its_share() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        answers: list[dict[str, Any]] = []
        for number in range(101):
            answers.append(await anna.say("follow", stream=f"desk:{UUID(int=number)}"))

        assert all(answer["ok"] for answer in answers[:100])
        assert answers[100] == {"ok": False, "error": "too_many"}
