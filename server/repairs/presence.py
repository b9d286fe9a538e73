"""When people can be met, as a repair changes it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from server.planning.ports import Span
from server.planning_runs.material import Material


def with_absences(material: Material, more: Mapping[UUID, Span]) -> Material:
    """The material with one more absence for some seekers."""
    seekers = tuple(
        replace(seeker, absences=(*seeker.absences, more[seeker.id])) if seeker.id in more else seeker
        for seeker in material.seekers
    )
    return replace(material, seekers=seekers)


def without_absences(material: Material, fewer: Mapping[UUID, Span]) -> Material:
    """The material without one absence of some seekers."""
    seekers = tuple(
        replace(seeker, absences=tuple(span for span in seeker.absences if span != fewer[seeker.id]))
        if seeker.id in fewer
        else seeker
        for seeker in material.seekers
    )
    return replace(material, seekers=seekers)
