"""Reading a file of the taxonomy into the database, and finding concepts by words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field

from sqlmodel.ext.asyncio.session import AsyncSession

from server.taxonomy import repository
from server.taxonomy.reader import read_entries
from server.taxonomy.rules import TYPES, Concept, Fault, concept_in, successors

CONCEPTS_MAX = 200_000
FAULTS_TOLD = 20
AT_ONCE = 500
FOUND_MAX = 50

Pieces = Callable[[], Iterable[str]]
Transaction = Callable[[], AbstractAsyncContextManager[AsyncSession]]


class FileHasFaults(ValueError):
    """Nothing of the file is taken in; `faults` tells the first ones, `number` how many there are."""

    def __init__(self, faults: list[Fault], number: int) -> None:
        super().__init__(f"{number} concept(s) are not as they should be")
        self.faults = faults
        self.number = number


class FileTooLong(ValueError):
    """The file holds more concepts than the taxonomy can have."""


class FileWithoutConcepts(ValueError):
    """The file is JSON, but nothing in it is a concept."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What a file holds, looked through before anything is stored. `lines` is where each concept stands."""

    lines: dict[str, int]
    repeated: int
    deprecated: int
    replaced: int
    types: Counter[str]

    @property
    def unknown_types(self) -> dict[str, int]:
        """Types that the taxonomy did not have when this was written, with their numbers."""
        return {type: number for type, number in sorted(self.types.items()) if type not in TYPES}


@dataclass(slots=True)
class Imported:
    """What an import has done."""

    survey: Survey
    new: int = 0
    changed: int = 0
    not_in_file: int = 0
    leads_nowhere: list[str] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        """Concepts that were here already, just so."""
        return len(self.survey.lines) - self.new - self.changed


def survey(pieces: Iterable[str]) -> Survey:
    """Look through a whole file; an entry that says again what another said is counted, not refused.

    Raises:
        FileBroken: it is not JSON from a line on.
        FileHasFaults: concepts are not as they should be, or one id means two things.
        FileTooLong: this can hardly be the taxonomy.
        FileWithoutConcepts: nor can this.
    """
    known: dict[str, tuple[int, int]] = {}
    faults: list[Fault] = []
    number = repeated = deprecated = replaced = 0
    types: Counter[str] = Counter()
    for line, found in _concepts(pieces):
        fault = found if isinstance(found, Fault) else None
        if isinstance(found, Concept) and found.id not in known:
            known[found.id] = (line, hash(found))
            types[found.type] += 1
            deprecated += found.is_deprecated
            replaced += bool(found.replaced_by)
        elif isinstance(found, Concept) and known[found.id][1] == hash(found):
            repeated += 1
        elif isinstance(found, Concept):
            fault = Fault(line, found.id, f"The same id means something else on line {known[found.id][0]}.")
        if fault is not None:
            number += 1
            faults += [fault] if len(faults) < FAULTS_TOLD else []
    if faults:
        raise FileHasFaults(faults, number)
    if not known:
        raise FileWithoutConcepts("it holds no concepts: is it the taxonomy?")
    return Survey({id: line for id, (line, _) in known.items()}, repeated, deprecated, replaced, types)


def _concepts(pieces: Iterable[str]) -> Iterator[tuple[int, Concept | Fault]]:
    for number, entry in enumerate(read_entries(pieces)):
        if number >= CONCEPTS_MAX:
            raise FileTooLong(f"the file holds more than {CONCEPTS_MAX} concepts: is it the taxonomy?")
        found = concept_in(entry)
        if found is not None:
            yield entry.line, found


async def import_file(pieces: Pieces, transaction: Transaction, *, language: str) -> Imported:
    """Take in a file whose labels are in `language`; what is here already stays as it is.

    The file is looked through first, so that a broken one leaves nothing behind. Then each portion is a
    transaction of its own: nobody waits long, and after an interruption the import is simply run again.
    """
    done = Imported(survey(pieces()))
    for portion in _portions(pieces()):
        async with transaction() as session:
            await _store(session, portion, done, language=language)
    async with transaction() as session:
        done.not_in_file = len(await repository.list_ids(session) - done.survey.lines.keys())
        done.leads_nowhere = await _leads_nowhere(session)
    return done


def _portions(pieces: Iterable[str]) -> Iterator[list[Concept]]:
    portion: dict[str, Concept] = {}
    for _, found in _concepts(pieces):
        if isinstance(found, Concept):
            portion[found.id] = found
        if len(portion) == AT_ONCE:
            yield list(portion.values())
            portion = {}
    if portion:
        yield list(portion.values())


async def _store(session: AsyncSession, portion: list[Concept], done: Imported, *, language: str) -> None:
    here = await repository.list_stored(session, [one.id for one in portion], language=language)
    new = [one for one in portion if one.id not in here]
    changed = [one for one in portion if one.id in here and not _same(one, here[one.id])]
    await repository.store(session, new, changed, language=language)
    done.new += len(new)
    done.changed += len(changed)


def _same(one: Concept, other: Concept) -> bool:
    """The order of what replaced a concept says nothing."""
    return _comparable(one) == _comparable(other)


def _comparable(one: Concept) -> tuple[object, ...]:
    return (one.type, one.labels, one.is_deprecated, frozenset(one.replaced_by), one.legacy_id)


async def _leads_nowhere(session: AsyncSession) -> list[str]:
    """Replaced concepts from which no chain ends at a concept that is here."""
    ids, replaced_by = await repository.list_ids(session), await repository.list_replacements(session)
    return [id for id in replaced_by if not ids.intersection(successors(id, replaced_by))]


@dataclass(frozen=True, slots=True)
class FoundConcept:
    """A concept that a search found; `instead_of` is the label of a former concept that it replaced."""

    id: str
    type: str
    label: str
    labels: dict[str, str]
    is_deprecated: bool
    instead_of: str | None


async def search(session: AsyncSession, words: str, *, type: str | None = None, most: int = 20) -> list[FoundConcept]:
    """Concepts that are called so, the nearest first; what was replaced is shown as what replaced it."""
    labels = await repository.search(session, words, type=type, most=min(4 * most, 4 * FOUND_MAX))
    replaced_by = await _chains(session, {row.concept_id for row in labels})
    shown: dict[str, tuple[str, str | None]] = {}
    for row in labels:
        for end in successors(row.concept_id, replaced_by):
            shown.setdefault(end, (row.label, row.label if end != row.concept_id else None))
    ids = list(shown)[: min(most, FOUND_MAX)]
    concepts, called = await repository.list_concepts(session, ids), await repository.list_labels(session, ids)
    return [
        FoundConcept(
            id=id,
            type=concepts[id].type,
            label=called[id].get("sv") or next(iter(called[id].values())),
            labels=called[id],
            is_deprecated=concepts[id].is_deprecated,
            instead_of=shown[id][1],
        )
        for id in ids
        if id in concepts
    ]


async def _chains(session: AsyncSession, ids: set[str]) -> dict[str, tuple[str, ...]]:
    """What replaced these concepts, and those that replaced them, and so on."""
    found: dict[str, tuple[str, ...]] = {}
    ahead = ids
    while ahead:
        following = await repository.list_replacements_of(session, ahead)
        found |= following
        ahead = {one for ends in following.values() for one in ends} - found.keys() - ids
        ids = ids | ahead
    return found
