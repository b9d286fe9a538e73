"""What is said on the live socket: one model for each event, and who may say it.

The paragraphs that go with the models are in ``docs/protocol.md``. Client
events are imperatives and are always acknowledged; server events are facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

NAMESPACE = "/live"
SDP_MAX_CHARS = 64 * 1024
CANDIDATE_MAX_CHARS = 2 * 1024

_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
StreamName = Annotated[str, StringConstraints(pattern=rf"^(person|desk|queue|meeting|event):{_UUID}$", max_length=48)]
ConnectionId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}\.[A-Za-z0-9_-]{1,64}$", max_length=80)]
Sequence = Annotated[int, Field(ge=0, lt=2**53)]


class Message(BaseModel):
    """A body that holds exactly its fields."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Follow(Message):
    """Hear a numbered stream, from `after` in `epoch` on if both are given."""

    stream: StreamName
    epoch: UUID | None = None
    after: Sequence | None = None


class Unfollow(Message):
    """Hear a stream no more."""

    stream: StreamName


class InMeeting(Message):
    """Something said about one meeting."""

    meeting_id: UUID


class Join(InMeeting):
    """Be present in a meeting with this connection."""


class Leave(InMeeting):
    """Be present no more."""


class Keep(InMeeting):
    """Renew the lease of one's presence."""


class Description(Message):
    """A session description, as WebRTC gives it."""

    type: Literal["offer", "answer", "pranswer", "rollback"]
    sdp: Annotated[str, Field(max_length=SDP_MAX_CHARS)] = ""


class Candidate(Message):
    """An ICE candidate, as WebRTC gives it; an empty one ends the candidates."""

    candidate: Annotated[str, Field(max_length=CANDIDATE_MAX_CHARS)] = ""
    sdpMid: Annotated[str, Field(max_length=64)] | None = None
    sdpMLineIndex: Annotated[int, Field(ge=0, le=65535)] | None = None
    usernameFragment: Annotated[str, Field(max_length=256)] | None = None


class Signal(InMeeting):
    """Pass a description or a candidate to one connection in the same meeting."""

    to: ConnectionId
    description: Description | None = None
    candidate: Candidate | None = None

    @model_validator(mode="after")
    def _one_of_both(self) -> Signal:
        if (self.description is None) == (self.candidate is None):
            raise ValueError("a signal carries either a description or a candidate")
        return self


class MediaState(Message):
    """What a participant sends just now."""

    has_video: bool = False
    has_audio: bool = False
    shares_screen: bool = False


class Announce(MediaState, InMeeting):
    """Tell the others what one sends."""

    has_video: bool
    has_audio: bool


class StreamAdvanced(Message):
    """One event of a followed stream."""

    stream: StreamName
    epoch: UUID
    seq: Sequence
    kind: str
    body: dict[str, Any]
    at: datetime


class Present(MediaState):
    """Somebody who is in a meeting, as the acknowledgement of `join` lists them."""

    person_id: UUID
    connection_id: ConnectionId
    role: str


class PresenceJoined(Present, InMeeting):
    """Somebody is in the meeting, or is so with a newer connection."""


class PresenceLeft(InMeeting):
    """Somebody is in the meeting no more."""

    person_id: UUID
    connection_id: ConnectionId


class MediaAnnounced(MediaState, InMeeting):
    """What somebody sends has changed."""

    person_id: UUID
    connection_id: ConnectionId


class SignalReceived(InMeeting):
    """A description or a candidate from another connection."""

    model_config = ConfigDict(populate_by_name=True)

    sender: Annotated[ConnectionId, Field(alias="from")]
    description: Description | None = None
    candidate: Candidate | None = None


class ConnectionReplaced(InMeeting):
    """The same person joined with a newer connection; this one is out."""


class SessionEnded(Message):
    """The sign-in behind this connection has ended; the connection closes."""


class AccessEnded(Message):
    """A stream may be followed, or a meeting attended, no more."""

    stream: StreamName | None = None
    meeting_id: UUID | None = None


class Refused(Message):
    """The acknowledgement of a client event that was not carried out."""

    ok: Literal[False] = False
    error: str


class Followed(Message):
    """The acknowledgement of `follow`."""

    ok: Literal[True] = True
    epoch: UUID
    head: Sequence
    events: list[StreamAdvanced] | None = None
    snapshot_required: Literal[True] | None = None


class Joined(Message):
    """The acknowledgement of `join`."""

    ok: Literal[True] = True
    connection_id: ConnectionId
    others: list[Present]


class Who(StrEnum):
    """Who may say a client event; everybody on the socket is signed in."""

    SIGNED_IN = "signed_in"
    MAY_FOLLOW = "may_follow"
    ADMITTED = "admitted"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Declared:
    """A client event's model and who may say it."""

    model: type[Message]
    who: Who


LIVE_EVENTS: dict[str, Declared] = {
    "follow": Declared(Follow, Who.MAY_FOLLOW),
    "unfollow": Declared(Unfollow, Who.SIGNED_IN),
    "join": Declared(Join, Who.ADMITTED),
    "leave": Declared(Leave, Who.JOINED),
    "keep": Declared(Keep, Who.JOINED),
    "signal": Declared(Signal, Who.JOINED),
    "announce": Declared(Announce, Who.JOINED),
}

SERVER_EVENTS: dict[str, type[Message]] = {
    "stream.advanced": StreamAdvanced,
    "presence.joined": PresenceJoined,
    "presence.left": PresenceLeft,
    "media.announced": MediaAnnounced,
    "signal.received": SignalReceived,
    "connection.replaced": ConnectionReplaced,
    "session.ended": SessionEnded,
    "access.ended": AccessEnded,
}
EVENT_NAMES: dict[type[Message], str] = {model: name for name, model in SERVER_EVENTS.items()}

ERRORS: dict[str, str] = {
    "malformed": "the body is not what the event's model says",
    "unknown_event": "there is no such event",
    "not_allowed": "the stream may not be followed",
    "not_admitted": "the meeting does not admit this person now",
    "not_joined": "this connection has not joined the meeting",
    "replaced": "the same person joined with a newer connection",
    "expired": "the lease ran out; join again",
    "gone": "the other connection is not in the meeting any more",
    "too_many": "this connection follows or has joined as much as it may",
    "unavailable": "the server could not do it just now; ask again",
}


def body_of(message: Message) -> dict[str, Any]:
    """What goes on the wire: JSON values, aliases, nothing that is None."""
    return message.model_dump(mode="json", by_alias=True, exclude_none=True)
