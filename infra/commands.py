"""What `make` can be asked for; each command brings up what it needs first."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from infra import serving
from infra.console import ROOT, Failure, say, show_failure
from infra.python_env import DEVELOPMENT, PRODUCTION, PYTHON, ensure_packages
from infra.web_app import FRONTEND, ensure_node_modules, ensure_web_app, node_environment

SOURCES = ("server", "realtime", "feedback", "tests", "infra")
SERVER_PACKAGES = ("server", "realtime", "feedback")
WITH_BROWSERS, OF_THE_SERVER, INSTALLING = "tests/journeys", "tests/server", "tests/infra"
CROWDED = "tests/server/bookings"
EVERY_STATE = "tests/journeys/test_axe.py"
SLOWEST = ("--durations=15", "--durations-min=5")
VITE = "http://localhost:5173"
LOCK = ("uv", "pip", "compile", "--universal", "--generate-hashes", "--no-emit-index-url", "--no-header")


def run_command(arguments: Sequence[str]) -> int:
    """Run the command named first; the rest is passed on to what it runs."""
    reconfigure_output()
    name, *rest = arguments or ["run"]
    command = COMMANDS.get(name)
    if command is None:
        say(f"There is no command {name!r}. There are: {', '.join(COMMANDS)}.")
        return 2
    os.chdir(ROOT)
    try:
        return command(rest)
    except Failure as failure:
        show_failure(failure)
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130


def reconfigure_output() -> None:
    # A terminal that cannot show a letter gets a question mark, never a traceback.
    for stream in (sys.stdout, sys.stderr):
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")


def run(arguments: Sequence[str]) -> int:
    """Serve the demo world."""
    address = serving.address_from(os.environ)
    serving.check_address(address)
    ensure_packages(PRODUCTION)
    ensure_web_app()
    environment = serving.server_environment(address)
    serving.migrate(environment)
    serving.warn_about(address, environment)
    children = serving.Children()
    children.start([PYTHON, "-m", "server.cli", "serve", "--demo", *arguments], env=environment)
    return children.wait()


def dev(arguments: Sequence[str]) -> int:
    """Serve the demo world and Vite's page that follows each change; the server restarts by itself."""
    address = serving.address_from(os.environ)
    serving.check_address(address)
    setup([])
    # The page is opened at Vite's address, and only from the public one may anybody write.
    environment = {**serving.server_environment(address), "DIREKTKONTAKT_PUBLIC_URL": VITE}
    page_environment = {**node_environment(), "DIREKTKONTAKT_SERVER": f"http://localhost:{address.port}"}
    say(f"  The page that follows each change: {VITE}")
    while True:
        serving.migrate(environment)
        children = serving.Children()
        children.start([PYTHON, "-m", "server.cli", "serve", "--demo", *arguments], env=environment)
        children.start(["npm", "run", "dev"], env=page_environment, cwd=FRONTEND)
        seen, changed = newest_source(), False

        def look(seen: float = seen, children: serving.Children = children) -> None:
            nonlocal changed
            changed = newest_source() > seen
            children.stopping = children.stopping or changed

        code = children.wait(every_s=0.5, meanwhile=look)
        if not changed:
            return code
        say("  … a source changed: starting again")


def newest_source() -> float:
    return max(file.stat().st_mtime for package in SERVER_PACKAGES for file in (ROOT / package).rglob("*.py"))


def setup(arguments: Sequence[str]) -> int:
    """Install everything that tests and checks need, and build the web app."""
    ensure_packages(DEVELOPMENT)
    ensure_web_app()
    # The build is skipped when it is current, and then the packages may be missing.
    ensure_node_modules()
    return 0


def test(arguments: Sequence[str]) -> int:
    """Run everything; with arguments, pytest with those.

    What watches browsers mostly waits for them, so all other tests run beside it, with less claim to the processor.
    """
    setup([])
    pytest: list[str | Path] = [*no_more_than_given(), PYTHON, "-m", "pytest"]
    if arguments:
        return run_all({"pytest": [*pytest, *arguments]})
    patient = ["nice", "-n", "5"] if shutil.which("nice") else []
    first, *others = rows_of_tests().items()
    return run_all(
        {f"pytest {first[0]}": [*pytest, *SLOWEST, *first[1]]},
        beside={
            "vitest": ["npm", "test"],
            **{f"pytest {name}": [*patient, *pytest, *SLOWEST, *paths] for name, paths in others},
        },
    )


def no_more_than_given() -> list[str]:
    """What keeps root's Chromium from claiming more of the processor than the row that it is started in."""
    is_root = os.name == "posix" and os.geteuid() == 0
    return ["setpriv", "--bounding-set", "-sys_nice"] if is_root and shutil.which("setpriv") else []


def rows_of_tests() -> dict[str, list[str]]:
    """What pytest is given for each row of tests; together they are all of them, each once."""
    top = [path for path in sorted((ROOT / "tests").iterdir()) if holds_tests(path)]
    apart = (WITH_BROWSERS, OF_THE_SERVER, INSTALLING)
    others = [f"tests/{path.name}" for path in top if f"tests/{path.name}" not in apart]
    return {
        "with browsers": [WITH_BROWSERS, f"--ignore={EVERY_STATE}"],
        "of every state": [EVERY_STATE, INSTALLING],
        "of the server": [OF_THE_SERVER, f"--ignore={CROWDED}"],
        "of all else": [CROWDED, *others],
    }


def holds_tests(path: Path) -> bool:
    """Whether pytest finds tests there: a file of them, or a folder that holds one."""
    return path.match("test_*.py") or any(path.rglob("test_*.py"))


def check(arguments: Sequence[str]) -> int:
    """Look at the sources without running them."""
    setup([])
    tools = PYTHON.parent
    return run_all(
        {
            "ruff": [tools / "ruff", "check", *SOURCES],
            "ruff format": [tools / "ruff", "format", "--check", *SOURCES],
            "mypy": [PYTHON, "-m", "mypy", "--strict", *SOURCES],
            "import contracts": [tools / "lint-imports", "--no-cache"],
            "svelte-check": ["npm", "run", "check"],
        }
    )


def bench(arguments: Sequence[str]) -> int:
    """Measure; one JSON line a figure."""
    setup([])
    return run_all({"bench": [PYTHON, "-m", "tests.bench", *arguments]})


def bench_planner(arguments: Sequence[str]) -> int:
    """Measure the planner; one JSON line a figure."""
    ensure_packages(DEVELOPMENT)
    return run_all({"bench-planner": [PYTHON, "-m", "tests.bench.planner", *arguments]})


def bench_learning(arguments: Sequence[str]) -> int:
    """Measure the estimator and the scorecard; one JSON line a figure."""
    setup([])
    return run_all({"bench-learning": [PYTHON, "-m", "tests.bench.learning", *arguments]})


def lock(arguments: Sequence[str]) -> int:
    """Pin every Python dependency by hash, for all platforms, without an index's address."""
    if shutil.which("uv") is None:
        raise Failure("Locks are made by uv, which is not here.", cure="pip install uv  (or pipx install uv), once.")
    common = [*LOCK, "--python-version", "3.11", "--quiet", "pyproject.toml", *arguments]
    return run_all(
        {
            "requirements.txt": [*common, "-o", PRODUCTION.name],
            "requirements-dev.txt": [*common, "--extra", "dev", "-c", PRODUCTION.name, "-o", DEVELOPMENT.name],
        }
    )


def run_all(
    steps: Mapping[str, Sequence[str | Path]], *, beside: Mapping[str, Sequence[str | Path]] | None = None
) -> int:
    """Run every step with its output shown, whatever the others said; 0 when all passed.

    What runs `beside` the steps is shown when it has ended, after them.
    """
    environment = node_environment()
    environment["PATH"] = os.pathsep.join([str(PYTHON.parent), environment["PATH"]])
    failed = []
    with ExitStack() as stack:
        waiting = {name: stack.enter_context(Aside(command, environment)) for name, command in (beside or {}).items()}
        for name, command in steps.items():
            show_step(name, command)
            parts = [str(part) for part in command]
            if subprocess.run(parts, cwd=folder_of(parts), env=environment, check=False).returncode != 0:
                failed.append(name)
        for name, aside in waiting.items():
            show_step(name, aside.command)
            if aside.show() != 0:
                failed.append(name)
    names = [*steps, *waiting]
    if len(names) > 1:
        say("\n" + (f"Failed: {', '.join(failed)}." if failed else f"All clean: {', '.join(names)}."))
    return 1 if failed else 0


def folder_of(command: Sequence[str]) -> Path:
    return FRONTEND if command[0] == "npm" else ROOT


class Aside:
    """A command whose output waits in a file; it ends with the block."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        self.command = [str(part) for part in command]
        self._environment = environment

    def __enter__(self) -> Aside:
        self._output = tempfile.TemporaryFile("w+", errors="replace")
        self._process = subprocess.Popen(
            self.command,
            cwd=folder_of(self.command),
            env=self._environment,
            stdout=self._output,
            stderr=subprocess.STDOUT,
        )
        return self

    def show(self) -> int:
        """Wait for the end, tell what was written, and give the exit code."""
        code = self._process.wait()
        self._output.seek(0)
        say(self._output.read())
        return code

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.terminate()
            self._process.wait()
        self._output.close()


def show_step(name: str, command: Sequence[str | Path]) -> None:
    say(f"\n── {name}: {shlex.join(str(part) for part in command)}")


COMMANDS: dict[str, Callable[[Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "check": check,
    "dev": dev,
    "bench": bench,
    "bench-planner": bench_planner,
    "bench-learning": bench_learning,
    "lock": lock,
    "setup": setup,
}
