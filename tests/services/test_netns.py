from __future__ import annotations

import http.server
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.netns import Home, Network

ASK = "import urllib.request as u; print(u.urlopen('http://{host}:{port}/', timeout=2).status)"
LISTEN = (
    "import socket; s = socket.create_server(('{host}', 7000)); print('listening', flush=True);"
    " c, _ = s.accept(); c.sendall(b'hello'); c.close()"
)
HEAR = "import socket; print(socket.create_connection(('{host}', 7000), timeout=2).recv(5).decode())"


@pytest.fixture
def page() -> Iterator[int]:
    """The port of a server on this machine's own localhost."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


class Quiet(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


def test_each_home_has_the_page_on_its_own_localhost_until_its_link_is_cut(two_homes: Network, page: int) -> None:
    two_homes.serve(page)
    assert asks(two_homes.seeker, page) == asks(two_homes.recruiter, page) == "200"

    two_homes.seeker.cut()
    assert asks(two_homes.seeker, page) != "200"
    assert asks(two_homes.recruiter, page) == "200"

    two_homes.seeker.restore()
    assert asks(two_homes.seeker, page) == "200"


def test_homes_reach_each_other_directly(two_homes: Network) -> None:
    assert hears(two_homes.recruiter, two_homes.seeker) == "hello"

    two_homes.recruiter.cut()
    assert hears(two_homes.recruiter, two_homes.seeker) != "hello"

    two_homes.recruiter.restore()
    assert hears(two_homes.recruiter, two_homes.seeker) == "hello"


def test_a_home_does_not_see_what_this_machine_serves_unless_it_is_let_in(two_homes: Network, page: int) -> None:
    assert asks(two_homes.seeker, page) != "200"


def test_a_wrapped_program_runs_inside_and_gets_its_arguments(two_homes: Network) -> None:
    wrapper = two_homes.seeker.wrapper(Path("/bin/sh"))

    shown = subprocess.run([wrapper, "-c", "ip -4 -o addr show eth0"], capture_output=True, text=True, check=True)

    assert two_homes.seeker.address in shown.stdout


def asks(home: Home, port: int) -> str:
    return prints(home, ASK.format(host="localhost", port=port))


def hears(speaker: Home, listener: Home) -> str:
    inside = speaker.command(sys.executable, "-c", LISTEN.format(host=speaker.address))
    with subprocess.Popen(inside, stdout=subprocess.PIPE) as speaking:
        assert speaking.stdout is not None
        speaking.stdout.readline()
        try:
            return prints(listener, HEAR.format(host=speaker.address))
        finally:
            speaking.kill()


def prints(home: Home, script: str) -> str:
    done = subprocess.run(home.command(sys.executable, "-c", script), capture_output=True, text=True, check=False)
    return done.stdout.strip()
