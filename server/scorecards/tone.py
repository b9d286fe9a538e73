"""Tone advice by HTTP, while the sentence is written. Nothing of it is stored, and no sending asks for it."""

from __future__ import annotations

from pydantic import BaseModel, Field
from starlette.requests import Request

from feedback.answers import STATEMENT_LENGTH_MAX
from feedback.tone.advice import Rule, tone_advice
from server.identity.roles import RECRUITERS
from server.kit.operations import Operations, RequestModel
from server.state import State

operations = Operations("tone")


class ToneRequest(RequestModel):
    text: str = Field(max_length=STATEMENT_LENGTH_MAX)


class ToneAdvice(BaseModel):
    """One thing to look at once more: a rule, the words as written and where; `ground` only in the rule of that name.

    `asks` is for one tap that the words are meant so; it is the page's to ask, and nothing waits for it.
    """

    rule: Rule
    ground: str
    words: str
    start: int
    end: int
    asks: bool


class ToneOfText(BaseModel):
    advice: list[ToneAdvice]


@operations.add("post", "/api/tone-advice", who=RECRUITERS)
async def advise_on_tone(request: Request[State], body: ToneRequest) -> ToneOfText:
    """What to look at once more in a sentence, by word lists; it is sent as it is or changed, as its author likes."""
    found = tone_advice(body.text)
    return ToneOfText(
        advice=[
            ToneAdvice(rule=one.rule, ground=one.ground, words=one.words, start=one.start, end=one.end, asks=one.asks)
            for one in found
        ]
    )
