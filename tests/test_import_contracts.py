from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("server", "realtime", "feedback")
CONTRACTS = [
    contract["id"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
]
PLANTED = {
    "packages": {"realtime/planted.py": "import feedback\n"},
    "feedback-pure": {"feedback/planted.py": "import asyncio\n"},
    "rules-pure": {
        "server/planted/rules.py": "import server.planted.helper\n",
        "server/planted/helper.py": "import time\n",
    },
    "planner-alone": {"server/planner/planted.py": "import server.kit\n"},
    "planner-verifier": {
        "server/planner/verifier.py": "import server.planner.planted\n",
        "server/planner/planted.py": "import server.planner.state\n",
    },
    "http-stops": {"server/planted/service.py": "from starlette.requests import Request\n"},
    "sockets-stop": {"server/planted/service.py": "import socketio\n"},
    "kit-alone": {"server/kit/planted.py": "import server.planted.tables\n", "server/planted/tables.py": ""},
    "feature-layers": {"server/planted/tables.py": "import server.planted.service\n", "server/planted/service.py": ""},
    "production-alone": {"server/planted/service.py": "import tests.services\n"},
    "features-acyclic": {
        "server/planted/service.py": "import server.planted_too.service\n",
        "server/planted_too/service.py": "import server.planted.service\n",
    },
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The three packages and their contracts, free to be spoilt."""
    for package in PACKAGES:
        only_sources = shutil.ignore_patterns("__pycache__", "*.json")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=only_sources)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_contract_holds(copy: Path) -> None:
    said = lint(copy)

    assert broken_in(said) == set(), said


def test_every_contract_has_a_violation_to_be_tried_on() -> None:
    assert list(PLANTED) == [contract for contract in PLANTED if contract in CONTRACTS]
    assert sorted(PLANTED) == sorted(CONTRACTS)


@pytest.mark.parametrize("contract", CONTRACTS)
def test_a_contract_fails_on_its_planted_violation(copy: Path, contract: str) -> None:
    for path, source in PLANTED[contract].items():
        file = copy / path
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(source)

    said = lint(copy, "--contract", contract)

    assert len(broken_in(said)) == 1, said
    assert "planted" in said


def lint(folder: Path, *arguments: str) -> str:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--no-logo", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert re.search(r"Contracts: \d+ kept, \d+ broken", done.stdout), done.stdout + done.stderr
    return done.stdout


def broken_in(said: str) -> set[str]:
    return set(re.findall(r"^(.*?)\s*BROKEN$", said, re.MULTILINE))
