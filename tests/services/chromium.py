"""Chromium: a path given → installed → from the system's packages as root → from npm → failure by name."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

from infra.web_app import node_environment
from tests.services.missing import ServiceMissing

PATH_GIVEN = "DIREKTKONTAKT_TEST_CHROMIUM"
# The shell has no windows, tabs and address bars to draw for nobody: a sixth of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
DEBIAN_PACKAGES = ("chromium-headless-shell", "chromium")
NPM_PACKAGE = "@sparticuz/chromium@147"
NPM_FOLDER = Path(__file__).parents[2] / "var" / "chromium"
UNPACK = "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"


def find_chromium() -> Path:
    """The program to start.

    Raises:
        ServiceMissing: no Chromium here, and none to be had.
    """
    for look in (given, installed, from_system_packages, from_npm):
        found = look()
        if found is not None:
            return found
    tried = [
        f"the path in {PATH_GIVEN}",
        *NAMES,
        f"apt-get install {' or '.join(DEBIAN_PACKAGES)} (root only)",
        f"npm {NPM_PACKAGE}",
    ]
    raise ServiceMissing("Chromium", tried=tried)


def given() -> Path | None:
    path = os.environ.get(PATH_GIVEN)
    return Path(path) if path else None


def installed() -> Path | None:
    return next((Path(path) for path in map(shutil.which, NAMES) if path), None)


def from_system_packages() -> Path | None:
    if os.getuid() != 0 or shutil.which("apt-get") is None:
        return None
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, capture_output=True, check=False)
    for package in DEBIAN_PACKAGES:
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", package]
        if subprocess.run(install, env=environment, capture_output=True, check=False).returncode == 0:
            break
    return installed()


def from_npm() -> Path | None:
    """Debian's libraries are not asked for: the package brings its own."""
    if platform.system() != "Linux" or platform.machine() != "x86_64":
        return None
    NPM_FOLDER.mkdir(parents=True, exist_ok=True)
    # The package unpacks its libraries only where it believes itself in its usual home.
    environment = {**node_environment(), "AWS_LAMBDA_JS_RUNTIME": "nodejs22.x", "TMPDIR": str(NPM_FOLDER)}
    npm = ["npm", "install", "--prefix", str(NPM_FOLDER), "--no-save", "--no-audit", "--no-fund", NPM_PACKAGE]
    if subprocess.run(npm, env=environment, capture_output=True, check=False).returncode != 0:
        return None
    unpacked = subprocess.run(
        ["node", "--input-type=module", "-e", UNPACK],
        cwd=NPM_FOLDER,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    program = Path(unpacked.stdout.strip())
    return wrapped(program) if unpacked.returncode == 0 and program.is_file() else None


def wrapped(program: Path) -> Path:
    """A script that starts `program` with the libraries unpacked beside it."""
    script = NPM_FOLDER / "start-chromium"
    libraries = program.parent / "al2023" / "lib"
    script.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{libraries}:$LD_LIBRARY_PATH" exec "{program}" "$@"\n')
    script.chmod(0o755)
    return script
