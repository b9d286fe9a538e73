"""Staff's choices as plain JSON values: what the client sends and the server stores."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from server.imports.values import Choices


def choices_to_json(choices: Choices) -> dict[str, Any]:
    """`choices` as JSON values in a stable order."""
    return {
        "kind": choices.kind,
        "columns": [{"index": index, "field": choices.columns[index]} for index in sorted(choices.columns)],
        "overrides": [
            {"line": line, "field": field, "text": choices.overrides[line, field]}
            for line, field in sorted(choices.overrides)
        ],
        "answers": [{"id": key, "value": choices.answers[key]} for key in sorted(choices.answers)],
        "accepted": sorted(choices.accepted),
        "left_out": sorted(choices.left_out),
    }


def choices_from_json(stored: Mapping[str, Any]) -> Choices:
    """The choices that `choices_to_json` made; what is absent was not chosen.

    Raises:
        ValueError: a part is not of the form that `choices_to_json` gives.
    """
    try:
        kind = stored.get("kind")
        if kind not in (None, "employers", "seekers"):
            raise ValueError(f"no such kind: {kind!r}")
        return Choices(
            kind=kind,
            columns={int(each["index"]): each["field"] for each in stored.get("columns", ())},
            overrides={
                (int(each["line"]), str(each["field"])): str(each["text"]) for each in stored.get("overrides", ())
            },
            answers={str(each["id"]): str(each["value"]) for each in stored.get("answers", ())},
            accepted=frozenset(map(str, stored.get("accepted", ()))),
            left_out=frozenset(map(int, stored.get("left_out", ()))),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not choices: {error!r}") from error
