"""Reading the settings for a command, with errors in words."""

from __future__ import annotations

import click
from pydantic import ValidationError

from server.settings import Settings


def read_settings(**overrides: object) -> Settings:
    """The settings of the environment.

    Raises:
        click.UsageError: one is wrong; says which and what to do.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]
    except ValidationError as error:
        said = "\n".join(f"  {problem['msg'].removeprefix('Value error, ')}" for problem in error.errors())
        raise click.UsageError(f"A setting is wrong:\n{said}") from None
