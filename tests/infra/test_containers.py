from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE = ROOT / "docker-compose.yml"
DOCKERFILE = ROOT / "infra" / "Dockerfile"
TOOLS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    return dict(yaml.safe_load(COMPOSE.read_text())["services"])


def test_the_compose_file_is_what_compose_expects() -> None:
    assert complaints_about_compose(COMPOSE) == ""


def test_a_wrong_compose_file_is_caught(tmp_path: Path) -> None:
    planted = tmp_path / "docker-compose.yml"
    planted.write_text(COMPOSE.read_text().replace("restart: unless-stopped", "restarts: unless-stopped"))

    assert "restarts" in complaints_about_compose(planted)


def test_the_dockerfile_is_clean() -> None:
    assert complaints_about_dockerfile(DOCKERFILE) == ""


def test_a_careless_dockerfile_is_caught(tmp_path: Path) -> None:
    planted = tmp_path / "Dockerfile"
    planted.write_text(DOCKERFILE.read_text().replace("FROM python:3.11-slim-bookworm", "FROM python:latest"))

    assert "DL3007" in complaints_about_dockerfile(planted)


def test_everything_mounted_and_copied_is_there(services: dict[str, Any]) -> None:
    mounted = [
        volume.split(":")[0] for service in services.values() for volume in service.get("volumes", []) if "./" in volume
    ]
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE.read_text(), re.MULTILINE)
    sources = [source for line in copied for source in line.split()]

    assert len(mounted) == 4
    assert [path for path in [*mounted, *sources] if not (ROOT / path).exists()] == []


def test_every_setting_given_is_one_the_server_has(services: dict[str, Any]) -> None:
    given = {name for service in services.values() for name in service.get("environment", {})}
    given |= set(re.findall(r"(DIREKTKONTAKT_\w+)=", DOCKERFILE.read_text()))
    known = {f"DIREKTKONTAKT_{name.upper()}" for name in Settings.model_fields}

    assert sorted(name for name in given - known if name.startswith("DIREKTKONTAKT_")) == []


def test_one_process_alone_does_what_falls_due(services: dict[str, Any]) -> None:
    ours = {name: service for name, service in services.items() if service.get("command", ["serve"]) == ["serve"]}
    relays = [
        name for name, service in ours.items() if service.get("environment", {}).get("DIREKTKONTAKT_RELAY") == "true"
    ]

    assert relays == ["relay"]
    assert "relay" not in (ROOT / "infra/caddy/Caddyfile").read_text()


def test_the_image_runs_as_nobody_special() -> None:
    assert re.findall(r"^USER (\d+)$", DOCKERFILE.read_text(), re.MULTILINE) == ["10001"]


def complaints_about_compose(file: Path) -> str:
    done = subprocess.run(
        [TOOLS / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", file],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout + done.stderr


def complaints_about_dockerfile(file: Path) -> str:
    done = subprocess.run([TOOLS / "hadolint", file], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr
