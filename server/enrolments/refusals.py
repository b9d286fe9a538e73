"""Why a seeker cannot be enrolled as asked."""

from __future__ import annotations


class EnrolmentRefused(Exception):
    """The seeker cannot be enrolled as asked; the message says why, `at` which one of several it is."""

    def __init__(self, message: str, *, at: int = 0) -> None:
        super().__init__(message)
        self.at = at


class UnknownEmployer(EnrolmentRefused):
    """A wish is for an employer that is not at the event."""


class MustNotWished(EnrolmentRefused):
    """A must-have is no wish."""


class TooManyMusts(EnrolmentRefused):
    """More must-haves than a plan can promise."""
