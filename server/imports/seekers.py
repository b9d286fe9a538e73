"""A row about a seeker, and what to do when the same address stands there twice."""

from __future__ import annotations

from collections.abc import Sequence

from server.imports.cells import read_consent, read_form, read_items, read_text
from server.imports.contacts import read_email, read_phone
from server.imports.draft import Draft, take_span
from server.imports.names import CompanyMatcher
from server.imports.people import (
    read_access_needs,
    read_age,
    read_birth_year,
    read_gender,
    read_languages,
    read_name,
)
from server.imports.values import Context, Option, Reading, SeekerEntry, SeekerForm
from server.imports.wishes import take_wishes

_FORMS: tuple[SeekerForm, ...] = ("video", "on_site", "either")
_BIRTH_FIELDS = ("birth_year", "age", "personal_number")


def read_seeker(draft: Draft, context: Context, matcher: CompanyMatcher) -> SeekerEntry | None:
    """The seeker in a row; None where something stops it. What was said about it is in `draft`.

    *Samtycke* is read as the person's consent to being registered for the event and shown to employers.
    A row without a plain yes is not imported, and of a row with a no nothing but the name is read. A
    sheet without the column is let in; the preview says that consent was not stated.
    """
    name = _take_name(draft)
    draft.values["name"] = name
    consent = _take_consent(draft)
    if consent is False:
        return None
    email = draft.read("email", _required_email)
    phone = draft.read("phone", read_phone)
    gender = draft.read("gender", read_gender)
    birth_year = _take_birth_year(draft, context)
    wishes, avoids = take_wishes(draft, matcher)
    span = take_span(draft, context)
    form = _take_form(draft)
    languages = draft.read("languages", read_languages) or ()
    needs = read_access_needs(draft.cell("access_needs"))
    competences = read_items(draft.cell("competences"))
    office = read_text(draft.cell("office")).value
    draft.values.update({"email": email, "phone": phone, "gender": gender, "birth_year": birth_year})
    draft.values.update({"office": office, "form": form, "languages": languages, "competences": competences})
    draft.values["wishes"] = tuple(employer.name for employer in wishes)
    draft.values["avoids"] = tuple(employer.name for employer in avoids)
    draft.sensitive["access_needs"] = tuple(need.detail for need in needs)
    if draft.refusals or name is None or email is None:
        return None
    return SeekerEntry(
        line=draft.line,
        name=name,
        email=email,
        phone=phone,
        gender=gender,
        birth_year=birth_year,
        office=office,
        wishes=tuple(employer.key for employer in wishes),
        avoids=tuple(employer.key for employer in avoids),
        starts=span.starts,
        ends=span.ends,
        form=form,
        access_needs=needs,
        languages=languages,
        competences=competences,
        consent=consent,
    )


def _take_name(draft: Draft) -> str | None:
    parts = (read_text(draft.cell(field)).value for field in ("first_name", "last_name"))
    joined = " ".join(part for part in parts if part)
    raw = joined or draft.cell("name")
    is_turned = not joined and "name" in draft.turned
    return draft.take("name", read_name(raw, is_turned=is_turned), raw)


def _take_consent(draft: Draft) -> bool | None:
    """None where the sheet has no such column, or the row's answer is not clear."""
    if "consent" not in draft.columns:
        return None
    raw = draft.cell("consent")
    read = read_consent(raw)
    consent = draft.take("consent", read, raw)
    draft.values["consent"] = consent
    return False if read.fault == "consent_refused" else consent


def _required_email(cell: str) -> Reading[str]:
    read = read_email(cell)
    return Reading(fault="email_missing") if read.value is None and read.fault is None else read


def _take_birth_year(draft: Draft, context: Context) -> int | None:
    for field in _BIRTH_FIELDS:
        raw = draft.cell(field)
        if raw.strip():
            read = read_age if field == "age" else read_birth_year
            born = draft.take(field, read(raw, year=context.year), raw)
            if born is not None:
                return born
    return None


def _take_form(draft: Draft) -> SeekerForm | None:
    raw = draft.cell("form")
    form = draft.take("form", read_form(raw), raw)
    if form is None and read_text(raw).value:
        options = (*(Option(each, each) for each in _FORMS), Option("leave_out", "leave_out"))
        answer = draft.ask("form", raw, "form_unknown", options)
        form = next((each for each in _FORMS if each == answer), None)
    return form


def settle_seekers(read: Sequence[tuple[Draft, SeekerEntry]]) -> list[SeekerEntry]:
    """The seekers to store, in the file's order; where an address stands twice staff choose the row."""
    kept: dict[str, tuple[Draft, SeekerEntry]] = {}
    for draft, entry in read:
        earlier = kept.get(entry.email)
        if earlier is None:
            kept[entry.email] = (draft, entry)
            continue
        line = earlier[1].line
        answer = draft.ask(
            "email",
            draft.cell("email"),
            "seeker_twice",
            (Option("keep_earlier", "keep_earlier"), Option("keep_this", "keep_this")),
            params={"line": line, "this_line": draft.line, "name": earlier[1].name},
        )
        if answer == "keep_this":
            earlier[0].is_left_out = True
            kept[entry.email] = (draft, entry)
        elif answer == "keep_earlier":
            draft.is_left_out = True
    return sorted((entry for _, entry in kept.values()), key=lambda entry: entry.line)
