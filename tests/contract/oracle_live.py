"""Who may do what on the live socket: by hand, importing nothing of the application.

Whoever is in `oracle.NOBODY` is not let onto the socket at all.
"""

from __future__ import annotations

from tests.contract.oracle import (
    ALL_STAFF,
    KNOWN,
    LINK,
    OTHER_LINK,
    OTHER_RECRUITER,
    OTHER_SEEKER,
    OTHER_STAFF,
    RECRUITER,
    RECRUITERS,
    SEEKER,
    SEEKERS,
    STAFF,
)

NOT_SIGNED_IN = "not_signed_in"

STREAMS: dict[str, tuple[str, ...]] = {
    "person:seeker": (SEEKER, LINK, OTHER_LINK),
    "person:other_seeker": (OTHER_SEEKER,),
    "person:recruiter": (RECRUITER,),
    "person:staff": (STAFF,),
    "desk:desk": (RECRUITER, STAFF),
    "desk:others_desk": (OTHER_RECRUITER, STAFF),
    "desk:elsewhere_desk": (OTHER_STAFF,),
    "desk:draft_desk": (STAFF,),
    "queue:desk": (SEEKER, LINK),
    "queue:fifth_desk": (SEEKER, LINK),
    "queue:others_desk": (OTHER_SEEKER,),
    "queue:elsewhere_desk": (SEEKER, OTHER_LINK),
    "queue:waiting_desk": (),
    "queue:draft_desk": (),
    "meeting:meeting": (SEEKER, LINK, RECRUITER),
    "meeting:called": (RECRUITER,),
    "meeting:others_meeting": (OTHER_SEEKER, OTHER_RECRUITER),
    "meeting:elsewhere_meeting": (SEEKER, OTHER_LINK),
    "meeting:draft_meeting": (),
    "event:event": (STAFF,),
    "event:elsewhere": (OTHER_STAFF,),
    "event:draft_event": (STAFF,),
}
"""Who may follow, by kind and object of the world."""

ROOMS: dict[str, tuple[str, ...]] = {
    "meeting": (SEEKER, LINK, RECRUITER),
    "called": (RECRUITER,),
    # nobody is at these desks yet, or they are over
    "others_meeting": (),
    "elsewhere_meeting": (),
    "draft_meeting": (),
    "opened": (),
}
"""Who may join, by meeting of the world."""

IN_A_ROOM = (SEEKER, LINK, RECRUITER)
EVENTS: dict[str, tuple[str, ...]] = {
    "follow": (*SEEKERS, *RECRUITERS, *ALL_STAFF),
    "unfollow": KNOWN,
    "join": IN_A_ROOM,
    "leave": IN_A_ROOM,
    "keep": IN_A_ROOM,
    "signal": IN_A_ROOM,
    "announce": IN_A_ROOM,
}
"""Every client event, with those who have anything in the world that they may say it about."""

REFUSALS = {"follow": "not_allowed", "join": "not_admitted"}
"""The error code of a refusal; of the events within a meeting it is ``not_joined``."""
NOT_JOINED = "not_joined"
