"""The profile as JSON Resume (https://jsonresume.org/schema): what the person knows, and who has said what worked."""

from __future__ import annotations

from typing import Any

from feedback.reading import ReadingView
from server.portable.document import Known, Language


def resume_of(known: Known, *, language: Language, made_at: str) -> dict[str, Any]:
    """The profile in the fields of JSON Resume 1.0; a rating never stands in it, for it is no level of a skill."""
    skills = [{"name": one.label, "keywords": [one.detail] if one.detail else []} for one in known.competences]
    references = [
        {"name": f"{one.recruiter}, {one.employer}", "reference": said}
        for one in known.given
        if (said := _worked(one.view, language))
    ]
    return {
        "$schema": "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json",
        "basics": {"name": known.name} | ({"email": known.email} if known.email else {}),
        "skills": skills,
        "references": references,
        "meta": {"version": "v1.0.0", "lastModified": made_at},
    }


def _worked(view: ReadingView, language: Language) -> str:
    said = [chip.text.sv if language == "sv" else chip.text.en for chip in view.worked]
    return ". ".join([*said, *([f"”{view.worked_statement}”"] if view.worked_statement else [])])
