"""Presence and signals in a meeting, over real sockets."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from tests.fakes.live import utc_now
from tests.realtime.harness import Client, Served, World, client_of, serving, until

MEETING = UUID(int=9)
OFFER = {"type": "offer", "sdp": "v=0\r\n"}
CANDIDATE = {"candidate": "candidate:1 1 udp 1 192.0.2.1 9 typ host", "sdpMid": "0", "sdpMLineIndex": 0}


def world_of(*names: str) -> World:
    world = World()
    for name in names:
        world.meetings.add(MEETING, world.authenticator.sign_in(name), f"role of {name}")
    return world


def person(world: World, name: str) -> str:
    return str(world.authenticator.actors[name].person_id)


async def join(client: Client) -> dict[str, Any]:
    return await client.say("join", meeting_id=str(MEETING))


async def test_who_joins_hears_who_is_there_and_is_announced_to_them() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        first = await join(anna)
        await anna.say("announce", meeting_id=str(MEETING), has_video=True, has_audio=False)
        second = await join(bo)
        await until(lambda: anna.heard != [])

        assert first == {"ok": True, "connection_id": first["connection_id"], "others": []}
        assert second["others"] == [
            {
                "person_id": person(world, "anna"),
                "connection_id": first["connection_id"],
                "role": "role of anna",
                "has_video": True,
                "has_audio": False,
                "shares_screen": False,
            }
        ]
        assert anna.heard == [
            (
                "presence.joined",
                {
                    "meeting_id": str(MEETING),
                    "person_id": person(world, "bo"),
                    "connection_id": second["connection_id"],
                    "role": "role of bo",
                    "has_video": False,
                    "has_audio": False,
                    "shares_screen": False,
                },
            )
        ]
        assert bo.heard == []
        assert [what for what, _, _ in world.meetings.told] == ["present", "present"]


async def test_a_stranger_is_not_admitted_and_hears_nothing() -> None:
    world = world_of("anna")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "eve") as eve:
        joined = await join(anna)
        assert await join(eve) == {"ok": False, "error": "not_admitted"}
        for event in ("leave", "keep"):
            assert await eve.say(event, meeting_id=str(MEETING)) == {"ok": False, "error": "not_joined"}
        signal = {"meeting_id": str(MEETING), "to": joined["connection_id"], "description": OFFER}
        assert await eve.say("signal", **signal) == {"ok": False, "error": "not_joined"}
        assert await eve.say("announce", meeting_id=str(MEETING), has_video=True, has_audio=True) == {
            "ok": False,
            "error": "not_joined",
        }

        await anna.say("keep", meeting_id=str(MEETING))
        assert (anna.heard, eve.heard) == ([], [])


async def test_signals_reach_one_connection_in_order() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        a, b = (await join(anna))["connection_id"], (await join(bo))["connection_id"]
        to_bo = {"meeting_id": str(MEETING), "to": b}
        assert await anna.say("signal", **to_bo, description=OFFER) == {"ok": True}
        for _ in range(3):
            await anna.say("signal", **to_bo, candidate=CANDIDATE)
        await until(lambda: len(bo.heard) == 4)

        assert bo.heard[0] == ("signal.received", {"meeting_id": str(MEETING), "from": a, "description": OFFER})
        assert (
            bo.heard[1:] == [("signal.received", {"meeting_id": str(MEETING), "from": a, "candidate": CANDIDATE})] * 3
        )


async def test_a_signal_to_somebody_who_is_not_in_this_meeting_is_told_gone() -> None:
    world, elsewhere = world_of("anna", "bo"), UUID(int=10)
    world.meetings.add(elsewhere, world.authenticator.sign_in("cia"), "seeker")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "cia") as cia:
        await join(anna)
        other = await cia.say("join", meeting_id=str(elsewhere))
        for to in (other["connection_id"], "00000000.nobody"):
            answer = await anna.say("signal", meeting_id=str(MEETING), to=to, description=OFFER)
            assert answer == {"ok": False, "error": "gone"}

        assert cia.heard == []


async def test_what_somebody_sends_is_announced_to_the_others() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        await join(anna)
        b = (await join(bo))["connection_id"]
        await bo.say("announce", meeting_id=str(MEETING), has_video=False, has_audio=True, shares_screen=True)
        await until(lambda: len(anna.heard) == 2)

        body = {"meeting_id": str(MEETING), "person_id": person(world, "bo"), "connection_id": b}
        media = {"has_video": False, "has_audio": True, "shares_screen": True}
        assert anna.heard[1] == ("media.announced", body | media)


async def test_the_newest_connection_of_a_person_wins_and_the_older_is_told() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "bo") as bo, client_of(served, "anna") as old:
        await join(bo)
        await join(old)
        async with client_of(served, "anna") as new:
            newest = (await join(new))["connection_id"]
            await until(lambda: len(bo.heard) == 2 and old.heard != [])

            assert old.heard == [("connection.replaced", {"meeting_id": str(MEETING)})]
            assert [body["connection_id"] for _, body in bo.heard][1] == newest
            assert await old.say("keep", meeting_id=str(MEETING)) == {"ok": False, "error": "not_joined"}
            await old.close()
            await asyncio.sleep(0.2)
            assert bo.names() == ["presence.joined", "presence.joined"]
            assert len(world.presence.leases) == 2


async def test_a_replaced_connection_that_was_not_told_learns_it_at_its_next_word() -> None:
    world = world_of("anna")
    async with serving(world) as served, client_of(served, "anna") as anna:
        joined = await join(anna)
        key = (MEETING, world.authenticator.actors["anna"].person_id)
        world.presence.leases[key] = replace(world.presence.leases[key], connection_id="00000000.newer")

        assert await anna.say("keep", meeting_id=str(MEETING)) == {"ok": False, "error": "replaced"}
        await until(lambda: anna.heard == [("connection.replaced", {"meeting_id": str(MEETING)})])
        assert joined["connection_id"] != "00000000.newer"


async def test_who_leaves_is_seen_to_leave_at_once() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        await join(anna)
        b = (await join(bo))["connection_id"]
        assert await bo.say("leave", meeting_id=str(MEETING)) == {"ok": True}
        await until(lambda: len(anna.heard) == 2)

        left = {"meeting_id": str(MEETING), "person_id": person(world, "bo"), "connection_id": b}
        assert anna.heard[1] == ("presence.left", left)
        assert world.meetings.told[-1] == ("absent", MEETING, world.authenticator.actors["bo"].person_id)


async def test_a_client_that_says_goodbye_leaves_its_meeting() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna:
        await join(anna)
        async with client_of(served, "bo") as bo:
            await join(bo)
            await bo.say_goodbye()
        await until(lambda: anna.names() == ["presence.joined", "presence.left"])


async def test_who_comes_back_within_the_grace_has_never_left() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna:
        await join(anna)
        async with client_of(served, "bo") as lost:
            await join(lost)
            await lost.lose_line()
            await until(lambda: served.live.counts().connections == 1)
            lease = world.presence.leases[MEETING, world.authenticator.actors["bo"].person_id]
            assert lease.expires_at - utc_now() < timedelta(seconds=5)
        async with client_of(served, "bo") as back:
            await join(back)
            await until(lambda: len(anna.heard) == 2)
            await asyncio.sleep(0.3)

            assert anna.names() == ["presence.joined", "presence.joined"]


async def test_a_lease_that_runs_out_is_told_once() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        await join(anna)
        await join(bo)
        for key, lease in world.presence.leases.items():
            if lease.person_id == world.authenticator.actors["bo"].person_id:
                world.presence.leases[key] = replace(lease, expires_at=utc_now())
        await until(lambda: len(anna.heard) == 2)
        await asyncio.sleep(0.3)

        assert anna.names() == ["presence.joined", "presence.left"]
        again = await bo.say("keep", meeting_id=str(MEETING))
        assert again == {"ok": False, "error": "expired"}
        assert (await join(bo))["ok"] is True


async def test_an_announcement_without_a_lease_asks_to_join_again() -> None:
    world = world_of("anna")
    async with serving(world) as served, client_of(served, "anna") as anna:
        await join(anna)
        world.presence.leases.clear()

        answer = await anna.say("announce", meeting_id=str(MEETING), has_video=True, has_audio=True)
        assert answer == {"ok": False, "error": "expired"}


async def test_who_is_admitted_no_more_is_out_at_the_next_renewal() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        await join(anna)
        await join(bo)
        world.meetings.remove(MEETING, world.authenticator.actors["bo"])

        assert await bo.say("keep", meeting_id=str(MEETING)) == {"ok": False, "error": "not_admitted"}
        await until(lambda: anna.names() == ["presence.joined", "presence.left"])


async def test_a_right_that_was_withdrawn_ends_a_presence_at_once() -> None:
    world = world_of("anna", "bo")
    async with serving(world) as served, client_of(served, "anna") as anna, client_of(served, "bo") as bo:
        await join(anna)
        await join(bo)
        actor = world.authenticator.actors["bo"]
        world.meetings.remove(MEETING, actor)
        served.live.recheck_person(actor.person_id)

        await until(lambda: bo.heard == [("access.ended", {"meeting_id": str(MEETING)})])
        await until(lambda: anna.names() == ["presence.joined", "presence.left"])


async def test_joining_twice_with_one_connection_is_joining_once() -> None:
    world = world_of("anna")
    async with serving(world) as served, client_of(served, "anna") as anna:
        first, second = await join(anna), await join(anna)
        await anna.say("keep", meeting_id=str(MEETING))

        assert first == second
        assert anna.heard == []
        assert len(world.presence.leases) == 1


async def sees_the_end(client: Client, served: Served) -> bool:
    await until(lambda: not client.connected and served.live.counts().connections == 0, within_s=2.0)
    return client.heard == [("session.ended", {})]


async def test_a_revoked_session_closes_its_sockets_at_once() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        actor = served.world.authenticator.actors["anna"]
        served.world.authenticator.ended.add(actor.session_id)
        served.live.revoke_session(actor.session_id)

        assert await sees_the_end(anna, served)


async def test_a_session_that_ended_by_itself_closes_its_sockets() -> None:
    async with serving() as served, client_of(served, "anna") as anna:
        served.world.authenticator.ended.add(served.world.authenticator.actors["anna"].session_id)

        assert await sees_the_end(anna, served)


async def test_no_connection_is_in_more_meetings_than_its_share() -> None:
    world = World()
    for number in range(9):
        world.meetings.add(UUID(int=number), world.authenticator.sign_in("anna"), "recruiter")
    async with serving(world) as served, client_of(served, "anna") as anna:
        answers = [await anna.say("join", meeting_id=str(UUID(int=number))) for number in range(9)]

        assert [answer["ok"] for answer in answers] == [True] * 8 + [False]
        assert answers[8] == {"ok": False, "error": "too_many"}
