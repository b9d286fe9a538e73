"""A few words in the chat: a simulated participant answers when they are written to."""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from typing import Any

from realtime.simulated.api import Api, Refused, Unreachable
from realtime.simulated.live import Live
from realtime.simulated.manner import Manner, human_pause

ANSWERS = {
    "seeker": (
        "Tack! Jag berättar gärna mer om det.",
        "Ja, det har jag arbetat med.",
        "Bra fråga. Får jag fundera ett ögonblick?",
    ),
    "recruiter": (
        "Tack, det hjälper mig att förstå.",
        "Berätta gärna mer om din egen del.",
        "Bra, då tar jag med mig det till återkopplingen.",
    ),
}
ANSWERS_MOST = 3
THINK_S = (2.5, 6.0)


class Chat:
    """Listens to one meeting's chat and answers the other side, a few times at most."""

    def __init__(self, api: Api, live: Live, meeting_id: str, role: str, *, manner: Manner) -> None:
        self._api, self._live, self._manner = api, live, manner
        self._meeting_id = meeting_id
        self._left = random.sample(ANSWERS[role], ANSWERS_MOST)
        self._answering: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen."""
        await self._live.follow(f"meeting:{self._meeting_id}", self._hear)

    async def stop(self) -> None:
        """Listen no more."""
        await self._live.unfollow(f"meeting:{self._meeting_id}")
        if self._answering is not None:
            self._answering.cancel()
            await asyncio.gather(self._answering, return_exceptions=True)

    def _hear(self, event: dict[str, Any]) -> None:
        # A snapshot may stand for the very first line.
        if event["kind"] in ("snapshot", "chat.sent") and (self._answering is None or self._answering.done()):
            self._answering = asyncio.create_task(self._answer())

    async def _answer(self) -> None:
        """Answer, if the last word is the other's."""
        path = f"/api/meetings/{self._meeting_id}/chat"
        with suppress(Refused, Unreachable):
            lines = await self._api.get(path)
            if lines and not lines[-1]["mine"] and self._left:
                await asyncio.sleep(human_pause(self._manner, *THINK_S))
                await self._api.post(path, {"text": self._left.pop()})
