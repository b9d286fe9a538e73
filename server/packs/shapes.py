"""What requests and answers about packs look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from server.kit.operations import RequestModel


class DraftRequest(RequestModel):
    """The whole pack, written against the revision last read."""

    revision: int = Field(ge=0, le=1_000_000)
    data: dict[str, Any]


class PublishRequest(RequestModel):
    valid_from: date


class PackVersion(BaseModel):
    """A version in the list; `is_own` where it was made here."""

    version: int
    state: str
    valid_from: date | None
    published_at: datetime | None
    is_own: bool


class PackSummary(BaseModel):
    code: str
    title: dict[str, str]
    versions: list[PackVersion]


class PackProblem(BaseModel):
    """What to put right, and where: as a path and in words."""

    path: str
    place: str
    code: str
    message: str


class PackChange(BaseModel):
    """A difference to the version before, as data and in words."""

    kind: str
    path: str
    place: str
    before: str
    after: str
    words: str


class Pack(BaseModel):
    """A version with its JSON, what is wrong with it, and what it changes."""

    code: str
    version: int
    state: str
    revision: int
    valid_from: date | None
    data: dict[str, Any]
    problems: list[PackProblem]
    changes: list[PackChange]
