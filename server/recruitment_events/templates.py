"""Templates of recruitment events: data, read once."""

from __future__ import annotations

from datetime import time
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter


class LocalText(BaseModel):
    """A text in each language of the product."""

    model_config = ConfigDict(frozen=True)

    sv: str
    en: str


class Pause(BaseModel):
    """A part of the day, in local time, in which nobody meets."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    starts: time
    ends: time


DEFAULT_PACK = "it"


class Template(BaseModel):
    """What a new event starts from; every time can be changed when it is made. Durations are seconds.

    `pack` is the industry pack whose questions employers answer at the event.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    name: LocalText
    about: LocalText
    form: Literal["video", "on_site", "hybrid"]
    first_start: time
    slots: int
    talk_s: int
    feedback_s: int
    pauses: tuple[Pause, ...]
    extension_s: int
    early_start_s: int
    late_after_s: int
    no_show_after_s: int
    booking_closes_s: int
    meetings_max: int
    is_open: bool
    pack: str = DEFAULT_PACK


@cache
def templates() -> tuple[Template, ...]:
    """Every template, the most used first."""
    text = files("server.recruitment_events").joinpath("templates.json").read_text("utf-8")
    return TypeAdapter(tuple[Template, ...]).validate_json(text)


def find_template(code: str) -> Template | None:
    """The template called `code`, or None."""
    return next((template for template in templates() if template.code == code), None)


def pack_of(template_code: str) -> str:
    """The industry pack of events that were made from a template; the first pack where it is no longer there."""
    template = find_template(template_code)
    return template.pack if template else DEFAULT_PACK
