"""The helper's process: a line of JSON in says what has happened, a line out what could be done, until input ends.

``python -m server.repairs.worker``. It only ever reads the database; the first line says which one it is.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import traceback
from datetime import datetime
from typing import Any
from uuid import UUID

from server.kit.db import Database
from server.recruitment_events.tables import RecruitmentEventRow
from server.repairs.ids import read_quickly
from server.repairs.known import Known
from server.repairs.service import look
from server.repairs.shapes import RepairRequest
from server.repairs.understanding import HasBegun, NotUnderstood


def main() -> None:
    """Answer what comes in."""
    gc.disable()  # what an answer makes is looked through once it is sent
    output, sys.stdout = sys.stdout, sys.stderr  # whatever a library prints is no line of ours

    def say(message: dict[str, Any]) -> None:
        output.write(json.dumps(message) + "\n")
        output.flush()
        gc.collect()

    asyncio.run(_serve(say))


async def _serve(say: Any) -> None:
    first = await asyncio.to_thread(sys.stdin.readline)
    if not first:
        return
    database, known = Database(json.loads(first)["database_url"], pool_size=1), Known()
    read_quickly(database)
    try:
        say({"ready": True})
        while line := await asyncio.to_thread(sys.stdin.readline):
            question = json.loads(line)
            say(await _answer(database, known, question))
            if known.is_stale:
                await _read_anew(database, known, question)
    finally:
        await database.dispose()


async def _read_anew(database: Database, known: Known, question: dict[str, Any]) -> None:
    """While nobody asks."""
    known.forget()
    async with database.read() as session:
        event = await session.get_one(RecruitmentEventRow, UUID(question["event_id"]))
        await known.material(session, event, now=datetime.fromisoformat(question["now"]))


async def _answer(database: Database, known: Known, question: dict[str, Any]) -> dict[str, Any]:
    request = RepairRequest.model_validate(question["request"])
    now = datetime.fromisoformat(question["now"])
    if question["is_fresh"]:
        known.forget()
    try:
        async with database.read() as session:
            event = await session.get_one(RecruitmentEventRow, UUID(question["event_id"]))
        repairs = await look(database, event, request, now=now, material=known.material)
    except NotUnderstood as refusal:
        return {"refused": "NotUnderstood", "path": refusal.path, "message": str(refusal)}
    except HasBegun as refusal:
        return {"refused": "HasBegun", "message": str(refusal)}
    except Exception as error:  # the next question may well be answered
        traceback.print_exc()
        return {"failed": type(error).__name__}
    return {"repairs": repairs.model_dump(mode="json")}


if __name__ == "__main__":
    main()
