"""What requests and answers about live repair look like, and the refusals they share."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, model_validator

from server.kit.operations import RequestModel
from server.kit.problems import Conflict
from server.repairs.fit import Rule

Kind = Literal["no_show", "late", "walk_in", "recruiter_gone", "desk_closed", "room_lost", "interpreter_gone"]
Pool = Annotated[str, Field(pattern=r"^(video_rooms|interpreters\[.{1,40}\])$")]
CHANGES_MAX = 500


class EventNotRunning(Conflict):
    title = "The event is not running"


class MeetingHasBegun(Conflict):
    title = "The meeting has begun or is over"


class PlanHasChanged(Conflict):
    """`repairs` holds what can be done now, where that is known."""

    title = "The plan has changed since this was offered"


class RepairRequest(RequestModel):
    """What has happened. Each kind says whom or what it concerns.

    `no_show`: meeting_id. `late`: meeting_id and minutes from now. `walk_in`: seeker_id, who is enrolled, and how
    many meetings are wanted. `recruiter_gone`: desk_id, which takes in all desks of its recruiter. `desk_closed`:
    desk_id. `room_lost`: desk_id, whose station or room it is, or how many (`number`) of a pool. `interpreter_gone`:
    pool, and how many.
    """

    kind: Kind
    meeting_id: UUID | None = None
    seeker_id: UUID | None = None
    desk_id: UUID | None = None
    pool: Pool | None = None
    minutes: Annotated[int, Field(ge=1, le=600)] | None = None
    wanted: Annotated[int, Field(ge=1, le=10)] = 1
    number: Annotated[int, Field(ge=1, le=1000)] = 1


class SpotRef(RequestModel):
    """A desk and the slot in which a meeting there begins."""

    desk_id: UUID
    slot_id: UUID


class ChangeRequest(RequestModel):
    """A meeting to be given another place: no place before means new, none after that it is not held.

    `reason` no_show: its seeker did not come.
    """

    seeker_id: UUID
    organisation_id: UUID
    before: SpotRef | None
    after: SpotRef | None
    reason: Literal["no_show"] | None = None


class DeskRequest(RequestModel):
    """A desk to be changed; what is left out stays. `recruiter_before` is who sat there when it was offered."""

    desk_id: UUID
    recruiter_before: UUID | None = None
    recruiter_id: UUID | None = None
    station_id: UUID | None = None
    on_duty_until: AwareDatetime | None = None
    is_open: bool | None = None


class AwayRequest(RequestModel):
    """Somebody who can meet nobody before `until`, or can again (None); before it was `until_before`.

    `since` is when they have begun to be late: now, if it is left out.
    """

    person_id: UUID
    until: AwareDatetime | None
    until_before: AwareDatetime | None = None
    since: AwareDatetime | None = None


class ConfirmRequest(RequestModel):
    """An option that was chosen, or what takes it back.

    `happening` is what it was the answer to. `allows` are the rules that what is put back broke already, `mails` those
    that told of what is taken back: if none has gone out, nobody is mailed of either.
    """

    happening: RepairRequest | None = None
    changes: Annotated[tuple[ChangeRequest, ...], Field(max_length=CHANGES_MAX)] = ()
    desks: Annotated[tuple[DeskRequest, ...], Field(max_length=100)] = ()
    pools: Annotated[dict[Pool, Annotated[int, Field(ge=0, le=10_000)]], Field(max_length=10, default_factory=dict)]
    away: Annotated[tuple[AwayRequest, ...], Field(max_length=10)] = ()
    allows: Annotated[frozenset[Rule], Field(max_length=20)] = frozenset()
    mails: Annotated[tuple[UUID, ...], Field(max_length=2 * CHANGES_MAX)] = ()

    @model_validator(mode="after")
    def something_to_do(self) -> ConfirmRequest:
        """Each meeting once, and not from nowhere to nowhere."""
        # Two may meet twice, where staff have laid it so.
        meetings = {change.model_dump_json(exclude={"reason"}) for change in self.changes}
        if len(meetings) < len(self.changes):
            raise ValueError("a meeting is in changes twice")
        if any(change.before is None and change.after is None for change in self.changes):
            raise ValueError("a change has a place before or a place after")
        if not (self.changes or self.desks or self.pools or self.away):
            raise ValueError("there is nothing to do")
        return self


class RepairSpot(BaseModel):
    """A place in words: which desk, in which form, when."""

    desk_id: UUID
    slot_id: UUID
    desk_number: int
    form: str
    station_name: str | None
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class RepairChange(BaseModel):
    """One meeting that would get another place; `is_here`: its seeker has come."""

    seeker_id: UUID
    seeker_name: str
    is_here: bool
    organisation_id: UUID
    employer_name: str
    before: RepairSpot | None
    after: RepairSpot | None
    reason: Literal["no_show"] | None


class DeskChangeOffered(BaseModel):
    """A desk that would change: another recruiter or station, or closed from then on."""

    desk_id: UUID
    desk_number: int
    employer_name: str
    recruiter_before: UUID | None
    recruiter_id: UUID | None
    recruiter_name: str | None
    station_id: UUID | None
    station_name: str | None
    on_duty_until: AwareDatetime | None


class AwayOffered(BaseModel):
    """Somebody who would be offered nothing before `until`, or would again (None)."""

    person_id: UUID
    name: str
    until: AwareDatetime | None
    until_before: AwareDatetime | None


class InWords(BaseModel):
    """A sentence by its code; times among `params` are instants."""

    code: str
    params: dict[str, str | int]


class TellPerson(BaseModel):
    """Somebody who is told: on their open page at once, and by mail where there is an address."""

    person_id: UUID
    name: str
    role: str
    by_mail: bool


class RepairOption(BaseModel):
    """One thing that could be done, and what it costs.

    `is_plain`: nobody has looked for other places; the meetings are not held.
    """

    changes: list[RepairChange]
    desks: list[DeskChangeOffered]
    pools: dict[str, int]
    away: list[AwayOffered]
    is_plain: bool = False
    costs: list[InWords]
    people_moved: int
    meetings_dropped: int
    value_lost: int
    told: list[TellPerson]


class Repairs(BaseModel):
    """What could be done about what has happened, the best first, and what happens if nothing is done."""

    happening: RepairRequest
    about: InWords
    options: list[RepairOption]
    if_nothing: list[InWords]


class Repaired(BaseModel):
    """What was done, who was told, and what takes it back; None where nothing can any more."""

    changes: int
    told: list[TellPerson]
    undo: ConfirmRequest | None
