"""What the product asks and advises apart from the instruments: data in every language."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def guide(name: str) -> Any:
    """What stands in the guide `name`, as JSON data."""
    return json.loads((files(__package__) / f"{name}.json").read_text(encoding="utf-8"))
