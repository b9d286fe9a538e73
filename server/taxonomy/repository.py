"""Storing concepts of the taxonomy, and finding them by words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, insert, select
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from server.kit.rows import Found, list_rows
from server.taxonomy.rules import Concept, folded
from server.taxonomy.tables import TaxonomyConceptRow, TaxonomyLabelRow, TaxonomyReplacementRow

_IDS: Any = bindparam("ids", expanding=True)
_CONCEPTS = select(
    col(TaxonomyConceptRow.id),
    col(TaxonomyConceptRow.type),
    col(TaxonomyConceptRow.is_deprecated),
    col(TaxonomyConceptRow.legacy_id),
).where(col(TaxonomyConceptRow.id).in_(_IDS))
_LABELS = (
    select(
        col(TaxonomyLabelRow.concept_id),
        col(TaxonomyLabelRow.language),
        col(TaxonomyLabelRow.position),
        col(TaxonomyLabelRow.label),
    )
    .where(col(TaxonomyLabelRow.concept_id).in_(_IDS))
    .order_by(col(TaxonomyLabelRow.language), col(TaxonomyLabelRow.position))
)
_REPLACEMENTS = (
    select(col(TaxonomyReplacementRow.concept_id), col(TaxonomyReplacementRow.replaced_by))
    .where(col(TaxonomyReplacementRow.concept_id).in_(_IDS))
    .order_by(col(TaxonomyReplacementRow.replaced_by))
)
_ALL_IDS = select(col(TaxonomyConceptRow.id))
_ALL_REPLACEMENTS = select(col(TaxonomyReplacementRow.concept_id), col(TaxonomyReplacementRow.replaced_by)).order_by(
    col(TaxonomyReplacementRow.concept_id), col(TaxonomyReplacementRow.replaced_by)
)


async def list_ids(session: AsyncSession) -> set[str]:
    """The ids of every concept."""
    return {row.id for row in await list_rows(session, _ALL_IDS)}


async def list_replacements(session: AsyncSession) -> dict[str, list[str]]:
    """What replaced each concept that was replaced."""
    found: dict[str, list[str]] = defaultdict(list)
    for concept_id, replaced_by in await list_rows(session, _ALL_REPLACEMENTS):
        found[concept_id].append(replaced_by)
    return dict(found)


async def list_stored(session: AsyncSession, ids: Collection[str], *, language: str) -> dict[str, Concept]:
    """These concepts as they are here, with their labels in one language."""
    labels: dict[str, list[str]] = defaultdict(list)
    for row in await list_rows(session, _LABELS, ids=list(ids)):
        if row.language == language:
            labels[row.concept_id].append(row.label)
    replaced: dict[str, list[str]] = defaultdict(list)
    for row in await list_rows(session, _REPLACEMENTS, ids=list(ids)):
        replaced[row.concept_id].append(row.replaced_by)
    return {
        row.id: Concept(
            row.id,
            row.type,
            tuple(labels[row.id]),
            is_deprecated=row.is_deprecated,
            replaced_by=tuple(replaced[row.id]),
            legacy_id=row.legacy_id,
        )
        for row in await list_rows(session, _CONCEPTS, ids=list(ids))
    }


async def store(session: AsyncSession, new: Sequence[Concept], changed: Sequence[Concept], *, language: str) -> None:
    """Write concepts that are not here, and others in place of what is; labels in other languages stay."""
    ids = [concept.id for concept in changed]
    for concept in changed:
        row = await session.get_one(TaxonomyConceptRow, concept.id)
        row.type, row.is_deprecated, row.legacy_id = concept.type, concept.is_deprecated, concept.legacy_id
    await session.flush()
    label, replacement = col(TaxonomyLabelRow.concept_id), col(TaxonomyReplacementRow.concept_id)
    await session.exec(delete(TaxonomyLabelRow).where(label.in_(ids), col(TaxonomyLabelRow.language) == language))
    await session.exec(delete(TaxonomyReplacementRow).where(replacement.in_(ids)))
    stored = ("id", "type", "is_deprecated", "legacy_id")
    await _insert(session, TaxonomyConceptRow, ({name: getattr(one, name) for name in stored} for one in new))
    await _insert(session, TaxonomyLabelRow, _label_rows((*new, *changed), language))
    await _insert(session, TaxonomyReplacementRow, _replacement_rows((*new, *changed)))


def _label_rows(concepts: Iterable[Concept], language: str) -> Iterable[dict[str, Any]]:
    for concept in concepts:
        for position, label in enumerate(concept.labels):
            text = {"label": label, "folded": folded(label)}
            yield {"concept_id": concept.id, "language": language, "position": position} | text


def _replacement_rows(concepts: Iterable[Concept]) -> Iterable[dict[str, Any]]:
    for concept in concepts:
        for replaced_by in concept.replaced_by:
            yield {"concept_id": concept.id, "replaced_by": replaced_by}


async def _insert(session: AsyncSession, table: type[SQLModel], rows: Iterable[dict[str, Any]]) -> None:
    values = list(rows)
    if values:
        await (await session.connection()).execute(insert(table), values)


async def search(session: AsyncSession, words: str, *, type: str | None, most: int) -> Sequence[Found]:
    """Labels in which each of `words` is found, those that are just these words first, then the shortest."""
    label, wanted = col(TaxonomyLabelRow.folded), folded(words)
    if not wanted:
        return []
    nearer = (label == wanted, label.like(f"{wanted} %"), label.like(f"{wanted}%"), label.like(f"% {wanted}%"))
    rank = case(*((how, place) for place, how in enumerate(nearer)), else_=len(nearer))
    statement = (
        select(col(TaxonomyLabelRow.concept_id), col(TaxonomyLabelRow.label))
        .join(TaxonomyConceptRow, col(TaxonomyConceptRow.id) == col(TaxonomyLabelRow.concept_id))
        .where(and_(*(label.like(f"%{word}%") for word in wanted.split())))
        .order_by(rank, func.length(label), label, col(TaxonomyLabelRow.concept_id))
        .limit(most)
    )
    if type is not None:
        statement = statement.where(col(TaxonomyConceptRow.type) == type)
    return await list_rows(session, statement)


async def list_labels(session: AsyncSession, ids: Collection[str]) -> Mapping[str, dict[str, str]]:
    """The preferred label of each concept in each language."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in await list_rows(session, _LABELS, ids=list(ids)):
        found[row.concept_id].setdefault(row.language, row.label)
    return found


async def list_concepts(session: AsyncSession, ids: Collection[str]) -> dict[str, Found]:
    """Concepts by id."""
    return {row.id: row for row in await list_rows(session, _CONCEPTS, ids=list(ids))}


async def list_replacements_of(session: AsyncSession, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What replaced these concepts."""
    found: dict[str, tuple[str, ...]] = {}
    for concept_id, replaced_by in await list_rows(session, _REPLACEMENTS, ids=list(ids)):
        found[concept_id] = (*found.get(concept_id, ()), replaced_by)
    return found
