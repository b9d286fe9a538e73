"""The OpenAPI 3.1 document of a set of operations."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import TimeSchema

from server.kit.operations import ANYONE, Operation
from server.kit.problems import ApiError, Problem

_PARAM = re.compile(r"{(\w+)(?::\w+)?}")
IDEMPOTENCY_KEY = {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[!-~]+$"}
COOKIE_SCHEME = {"session": {"type": "apiKey", "in": "cookie", "name": "direktkontakt_session"}}


class Schemas(GenerateJsonSchema):
    """Clock times are those of a place, with no offset: ``time-local`` in the OpenAPI format registry."""

    def time_schema(self, schema: TimeSchema) -> dict[str, Any]:
        """A clock time such as ``09:30:00``."""
        return {"type": "string", "format": "time-local"}


def openapi(operations: Iterable[Operation], *, title: str, version: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of `operations`; ``x-who`` names the roles. Source: OAS 3.1.1, sections 4.8.1-4.8.24."""
    operations = list(operations)
    wanted: list[tuple[int, Any, TypeAdapter[Any]]] = [(-1, "serialization", TypeAdapter(Problem))]
    for number, o in enumerate(operations):
        if o.body is not None and o.body is not bytes:
            wanted.append((number, "validation", TypeAdapter(o.body)))
        if o.result is not None:
            wanted.append((number, "serialization", o.result.adapter))
    schemas, components = TypeAdapter.json_schemas(
        wanted, ref_template="#/components/schemas/{model}", schema_generator=Schemas
    )
    paths: dict[str, dict[str, Any]] = {}
    for number, o in enumerate(operations):
        paths.setdefault(_PARAM.sub(r"{\1}", o.path), {})[o.method] = _describe(o, number, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {"schemas": components.get("$defs", {}), "securitySchemes": COOKIE_SCHEME},
    }


def _describe(o: Operation, number: int, schemas: Any) -> dict[str, Any]:
    summary = (o.endpoint.__doc__ or o.endpoint.__name__).strip().splitlines()[0]
    described: dict[str, Any] = {
        "operationId": o.endpoint.__name__,
        "tags": [o.tag],
        "summary": summary,
        "x-who": sorted(o.who),
        "parameters": list(_parameters(o)),
        "responses": _responses(o, number, schemas),
    }
    if o.who != ANYONE:
        described["security"] = [{"session": []}]
    if o.body is bytes:
        content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        described["requestBody"] = {"required": True, "content": content}
    elif o.body is not None:
        schema = schemas[number, "validation"]
        described["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return described


def _responses(o: Operation, number: int, schemas: Any) -> dict[str, Any]:
    success: dict[str, Any] = {"description": o.status.phrase}
    if o.result is not None:
        success["content"] = {"application/json": {"schema": schemas[number, "serialization"]}}
    elif o.response_class is not None:
        media_type = str(o.response_class.media_type or "application/octet-stream")
        kind = "object" if media_type == "application/json" else "string"
        success["content"] = {media_type: {"schema": {"type": kind}}}
    responses = {str(int(o.status)): success}
    content = {"application/problem+json": {"schema": schemas[-1, "serialization"]}}
    by_status: dict[int, list[type[ApiError]]] = {}
    for error in o.errors:
        by_status.setdefault(int(error.status), []).append(error)
    for status, errors in sorted(by_status.items()):
        description = "; ".join(f"{error.__name__}: {error.title}" for error in errors)
        responses[str(status)] = {"description": description, "content": content}
    return responses


def _parameters(o: Operation) -> Iterable[dict[str, Any]]:
    for name, adapter in o.params.items():
        yield {"name": name, "in": "path", "required": True, "schema": adapter.json_schema()}
    if o.writes and "session" in o.wants:
        yield {"name": "Idempotency-Key", "in": "header", "required": False, "schema": IDEMPOTENCY_KEY}
    if o.query is None:
        return
    described: dict[str, Any] = o.query.model_json_schema()
    defs = described.get("$defs", {})
    for name, field in described.get("properties", {}).items():
        required = name in described.get("required", ())
        yield {"name": name, "in": "query", "required": required, "schema": _inline(field, defs)}


def _inline(schema: Any, defs: Any) -> Any:
    """`schema` with each ``$ref`` into `defs` replaced by what it names (query fields are flat)."""
    if isinstance(schema, list):
        return [_inline(part, defs) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return defs[schema["$ref"].rsplit("/", 1)[-1]]
    return {key: _inline(part, defs) for key, part in schema.items()}
