"""What the system holds about a person, table by table and field by field; a column is taken out when it is named.

`HELD` is what the person's own file has. `LEFT_OUT` names every other table that points at people, and why it is not
there; a test fails on one that stands in neither. Answers of scorecards are in neither way: they come through
`feedback.visibility`, opened ones alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

THEIRS = "it is about what somebody does at work, not about the seeker; a person at work asks whoever runs the system"


@dataclass(frozen=True, slots=True)
class Held:
    """A table, the column that says whose a row is, and the columns that are taken out.

    Whose it is may stand in another table, which a column points at: `through` is that column and the table. Of some
    tables only the rows are taken out in which the column `filled` is.
    """

    whose: str
    columns: tuple[str, ...]
    through: tuple[str, str] | None = None
    filled: str | None = None


def _held(whose: str, columns: str, *, through: tuple[str, str] | None = None, filled: str | None = None) -> Held:
    return Held(whose, tuple(columns.split()), through, filled)


HELD: Final[dict[str, Held]] = {
    "person": _held("id", "name email phone locale created_at"),
    "role": _held("person_id", "role"),
    "session": _held("person_id", "browser created_at last_seen_at expires_at revoked_at"),
    "join_link": _held("person_id", "recruitment_event_id created_at expires_at revoked_at"),
    "sharing_choice": _held("person_id", "shares at"),
    "findable_choice": _held("person_id", "findable at"),
    "competence": _held("person_id", "position label detail evidence own_evidence example"),
    "competence_confirmation": _held("person_id", "label organisation_id at withdrawn_at"),
    "inventory_answer": _held("person_id", "situation answers proof kept state at"),
    "question": _held("person_id", "position text"),
    "goal": _held("person_id", "chip text status set_at ended_at"),
    "goal_check": _held("person_id", "meeting_id outcome at", through=("goal_id", "goal")),
    "action": _held("person_id", "chip text state due_on first_due_on created_at ended_at"),
    "reflection": _held("person_id", "meeting_id answers shared at"),
    "rehearsal_tick": _held("person_id", "point at"),
    "network_contact": _held("person_id", "name circle can_help asked created_at"),
    "enrolment": _held(
        "seeker_id", "recruitment_event_id available_from available_until form gender birth_year languages created_at"
    ),
    "access_need": _held("seeker_id", "recruitment_event_id need"),
    "scheduling_need": _held("seeker_id", "recruitment_event_id extra_time accessible_station interpreter"),
    "absence": _held("person_id", "recruitment_event_id starts_at ends_at"),
    "wish": _held("seeker_id", "recruitment_event_id organisation_id rank is_must"),
    "meeting": _held(
        "seeker_id",
        "id recruitment_event_id organisation_id form format state starts_at ends_at ready_at called_at talk_started_at"
        " talk_ends_at closed_at closed_by",
    ),
    "chat_message": _held("person_id", "meeting_id text sent_at"),
    "application": _held("seeker_id", "vacancy_id organisation_id letter status sent_at changed_at"),
    "plan_step": _held(
        "seeker_id", "measure title starts_on ends_on status responsible answer answered_at made_at removed_at"
    ),
    "plan_comment": _held("seeker_id", "said_by text at"),
    "case_task": _held("seeker_id", "title due_on made_at done_at", filled="due_on"),
    "hand_over": _held("seeker_id", "note state made_at ended_at"),
    "feedback_response": _held(
        "seeker_id",
        "scorecard_id later_at wished_at question asked_at answer answered_at dispute disputed_at dispute_shared",
        through=("scorecard_id", "scorecard"),
    ),
    "conversation_request": _held("seeker_id", "words asked_at closed_at"),
    "three_party_meeting": _held("seeker_id", "organisation_id purpose form place length_min state starts_at ended_at"),
    "case_assignment": _held("seeker_id", "since"),
    "place": _held("person_id", "pack item meetings low high direction model_version at"),
}

LEFT_OUT: Final[dict[str, str]] = {
    "scorecard": "opened feedback comes through feedback.visibility, under feedback; a sealed one is only counted",
    "statement_translation": "stands beside its sentence, under feedback",
    "employer_wish": "it is the employer's own wish, which a seeker is never shown",
    "place_due": "it says only that a place is to be computed",
    "presence": "it runs out by itself within a minute",
    "agency_feedback": THEIRS,
    "desk": THEIRS,
    "employer_fact": THEIRS,
    "event_staff": THEIRS,
    "import": THEIRS,
    "pack_version": THEIRS,
    "planning_run": THEIRS,
    "vacancy": THEIRS,
}
