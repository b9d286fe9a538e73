"""How long the page's frames took while something was done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Page

START = """
() => {
  const told = window.framesTold = { frames: [], tasks: [], on: true };
  let last = performance.now();
  const tick = (at) => {
    told.frames.push(at - last);
    last = at;
    if (told.on) requestAnimationFrame(tick);
  };
  requestAnimationFrame((at) => { last = at; requestAnimationFrame(tick); });
  told.watch = new PerformanceObserver((list) => told.tasks.push(...list.getEntries().map((one) => one.duration)));
  told.watch.observe({ entryTypes: ['longtask'] });
}
"""
STOP = """
() => {
  const told = window.framesTold;
  told.on = false;
  told.watch.disconnect();
  return { frames: told.frames, tasks: told.tasks };
}
"""


@dataclass
class Frames:
    """The frames of one doing, and the tasks above 50 ms among them, in milliseconds."""

    lengths: list[float] = field(default_factory=list)
    tasks: list[float] = field(default_factory=list)

    @property
    def worst(self) -> float:
        return max(self.lengths)

    def __str__(self) -> str:
        ordered = sorted(self.lengths)
        p95 = ordered[int(len(ordered) * 0.95)]
        tasks = [round(task) for task in self.tasks]
        return f"{len(ordered)} frames, p95 {p95:.0f} ms, worst {self.worst:.0f} ms, tasks {tasks}"


@asynccontextmanager
async def frames_of(page: Page) -> AsyncIterator[Frames]:
    """What the page's frames took within the block."""
    found = Frames()
    await page.evaluate(START)
    yield found
    told = await page.evaluate(STOP)
    found.lengths, found.tasks = told["frames"], told["tasks"]
