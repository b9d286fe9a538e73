"""What requests and answers about a plan look like, and the refusals they share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, model_validator

from server.kit.operations import RequestModel
from server.kit.problems import Conflict
from server.planning.alternatives import Elsewhere
from server.planning.announcements import Told
from server.planning.conflicts import GridConflict
from server.planning.grid import GridMeeting
from server.planning.rules import Party
from server.planning.service import NoSecondSlot, SlotIsTaken


class SlotTaken(Conflict):
    title = "The time is taken"


class TakesTwoTimes(Conflict):
    title = "The meeting takes two times in a row"


class TradeRefused(Conflict):
    title = "The two meetings can no longer trade times"


class MeetingNotMovable(Conflict):
    title = "The meeting can no longer be changed"


class PlanHasConflicts(Conflict):
    title = "The plan has conflicts that must be mended first"


class AlreadyPublished(Conflict):
    title = "The event is published already"


class DeskNotAsAsked(Conflict):
    title = "The desk cannot be changed as asked"


class NewMeeting(RequestModel):
    desk_id: UUID
    slot_id: UUID
    seeker_id: UUID


class MeetingPlace(RequestModel):
    desk_id: UUID
    slot_id: UUID


class TradeRequest(RequestModel):
    """Two meetings that are to take each other's place, and where each lay when that was chosen, if that matters."""

    meeting_id: UUID
    other_meeting_id: UUID
    place: MeetingPlace | None = None
    other_place: MeetingPlace | None = None

    @model_validator(mode="after")
    def two_meetings(self) -> TradeRequest:
        """Nobody trades times with themselves."""
        if self.meeting_id == self.other_meeting_id:
            raise ValueError("the two meetings are the same")
        return self


class DeskChange(RequestModel):
    """What may be changed of a desk; what is left out stays, null takes recruiter or station away.

    A planner leaves the meetings of a locked desk as they are, and lays none there.
    """

    recruiter_id: UUID | None = None
    station_id: UUID | None = None
    form: Literal["video", "on_site", "hybrid"] | None = None
    on_duty_from: AwareDatetime | None = None
    on_duty_until: AwareDatetime | None = None
    is_locked: bool | None = None

    def changes(self) -> dict[str, object]:
        """The fields that were given."""
        given = {name: getattr(self, name) for name in self.model_fields_set}
        may_be_empty = {"recruiter_id", "station_id"}
        return {name: value for name, value in given.items() if value is not None or name in may_be_empty}


class MeetingPin(RequestModel):
    """Whether planners leave the meeting where it lies."""

    is_pinned: bool


class WasPlace(BaseModel):
    """Where a meeting lay; moving it there takes the change back."""

    desk_id: UUID
    slot_id: UUID | None
    state: str


class ToldPerson(BaseModel):
    person_id: UUID
    name: str
    role: str
    by_mail: bool


class MeetingChange(BaseModel):
    """A meeting as it is now, where it was (null when new), who is told, and what does not fit about it."""

    meeting: GridMeeting
    was: WasPlace | None
    told: list[ToldPerson]
    conflicts: list[GridConflict]


class Trade(BaseModel):
    """The two meetings as they are now, who is told, and what does not fit about either."""

    meetings: list[GridMeeting]
    told: list[ToldPerson]
    conflicts: list[GridConflict]


class Addressee(BaseModel):
    id: UUID
    name: str
    role: str


class PublishPreview(BaseModel):
    """What publishing would do: whom it tells, whom no mail reaches, what stands in the way."""

    can_publish: bool
    status: str
    meetings: int
    seekers_told: int
    recruiters_told: int
    unreachable: list[Addressee]
    desks_without_recruiter: int
    blocking: list[GridConflict]
    warnings: int


class Published(BaseModel):
    status: str
    published_at: AwareDatetime
    seekers_told: int
    recruiters_told: int


def told_people(told: Sequence[Told]) -> list[ToldPerson]:
    """Those who are told, each once."""
    people = {(one.person_id, one.role): one for one in told}
    return [
        ToldPerson(person_id=one.person_id, name=one.name, role=one.role, by_mail=one.by_mail)
        for one in people.values()
    ]


def slot_taken(party: Party, elsewhere: Elsewhere | None = None) -> SlotTaken:
    """The refusal that says who is taken and where else the meeting would fit.

    `party` is what the database named first; which of several that is differs between engines.
    """
    party = elsewhere.party or party if elsewhere else party
    takes_two = elsewhere is not None and elsewhere.takes_two
    when = "in one of the two times in a row that the meeting takes" if takes_two else "at that time"
    return SlotTaken(f"the {party} is taken {when}", party=party, takes_two=takes_two, alternatives=_told(elsewhere))


def place_refused(refusal: SlotIsTaken | NoSecondSlot, elsewhere: Elsewhere) -> Conflict:
    """The refusal that says who is taken, or that no second time follows, and where else the meeting would fit."""
    if isinstance(refusal, SlotIsTaken):
        return slot_taken(refusal.party, elsewhere)
    return TakesTwoTimes(str(refusal), alternatives=_told(elsewhere))


def _told(elsewhere: Elsewhere | None) -> list[dict[str, Any]]:
    return [each.model_dump(mode="json") for each in elsewhere.alternatives] if elsewhere else []
