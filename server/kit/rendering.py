"""Answers as JSON. A long list is written a portion at a time, so that whoever else is served has their turn between.

What comes out is the same, byte for byte, as if it had been written at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, get_origin, get_type_hints

from pydantic import BaseModel, RootModel, TypeAdapter
from pydantic_core import to_json
from typing_extensions import is_typeddict

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Written:
    """A value that is JSON already; it stands where the value would stand."""

    json: bytes


class Json:
    """Writes values of one type: a list, or a record of which some fields may be long lists, or anything else."""

    def __init__(self, type_: Any) -> None:
        self.adapter: TypeAdapter[Any] = TypeAdapter(type_)
        self._type = type_
        self._is_list = get_origin(type_) is list
        self._is_record = is_typeddict(type_) or _is_plain_model(type_)
        self._hints: dict[str, Any] = {}
        self._fields: dict[str, Json] = {}

    async def write(self, value: Any) -> bytes:
        """The value as JSON; others have their turn while a long list is written."""
        if isinstance(value, Written):
            return value.json
        if self._is_list and len(value) > AT_ONCE:
            return b"".join([piece async for piece in self._list(value)])
        if self._is_record and _takes_long(self._parts(value).values()):
            return b"".join([piece async for piece in self._record(value)])
        return self.adapter.dump_json(value)

    async def write_list(self, portions: AsyncIterator[Sequence[Any]]) -> Written:
        """A list that comes in portions, each of which can be forgotten when it has been written."""
        written = [self.adapter.dump_json(list(portion))[1:-1] async for portion in portions]
        return Written(b"[" + b",".join(filter(None, written)) + b"]")

    async def _list(self, value: list[Any]) -> AsyncIterator[bytes]:
        for start in range(0, len(value), AT_ONCE):
            yield b"," if start else b"["
            yield self.adapter.dump_json(value[start : start + AT_ONCE])[1:-1]
            await asyncio.sleep(0)
        yield b"]"

    async def _record(self, value: Any) -> AsyncIterator[bytes]:
        before = b"{"
        for name, part in self._parts(value).items():
            yield before + to_json(name) + b":"
            yield await self._field(name).write(part)
            before = b","
        yield b"}"

    def _parts(self, value: Any) -> dict[str, Any]:
        if isinstance(value, BaseModel):
            return {name: getattr(value, name) for name in self._type.model_fields}
        parts: dict[str, Any] = value
        return parts

    def _field(self, name: str) -> Json:
        self._hints = self._hints or get_type_hints(self._type, include_extras=True)
        if name not in self._fields:
            self._fields[name] = Json(self._hints[name])
        return self._fields[name]


def _is_plain_model(type_: Any) -> bool:
    """Whether it is a model that is written field by field, under the fields' own names."""
    if not (isinstance(type_, type) and issubclass(type_, BaseModel)) or issubclass(type_, RootModel):
        return False
    written = type_.__pydantic_decorators__
    own = written.field_serializers or written.model_serializers or written.computed_fields
    return not own and not any(each.serialization_alias or each.exclude for each in type_.model_fields.values())


def _takes_long(values: Iterable[Any]) -> bool:
    return any(isinstance(value, Written) or (isinstance(value, list) and len(value) > AT_ONCE) for value in values)
