"""Bringing a file of vacancies into the bank: all of it or nothing, and a second time changes instead of doubling."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.employers.repository import list_known
from server.employers.rules import KnownOrganisation, name_key, number_key, same_organisation
from server.identity.tables import OrganisationRow
from server.imports.decoding import decode
from server.vacancies.rules import stored_competences
from server.vacancies.tables import VacancyRow
from server.vacancy_imports.advertisements import looks_like_json, read_advertisements
from server.vacancy_imports.shapes import (
    Change,
    ImportClosing,
    ImportColumn,
    ImportGuess,
    ImportRefusal,
    ImportRow,
    VacancyImport,
)
from server.vacancy_imports.sheet import read_sheet
from server.vacancy_imports.values import BroughtVacancy, Reading

WRITTEN = (
    "title", "about", "occupation", "occupation_concept_id", "place", "work_form", "employment", "seats", "apply_by",
    "apply_url",
)  # fmt: skip


class ImportRefused(Exception):
    """The file cannot be brought in."""


class NotAdvertisements(ImportRefused):
    """The file is no table and holds no advertisements."""


class HasRefusedRows(ImportRefused):
    """Rows are refused that are not left out."""


@dataclass(frozen=True, slots=True)
class _Planned:
    """What one row would do; an employer that is new is made with the first row that names it."""

    brought: BroughtVacancy
    employer: KnownOrganisation
    employer_is_new: bool
    there: VacancyRow | None
    values: dict[str, Any]

    @property
    def change(self) -> Change:
        if self.there is None:
            return "new"
        there = self.there
        same = all(getattr(there, name) == value for name, value in self.values.items())
        return "same" if same and there.status != "removed" else "changed"


class _Bank:
    """Employers by number and name, so that thousands are not compared with thousands."""

    def __init__(self, known: Iterable[KnownOrganisation]) -> None:
        self.by_id: dict[UUID, KnownOrganisation] = {}
        self._by_key: dict[str, list[KnownOrganisation]] = {}
        self.new: set[UUID] = set()
        for one in known:
            self._add(one)

    def employer_of(self, brought: BroughtVacancy) -> KnownOrganisation:
        """The employer that a row names; one that nobody knows is known from then on, and new."""
        name, number = brought.employer_name, brought.employer_number
        near = [one for key in self._keys(name, number) for one in self._by_key.get(key, [])]
        found = same_organisation(near, name=name, number=number)
        if found is None:
            found = KnownOrganisation(uuid4(), name, number)
            self._add(found)
            self.new.add(found.id)
        return found

    def _add(self, one: KnownOrganisation) -> None:
        self.by_id[one.id] = one
        for key in self._keys(one.name, one.number):
            self._by_key.setdefault(key, []).append(one)

    def _keys(self, name: str, number: str | None) -> list[str]:
        digits = number_key(number)
        return [f"name {name_key(name)}", *([f"number {digits}"] if digits else [])]


def read_file(raw: bytes) -> Reading:
    """What a file of vacancies holds.

    Raises:
        NotAdvertisements: it is JSON, but holds no advertisements.
        SheetRefused: it cannot be read as a table either.
    """
    text = decode(raw).text
    if not looks_like_json(text):
        return read_sheet(text)
    try:
        return read_advertisements(text)
    except ValueError as error:
        raise NotAdvertisements(str(error)) from error


async def preview(session: AsyncSession, reading: Reading, *, left_out: Collection[int] = ()) -> VacancyImport:
    """What bringing it in would do; nothing is changed."""
    planned = await _plan(session, reading, left_out)
    closing = await _closing(session, reading)
    return _answer(reading, planned, closing, left_out)


async def bring_in(
    session: AsyncSession, reading: Reading, *, left_out: Collection[int], person_id: UUID | None, now: datetime
) -> VacancyImport:
    """Take the whole file: new vacancies, changed ones, those confirmed as they are, and those removed.

    Raises:
        HasRefusedRows: a row is refused and not left out; nothing is changed.
    """
    refused = [one.line for one in reading.refused if one.line not in left_out]
    if refused:
        raise HasRefusedRows(f"{len(refused)} row(s) cannot be taken: {', '.join(map(str, refused[:10]))}")
    planned = await _plan(session, reading, left_out, lock=True)
    closing = await _closing(session, reading, lock=True)
    answer = _answer(reading, planned, closing, left_out)
    for employer in _new_employers(planned):
        session.add(
            OrganisationRow(id=employer.id, kind="employer", name=employer.name, number=employer.number, created_at=now)
        )
    for one in planned:
        _write(session, one, source=reading.source, person_id=person_id, now=now)
    for row in closing.values():
        row.status, row.changed_at = "removed", now
        session.add(row)
    await session.flush()
    return answer


async def _plan(
    session: AsyncSession, reading: Reading, left_out: Collection[int], *, lock: bool = False
) -> list[_Planned]:
    taken = [one for one in reading.rows if one.line not in left_out]
    bank = _Bank(await list_known(session))
    there = await _there(session, reading.source, [one.source_id for one in taken], lock=lock)
    planned = []
    for one in taken:
        row = there.get(one.source_id)
        # A vacancy stays with its employer, whatever that is called by now.
        employer = bank.by_id[row.organisation_id] if row else bank.employer_of(one)
        planned.append(_Planned(one, employer, employer.id in bank.new, row, _values(one)))
    return planned


def _new_employers(planned: list[_Planned]) -> Collection[KnownOrganisation]:
    return {one.employer.id: one.employer for one in planned if one.employer_is_new}.values()


async def _closing(session: AsyncSession, reading: Reading, *, lock: bool = False) -> dict[int, VacancyRow]:
    """Vacancies of the bank that the source has removed, by the line that says so."""
    there = await _there(session, reading.source, [one.source_id for one in reading.removed], lock=lock)
    return {
        one.line: there[one.source_id]
        for one in reading.removed
        if one.source_id in there and there[one.source_id].status != "removed"
    }


async def _there(session: AsyncSession, source: str, ids: list[str], *, lock: bool) -> dict[str, VacancyRow]:
    found: dict[str, VacancyRow] = {}
    in_order = sorted(ids)  # two files at once lock what they share in the same order
    for start in range(0, len(ids), 500):
        some = col(VacancyRow.source_id).in_(in_order[start : start + 500])
        query = select(VacancyRow).where(col(VacancyRow.source) == source, some).order_by(col(VacancyRow.source_id))
        rows = await session.exec(query.with_for_update() if lock else query)
        found |= {row.source_id or "": row for row in rows}
    return found


def _values(one: BroughtVacancy) -> dict[str, Any]:
    required, merits = stored_competences(one.required, one.merits, words=vocabulary(), concepts=one.concepts)
    return {name: getattr(one, name) for name in WRITTEN} | {"required": required, "merits": merits}


def _write(session: AsyncSession, one: _Planned, *, source: str, person_id: UUID | None, now: datetime) -> None:
    change = one.change
    row = one.there or VacancyRow(
        organisation_id=one.employer.id,
        title=one.brought.title,
        source=source,
        source_id=one.brought.source_id,
        created_by=person_id,
        created_at=now,
        confirmed_at=now,
        changed_at=now,
    )
    for name, value in one.values.items():
        setattr(row, name, value)
    if change == "changed":
        row.version, row.changed_at = row.version + 1, now
    # What its employer has hidden here stays hidden; what its source had removed and has again is back.
    row.status, row.confirmed_at = ("published" if row.status == "removed" else row.status), now
    session.add(row)


def _answer(
    reading: Reading, planned: list[_Planned], closing: dict[int, VacancyRow], left_out: Collection[int]
) -> VacancyImport:
    changes = [one.change for one in planned]
    return VacancyImport(
        source=reading.source,
        columns=[ImportColumn(heading=c.heading, field=c.field, is_certain=c.is_certain) for c in reading.columns],
        rows=[
            ImportRow(
                line=one.brought.line,
                source_id=one.brought.source_id,
                title=one.brought.title,
                employer=one.employer.name,
                employer_is_new=one.employer_is_new,
                place=one.brought.place,
                required=list(one.brought.required),
                apply_by=one.brought.apply_by,
                change=change,
                guesses=[
                    ImportGuess(field=guess.field, reason=guess.reason, understood=guess.understood)
                    for guess in one.brought.guesses
                ],
            )
            for one, change in zip(planned, changes, strict=True)
        ],
        refused=[
            ImportRefusal(line=one.line, title=one.title, reason=one.reason, params=one.params)
            for one in reading.refused
            if one.line not in left_out
        ],
        closing=[
            ImportClosing(line=line, source_id=row.source_id or "", title=row.title) for line, row in closing.items()
        ],
        unknown_removed=len(reading.removed) - len(closing),
        new=changes.count("new"),
        changed=changes.count("changed"),
        same=changes.count("same"),
        new_employers=len(_new_employers(planned)),
        left_out=len(left_out),
    )
