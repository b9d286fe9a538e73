"""Every event of the live socket and every kind of stream, tried by everybody on a real connection."""

from __future__ import annotations

from realtime.protocol import LIVE_EVENTS
from tests.contract import oracle
from tests.contract.conftest import House
from tests.contract.figures import note
from tests.contract.live_matrix import try_all_live, try_signals, undeclared_live
from tests.contract.oracle_live import EVENTS
from tests.contract.serving import served
from tests.contract.test_matrix import BEFORE_WITHDRAWAL


async def test_everybody_hears_and_says_what_the_oracle_says_and_nothing_else(house: House) -> None:
    async with served(house.app()) as url:
        report = await try_all_live(url, house.world, house.callers, actors=BEFORE_WITHDRAWAL)
        signals = await try_signals(
            url,
            house.world,
            house.callers,
            sender=oracle.RECRUITER,
            receiver=oracle.SEEKER,
            outsider=oracle.OTHER_RECRUITER,
        )

    assert report.findings + signals.findings == []
    assert report.tries > 850
    note(f"live matrix: {len(EVENTS)} events, {report.tries + signals.tries} tries, 0 leaks")
    assert report.let_in == {event: set(who) & set(BEFORE_WITHDRAWAL) for event, who in EVENTS.items()}
    assert "chat" in report.read


def test_every_live_event_and_kind_of_stream_is_in_the_oracle() -> None:
    assert undeclared_live(LIVE_EVENTS, set(LIVE_EVENTS)) == []
