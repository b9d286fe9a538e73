"""What an organiser chooses for the plan of an event. Pure."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Slots = Annotated[int, Field(ge=0, le=12)]
People = Annotated[int, Field(ge=0, le=10_000)]
Kind = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^\S(.*\S)?$")]
AgeBand = Literal["under_25", "25_39", "40_54", "55_up"]


class PlanningRules(BaseModel):
    """What the organiser has chosen for a plan.

    Slots that stay free between two meetings of a seeker: `rest_slots` always, `form_change_slots` between video and
    on site, `zone_change_slots` between zones of the house. A recruiter has a free slot after
    `recruiter_break_every` in a row (0: none). `interpreters` and `video_rooms` are how many there are in each
    slot; a kind that is not named, and no number of rooms, mean enough. `target_age_bands` gives points to groups
    whom the event is for.
    """

    model_config = ConfigDict(extra="forbid")

    rest_slots: Slots = 0
    form_change_slots: Slots = 0
    zone_change_slots: Slots = 0
    recruiter_break_every: Annotated[int, Field(ge=0, le=48)] = 0
    meetings_min: Annotated[int, Field(ge=0, le=20)] = 0
    interpreters: Annotated[dict[Kind, People], Field(max_length=40)] = Field(default_factory=dict)
    video_rooms: People | None = None
    target_age_bands: dict[AgeBand, Annotated[int, Field(ge=0, le=20)]] = Field(default_factory=dict)
