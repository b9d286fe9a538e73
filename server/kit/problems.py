"""Refusals a caller can act on, rendered as RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from http import HTTPStatus
from typing import Any, ClassVar, Protocol, Self

import structlog
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

PREFIX = "urn:direktkontakt:problem:"
log = structlog.get_logger(__name__)


class FieldProblem(BaseModel):
    """One field that must change; `path` is dotted, `body.` and the like left out."""

    path: str
    message: str


class Fault(Protocol):
    """What the domain says is wrong with one field."""

    @property
    def path(self) -> str: ...
    @property
    def message(self) -> str: ...


class Problem(BaseModel):
    """The body of every refusal. Clients branch on `type`, never on `detail`. Source: RFC 9457 §3."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    fields: list[FieldProblem] = []


class ApiError(Exception):
    """A refusal the caller can act on; subclasses fix its status and title.

    `extras` are further members of the problem (RFC 9457 §3.2), such as the alternatives to a full slot.
    """

    status: ClassVar[HTTPStatus] = HTTPStatus.BAD_REQUEST
    title: ClassVar[str] = "The request cannot be carried out"

    def __init__(self, detail: str, *, fields: Sequence[FieldProblem] = (), **extras: Any) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields = list(fields)
        self.extras = extras

    @classmethod
    def because(cls, refusal: Exception) -> Self:
        """What a use case refused, in its words; `reason` is its name for it."""
        return cls(str(refusal), reason=type(refusal).__name__)


class Invalid(ApiError):
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = "The request does not match its schema"


class TooLarge(ApiError):
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = "The request is too large"


class NotSignedIn(ApiError):
    status = HTTPStatus.UNAUTHORIZED
    title = "You are not signed in"


class NotAllowed(ApiError):
    status = HTTPStatus.FORBIDDEN
    title = "Your role may not do this"


class NotFound(ApiError):
    status = HTTPStatus.NOT_FOUND
    title = "There is no such thing, or it is not yours"


class Conflict(ApiError):
    status = HTTPStatus.CONFLICT
    title = "Something else has changed in the meantime"


class TooManyRequests(ApiError):
    status = HTTPStatus.TOO_MANY_REQUESTS
    title = "Too many tries"


class TryAgain(ApiError):
    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = "The database did not answer"


def unusable(detail: str, faults: Iterable[Fault], *, under: str = "") -> Invalid:
    """The `Invalid` that says which fields the domain cannot use; their paths begin with `under`."""
    return Invalid(detail, fields=[FieldProblem(path=f"{under}{one.path}", message=one.message) for one in faults])


def invalid(error: ValidationError) -> Invalid:
    """The `Invalid` that says which fields are wrong and how, without echoing what was sent."""
    fields = [
        FieldProblem(path=".".join(str(part) for part in problem["loc"]), message=problem["msg"])
        for problem in error.errors(include_url=False, include_input=False, include_context=False)
    ]
    where = ", ".join(field.path or "the whole body" for field in fields[:5])
    return Invalid(f"{len(fields)} field(s) need another value: {where}", fields=fields)


def response_to(error: ApiError) -> Response:
    """The problem document of `error`."""
    problem = Problem(
        type=PREFIX + type(error).__name__,
        title=error.title,
        status=error.status,
        detail=error.detail,
        fields=error.fields,
        **error.extras,
    )
    headers = {"retry-after": "1"} if error.status in (429, 503) else None
    return JSONResponse(problem.model_dump(mode="json"), error.status, headers, "application/problem+json")


async def render_api_error(_: Request, error: Exception) -> Response:
    """Starlette exception handler for `ApiError`."""
    assert isinstance(error, ApiError)
    return response_to(error)


async def render_http_exception(_: Request, error: Exception) -> Response:
    """Starlette exception handler for its own 404, 405 and the like."""
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    problem = Problem(
        type=PREFIX + phrase.title().replace(" ", ""), title=phrase, status=error.status_code, detail=error.detail
    )
    return JSONResponse(problem.model_dump(mode="json"), error.status_code, error.headers, "application/problem+json")


async def render_database_error(_: Request, error: Exception) -> Response:
    """Starlette exception handler for a driver error: nothing was stored, so the same key may be tried again."""
    assert isinstance(error, DBAPIError)
    log.error("database_error", kind=type(error.orig).__name__)
    return response_to(TryAgain("nothing was saved; try again with the same Idempotency-Key"))


async def render_crash(_: Request, error: Exception) -> Response:
    """Starlette exception handler for anything unforeseen; the details go to the log alone."""
    log.error("unhandled_error", kind=type(error).__name__, exc_info=error)
    problem = Problem(
        type=PREFIX + "Unforeseen", title="Something broke on our side", status=500, detail="it has been logged"
    )
    return JSONResponse(problem.model_dump(mode="json"), 500, media_type="application/problem+json")
