"""Measures and pathways: dated reference data, read once. Whoever decides on a measure knows its conditions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

Responsible = Literal["seeker", "case_worker", "employer"]


class _Given(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LocalText(_Given):
    """A text in each language of the product."""

    sv: str = Field(min_length=1)
    en: str = Field(min_length=1)


class MeasureSource(_Given):
    """Where a measure is described, and the day it was read there."""

    text: LocalText
    url: str | None
    read_on: date


class Measure(_Given):
    """A support that can be planned.

    `answers` are the codes of *What would make hiring possible?* that it answers; `weeks` is how long it is
    planned at first, None without an end. `case_worker_only` ones imply something of a person's health, so no
    employer's choice leads to them.
    """

    code: str = Field(max_length=40)
    title: LocalText
    about: LocalText
    answers: tuple[str, ...]
    responsible: Responsible
    weeks: int | None = Field(ge=1)
    case_worker_only: bool
    valid_from: date
    valid_to: date | None
    source: MeasureSource
    note: LocalText


class PathwayStep(_Given):
    """A step of a pathway, so many days after its first day."""

    measure: str | None
    title: LocalText
    after_days: int = Field(ge=0)
    weeks: int | None = Field(ge=1)
    responsible: Responsible


class Pathway(_Given):
    """Steps that are often planned together."""

    code: str = Field(max_length=40)
    title: LocalText
    about: LocalText
    steps: tuple[PathwayStep, ...] = Field(min_length=1)


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure, of every date."""
    return TypeAdapter(tuple[Measure, ...]).validate_json(_read("measures.json"))


@cache
def pathways() -> tuple[Pathway, ...]:
    """Every pathway."""
    return TypeAdapter(tuple[Pathway, ...]).validate_json(_read("pathways.json"))


def valid_on(day: date, among: Sequence[Measure] | None = None) -> list[Measure]:
    """The measures that can be planned on `day`, in their own order."""
    given = measures() if among is None else among
    return [one for one in given if one.valid_from <= day and (one.valid_to is None or day <= one.valid_to)]


def find_measure(code: str) -> Measure | None:
    """The measure with this code, valid or not: an old plan still names it."""
    return next((one for one in measures() if one.code == code), None)


def find_pathway(code: str) -> Pathway | None:
    """The pathway with this code, or None."""
    return next((one for one in pathways() if one.code == code), None)


def _read(name: str) -> bytes:
    return files("server.support_plans").joinpath(name).read_bytes()
