"""The virtual environment: made once, filled from the hash-pinned locks."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from infra.console import ROOT, Failure, run_quietly, step
from infra.stamps import digest_of, is_current, write_stamp

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PRODUCTION = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"

LAUNCHER = """#!{python}
import sys

sys.path.insert(0, {root!r})

from server.cli import main

main()
"""


def ensure_packages(lock: Path) -> None:
    """Have everything in `lock` installed, and do nothing when it already is.

    The development lock holds the production one, so either stamp satisfies `make run`.

    Raises:
        Failure: no venv module, no network, a broken download, a full disk.
    """
    wanted = {stamp_of(lock): digest_of([lock])}
    if lock == PRODUCTION:
        wanted[stamp_of(DEVELOPMENT)] = digest_of([PRODUCTION, DEVELOPMENT])
    if lock == DEVELOPMENT:
        wanted = {stamp_of(DEVELOPMENT): digest_of([PRODUCTION, DEVELOPMENT])}
    if PYTHON.exists() and any(is_current(stamp, digest) for stamp, digest in wanted.items()):
        return
    make_venv()
    install(lock)
    write_launcher()
    write_stamp(stamp_of(lock), wanted[stamp_of(lock)])


def stamp_of(lock: Path) -> Path:
    # Inside the environment, so that a new one never inherits the old one's stamp.
    return VENV / f"{lock.stem}.stamp"


def make_venv() -> None:
    if PYTHON.exists() and answers([PYTHON, "-m", "pip", "--version"]):
        return
    if find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise Failure(
            "This Python cannot make virtual environments: its venv module is incomplete.",
            cure=f"on Debian or Ubuntu  apt install python{version}-venv  ; elsewhere a Python from python.org has it.",
        )
    shutil.rmtree(VENV, ignore_errors=True)
    with step("Making the virtual environment (.venv)"):
        try:
            run_quietly([sys.executable, "-m", "venv", VENV], log="venv")
        except subprocess.CalledProcessError as error:
            raise Failure(
                f"The virtual environment could not be made:\n{error.output}",
                cure="see that this folder may be written to and that the disk is not full, then try again.",
            ) from error


def answers(command: Sequence[str | Path]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def install(lock: Path) -> None:
    count = len(re.findall(r"^[A-Za-z0-9].*==", lock.read_text(), re.MULTILINE))
    with step(f"Installing {count} Python packages, each checked against its hash (about a minute, once)"):
        pip_install("--require-hashes", "-r", lock)


def pip_install(*arguments: str | Path) -> None:
    """Install with the environment's own pip.

    Raises:
        Failure: says whether the network, the hashes, the platform or the disk is to blame.
    """
    command: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--disable-pip-version-check",
        "--no-input",
        "--progress-bar",
        "off",
    ]
    try:
        run_quietly([*command, *arguments], log="pip")
    except subprocess.CalledProcessError as error:
        said = str(error.output)
        raise Failure(f"pip could not install the packages:\n{said}", cure=cure_for_pip(said)) from error


def cure_for_pip(said: str) -> str:
    """The most likely cure for what pip said last; the order goes from certain to likely."""
    if "No space left" in said:
        return "free some disk space (about 1.5 GB is needed), then try again."
    if "DO NOT MATCH THE HASHES" in said or "THESE PACKAGES DO NOT MATCH" in said:
        return "the download is not what the lock names: try again, and distrust the package index if it stays so."
    if re.search(r"ConnectionError|NewConnectionError|Max retries|Name or service|timed out|Temporary failure", said):
        return (
            "see that this machine reaches a Python package index (PIP_INDEX_URL, proxy, certificate), then try again."
        )
    if "No matching distribution" in said or "Failed building" in said:
        return (
            "a package has no build for this Python or machine: try Python 3.11 to 3.13 (make run PYTHON=python3.12)."
        )
    return "read var/log/pip.log for the whole of what it said, then try again."


def write_launcher() -> None:
    """Put `direktkontakt` on the environment's path, without building a package."""
    launcher = PYTHON.parent / "direktkontakt"
    launcher.write_text(LAUNCHER.format(python=PYTHON, root=str(ROOT)))
    launcher.chmod(0o755)
