"""Who may meet whom, and what each meeting is worth. Pure.

In a small event everybody may meet every employer. In a large one a seeker has those whom either side wishes for,
and others up to `CANDIDATES`, best match first; who matches nobody gets employers in turn, so that nobody is without.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from server.planner.model import Pair
from server.planning.ports import PlanSeeker
from server.planning_runs.match import RATHER_NOT, Facts, Match, match
from server.planning_runs.material import Material, Tick, unheard

ALL_PAIRS_MAX = 20_000
CANDIDATES = 15
TICK_EVERY = 100


@dataclass(frozen=True, slots=True)
class Weigh:
    """Whose pairs matter, where not all do: all of these `seekers`, and everybody's with these `employers`."""

    seekers: frozenset[UUID] = frozenset()
    employers: frozenset[UUID] = frozenset()


class Matching:
    """The matches of an event's seekers and employers."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.employers = sorted({desk.organisation_id for desk in material.desks})
        wanted: dict[UUID, set[str]] = defaultdict(set)
        for desk in material.desks:
            wanted[desk.organisation_id] |= desk.competences_wanted
        words = sorted(set().union(*wanted.values())) if wanted else []
        self._bit = {word: 1 << number for number, word in enumerate(words)}
        self.wanted = {employer: self._mask(wanted[employer]) for employer in self.employers}
        self._aims = material.rules.target_age_bands
        self._wishers: dict[UUID, list[UUID]] = defaultdict(list)
        for (organisation_id, seeker_id), rank in sorted(material.employer_wishes.items()):
            if rank != RATHER_NOT:
                self._wishers[seeker_id].append(organisation_id)

    def _mask(self, words: Iterable[str]) -> int:
        return sum(self._bit[word] for word in words if word in self._bit)

    def had(self, seeker: PlanSeeker) -> int:
        """The seeker's competences that somebody wants, as a mask."""
        return self._mask(seeker.competences)

    def match(self, seeker: PlanSeeker, employer: UUID) -> Match:
        """What it is worth that the two meet, and why."""
        return self._match(seeker, employer, self.had(seeker), self._ranks(seeker))

    def _match(self, seeker: PlanSeeker, employer: UUID, had: int, ranks: dict[UUID, int]) -> Match:
        material, wanted = self.material, self.wanted.get(employer, 0)
        aims = [label for dimension, label in material.groups.get(seeker.id, ()) if dimension == "age_band"]
        aim = next((label for label in aims if label in self._aims), "")
        return match(
            Facts(
                wanted=wanted.bit_count(),
                had=(wanted & had).bit_count(),
                seeker_rank=ranks.get(employer),
                employer_rank=material.employer_wishes.get((employer, seeker.id)),
                has_met=(seeker.id, employer) in material.met_before,
                aim=self._aims[aim] if aim else 0,  # type: ignore[index]  # a key of it, as was just found
                aim_label=aim,
            )
        )

    @staticmethod
    def _ranks(seeker: PlanSeeker) -> dict[UUID, int]:
        ranks = {employer: number for number, employer in enumerate(seeker.wishes, 1)}
        return ranks | dict.fromkeys(seeker.avoids, RATHER_NOT)

    def pairs(
        self,
        kept: Iterable[tuple[UUID, UUID]],
        closed: set[tuple[UUID, UUID]],
        weigh: Weigh | None = None,
        tick: Tick = unheard,
    ) -> tuple[Pair, ...]:
        """Every pair that a plan may lay: `kept` are laid now and stay possible, `closed` have met already."""
        also: dict[UUID, set[UUID]] = defaultdict(set)
        for seeker_id, employer in kept:
            also[seeker_id].add(employer)
        everybody = len(self.material.seekers) * len(self.employers) <= ALL_PAIRS_MAX
        found = []
        for number, seeker in enumerate(self.material.seekers):
            if number % TICK_EVERY == 0:
                tick(number / len(self.material.seekers))
            had, ranks = self.had(seeker), self._ranks(seeker)
            if weigh is not None and seeker.id not in weigh.seekers:
                chosen = sorted(also[seeker.id] | weigh.employers)
            else:
                chosen = self.employers if everybody else self._chosen(number, seeker, had, also[seeker.id])
            for employer in chosen:
                if employer in seeker.avoids or (seeker.id, employer) in closed:
                    continue
                value = self._match(seeker, employer, had, ranks).value
                must = (seeker.id, employer) in self.material.musts
                found.append(Pair(str(seeker.id), str(employer), value, must=must))
        return tuple(found)

    def _chosen(self, number: int, seeker: PlanSeeker, had: int, also: set[UUID]) -> list[UUID]:
        wished = also.union(seeker.wishes, self._wishers[seeker.id]) & self.wanted.keys()
        employers = self.employers
        turn = number * CANDIDATES % len(employers)
        ranked = sorted(
            range(len(employers)),
            key=lambda index: (-_share(self.wanted[employers[index]], had), (index - turn) % len(employers)),
        )
        for index in ranked:
            if len(wished) >= CANDIDATES:
                break
            if employers[index] not in seeker.avoids:
                wished.add(employers[index])
        return sorted(wished)


def _share(wanted: int, had: int) -> int:
    """How much of what is wanted somebody has, in per cent."""
    return 100 * (wanted & had).bit_count() // wanted.bit_count() if wanted & had else 0
