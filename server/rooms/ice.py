"""ICE servers: coturn's time-limited credentials, or none at all."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from uuid import UUID

from pydantic import BaseModel

from server.settings import Settings

VALID_FOR = timedelta(hours=4)


class IceServer(BaseModel):
    """One entry of RTCConfiguration.iceServers."""

    urls: list[str]
    username: str
    credential: str


def ice_servers(settings: Settings, *, person_id: UUID, now: datetime) -> list[IceServer]:
    """The servers this person may use until four hours from `now`; empty when no relay is configured.

    ``credential = base64(HMAC-SHA1(secret, "<expiry>:<name>"))``; the name is a pairwise digest, no id of ours.
    Source: draft-uberti-behave-turn-rest-00 §2.2, as coturn's ``use-auth-secret`` implements it.
    """
    urls = [url.strip() for url in settings.turn_urls.split(",") if url.strip()]
    if not urls or settings.turn_secret is None:
        return []
    secret = settings.turn_secret.get_secret_value().encode()
    name = hmac.new(secret, person_id.bytes, hashlib.sha256).hexdigest()[:16]
    username = f"{int((now + VALID_FOR).timestamp())}:{name}"
    digest = hmac.new(secret, username.encode(), hashlib.sha1).digest()
    return [IceServer(urls=urls, username=username, credential=base64.b64encode(digest).decode())]
