"""`direktkontakt serve`: the web server, and in demo mode the demo world."""

from __future__ import annotations

import os
import socket
import subprocess
import sys

import click
import uvicorn

from feedback.pack_loader import load_pack, pack_names
from server import logs
from server.app import create_app
from server.commands.pack import in_words
from server.commands.settings import read_settings
from server.demo import world
from server.kit import memory
from server.settings import Settings

PEOPLE_LEAVE_WITHIN_S = 5
BANNER = """
  Direktkontakt is running.

    Open          {url}
    Sign in as    Arbetssökande / job seeker · Rekryterare / recruiter
                  Expo-personal / staff · Handläggare / case worker
    {mail}
    Stop with Ctrl-C
"""


@click.command()
@click.option("--demo", is_flag=True, help="Load the demo world and let anybody sign in as its people.")
@click.option("--people/--no-people", default=True, help="With --demo: also run its simulated participants.")
def serve(demo: bool, people: bool) -> None:
    """Serve the application until told to stop."""
    settings = read_settings(**({"demo": True} if demo else {}))
    if settings.demo and settings.public_url == Settings.model_fields["public_url"].default:
        settings = settings.model_copy(update={"public_url": f"http://localhost:{settings.port}"})
    for name in pack_names():
        with in_words(f"{name}.json"):
            load_pack(name)
    logs.configure(json_lines=settings.log_json)
    if settings.demo:
        settings = world.prepare(settings)
    server = _Server(settings, with_people=people and settings.demo)
    server.run()


class _Server(uvicorn.Server):
    """uvicorn with our protocol choices, a banner once it answers, and the demo's people beside it."""

    def __init__(self, settings: Settings, *, with_people: bool) -> None:
        self.settings = settings
        self.with_people = with_people
        self.people: subprocess.Popen[bytes] | None = None
        super().__init__(
            uvicorn.Config(
                create_app(settings),
                host=settings.host,
                port=settings.port,
                loop="uvloop",
                http="httptools",
                ws="websockets-sansio",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                forwarded_allow_ips=settings.trusted_proxies,
                timeout_graceful_shutdown=5,
                ws_max_size=128 * 1024,
                ws_per_message_deflate=False,
            )
        )

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer, then say so and let the people come."""
        await super().startup(sockets)
        memory.settle()
        if not self.started or not self.settings.demo:
            return
        if self.with_people:
            self.people = start_people(self.settings)
        mail = f"Mail goes to  {self.settings.public_url}/mailbox"
        click.echo(BANNER.format(url=self.settings.public_url, mail=mail))

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Send the people home, then stop answering."""
        if self.people is not None:
            self.people.terminate()
        await super().shutdown(sockets)
        if self.people is not None:
            try:
                self.people.wait(PEOPLE_LEAVE_WITHIN_S)
            except subprocess.TimeoutExpired:
                self.people.kill()
                self.people.wait()


def start_people(settings: Settings) -> subprocess.Popen[bytes]:
    """The simulated participants in a process of their own: it gets our address and the cast's secret, no database."""
    assert settings.demo_cast_secret is not None, "the demo has been prepared"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DIREKTKONTAKT_")}
    environment = kept | {"DIREKTKONTAKT_DEMO_CAST_SECRET": settings.demo_cast_secret.get_secret_value()}
    host = "localhost" if settings.host in ("0.0.0.0", "127.0.0.1", "::", "localhost") else settings.host
    command = [sys.executable, "-m", "realtime.simulated", "--demo", "--url", f"http://{host}:{settings.port}"]
    return subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
