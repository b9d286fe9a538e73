"""The command `direktkontakt`; a sub-command's module is loaded when it is asked for, so that help comes at once."""

from __future__ import annotations

from importlib import import_module

import click

from server.kit.memory import uncollected

COMMANDS = {
    "demo": "demo:demo",
    "doctor": "doctor:doctor",
    "import": "import_sheets:import_sheets",
    "import-vacancies": "import_vacancies:import_vacancies",
    "migrate": "migrate:migrate",
    "openapi": "openapi:openapi",
    "pack": "pack:pack",
    "plan": "plan:plan",
    "profile": "profile:profile",
    "serve": "serve:serve",
    "taxonomy": "taxonomy:taxonomy",
    "user": "user:user",
}


class LazyGroup(click.Group):
    """Finds each command in ``server.commands`` by its name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in order."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None when there is no such name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        # What is loaded is kept; looking for garbage in it meanwhile takes a sixth of the time.
        with uncollected():
            command: click.Command = getattr(import_module(f"server.commands.{module}"), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="direktkontakt")
def main() -> None:
    """Direktkontakt: where job seekers and employers meet, and feedback becomes learning.

    Settings come from the environment as DIREKTKONTAKT_…; see docs/operations.md.
    """


if __name__ == "__main__":
    main()
