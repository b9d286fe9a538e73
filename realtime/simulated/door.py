"""Staff at the door of a rehearsed event: checks people in by the code on their page."""

from __future__ import annotations

from typing import Any

from realtime.simulated.api import Api, Refused
from realtime.simulated.cast import Member
from realtime.simulated.manner import Tell


class Door:
    """Where seekers who meet on site are checked in."""

    def __init__(self, url: str, member: Member, *, tell: Tell) -> None:
        self.api = Api(url)
        self._token, self._event_id, self._tell = member.sign_in_token or "", member.event_id, tell

    async def come_in(self) -> None:
        """Sign in; the token works once."""
        await self.api.sign_in(self._token)
        self._tell("signed_in", role="staff", person_id=self.api.person_id, name=self.api.name)

    async def check_in(self, meeting: dict[str, Any]) -> str | None:
        """Check a seeker in by code; the reason why not comes back, or None."""
        path = f"/api/recruitment-events/{self._event_id}/check-in"
        try:
            await self.api.post(path, {"code": meeting["check_in_code"]})
        except Refused as refusal:
            return refusal.reason or refusal.type
        self._tell("checked_in", meeting_id=meeting["id"])
        return None
