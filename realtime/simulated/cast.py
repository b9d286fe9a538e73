"""Who takes part: one JSON object a line, each with what lets somebody in and how they behave."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from realtime.simulated.manner import Manner


class BadCast(ValueError):
    """A line of the cast cannot be used; the message says which and why."""


class Member(BaseModel):
    """One participant; lengths are seconds.

    A seeker has a `join_token`, a recruiter a `sign_in_token` and desks, staff a `sign_in_token` and an `event_id`.
    """

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: Literal["seeker", "recruiter", "staff"]
    name: str = ""
    person_id: str = ""
    join_token: str | None = None
    sign_in_token: str | None = None
    desk_id: str | None = None
    desk_ids: list[str] = Field(default_factory=list)
    event_id: str | None = None
    media: bool = True
    talk_s: float | None = Field(default=None, gt=0)
    pace: float = Field(default=1.0, ge=0)

    @model_validator(mode="after")
    def _lets_in(self) -> Self:
        if self.kind == "seeker" and self.join_token is None:
            raise ValueError("a seeker needs a join_token")
        if self.kind == "recruiter" and (self.sign_in_token is None or not self.desks):
            raise ValueError("a recruiter needs a sign_in_token and a desk_id")
        if self.kind == "staff" and (self.sign_in_token is None or self.event_id is None):
            raise ValueError("staff need a sign_in_token and an event_id")
        return self

    @property
    def desks(self) -> list[str]:
        """The desks that a recruiter keeps."""
        return [*([self.desk_id] if self.desk_id else []), *self.desk_ids]

    @property
    def manner(self) -> Manner:
        """How they behave."""
        return Manner(media=self.media, talk_s=self.talk_s, pace=self.pace)


def read_cast(lines: Iterable[str]) -> list[Member]:
    """The members in JSON lines, blank ones passed over.

    Raises:
        BadCast: a line is not one.
    """
    cast = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            cast.append(Member.model_validate(json.loads(line)))
        except ValidationError as error:
            raise BadCast(f"line {number}: {error.errors()[0]['msg']}") from None
        except ValueError as error:
            raise BadCast(f"line {number}: {error}") from None
    return cast


def cast_of(hired: dict[str, Any]) -> list[Member]:
    """The members in the answer of ``POST /api/demo/cast``."""
    seekers = [Member.model_validate({"kind": "seeker"} | one) for one in hired["seekers"]]
    recruiters = [Member.model_validate({"kind": "recruiter"} | one) for one in hired["recruiters"]]
    return [*recruiters, *seekers]
