"""What the JobTech Taxonomy says of its ids: from the dump that JOBTECH_DUMP names, or of a few made-up ones."""

from __future__ import annotations

import json
import os
from pathlib import Path

from feedback.pack_references import Concept, Register

MADE_UP = {
    "AAAA_aaa_001": Concept("Java, programmeringsspråk", "skill"),
    "AAAA_aaa_002": Concept("Test automation/Testautomatisering", "skill"),
    "AAAA_aaa_003": Concept("Javautvecklare", "occupation-name"),
    "AAAA_aaa_004": Concept("Jazz", "skill"),
}


def dump_path() -> Path | None:
    """The dump's file, where JOBTECH_DUMP names it or the folder that it is in."""
    named = os.environ.get("JOBTECH_DUMP")
    if not named:
        return None
    path = Path(named)
    return next(path.glob("*concepts*.json")) if path.is_dir() else path


def register() -> Register | None:
    """The dump as a register, or None where there is none."""
    path = dump_path()
    if path is None:
        return None
    concepts = json.loads(path.read_text(encoding="utf-8"))
    known = {id: Concept(one["preferredLabel"], one["type"]) for id, one in concepts.items()}
    return known.get
