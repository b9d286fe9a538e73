"""Applications as each side sees them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from server.applications.matching import asked_answers, fit_of
from server.applications.rules import Status, can_resume, can_withdraw
from server.applications.shapes import Applicant, Application, JobMeeting, ReceivedApplication
from server.kit.rows import Found
from server.kit.words import initials
from server.vacancies.rules import standing
from server.vacancies.shapes import VacancyEmployer


def my_application(row: Found, *, scope: UUID | None, now: datetime) -> Application:
    """An application as its seeker sees it; a meeting of another event stays outside a personal link."""
    there = standing(
        status=row.vacancy_status,
        apply_by=row.apply_by,
        confirmed_at=row.confirmed_at,
        now=now,
    )
    status = Status(row.status)
    return Application(
        id=row.id,
        vacancy_id=row.vacancy_id,
        title=row.title,
        place=row.place,
        employer=VacancyEmployer(id=row.organisation_id, name=row.employer_name, initials=initials(row.employer_name)),
        status=status.value,
        letter=row.letter,
        meeting=_meeting(row) if scope in (None, row.event_id) else None,
        sent_at=row.sent_at,
        changed_at=row.changed_at,
        standing=there.value,
        can_withdraw=can_withdraw(status),
        can_resume=can_resume(status, there, is_taken_here=row.is_taken_here),
    )


def received_application(row: Found, known: dict[str, str]) -> ReceivedApplication:
    """An application as the employer sees it."""
    found = fit_of(row, known)
    return ReceivedApplication(
        id=row.id,
        vacancy_id=row.vacancy_id,
        title=row.title,
        seeker=Applicant(
            id=row.seeker_id, name=row.seeker_name, initials=initials(row.seeker_name), email=row.seeker_email
        ),
        status=row.status,
        letter=row.letter,
        required=asked_answers(found.required),
        merits=asked_answers(found.merits),
        meeting=_meeting(row),
        sent_at=row.sent_at,
        changed_at=row.changed_at,
    )


def _meeting(row: Found) -> JobMeeting | None:
    if row.meeting_id is None:
        return None
    at = row.met_at or row.meeting_at
    return JobMeeting(id=row.meeting_id, at=at, is_held=row.met_at is not None, recruiter_name=None)
