"""Vacancies in a spreadsheet: Swedish or English headings, any usual separator and encoding. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from difflib import SequenceMatcher

from server.imports.decoding import SheetRefused
from server.imports.heading_match import plain
from server.imports.separated import Record, find_delimiter, read_records
from server.vacancies.shapes import web_address
from server.vacancy_imports.values import BroughtVacancy, Column, Guess, Reading, Refused
from server.vacancy_imports.words import company_number, plain_text, without_personal_numbers

SOURCE = "sheet"
ROWS_MAX = 2000
LABELS_MAX = 20
_SIMILAR_MIN = 0.84
HEADINGS: dict[str, tuple[str, ...]] = {
    field: tuple(words.split("|"))
    for field, words in {
        "source_id": "id|annons id|annonsid|annonsnummer|annonsnr|referens|referensnummer|job id|reference|tjanst id",
        "title": "titel|rubrik|jobb|tjanst|befattning|tjanstetitel|jobbtitel|roll|title|headline|job|job title"
        "|position",
        "employer": "arbetsgivare|foretag|foretagsnamn|bolag|organisation|employer|company|company name",
        "number": "orgnr|org nr|organisationsnummer|org nummer|organisationsnr|organisation number|company number",
        "occupation": "yrke|yrkesroll|yrkesbenamning|occupation|profession",
        "place": "ort|plats|kommun|arbetsort|arbetsplats|stad|place|location|city|municipality",
        "work_form": "arbetsform|distans|distansarbete|hemifran|form|remote|work form|work mode",
        "employment": "anstallning|anstallningsform|anstallningstyp|omfattning|employment|employment type",
        "seats": "antal|antal platser|platser|antal tjanster|number|openings|number of vacancies|seats",
        "required": "krav|kompetenser|kravda kompetenser|skallkrav|ska krav|maste|kompetenskrav|kvalifikationer"
        "|requirements|required|must have|skills|required skills",
        "merits": "meriterande|merit|meriter|borkrav|bra att ha|plus|nice to have|merits|preferred|desirable",
        "apply_by": "sista ansokningsdag|sista ansokningsdatum|sista dag|sok senast|ansok senast|deadline"
        "|ansokan senast|sista dag att soka|apply by|last application date|application deadline",
        "apply_url": "lank|annonslank|webbadress|ansokningslank|url|link|web address|apply url",
        "about": "beskrivning|om jobbet|annonstext|text|information|description|about",
    }.items()
}
_WORK_FORMS = {
    "remote": ("distans", "hemifran", "remote", "ja", "yes", "helt pa distans", "100 distans"),
    "hybrid": ("hybrid", "delvis", "delvis distans", "delvis hemifran", "partly", "blandat"),
    "on_site": ("pa plats", "kontor", "nej", "no", "on site", "office"),
}
_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# What stands where there is no last day to apply.
_NO_DAY = ("", "lopande", "lopande urval", "tills vidare", "snarast", "omgaende", "ongoing", "open", "asap", "rolling")
# A day with the time of day after it, as spreadsheets write it.
_WITH_TIME = re.compile(r"[T\s]+\d{1,2}[:.]\d{2}([:.]\d{2})?(\.\d+)?Z?$")
_LABELS = re.compile(r"[,;|\n/•·]+")
_WRITTEN_DAY = re.compile(r"(\d{1,2})\s*(?:e|:e)?\s*([a-zåäö]{3,})\.?\s*(\d{4})", re.IGNORECASE)


def read_sheet(text: str) -> Reading:
    """Every row of a spreadsheet's text.

    Raises:
        SheetRefused: there are no rows, too many, or no column of titles and employers.
    """
    records = [one for one in read_records(text, find_delimiter(text)) if any(cell.strip() for cell in one.cells)]
    if len(records) < 2:
        raise SheetRefused("file_without_rows")
    if len(records) > ROWS_MAX + 1:
        raise SheetRefused("file_too_many_rows", {"rows": ROWS_MAX})
    columns = understand(records[0].cells)
    fields = [column.field for column in columns]
    if "title" not in fields or "employer" not in fields:
        raise SheetRefused("file_without_rows")
    reading = Reading(source=SOURCE, rows=[], removed=[], refused=[], columns=columns)
    seen: dict[str, int] = {}
    for record in records[1:]:
        found = _row(record, fields)
        if isinstance(found, Refused):
            reading.refused.append(found)
        elif found.source_id in seen:
            reading.refused.append(Refused(found.line, found.title, "twice", {"line": seen[found.source_id]}))
        else:
            seen[found.source_id] = found.line
            reading.rows.append(found)
    return reading


def understand(headings: Sequence[str]) -> list[Column]:
    """What each column holds; a field is held by the first that means it, exactly before nearly."""
    exact = {field: [n for n, one in enumerate(headings) if plain(one) in words] for field, words in HEADINGS.items()}
    taken = {found[0]: field for field, found in exact.items() if found}
    columns: list[Column] = []
    for number, heading in enumerate(headings):
        field = taken.get(number)
        near = None if field else _near(plain(heading), {*taken.values(), *(one.field for one in columns)})
        columns.append(Column(" ".join(heading.split())[:80], field or near, field is not None))
    return columns


def _near(heading: str, taken: set[str | None]) -> str | None:
    best, score = None, _SIMILAR_MIN
    for field, words in HEADINGS.items():
        for word in words:
            found = 0.9 if len(word) >= 5 and word in heading else SequenceMatcher(None, heading, word).ratio()
            if field not in taken and found > score:
                best, score = field, found
    return best


def _row(record: Record, fields: Sequence[str | None]) -> BroughtVacancy | Refused:
    cells = {
        field: " ".join(cell.split()) if field != "about" else cell.strip()
        for field, cell in zip(fields, record.cells, strict=False)
        if field
    }
    title, employer = cells.get("title", "")[:120], cells.get("employer", "")[:120]
    if not title:
        return Refused(record.line, employer, "no_title")
    if not employer:
        return Refused(record.line, title, "no_employer")
    guesses: list[Guess] = []
    apply_by = _day(cells.get("apply_by", ""), guesses)
    if apply_by is None and plain(cells.get("apply_by", "")) not in _NO_DAY:
        return Refused(record.line, title, "bad_date", {"value": cells["apply_by"][:40]})
    labels = {part: _labels(cells.get(part, "")) for part in ("required", "merits")}
    if any(len(one) > LABELS_MAX for one in labels.values()):
        return Refused(record.line, title, "too_many_competences", {"most": LABELS_MAX})
    seats = cells.get("seats", "")
    if seats and not (seats.isascii() and seats.isdigit() and 1 <= int(seats) <= 999):
        return Refused(record.line, title, "bad_number", {"value": seats[:40]})
    return BroughtVacancy(
        line=record.line,
        source_id=cells.get("source_id", "")[:80] or _own_id(employer, title, cells.get("place", ""), guesses),
        title=title,
        employer_name=employer,
        employer_number=company_number(cells.get("number", "")[:20]),
        about=without_personal_numbers(plain_text(cells.get("about", "")))[:8000],
        occupation=cells.get("occupation", "")[:120],
        place=cells.get("place", "")[:80],
        work_form=_work_form(cells.get("work_form", ""), guesses),
        employment=cells.get("employment", "")[:120],
        seats=int(seats) if seats else 1,
        required=labels["required"],
        merits=labels["merits"],
        apply_by=apply_by,
        apply_url=_url(cells.get("apply_url", ""), guesses),
        guesses=tuple(guesses),
    )


def _own_id(employer: str, title: str, place: str, guesses: list[Guess]) -> str:
    """The same employer, title and place is the same vacancy where the sheet has no ids."""
    guesses.append(Guess("source_id", "by_name", f"{title}, {employer}"))
    said = "\n".join(plain(part) for part in (employer, title, place))
    return "name:" + hashlib.sha256(said.encode()).hexdigest()[:32]


def _labels(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip(" .-")[:80] for part in _LABELS.split(cell) if part.strip(" .-")))


def _work_form(cell: str, guesses: list[Guess]) -> str:
    said = plain(cell)
    found = next((form for form, words in _WORK_FORMS.items() if said in words), None)
    if found is None and said:
        near = (form for form, words in _WORK_FORMS.items() if any(word in said for word in words[:3]))
        found = next(near, "on_site")
    if said and said not in ("distans", "hybrid", "pa plats"):
        guesses.append(Guess("work_form", "in_words", found or "on_site"))
    return found or "on_site"


def _day(cell: str, guesses: list[Guess]) -> date | None:
    """A day as people write it: 2026-12-01, 20261201, 1/12 2026, 1 december 2026."""
    cell = _WITH_TIME.sub("", cell)
    digits = re.findall(r"\d+", cell)
    try:
        if len(digits) == 3 and len(digits[0]) == 4:
            return date(*(int(part) for part in digits))
        if len(digits) == 1 and len(digits[0]) == 8:
            return date(int(digits[0][:4]), int(digits[0][4:6]), int(digits[0][6:]))
        if len(digits) == 3 and len(digits[2]) == 4:
            found = date(int(digits[2]), int(digits[1]), int(digits[0]))
            guesses.append(Guess("apply_by", "day_first", found.isoformat()))
            return found
        written = _WRITTEN_DAY.search(cell)
        if written:
            month = _MONTHS.index(plain(written[2])[:3].replace("may", "maj").replace("oct", "okt")) + 1
            return date(int(written[3]), month, int(written[1]))
    except ValueError:
        return None
    return None


def _url(cell: str, guesses: list[Guess]) -> str | None:
    if not cell:
        return None
    text = cell if "://" in cell else f"https://{cell}"
    try:
        found = web_address(text) if len(text) <= 500 and " " not in text else None
    except ValueError:
        found = None
    if found is None:
        guesses.append(Guess("apply_url", "not_an_address", ""))
    return found
