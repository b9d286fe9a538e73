"""The roles of the product; a name here is the name in every operation, event and text."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody may be to the product; one person may have several."""

    SEEKER = "seeker"
    RECRUITER = "recruiter"
    STAFF = "staff"
    CASE_WORKER = "case_worker"
    ADMIN = "admin"


SEEKERS = frozenset({Role.SEEKER})
RECRUITERS = frozenset({Role.RECRUITER})
STAFF = frozenset({Role.STAFF})
CASE_WORKERS = frozenset({Role.CASE_WORKER})
