"""Collecting what a seeker takes out. Feedback comes only through its door, as it stands at this moment."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback import visibility
from feedback.answers import answers_document
from feedback.reading import reading_view
from feedback.visibility import Viewer
from server.identity.actor import Actor
from server.identity.tables import PersonRow
from server.portable import repository
from server.portable.document import Competence, Given, Known
from server.profiles import repository as profiles
from server.reading import repository as reading
from server.reading.answers import own_rating_of, shown_to
from server.reading.chosen import text_of
from server.reading.own import Opened, read_own
from server.scorecards.cards import instrument_of


async def collect(session: AsyncSession, actor: Actor, *, now: datetime) -> Known:
    """What the document and the résumé are made of."""
    person = await session.get_one(PersonRow, actor.person_id)
    own = await read_own(session, actor.person_id, scope_event_id=None, now=now)
    goal = await profiles.find_goal(session, actor.person_id)
    competences = await profiles.list_competences(session, actor.person_id)
    return Known(
        name=person.name,
        email=person.email,
        goal=text_of(goal) if goal else None,
        competences=[Competence(label=one.label, detail=one.detail, evidence=one.evidence) for one in competences],
        questions=await profiles.list_questions(session, actor.person_id),
        given=[_given(one) for one in own.opened],
        sealed=own.sealed,
    )


async def everything(session: AsyncSession, actor: Actor, *, now: datetime) -> dict[str, Any]:
    """Everything that is held about the person, by table, and the feedback that they have opened."""
    viewer = Viewer(visibility.Role.SEEKER, actor.person_id)
    feedback = []
    for found in await reading.list_released_to(session, actor.person_id, scope_event_id=None):
        shown, answers = shown_to(found, viewer, now=now)
        row = found.row
        known = {"employer": row.employer_name, "recruiter": row.recruiter_name, "released_at": row.released_at}
        if shown.ratings:
            known |= {
                "pack": row.pack,
                "pack_version": row.pack_version,
                "answers": answers_document(answers),
                "translation": row.translation_text,
                "own_ratings": row.own_ratings,
                "reply": row.reply_text,
                "received": [row.next_clear, row.respected, row.rings_true],
                "opened_at": row.opened_at,
                "sentence_shared": row.statement_shared,
            }
        feedback.append(known)
    return {"made_at": now, **await repository.read_held(session, actor.person_id), "feedback": feedback}


def _given(one: Opened) -> Given:
    row, instrument = one.found.row, instrument_of(one.found.row)
    return Given(
        employer=row.employer_name,
        recruiter=row.recruiter_name,
        held_at=one.found.held_at,
        view=reading_view(one.answers, own_rating_of(one.found), instrument),
        instrument=instrument,
        translation=(row.translation_text or "") if one.answers.worked_statement else "",
    )
