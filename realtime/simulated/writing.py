"""How a simulated recruiter writes feedback: a little during the talk, the rest in the protected minute."""

from __future__ import annotations

import asyncio
from typing import Any

from realtime.simulated.answers import Document, Instrument, scorecard_steps
from realtime.simulated.api import Api, Refused
from realtime.simulated.manner import Manner, Tell, human_pause

SHARE_OF_TIME = 0.5
STEP_S = (1.0, 3.0)


class Writing:
    """The scorecards of one desk, saved step by step as a person fills them in."""

    def __init__(self, api: Api, *, manner: Manner, tell: Tell) -> None:
        self._api, self._manner, self._tell = api, manner, tell
        self._instruments: dict[str, Instrument] = {}
        self._begun: set[str] = set()
        self._given_up: set[str] = set()

    async def begin(self, meeting: dict[str, Any], ref: dict[str, Any]) -> None:
        """Note the first impressions while the talk goes on, once."""
        if meeting["id"] in self._begun or _answers(meeting):
            return
        self._begun.add(meeting["id"])
        steps = scorecard_steps(await self._instrument(ref), seed=meeting["id"])
        await self._save(meeting["id"], steps[1], version=_version(meeting))

    async def finish(self, meeting: dict[str, Any], ref: dict[str, Any], *, within_s: float) -> None:
        """Fill in the rest and send it, well within `within_s` seconds."""
        meeting_id = meeting["id"]
        if meeting_id in self._given_up or (meeting["scorecard"] or {}).get("state", "draft") != "draft":
            return
        steps = scorecard_steps(await self._instrument(ref), seed=meeting_id)
        left = steps[-1:] if self._manner.pace == 0 else _left(steps, _answers(meeting))
        pause_s = min(human_pause(self._manner, *STEP_S), within_s * SHARE_OF_TIME / len(steps))
        version = _version(meeting)
        try:
            for step in left:
                version = await self._save(meeting_id, step, version=version)
                await asyncio.sleep(pause_s)
            await self._api.post(f"/api/meetings/{meeting_id}/scorecard/send")
        except Refused as refusal:
            self._given_up.add(meeting_id)
            self._tell("feedback_refused", meeting_id=meeting_id, what=str(refusal))
        else:
            self._tell("feedback_sent", meeting_id=meeting_id)

    async def _save(self, meeting_id: str, answers: Document, *, version: int) -> int:
        body = {"version": version, "answers": answers}
        saved = await self._api.put(f"/api/meetings/{meeting_id}/scorecard", body)
        return int(saved["version"])

    async def _instrument(self, ref: dict[str, Any]) -> Instrument:
        path = f"/api/instruments/{ref['code']}/{ref['version']}"
        if path not in self._instruments:
            self._instruments[path] = await self._api.get(path)
        return self._instruments[path]


def _left(steps: list[Document], answers: Document) -> list[Document]:
    """The steps that lead on from what has been saved; all of them when that is none of ours."""
    return steps[steps.index(answers) + 1 :] if answers in steps else steps


def _version(meeting: dict[str, Any]) -> int:
    return int((meeting["scorecard"] or {}).get("version", 0))


def _answers(meeting: dict[str, Any]) -> Document:
    answers: Document = (meeting["scorecard"] or {}).get("answers", {})
    return answers
