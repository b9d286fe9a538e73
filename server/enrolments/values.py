"""Whom to enrol, and what their needs mean for the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

MUSTS_MAX = 3


@dataclass(frozen=True, slots=True)
class Needs:
    """What somebody's needs mean for the plan: two slots in a row, a station for all, an interpreter of a kind."""

    extra_time: bool = False
    accessible_station: bool = False
    interpreter: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSeeker:
    """Somebody to enrol; known by address. `wishes` are employers, dearest first; no hours mean the whole day.

    `needs` None leaves those that are known; `musts` are some of the wishes, and what was a must stays one.
    """

    name: str
    email: str | None = None
    phone: str | None = None
    form: str | None = None
    available_from: datetime | None = None
    available_until: datetime | None = None
    gender: str | None = None
    birth_year: int | None = None
    languages: tuple[str, ...] = ()
    competences: tuple[str, ...] = ()
    wishes: tuple[UUID, ...] = ()
    musts: tuple[UUID, ...] = ()
    avoids: tuple[UUID, ...] = ()
    access_needs: tuple[str, ...] = ()
    needs: Needs | None = None
    relay_only: bool = False
