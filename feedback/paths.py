"""Another role as a path worth exploring: what it takes beside what one has. Never a verdict, and never a figure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from feedback.competences import EvidenceKind
from feedback.guides import guide
from feedback.instrument import Option
from feedback.pack_loader import load_pack, pack_names
from feedback.vocabulary import newest

NEARBY_MAX = 3


class Fit(StrEnum):
    """Whether one has what a role takes: something shows it, one says so oneself, or it is not said yet."""

    HAVE = "have"
    PARTLY = "partly"
    LACK = "lack"


@dataclass(frozen=True, slots=True)
class Path:
    """An occupation of a pack and the codes of what it takes, the weightiest first."""

    pack: str
    occupation: Option
    takes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """An occupation that takes some of the same."""

    path: Path
    shared: tuple[str, ...]


@cache
def paths() -> tuple[Path, ...]:
    """Every occupation of the packs that we know what it takes."""
    data = guide("occupations")
    return tuple(
        Path(instrument.code, occupation, tuple(data[instrument.code][occupation.code]))
        for instrument in newest(load_pack(name) for name in pack_names())
        for occupation in instrument.occupations
        if occupation.code in data.get(instrument.code, {})
    )


def find_path(pack: str, occupation: str) -> Path | None:
    """The path to an occupation, or None."""
    return next((path for path in paths() if (path.pack, path.occupation.code) == (pack, occupation)), None)


def fits(path: Path, evidence: Mapping[str, EvidenceKind]) -> tuple[tuple[str, Fit], ...]:
    """What the role takes beside what one has, in the role's order; `evidence` is one's best kind by competence."""
    return tuple((code, _fit(evidence.get(code))) for code in path.takes)


def nearby(path: Path) -> tuple[Near, ...]:
    """Occupations of the same pack that share at least two of what this one takes, those that share most first."""
    among = (one for one in paths() if one.pack == path.pack and one != path)
    others = [Near(one, tuple(code for code in path.takes if code in one.takes)) for one in among]
    close = [near for near in others if len(near.shared) > 1]
    return tuple(sorted(close, key=lambda near: -len(near.shared)))[:NEARBY_MAX]


def _fit(kind: EvidenceKind | None) -> Fit:
    if kind is None:
        return Fit.LACK
    return Fit.PARTLY if kind is EvidenceKind.SELF else Fit.HAVE
