"""Tables of the planning runs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import JSON, Column, Field, SQLModel

from server.kit.columns import json_column, one_of

RUN_STATUSES = ("queued", "running", "done", "cancelled", "failed", "lost")


def _perhaps_json() -> Column[Any]:
    return Column(JSON(none_as_null=True), nullable=True)


class PlanningRunRow(SQLModel, table=True):
    """A plan that somebody asked for: how far it has come, and then the plan itself.

    `placements` are [seeker id, desk id, slot id]. `replaced` are those that lay there, each with whether it might
    move: when the plan was made and, once it has been laid, when that was done, then with meeting id, check-in
    code and end, so that it can be undone.
    `progress_pct` is of the whole. A run whose `heartbeat_at` has stopped was lost with its process.
    """

    __tablename__ = "planning_run"
    __table_args__ = (one_of("status", RUN_STATUSES),)

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    recruitment_event_id: UUID = Field(foreign_key="recruitment_event.id", index=True)
    person_id: UUID = Field(foreign_key="person.id")
    status: str = Field(default="queued", max_length=10)
    stage: str = Field(default="", max_length=20)
    progress_pct: int = 0
    options: dict[str, Any] = Field(default_factory=dict, sa_column=json_column())
    placements: list[list[str]] = Field(default_factory=list, sa_column=json_column())
    replaced: list[list[str]] | None = Field(default=None, sa_column=_perhaps_json())
    certificate: dict[str, Any] | None = Field(default=None, sa_column=_perhaps_json())
    figures: dict[str, Any] | None = Field(default=None, sa_column=_perhaps_json())
    unmet: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    faults: list[dict[str, Any]] = Field(default_factory=list, sa_column=json_column())
    created_at: datetime
    heartbeat_at: datetime
    finished_at: datetime | None = None
    laid_at: datetime | None = None
