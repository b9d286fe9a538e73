"""Simulated people in a process of their own, as a test starts and watches them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from realtime.simulated.cast import Member
from tests.journeys.support.waiting import until
from tests.services.web import ROOT

Fact = dict[str, Any]


class People:
    """The process and what it has told so far."""

    def __init__(self, process: subprocess.Popen[bytes], log: Path) -> None:
        self.process = process
        self._log = log

    @property
    def facts(self) -> list[Fact]:
        whole = self._log.read_text().rpartition("\n")[0]
        return [json.loads(line) for line in whole.splitlines()]

    def told(self, fact: str) -> list[Fact]:
        return [one for one in self.facts if one["fact"] == fact]

    async def until(self, fact: str, *, count: int = 1, within_s: float = 120) -> list[Fact]:
        """Wait until they have told a fact so many times."""

        async def enough() -> bool:
            assert self.process.poll() is None, self._log.read_text()
            return len(self.told(fact)) >= count

        try:
            await until(enough, within_s=within_s, what=f"{count} × {fact}")
        except BaseException:
            print(self._log.read_text()[-6000:])
            raise
        return self.told(fact)


@asynccontextmanager
async def simulated_people(
    folder: Path, url: str, cast: Sequence[Member], *, errors: Callable[[str], bool] = lambda text: text == ""
) -> AsyncIterator[People]:
    """The cast at work; at the end they are asked to go, must do so in time, and must have printed no error."""
    facts, said = folder / "people.jsonl", folder / "people.err"
    lines = "\n".join(member.model_dump_json(exclude_none=True) for member in cast)
    with facts.open("wb") as out, said.open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "realtime.simulated", "--url", url],
            stdin=subprocess.PIPE,
            stdout=out,
            stderr=err,
            cwd=ROOT,
            # No address of a database, nor any other setting of ours.
            env={"PATH": "/usr/bin:/bin"},
        )
        assert process.stdin is not None
        process.stdin.write(lines.encode())
        process.stdin.close()
        try:
            yield People(process, facts)
            process.terminate()
            assert process.wait(8) == 0
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    assert errors(said.read_text()), said.read_text()
