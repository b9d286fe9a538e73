"""What requests and answers about applications look like. Each field that leaves the server is named here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from server.kit.operations import RequestModel
from server.vacancies.shapes import Standing, VacancyEmployer, WorkForm

Letter = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Filter = Annotated[str, StringConstraints(strip_whitespace=True, max_length=80)]
StatusName = Literal["sent", "read", "in_conversation", "offered", "hired", "declined", "withdrawn"]
Answer = Literal["in_conversation", "offered", "hired", "declined"]
How = Literal["here", "elsewhere", "nowhere"]


class JobSearch(RequestModel):
    """Filters for jobs; none of them looks at a person."""

    place: Filter = ""
    competence: Filter = ""
    occupation: Filter = ""
    employer_id: UUID | None = None


class NewApplication(RequestModel):
    """An application: for a vacancy, from a meeting where there is one, with a letter if one likes."""

    vacancy_id: UUID
    meeting_id: UUID | None = None
    letter: Letter = ""


class AnswerRequest(RequestModel):
    status: Answer


class FindableRequest(RequestModel):
    findable: bool


class Findable(BaseModel):
    """Whether employers may find you; None until you have answered."""

    findable: bool | None


class Asked(BaseModel):
    """A competence asked for, whether it is there, and how one can know."""

    label: str
    has: bool
    evidence: str | None


class JobReason(BaseModel):
    """Why it might fit: the app has the words."""

    code: str
    params: dict[str, int | str]


class JobMeeting(BaseModel):
    """The meeting that ties a seeker and an employer; `is_held` says whether they have talked."""

    id: UUID | None
    at: datetime | None
    is_held: bool
    recruiter_name: str | None


class ApplicationBrief(BaseModel):
    id: UUID
    status: StatusName


class Job(BaseModel):
    """A vacancy as a seeker sees it, with why it might fit."""

    id: UUID
    employer: VacancyEmployer
    title: str
    about: str
    occupation: str
    place: str
    work_form: WorkForm
    employment: str
    seats: int
    required: list[Asked]
    merits: list[Asked]
    reasons: list[JobReason]
    met: JobMeeting | None
    apply_by: date | None
    apply_url: str | None
    standing: Standing
    confirmed_at: datetime
    shown_until: datetime
    how: How
    application: ApplicationBrief | None


class JobFacet(BaseModel):
    """A word that jobs can be filtered by, and how many have it."""

    label: str
    count: int


class Jobs(BaseModel):
    """The jobs found: those first of which you can most; `known` is how many competences you have told of."""

    jobs: list[Job]
    total: int
    places: list[JobFacet]
    occupations: list[JobFacet]
    competences: list[JobFacet]
    known: int
    findable: bool | None


class Application(BaseModel):
    """An application as its seeker sees it."""

    id: UUID
    vacancy_id: UUID
    title: str
    place: str
    employer: VacancyEmployer
    status: StatusName
    letter: str
    meeting: JobMeeting | None
    sent_at: datetime
    changed_at: datetime
    standing: Standing
    can_withdraw: bool
    can_resume: bool


class Applicant(BaseModel):
    id: UUID
    name: str
    initials: str
    email: str | None


class ReceivedApplication(BaseModel):
    """An application as the employer sees it, with why the seeker might fit."""

    id: UUID
    vacancy_id: UUID
    title: str
    seeker: Applicant
    status: StatusName
    letter: str
    required: list[Asked]
    merits: list[Asked]
    meeting: JobMeeting | None
    sent_at: datetime
    changed_at: datetime


class FoundSeeker(BaseModel):
    """A seeker who agreed to be found, and what they have of what the vacancy asks for."""

    id: UUID
    name: str
    initials: str
    required: list[Asked]
    merits: list[Asked]
    reasons: list[JobReason]
    met_at: datetime | None
    application: ApplicationBrief | None


class FoundSeekers(BaseModel):
    """Those who agreed to be found and have something that is asked for, by name; nobody is ranked."""

    seekers: Annotated[list[FoundSeeker], Field(max_length=200)]
    total: int
