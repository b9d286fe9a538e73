"""The OpenAPI document is valid, and what the web app was made from is what the server says now."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from infra.web_app import FRONTEND, ensure_node_modules, node_environment
from tests.contract.oracle import OPERATIONS

ROOT = Path(__file__).parents[2]
NOT_DESCRIBED = {"GET /healthz", "GET /readyz", "GET /metrics", "GET /api/openapi.json", "GET /{path}"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    """What the command prints, in a process of its own."""
    command = [sys.executable, "-m", "server.cli", "openapi"]
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    described: dict[str, Any] = json.loads(printed)
    return described


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(document).iter_errors()) == []


def test_a_wrong_document_would_not_be(document: dict[str, Any]) -> None:
    wrong = {**document, "paths": {"/api/me": {"get": {"responses": {"200": {}}}}}}

    assert [error.message for error in OpenAPIV31SpecValidator(wrong).iter_errors()] != []


def test_it_describes_every_operation(document: dict[str, Any]) -> None:
    described = {f"{method.upper()} {path}" for path, methods in document["paths"].items() for method in methods}
    names = [one["operationId"] for methods in document["paths"].values() for one in methods.values()]

    assert described == set(OPERATIONS) - NOT_DESCRIBED
    assert len(names) == len(set(names))


def test_the_web_app_was_made_from_it(document: dict[str, Any]) -> None:
    kept = json.loads((FRONTEND / "openapi.json").read_text())

    assert sorted(kept["paths"]) == sorted(document["paths"]), (
        "run: python -m server.cli openapi > frontend/openapi.json"
    )
    assert kept == document, "run: python -m server.cli openapi > frontend/openapi.json"


def test_the_typed_client_fits_it(document: dict[str, Any], tmp_path: Path) -> None:
    generate_client(document, tmp_path)

    assert type_errors(tmp_path) == ""


def test_a_client_of_another_document_would_not_fit(document: dict[str, Any], tmp_path: Path) -> None:
    schemas = {name: schema for name, schema in document["components"]["schemas"].items() if name != "Me"}
    text = json.dumps({**document, "components": {**document["components"], "schemas": schemas}})
    generate_client(json.loads(text.replace('#/components/schemas/Me"', '#/components/schemas/PersonView"')), tmp_path)

    assert "Property 'Me' does not exist" in type_errors(tmp_path)


def generate_client(document: dict[str, Any], folder: Path) -> None:
    """The client's types from the document, beside what the pages use of them."""
    ensure_node_modules()
    (folder / "openapi.json").write_text(json.dumps(document))
    run_node("openapi-typescript", folder / "openapi.json", "-o", folder / "openapi.d.ts")
    shutil.copy(FRONTEND / "src/lib/types.ts", folder / "types.ts")


def type_errors(folder: Path) -> str:
    options = ("--noEmit", "--strict", "--skipLibCheck", "--module", "esnext", "--moduleResolution", "bundler")
    return run_node("tsc", *options, folder / "types.ts", check=False)


def run_node(program: str, *arguments: str | Path, check: bool = True) -> str:
    """What a program of `frontend/node_modules` prints."""
    command = [FRONTEND / "node_modules/.bin" / program, *arguments]
    return subprocess.run(command, env=node_environment(), capture_output=True, text=True, check=check).stdout
