"""Who calls, and what it means to let somebody in: the words that the oracle is written in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# ---- who calls ----------------------------------------------------------------------------------
ANONYMOUS, BOGUS, EXPIRED, REVOKED_LINK = "anonymous", "bogus cookie", "expired session", "revoked link"
SEEKER, OTHER_SEEKER = "seeker", "other seeker of the event"
LINK, OTHER_LINK = "seeker by link", "seeker by link of another event"
RECRUITER, OTHER_RECRUITER = "recruiter of the employer", "recruiter of another employer"
STAFF, OTHER_STAFF = "staff of the event", "staff of another event"
CASE_WORKER, AFTER_WITHDRAWAL = "case worker", "case worker after sharing was withdrawn"
OTHER_CASE_WORKER, ADMIN = "case worker of others", "admin"

NOBODY = (ANONYMOUS, BOGUS, EXPIRED, REVOKED_LINK)
SEEKERS = (SEEKER, OTHER_SEEKER, LINK, OTHER_LINK)
RECRUITERS = (RECRUITER, OTHER_RECRUITER)
ALL_STAFF = (STAFF, OTHER_STAFF)
CASE_WORKERS = (CASE_WORKER, AFTER_WITHDRAWAL, OTHER_CASE_WORKER)
KNOWN = (*SEEKERS, *RECRUITERS, *ALL_STAFF, *CASE_WORKERS, ADMIN)
EVERYBODY = (*NOBODY, *KNOWN)
ROLES = (SEEKERS, RECRUITERS, ALL_STAFF, CASE_WORKERS, (ADMIN,))


@dataclass(frozen=True)
class Rule:
    """One try: who is let in, who is told that there is no such thing, and what is sent.

    `path` names objects of the world; ``{name}`` in `body`, `query` and `content` too.
    `outcome` is what whoever is let in must get; other than 2xx where the product refuses for a reason of its own.
    """

    lets_in: tuple[str, ...]
    hidden_from: tuple[str, ...]
    path: dict[str, str]
    body: Any = None
    query: str = ""
    content: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    outcome: tuple[int, ...] = (200, 201, 202, 204)
    signs_in: bool = False
    """The answer makes the caller somebody else, so what it holds is theirs to see."""
    closed: int | None = None
    """The status of the refusal where it is the same for everybody."""

    def refusal(self, actor: str) -> int:
        if self.closed is not None:
            return self.closed
        if actor in NOBODY:
            return 401
        return 404 if actor in self.hidden_from else 403


def of(*lets_in: str, hidden_from: tuple[str, ...] | None = None, **given: Any) -> Rule:
    """Let these in; others of their roles find nothing. What `Rule` does not know is a path parameter."""
    same_roles = tuple(actor for role in ROLES if set(role) & set(lets_in) for actor in role)
    options = {name: given.pop(name) for name in list(given) if name in Rule.__dataclass_fields__}
    path = options.pop("path", {}) | given
    return Rule(lets_in, same_roles if hidden_from is None else hidden_from, path, **options)


def nobody(*hidden_from: str, **given: Any) -> Rule:
    """Let nobody in; these find nothing."""
    return of(hidden_from=hidden_from, **given)
