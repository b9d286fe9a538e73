"""A row about a seeker, and what to do when the same address stands there twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from feedback.vocabulary import vocabulary
from server.imports.cells import is_formula, read_consent, read_form, read_items, read_text, tidy
from server.imports.contacts import read_email, read_phone
from server.imports.draft import Draft, ask_form, take_span
from server.imports.names import CompanyMatcher, fold
from server.imports.people import (
    read_access_needs,
    read_age,
    read_birth_year,
    read_gender,
    read_languages,
    read_name,
)
from server.imports.personal_numbers import MASK, without_masked
from server.imports.scheduling import take_scheduling
from server.imports.values import (
    Context,
    KnownEmployer,
    Option,
    Params,
    Reading,
    Scheduling,
    SeekerEntry,
    SeekerForm,
)
from server.imports.wishes import take_wishes

_FORMS: tuple[SeekerForm, ...] = ("video", "on_site", "either")
_BIRTH_FIELDS = ("birth_year", "age", "personal_number")
_NAME_FIELDS = ("name", "first_name", "last_name")


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
    scheduling, is_typed = take_scheduling(draft, languages)
    competences = vocabulary().distinct(read_items(draft.cell("competences")))
    office = read_text(draft.cell("office")).value
    draft.values.update(email=email, phone=phone, gender=gender, birth_year=birth_year)
    draft.values.update(office=office, form=form, languages=languages, competences=competences)
    draft.values.update(wishes=_names(wishes), avoids=_names(avoids))
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
        scheduling=scheduling if is_typed or scheduling != Scheduling() else None,
        tells_hours=any(tidy(draft.cell(field)) for field in ("times", "from", "to")),
    )


def _names(employers: Iterable[KnownEmployer]) -> tuple[str, ...]:
    return tuple(employer.name for employer in employers)


def _take_name(draft: Draft) -> str | None:
    """The name from one column or two; beside *Efternamn* a column *Namn* may hold the first name alone.

    What staff have typed for the name stands for all of them.
    """
    if draft.is_typed("name"):
        return draft.read("name", read_name)
    first, last, whole = (tidy(draft.cell(field)) for field in ("first_name", "last_name", "name"))
    broken = next((part for part in (first, last) if is_formula(part)), None)
    parts = [part for part in (first, last) if part]
    if broken is None and len(parts) == 1 and whole and not is_formula(whole):
        known = whole.casefold().split()
        parts = [whole] if parts[0].casefold() in known else [first or whole, last or whole]
    raw = broken or " ".join(parts) or draft.cell("name")
    is_turned = not parts and "name" in draft.turned
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
    # A personal number that stood beside the name has told of itself there.
    beside = (without_masked(draft.cell(field))[1] for field in _NAME_FIELDS)
    year = next((year for year in beside if year), None)
    return read_birth_year(f"{year}{MASK}-{MASK}", year=context.year).value if year else None


def _take_form(draft: Draft) -> SeekerForm | None:
    raw = draft.cell("form")
    form = draft.take("form", read_form(raw), raw)
    if form is None and read_text(raw).value:
        answer = ask_form(draft, raw, _FORMS)
        form = next((each for each in _FORMS if each == answer), None)
    return form


def settle_seekers(read: Sequence[tuple[Draft, SeekerEntry]]) -> list[SeekerEntry]:
    """The seekers to store, in the file's order; where an address stands twice staff choose the row.

    The same name under another address is another person by proposal, unless what else is known differs.
    """
    kept: dict[str, tuple[Draft, SeekerEntry]] = {}
    names: dict[str, list[str]] = defaultdict(list)
    for draft, entry in read:
        earlier = kept.get(entry.email)
        answer = "keep_both"
        if earlier is not None:
            answer = _ask_which(draft, earlier[1]) or "open"
        else:
            known = (kept[email] for email in names[_key(entry.name)] if email in kept)
            earlier = next((each for each in known if _may_be_same(each[1], entry)), None)
            answer = _ask_alike(draft, earlier[1]) if earlier is not None else answer
        if earlier is not None and answer == "keep_this":
            earlier[0].is_left_out = True
            del kept[earlier[1].email]
        elif answer == "keep_earlier":
            draft.is_left_out = True
        if answer in ("keep_this", "keep_both"):
            kept[entry.email] = (draft, entry)
            names[_key(entry.name)].append(entry.email)
    return sorted((entry for _, entry in kept.values()), key=lambda entry: entry.line)


_ROWS = (Option("keep_earlier", "keep_earlier"), Option("keep_this", "keep_this"))


def _ask_which(draft: Draft, earlier: SeekerEntry) -> str | None:
    params: Params = {"line": earlier.line, "this_line": draft.line, "name": earlier.name}
    return draft.ask("email", draft.cell("email"), "seeker_twice", _ROWS, params=params)


def _ask_alike(draft: Draft, earlier: SeekerEntry) -> str:
    name = str(draft.values.get("name") or "")
    params: Params = {"line": earlier.line, "this_line": draft.line, "name": earlier.name}
    options = (Option("keep_both", "keep_both"), *_ROWS)
    answer = draft.ask("name", name, "seeker_alike", options, params=params, proposed="keep_both") or "keep_both"
    if draft.decisions[-1].answer is None:
        draft.guess("name", name, name, "name_repeated", params)
    return answer


def _key(name: str) -> str:
    return fold(" ".join(name.casefold().split()))


def _may_be_same(one: SeekerEntry, other: SeekerEntry) -> bool:
    """Whether nothing that is known of both differs."""
    pairs = ((one.phone, other.phone), (one.birth_year, other.birth_year), (one.gender, other.gender))
    return all(here is None or there is None or here == there for here, there in pairs)
