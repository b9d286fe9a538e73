"""The command `direktkontakt`: serve, migrate, demo, import, doctor, user."""

from __future__ import annotations

import click

from server.commands import demo, doctor, migrate, openapi, serve, user


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name=None, version="0.1.0", prog_name="direktkontakt")
def main() -> None:
    """Direktkontakt: where job seekers and employers meet, and feedback becomes learning.

    Settings come from the environment as DIREKTKONTAKT_…; see docs/operations.md.
    """


main.add_command(serve.serve)
main.add_command(migrate.migrate)
main.add_command(demo.demo)
main.add_command(doctor.doctor)
main.add_command(openapi.openapi)
main.add_command(user.user)

if __name__ == "__main__":
    main()
