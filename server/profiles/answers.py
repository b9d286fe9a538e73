"""The learning profile by HTTP: employers side by side, nothing merged, nothing added up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from feedback.across import Across as FoundAcross
from feedback.across import across
from feedback.instrument import Item, Text
from feedback.places import ratings_to_band
from feedback.profile import ItemRow, LearningProfile, ProfileRating, Source, Tally, meetings_to_next_stage
from server.kit.rows import Found
from server.kit.words import initials
from server.places.answers import Making, Place, Places
from server.places.rules import Awaits
from server.reading.chosen import chip_of, text_of


class Whose(BaseModel):
    """Whose feedback something comes from."""

    feedback_id: UUID
    employer_id: UUID
    employer_name: str
    employer_initials: str
    held_at: datetime


class ItemRating(BaseModel):
    """One employer's rating and the seeker's own; None where not seen, or not rated."""

    whose: Whose
    value: int | None
    own: int | None


class ProfileItem(BaseModel):
    """An item with every rating of it, oldest first; `place` is the band beside them, else what it `awaits`.

    `ratings_left` is how many more ratings there must be until there can be a band.
    """

    pack: str
    item: Item
    ratings: list[ItemRating]
    place: Place | None
    awaits: Awaits | None
    ratings_left: int


class Choice(BaseModel):
    """A chip and everybody who chose it."""

    pack: str
    code: str
    text: Text
    employers: int
    whose: list[Whose]


class NextStep(BaseModel):
    whose: Whose
    code: str
    text: Text
    occupation: Text | None


class Statement(BaseModel):
    whose: Whose
    text: str


class Competence(BaseModel):
    label: str
    detail: str
    evidence: str


class Goal(BaseModel):
    """What the seeker chose to work on; `practise` says how. In own words there is neither chip nor feedback."""

    chip: str | None
    text: Text
    practise: Text | None
    feedback_id: UUID | None
    set_at: datetime
    shown: bool


class Voice(BaseModel):
    """One employer's latest rating of an item."""

    whose: Whose
    value: int


class Agreement(BaseModel):
    """An item that several employers saw alike, on one step or two beside each other."""

    pack: str
    item: Item
    low: int
    high: int
    voices: list[Voice]


class Difference(BaseModel):
    """An item that two employers saw most unlike."""

    pack: str
    item: Item
    lowest: Voice
    highest: Voice


class Move(BaseModel):
    """An item that the latest meeting rated otherwise than the one before."""

    pack: str
    item: Item
    is_up: bool
    before: Voice
    now: Voice


class Across(BaseModel):
    """What several employers agree on, where they differ, what moved with the latest meeting."""

    agree: list[Agreement]
    worked: list[Choice]
    do_next: list[Choice]
    differ: list[Difference]
    moved: list[Move]


class Profile(BaseModel):
    """The seeker's own profile. `stage`: empty, words (1–2 meetings), band (3–5), trend (6 and more)."""

    meetings: int
    employers: int
    stage: str
    meetings_to_next_stage: int | None
    sealed: int
    goal: Goal | None
    items: list[ProfileItem]
    places_made: Making | None
    across: Across
    worked: list[Choice]
    do_next: list[Choice]
    enabling: list[Choice]
    next_steps: list[NextStep]
    statements: list[Statement]
    competences: list[Competence]
    questions: list[str]
    shares_with_case_worker: bool | None


def profile_answer(
    profile: LearningProfile,
    *,
    places: Places,
    sealed: int,
    goal: Found | None,
    competences: Sequence[Found],
    questions: list[str],
    shares: bool | None,
) -> Profile:
    """The profile as its seeker sees it."""
    return Profile(
        meetings=profile.meetings,
        employers=profile.employers,
        stage=profile.stage,
        meetings_to_next_stage=meetings_to_next_stage(profile.meetings),
        sealed=sealed,
        goal=_goal(goal) if goal else None,
        items=[_item(row, places) for row in profile.items],
        places_made=places.made,
        across=_across(across(profile)),
        worked=_choices(profile.worked),
        do_next=_choices(profile.do_next),
        enabling=_choices(profile.enabling),
        next_steps=[
            NextStep(
                whose=_whose(step.source),
                code=step.next_step.code,
                text=step.next_step.text,
                occupation=step.occupation.text if step.occupation else None,
            )
            for step in profile.next_steps
        ],
        statements=[Statement(whose=_whose(one.source), text=one.text) for one in profile.statements],
        competences=competence_answers(competences),
        questions=questions,
        shares_with_case_worker=shares,
    )


def competence_answers(rows: Sequence[Found]) -> list[Competence]:
    """The competences in their order."""
    return [Competence(label=row.label, detail=row.detail, evidence=row.evidence) for row in rows]


def _item(row: ItemRow, places: Places) -> ProfileItem:
    place, waits = places.of(row)
    return ProfileItem(
        pack=row.pack,
        item=row.item,
        ratings=[ItemRating(whose=_whose(one.source), value=one.value, own=one.own) for one in row.ratings],
        place=place,
        awaits=waits,
        ratings_left=ratings_to_band(row.seen),
    )


def _across(found: FoundAcross) -> Across:
    return Across(
        agree=[
            Agreement(pack=one.pack, item=one.item, low=one.low, high=one.high, voices=list(map(_voice, one.voices)))
            for one in found.agree
        ],
        worked=_choices(found.worked),
        do_next=_choices(found.do_next),
        differ=[
            Difference(pack=one.pack, item=one.item, lowest=_voice(one.lowest), highest=_voice(one.highest))
            for one in found.differ
        ],
        moved=[
            Move(pack=one.pack, item=one.item, is_up=one.is_up, before=_voice(one.before), now=_voice(one.now))
            for one in found.moved
        ],
    )


def _voice(rating: ProfileRating) -> Voice:
    return Voice(whose=_whose(rating.source), value=rating.value or 0)


def _goal(row: Found) -> Goal:
    chip = chip_of(row)
    return Goal(
        chip=row.chip,
        text=text_of(row),
        practise=chip.practise if chip else None,
        feedback_id=row.scorecard_id,
        set_at=row.set_at,
        shown=row.shown,
    )


def _choices(tallies: Sequence[Tally]) -> list[Choice]:
    return [
        Choice(
            pack=one.pack,
            code=one.code,
            text=one.text,
            employers=one.employers,
            whose=[_whose(source) for source in one.sources],
        )
        for one in tallies
    ]


def _whose(source: Source) -> Whose:
    return Whose(
        feedback_id=source.scorecard_id,
        employer_id=source.employer_id,
        employer_name=source.employer_name,
        employer_initials=initials(source.employer_name),
        held_at=source.held_at,
    )
