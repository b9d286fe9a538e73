"""From an industry pack's data to an instrument, or to what is wrong with it in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

from feedback.instrument import (
    Anchor,
    Chip,
    ChoiceT,
    Competence,
    Instrument,
    InstrumentRef,
    Item,
    NextStep,
    Option,
    Question,
    Reception,
    Reference,
    SupportCode,
    Text,
)
from feedback.pack_check import check_pack
from feedback.pack_text import parse_pack
from feedback.problem import Invalid

PACKS = files("feedback") / "packs"
BuiltT = TypeVar("BuiltT")


class PackInvalid(Invalid):
    """The pack cannot be used; `problems` tells its author what to put right, and where."""


def read_pack(data: object) -> Instrument:
    """The instrument that `data`, a pack's decoded JSON, describes.

    Raises:
        PackInvalid: with everything that is wrong, not only the first thing.
    """
    problems = check_pack(data)
    if problems or not isinstance(data, Mapping):
        raise PackInvalid(problems)
    return _instrument(data)


def read_pack_text(text: str) -> Instrument:
    """The instrument in a pack file's text.

    Raises:
        PackInvalid: the text is not JSON, or the pack is wrong.
    """
    data, unreadable = parse_pack(text)
    if unreadable:
        raise PackInvalid(unreadable)
    return read_pack(data)


def pack_names() -> tuple[str, ...]:
    """Names of the packs that come with the product, such as ``it_v1``, in order."""
    return tuple(sorted(entry.name.removesuffix(".json") for entry in PACKS.iterdir() if entry.name.endswith(".json")))


@cache
def load_pack(name: str) -> Instrument:
    """The instrument of a pack that comes with the product.

    Raises:
        LookupError: there is no such pack.
        PackInvalid: it is wrong.
    """
    if name not in pack_names():
        raise LookupError(f"there is no pack {name!r}")
    return read_pack_text((PACKS / f"{name}.json").read_text(encoding="utf-8"))


def newest_pack(code: str) -> Instrument:
    """The newest version of an industry pack that comes with the product.

    Raises:
        LookupError: there is no such pack.
    """
    versions = [load_pack(name) for name in pack_names() if name.rpartition("_v")[0] == code]
    if not versions:
        raise LookupError(f"there is no pack {code!r}")
    return max(versions, key=lambda one: one.version)


def load_instrument(ref: InstrumentRef) -> Instrument:
    """The very version that a scorecard was filled with.

    Raises:
        LookupError: there is no such pack or version.
    """
    return load_pack(f"{ref.code}_v{ref.version}")


def _instrument(data: Mapping[str, Any]) -> Instrument:
    return Instrument(
        code=data["code"],
        version=data["version"],
        valid_from=date.fromisoformat(data["valid_from"]),
        title=_text(data["title"]),
        items=_each(_item, data["items"]),
        next_step=_question(_next_step, data["next_step"]),
        worked=_question(_chip, data["worked"]),
        do_next=_question(_chip, data["do_next"]),
        enabling=_question(_support, data["enabling"]),
        skip_reasons=_each(_option, data["skip_reasons"]),
        reception=_reception(data["reception"]),
        actions=_each(_option, data["actions"]),
        competence_groups=_each(_option, data["competence_groups"]),
        competences=_each(_competence, data["competences"]),
        occupations=_each(_option, data["occupations"]),
    )


def _each(build: Callable[[Mapping[str, Any]], BuiltT], entries: Sequence[Mapping[str, Any]]) -> tuple[BuiltT, ...]:
    return tuple(build(entry) for entry in entries)


def _text(data: Mapping[str, str]) -> Text:
    return Text(sv=data["sv"], en=data["en"])


def _anchor(data: Mapping[str, Any]) -> Anchor:
    return Anchor(data["value"], _text(data["text"]), _text(data["own_text"]), _text(data["short"]))


def _item(data: Mapping[str, Any]) -> Item:
    anchors = _each(_anchor, data["anchors"])
    return Item(data["code"], data["number"], _text(data["title"]), _text(data["own_title"]), anchors)


def _question(build: Callable[[Mapping[str, Any]], ChoiceT], data: Mapping[str, Any]) -> Question[ChoiceT]:
    return Question(
        code=data["code"],
        number=data["number"],
        title=_text(data["title"]),
        least=data["least"],
        most=data["most"],
        choices=_each(build, data["choices"]),
    )


def _option(data: Mapping[str, Any]) -> Option:
    return Option(data["code"], _text(data["text"]))


def _next_step(data: Mapping[str, Any]) -> NextStep:
    names_occupation = data.get("names_occupation", False)
    return NextStep(data["code"], _text(data["text"]), goes_on=data["goes_on"], names_occupation=names_occupation)


def _chip(data: Mapping[str, Any]) -> Chip:
    practise = _text(data["practise"]) if "practise" in data else None
    return Chip(data["code"], _text(data["text"]), data.get("competence"), data.get("action"), practise)


def _support(data: Mapping[str, Any]) -> SupportCode:
    return SupportCode(data["code"], _text(data["text"]), about=_text(data["about"]), alone=data.get("alone", False))


def _competence(data: Mapping[str, Any]) -> Competence:
    known = {register: Reference(**data[register]) for register in ("jobtech", "esco", "ecf") if register in data}
    aliases = tuple(data.get("aliases", ()))
    return Competence(data["code"], _text(data["text"]), group=data["group"], aliases=aliases, **known)


def _reception(data: Mapping[str, Any]) -> Reception:
    return Reception(_text(data["low"]), _text(data["high"]), _each(_option, data["items"]))
