"""Bringing a file of vacancies into the bank: all of it or nothing, and a second time changes instead of doubling."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.employers.repository import list_known
from server.employers.rules import KnownOrganisation, name_key, number_key, same_organisation
from server.identity.tables import OrganisationRow
from server.imports.decoding import decode
from server.vacancies.rules import competence_rows
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
    """What one row would do."""

    brought: BroughtVacancy
    employer: KnownOrganisation | None
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
        self._by_key: dict[str, list[KnownOrganisation]] = {}
        for one in known:
            self.add(one)

    def add(self, one: KnownOrganisation) -> None:
        for key in self._keys(one.name, one.number):
            self._by_key.setdefault(key, []).append(one)

    def find(self, brought: BroughtVacancy) -> KnownOrganisation | None:
        keys = self._keys(brought.employer_name, brought.employer_number)
        near = [one for key in keys for one in self._by_key.get(key, [])]
        return same_organisation(near, name=brought.employer_name, number=brought.employer_number)

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
    made = _Bank([])
    for one in planned:
        employer = one.employer or made.find(one.brought)
        if employer is None:
            employer = _new_employer(session, one.brought, now=now)
            made.add(employer)
        _write(session, one, employer.id, source=reading.source, person_id=person_id, now=now)
    for row in closing.values():
        row.status, row.changed_at = "removed", now
        session.add(row)
    await session.flush()
    return answer


async def _plan(
    session: AsyncSession, reading: Reading, left_out: Collection[int], *, lock: bool = False
) -> list[_Planned]:
    taken = [one for one in reading.rows if one.line not in left_out]
    known = _Bank(await list_known(session))
    there = await _there(session, reading.source, [one.source_id for one in taken], lock=lock)
    return [
        _Planned(
            one,
            known.find(one),
            there.get(one.source_id),
            _values(one),
        )
        for one in taken
    ]


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
    for start in range(0, len(ids), 500):
        query = select(VacancyRow).where(
            col(VacancyRow.source) == source, col(VacancyRow.source_id).in_(ids[start : start + 500])
        )
        rows = await session.exec(query.with_for_update() if lock else query)
        found |= {row.source_id or "": row for row in rows}
    return found


def _new_employer(session: AsyncSession, brought: BroughtVacancy, *, now: datetime) -> KnownOrganisation:
    row = OrganisationRow(kind="employer", name=brought.employer_name, number=brought.employer_number, created_at=now)
    session.add(row)
    return KnownOrganisation(row.id, row.name, row.number)


def _values(one: BroughtVacancy) -> dict[str, Any]:
    words = vocabulary()
    said = words.keys(one.required)
    merits = [label for label in one.merits if not words.keys_of(label) <= said]
    return {name: getattr(one, name) for name in WRITTEN} | {
        "required": competence_rows(one.required, words=words, concepts=one.concepts),
        "merits": competence_rows(merits, words=words, concepts=one.concepts),
    }


def _write(
    session: AsyncSession, one: _Planned, organisation_id: UUID, *, source: str, person_id: UUID | None, now: datetime
) -> None:
    change = one.change
    row = one.there or VacancyRow(
        organisation_id=organisation_id,
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
    new_employers = {
        (one.brought.employer_number or "", one.brought.employer_name.casefold())
        for one in planned
        if one.employer is None
    }
    return VacancyImport(
        source=reading.source,
        columns=[ImportColumn(heading=c.heading, field=c.field, is_certain=c.is_certain) for c in reading.columns],
        rows=[
            ImportRow(
                line=one.brought.line,
                source_id=one.brought.source_id,
                title=one.brought.title,
                employer=one.employer.name if one.employer else one.brought.employer_name,
                employer_is_new=one.employer is None,
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
        new_employers=len(new_employers),
        left_out=len(left_out),
    )
