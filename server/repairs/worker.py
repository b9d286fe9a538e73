"""The process of `apart`: one line of JSON in says what has happened, one line out what could be done.

``python -m server.repairs.worker``. It only ever reads the database.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from datetime import datetime
from typing import Any
from uuid import UUID

from server.kit.db import Database
from server.recruitment_events.tables import RecruitmentEventRow
from server.repairs.service import look
from server.repairs.shapes import RepairRequest
from server.repairs.understanding import HasBegun, NotUnderstood


def main() -> None:
    """Answer the one question that comes in."""
    gc.disable()  # it is over in a few seconds, and almost all that it makes it keeps
    question = json.loads(sys.stdin.readline())
    output, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no line of ours
    output.write(json.dumps(asyncio.run(_answer(question))) + "\n")
    output.flush()


async def _answer(question: dict[str, Any]) -> dict[str, Any]:
    database = Database(question["database_url"], pool_size=2)
    request = RepairRequest.model_validate(question["request"])
    now = datetime.fromisoformat(question["now"])
    try:
        async with database.read() as session:
            event = await session.get_one(RecruitmentEventRow, UUID(question["event_id"]))
        repairs = await look(database, event, request, now=now)
    except NotUnderstood as refusal:
        return {"refused": "NotUnderstood", "path": refusal.path, "message": str(refusal)}
    except HasBegun as refusal:
        return {"refused": "HasBegun", "message": str(refusal)}
    finally:
        await database.dispose()
    return {"repairs": repairs.model_dump(mode="json")}


if __name__ == "__main__":
    main()
