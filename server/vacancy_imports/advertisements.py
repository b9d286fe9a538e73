"""Advertisements in the form of the Swedish employment service: a search's answer, a stream, or one a line. Pure.

Names of people who may be asked (`application_contacts`) and addresses of people are never read. What is not
understood is told by its place in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from server.vacancies.shapes import web_address
from server.vacancy_imports.values import BroughtVacancy, Guess, Reading, Refused, Removed
from server.vacancy_imports.words import company_number, plain_text, without_personal_numbers

SOURCE = "jobtech"
_ID = re.compile(r"[0-9A-Za-z_.-]{1,80}")
_SPACES = re.compile(r"[^\S\n]+")


def looks_like_json(text: str) -> bool:
    """Whether a file's text is JSON rather than a table."""
    return text.lstrip()[:1] in ("{", "[")


def read_advertisements(text: str) -> Reading:
    """Every advertisement in `text`, the removed ones, and those that cannot be taken with the reason.

    Raises:
        ValueError: the text is no JSON, or holds no advertisements.
    """
    reading = Reading(source=SOURCE, rows=[], removed=[], refused=[], columns=[])
    seen: dict[str, int] = {}
    for line, raw in _items(text):
        if not isinstance(raw, Mapping):
            reading.refused.append(Refused(line, "", "not_an_advertisement"))
            continue
        source_id = _text(raw.get("id"))
        if not _ID.fullmatch(source_id):
            reading.refused.append(Refused(line, _title(raw), "no_id"))
        elif source_id in seen:
            reading.refused.append(Refused(line, _title(raw), "twice", {"line": seen[source_id]}))
        else:
            seen[source_id] = line
            _take(reading, line, source_id, raw)
    return reading


def _take(reading: Reading, line: int, source_id: str, raw: Mapping[str, Any]) -> None:
    if raw.get("removed") is True:
        reading.removed.append(Removed(line, source_id))
        return
    found = _vacancy(line, source_id, raw)
    if isinstance(found, Refused):
        reading.refused.append(found)
    else:
        reading.rows.append(found)


def _items(text: str) -> Iterator[tuple[int, Any]]:
    """Each advertisement with its line where it has one of its own, else its place."""
    try:
        whole = json.loads(text)
    except RecursionError:
        raise ValueError("the file is nested too deeply") from None
    except ValueError:
        yield from _lines(text)
        return
    if isinstance(whole, Mapping) and isinstance(whole.get("hits"), Sequence):
        whole = whole["hits"]
    elif isinstance(whole, Mapping):
        whole = [whole]
    if not isinstance(whole, list):
        raise ValueError("the file holds no advertisements")
    yield from enumerate(whole, 1)


def _lines(text: str) -> Iterator[tuple[int, Any]]:
    """One advertisement a line; a line that is none is told of, a file of none is no such file."""
    found: list[tuple[int, Any]] = []
    readable = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append((number, json.loads(line)))
            readable += 1
        except (ValueError, RecursionError):
            found.append((number, None))
    if readable == 0:
        raise ValueError("the file holds no advertisements")
    yield from found


def _vacancy(line: int, source_id: str, raw: Mapping[str, Any]) -> BroughtVacancy | Refused:
    title, employer = _title(raw), _part(raw, "employer")
    name = _text(employer.get("name")) or _text(employer.get("workplace"))
    if not title:
        return Refused(line, source_id, "no_title")
    if not name:
        return Refused(line, title, "no_employer")
    guesses: list[Guess] = []
    apply_by = _day(raw.get("application_deadline"))
    if apply_by is None and raw.get("application_deadline"):
        return Refused(line, title, "bad_date", {"value": _text(str(raw["application_deadline"]))[:40]})
    if apply_by is None:
        apply_by = _day(raw.get("last_publication_date"))
        if apply_by is not None:
            guesses.append(Guess("apply_by", "last_publication", apply_by.isoformat()))
    occupation, place = _first(raw.get("occupation")), _part(raw, "workplace_address")
    must, nice = _skills(raw, "must_have"), _skills(raw, "nice_to_have")
    if not must:
        guesses.append(Guess("required", "none_named", ""))
    form = "remote" if raw.get("remote_work") is True else "on_site"
    if form == "remote":
        guesses.append(Guess("work_form", "remote_work", "remote"))
    return BroughtVacancy(
        line=line,
        source_id=source_id,
        title=title,
        employer_name=name[:120],
        employer_number=company_number(_text(employer.get("organization_number"))[:20]),
        about=_about(raw),
        occupation=_text(occupation.get("label"))[:120],
        occupation_concept_id=_concept(occupation),
        place=(_text(place.get("municipality")) or _text(place.get("city")))[:80],
        work_form=form,
        employment=_text(_first(raw.get("employment_type")).get("label"))[:120],
        seats=_seats(raw.get("number_of_vacancies")),
        required=tuple(label for label, _ in must),
        merits=tuple(label for label, _ in nice),
        concepts={label: concept for label, concept in (*must, *nice) if concept},
        apply_by=apply_by,
        apply_url=_url(_part(raw, "application_details").get("url")) or _url(raw.get("webpage_url")),
        guesses=tuple(guesses),
    )


def _title(raw: Mapping[str, Any]) -> str:
    return " ".join(plain_text(_text(raw.get("headline"))).split())[:120]


def _about(raw: Mapping[str, Any]) -> str:
    """The advertisement's words, of which some have only those with the tags of a page."""
    description = _part(raw, "description")
    said = [_text(description.get(name), keep_lines=True) for name in ("text", "text_formatted")]
    return without_personal_numbers(plain_text(said[0] or said[1]))[:8000]


def _skills(raw: Mapping[str, Any], part: str) -> list[tuple[str, str | None]]:
    listed = _part(raw, part).get("skills")
    if not isinstance(listed, Sequence) or isinstance(listed, str):
        return []
    found = [(_text(one.get("label"))[:80], _concept(one)) for one in listed if isinstance(one, Mapping)]
    return [(label, concept) for label, concept in found if label][:20]


def _part(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = raw.get(name)
    return found if isinstance(found, Mapping) else {}


def _first(found: Any) -> Mapping[str, Any]:
    """A concept, which newer advertisements write as a list."""
    if isinstance(found, list) and found:
        found = found[0]
    return found if isinstance(found, Mapping) else {}


def _concept(found: Mapping[str, Any]) -> str | None:
    concept = _text(found.get("concept_id"))
    return concept if 0 < len(concept) <= 12 else None


def _text(found: Any, *, keep_lines: bool = False) -> str:
    if not isinstance(found, (str, int)) or isinstance(found, bool):
        return ""
    # Half of a surrogate pair can be written in JSON and stored nowhere.
    text = _SPACES.sub(" ", str(found).replace("\x00", "").encode("utf-8", "ignore").decode())
    return text.strip() if keep_lines else " ".join(text.split())


def _day(found: Any) -> date | None:
    try:
        return datetime.fromisoformat(str(found)).date() if found else None
    except ValueError:
        return None


def _seats(found: Any) -> int:
    if isinstance(found, str) and found.isascii() and found.isdigit():
        found = int(found[:9])
    return min(max(found, 1), 999) if isinstance(found, int) and not isinstance(found, bool) else 1


def _url(found: Any) -> str | None:
    if isinstance(found, Mapping):
        found = found.get("url")
    text = _text(found)
    try:
        return web_address(text) if len(text) <= 500 else None
    except ValueError:
        return None
