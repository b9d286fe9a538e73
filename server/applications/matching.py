"""Jobs for a seeker, and seekers for a vacancy: the same reasons in both directions, and never a number of a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.vocabulary import vocabulary
from server.applications import repository
from server.applications.rules import Met, meeting_that_counts
from server.applications.shapes import (
    ApplicationBrief,
    Asked,
    FoundSeeker,
    FoundSeekers,
    Job,
    JobFacet,
    JobMeeting,
    JobReason,
    Jobs,
    JobSearch,
)
from server.identity.actor import Actor
from server.kit.rows import Found
from server.kit.words import initials
from server.vacancies import repository as vacancies
from server.vacancies import rules
from server.vacancies.rules import Fit, Had
from server.vacancies.service import standing_of
from server.vacancies.shapes import VacancyEmployer

JOBS_MAX, SEEKERS_MAX, FACETS_MAX, ABOUT_MAX = 60, 200, 12, 2000


async def list_jobs(session: AsyncSession, actor: Actor, asked: JobSearch, *, now: datetime) -> Jobs:
    """What a seeker can apply for, what they can most of first; filters look at the vacancies alone."""
    known = (await repository.list_competences(session, [actor.person_id]))[actor.person_id]
    meetings = await repository.list_meetings(session, actor.person_id, scope=actor.scope_event_id)
    met = {organisation_id: meeting_that_counts(some) for organisation_id, some in meetings.items()}
    applied = {row.vacancy_id: row for row in await repository.list_mine(session, actor.person_id)}
    there = await vacancies.list_shown(session, now=now)
    found = [row for row in await _asked_for(session, asked, there, now=now) if _asks_for(asked.competence, row)]
    fits = {row.id: fit_of(row, known) for row in found}
    found.sort(
        key=lambda row: rules.order_for_seeker(
            fits[row.id], is_met=met.get(row.organisation_id) is not None, title=row.title
        )
    )
    shown = [row.id for row in found[:JOBS_MAX]]
    told = await vacancies.list_some(session, shown)
    return Jobs(
        jobs=[
            _job(row, fits[row.id], met=met.get(row.organisation_id), application=applied.get(row.id), now=now)
            for row in (told[one] for one in shown)
        ],
        total=len(found),
        places=_facets(row.place for row in there),
        occupations=_facets(row.occupation for row in there),
        competences=_facets(one["label"] for row in there for one in (*row.required, *row.merits)),
        known=len(known),
        findable=await repository.is_findable(session, actor.person_id),
    )


async def list_seekers(session: AsyncSession, vacancy: Found) -> FoundSeekers:
    """Who agreed to be found and has something that the vacancy asks for, by name."""
    met = await repository.list_met_by(session, vacancy.organisation_id)
    applied = await repository.list_for_vacancy(session, vacancy.id)
    fits = [(person, fit_of(vacancy, person.known)) for person in await repository.list_findable_people(session)]
    found = [(person, fit) for person, fit in fits if fit.touches]
    return FoundSeekers(
        seekers=[
            FoundSeeker(
                id=person.id,
                name=person.name,
                initials=initials(person.name),
                required=asked_answers(fit.required),
                merits=asked_answers(fit.merits),
                reasons=_reasons(fit, met.get(person.id), is_remote=False),
                met_at=met[person.id].at if person.id in met else None,
                application=_brief(applied.get(person.id)),
            )
            for person, fit in found[:SEEKERS_MAX]
        ],
        total=len(found),
    )


def asked_answers(found: Iterable[Had]) -> list[Asked]:
    """Competences asked for, as they are shown."""
    return [Asked(label=one.label, has=one.has, evidence=one.evidence) for one in found]


def fit_of(row: Found, known: dict[str, str]) -> Fit:
    """What somebody has of what a vacancy asks for."""
    return rules.fit(rules.wanted_of(row.required), rules.wanted_of(row.merits), known=known, words=vocabulary())


async def _asked_for(
    session: AsyncSession, asked: JobSearch, there: Sequence[Found], *, now: datetime
) -> Sequence[Found]:
    """Of the whole bank what lies there, is called that or is that employer's; `there` where nothing is asked."""
    if not asked.place and not asked.occupation and asked.employer_id is None:
        return there
    return await vacancies.list_shown(
        session, now=now, place=asked.place, occupation=asked.occupation, employer_id=asked.employer_id
    )


def _asks_for(competence: str, row: Found) -> bool:
    labels = [one["label"] for one in (*row.required, *row.merits)]
    keys = vocabulary().keys_of(competence)
    return rules.holds(competence, labels) or (bool(keys) and keys <= vocabulary().keys(labels))


def _job(row: Found, found: Fit, *, met: Met | None, application: Found | None, now: datetime) -> Job:
    return Job(
        id=row.id,
        employer=VacancyEmployer(id=row.organisation_id, name=row.employer_name, initials=initials(row.employer_name)),
        title=row.title,
        about=row.about[:ABOUT_MAX],
        occupation=row.occupation,
        place=row.place,
        work_form=row.work_form,
        employment=row.employment,
        seats=row.seats,
        required=asked_answers(found.required),
        merits=asked_answers(found.merits),
        reasons=_reasons(found, met, is_remote=row.work_form == "remote"),
        met=meeting_answer(met),
        apply_by=row.apply_by,
        apply_url=row.apply_url,
        standing=standing_of(row, now=now).value,
        confirmed_at=row.confirmed_at,
        shown_until=row.confirmed_at + rules.SHOWN_FOR,
        how="here" if row.is_taken_here else "elsewhere" if row.apply_url else "nowhere",
        application=_brief(application),
    )


def meeting_answer(met: Met | None) -> JobMeeting | None:
    """A meeting as both sides of an application see it."""
    if met is None:
        return None
    return JobMeeting(id=met.meeting_id, at=met.at, is_held=met.is_held, recruiter_name=met.recruiter_name)


def _reasons(found: Fit, met: Met | None, *, is_remote: bool) -> list[JobReason]:
    at = met.at if met is not None and met.is_held else None
    return [JobReason(code=one.code, params=one.params) for one in rules.reasons(found, met_at=at, is_remote=is_remote)]


def _brief(row: Found | None) -> ApplicationBrief | None:
    return None if row is None else ApplicationBrief(id=row.id, status=row.status)


def _facets(labels: Iterable[str]) -> list[JobFacet]:
    counted = Counter(label for label in labels if label)
    ordered = sorted(counted.items(), key=lambda one: (-one[1], one[0].casefold()))
    return [JobFacet(label=label, count=count) for label, count in ordered[:FACETS_MAX]]
