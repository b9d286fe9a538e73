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
# The same work in each frame, which would take about 25 ms: what it takes longer is the machine's own doing.
SPIN = """
(frames) => new Promise((done) => {
  const work = (rounds) => { let sum = 0; for (let n = 0; n < rounds; n += 1) sum += Math.sqrt(n); return sum; };
  const timed = (rounds) => { const began = performance.now(); work(rounds); return performance.now() - began; };
  for (let warm = 0; warm < 5; warm += 1) timed(1e6);
  const best = Math.min(...[1, 2, 3, 4, 5, 6].map(() => timed(1e6)));
  const rounds = Math.round(25e6 / Math.max(best, 0.1));
  const lengths = [];
  const tick = () => {
    lengths.push(timed(rounds));
    if (lengths.length < frames) requestAnimationFrame(tick); else done(lengths);
  };
  requestAnimationFrame(tick);
})
"""
SPINS, SLOWER_MAX = 40, 4.0
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


async def slowness(page: Page) -> float:
    """How many times longer a frame's work takes at worst than at best, since the machine does other things too."""
    lengths: list[float] = await page.evaluate(SPIN, SPINS)
    return min(max(lengths) / min(lengths), SLOWER_MAX)


@asynccontextmanager
async def frames_of(page: Page) -> AsyncIterator[Frames]:
    """What the page's frames took within the block."""
    found = Frames()
    await page.evaluate(START)
    yield found
    told = await page.evaluate(STOP)
    found.lengths, found.tasks = told["frames"], told["tasks"]
