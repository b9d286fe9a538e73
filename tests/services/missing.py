"""What a machine cannot give: services fail by name; what only root can do is named at the end."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest

not_possible_here: list[str] = []


class ServiceMissing(Exception):
    """A service that tests cannot do without, and everywhere it was looked for."""

    def __init__(self, service: str, *, tried: Sequence[str]) -> None:
        super().__init__(f"{service} is needed and was not found. Tried: {'; '.join(tried)}.")


def leave_out(reason: str) -> None:
    """Leave the running test out because this machine forbids it; where CI=true that is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"not possible here: {reason}", pytrace=False)
    not_possible_here.append(f"{os.environ.get('PYTEST_CURRENT_TEST', 'a test').split(' ')[0]}: {reason}")
    pytest.skip(reason)
