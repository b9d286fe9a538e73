"""Simulated peers against each other over a line that loses, doubles and turns signals round."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from realtime.simulated.clip import clip_of
from realtime.simulated.media import Received
from realtime.simulated.peer import Peer
from tests.journeys.support.waiting import until

Keep = Callable[[str, dict[str, Any]], bool]


class Line:
    """Two places at a table; whoever sits there gets the signals of the other that `keep` lets through."""

    def __init__(self) -> None:
        self.keep: Keep = lambda to, signal: True
        self.peers: dict[str, Peer] = {}
        self.received: dict[str, Received] = {}
        self.passed: list[tuple[str, str]] = []

    async def sit(self, role: str) -> Peer:
        """A new peer in this place; one that sat there is left as if its page had been closed."""
        other = "seeker" if role == "recruiter" else "recruiter"
        received = Received()

        async def send(signal: dict[str, Any]) -> None:
            self.passed.append((other, signal["description"]["type"]))
            if self.keep(other, signal) and other in self.peers:
                self.peers[other].receive(signal)

        room = {"polite": role == "seeker", "ice_servers": [], "ice_transport_policy": "all"}
        peer = Peer(room, send=send, clip=clip_of("AB", "seeker"), received=received)
        self.peers[role], self.received[role] = peer, received
        await peer.start()
        return peer

    async def see_each_other(self, *, more: int = 5, within_s: float = 25) -> None:
        before = {role: received.frames for role, received in self.received.items()}

        async def both() -> bool:
            return all(self.received[role].frames >= count + more for role, count in before.items())

        await until(both, within_s=within_s, what="pictures on both sides")


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    line = Line()
    yield line
    for peer in line.peers.values():
        await peer.close()


@pytest.mark.parametrize("first", ["seeker", "recruiter"])
async def test_whoever_comes_first_the_two_see_each_other(line: Line, first: str) -> None:
    await line.sit(first)
    await line.sit("recruiter" if first == "seeker" else "seeker")

    await line.see_each_other()


async def test_a_lost_offer_is_sent_again(line: Line) -> None:
    lost: list[dict[str, Any]] = []

    def keep(to: str, signal: dict[str, Any]) -> bool:
        if not lost:
            lost.append(signal)
            return False
        return True

    line.keep = keep
    await line.sit("seeker")
    await line.sit("recruiter")

    await line.see_each_other()
    assert [signal["description"]["type"] for signal in lost] == ["offer"]


async def test_a_lost_answer_is_asked_for_again(line: Line) -> None:
    lost: list[dict[str, Any]] = []

    def keep(to: str, signal: dict[str, Any]) -> bool:
        if signal["description"]["type"] == "answer" and not lost:
            lost.append(signal)
            return False
        return True

    line.keep = keep
    await line.sit("seeker")
    await line.sit("recruiter")

    await line.see_each_other()
    assert len(lost) == 1


@pytest.mark.parametrize("leaves", ["seeker", "recruiter"])
async def test_who_loads_the_page_anew_is_seen_again(line: Line, leaves: str) -> None:
    await line.sit("seeker")
    await line.sit("recruiter")
    await line.see_each_other()

    await line.peers.pop(leaves).close()
    stays = line.peers["seeker" if leaves == "recruiter" else "recruiter"]
    await line.sit(leaves)
    stays.verify()

    await line.see_each_other()


async def test_a_new_line_to_the_server_leaves_the_connection_as_it_is(line: Line) -> None:
    seeker, recruiter = await line.sit("seeker"), await line.sit("recruiter")
    await line.see_each_other()

    seeker.verify()
    recruiter.verify()
    await asyncio.sleep(1)

    await line.see_each_other()
    assert (seeker.rebuilds, recruiter.rebuilds) == (0, 0)


async def test_when_both_offer_the_recruiters_offer_stands(line: Line) -> None:
    line.keep = lambda to, signal: False
    seeker, recruiter = await line.sit("seeker"), await line.sit("recruiter")
    await seeker._rebuild(offering=True)
    line.keep = lambda to, signal: True
    await seeker._resend()

    await line.see_each_other()
    assert recruiter.rebuilds == 0


async def test_both_can_leave_at_the_same_moment_again_and_again() -> None:
    for _ in range(5):
        line = Line()
        seeker, recruiter = await line.sit("seeker"), await line.sit("recruiter")
        await line.see_each_other(more=1)

        async with asyncio.timeout(8):
            await asyncio.gather(seeker.close(), recruiter.close())
        assert [one for one in asyncio.all_tasks() if one is not asyncio.current_task()] == []
