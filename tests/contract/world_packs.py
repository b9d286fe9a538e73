"""Two drafts of packs: one that can be published, and one that is being written."""

from __future__ import annotations

import json
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from feedback.pack_loader import PACKS
from server.packs.tables import PackVersionRow


async def add_packs(session: AsyncSession, ids: dict[str, str], *, now: datetime) -> None:
    """The next version of customer service, whole; and a pack of which nothing is written yet."""
    whole = json.loads((PACKS / "service_v1.json").read_text(encoding="utf-8")) | {"version": 2}
    for code, data in (("service", whole), ("blank", {})):
        session.add(PackVersionRow(code=code, version=2, data=data, edited_by=UUID(ids["staff"]), edited_at=now))
    await session.flush()
    ids |= {"whole_pack": "service", "blank_pack": "blank", "two": "2"}
