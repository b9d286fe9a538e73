"""What the lifespan builds once and every endpoint may ask for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypedDict

from realtime.server import LiveServer
from server.kit.db import Database
from server.kit.operations import Authenticate
from server.settings import Settings


class State(TypedDict):
    """The state of a request: ``request.state["name"]``; what a feature keeps there for itself only it knows."""

    database: Database
    now: Callable[[], datetime]
    settings: Settings
    authenticate: Authenticate
    live: LiveServer
    repair_helper: object
