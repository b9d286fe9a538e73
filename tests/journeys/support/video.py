"""Whether pictures really arrive: decoded frames, by the browser's own statistics."""

from __future__ import annotations

import asyncio
import time

from playwright.async_api import Page

from tests.journeys.support.waiting import until

# Runs before the page's own scripts: keeps every connection it opens, so that its statistics can be read.
COUNT_PEERS = """
(() => {
  const Native = window.RTCPeerConnection;
  if (!Native) return;
  const opened = [];
  window.RTCPeerConnection = class RTCPeerConnection extends Native {
    constructor(...settings) { super(...settings); opened.push(this); }
  };
  Object.defineProperty(window, '__peers', { value: opened });
})();
"""

FRAMES_DECODED = """
async () => {
  let frames = 0;
  for (const peer of window.__peers ?? []) {
    if (peer.connectionState === 'closed') continue;
    for (const report of (await peer.getStats()).values())
      if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0;
  }
  return frames;
}
"""

FRAMES_SHOWN = "(video) => video.getVideoPlaybackQuality().totalVideoFrames"
PEER_STATES = "() => (window.__peers ?? []).map((peer) => peer.connectionState)"


async def frames_decoded(page: Page) -> int:
    """Video frames decoded so far over all open connections of the page."""
    return int(await page.evaluate(FRAMES_DECODED))


async def frames_shown(page: Page, selector: str) -> int:
    """Frames that one `<video>` has put on the screen."""
    return int(await page.locator(selector).evaluate(FRAMES_SHOWN))


async def peer_states(page: Page) -> list[str]:
    return list(await page.evaluate(PEER_STATES))


async def wait_for_pictures(page: Page, *, frames: int = 5, within_s: float = 15) -> float:
    """Wait until `frames` more are decoded than now; the seconds it took."""
    began, before = time.monotonic(), await frames_decoded(page)

    async def more() -> bool:
        # A new connection counts from nothing, so fewer than before is also a change to follow.
        now = await frames_decoded(page)
        return now >= before + frames or frames <= now < before

    await until(more, within_s=within_s, what=f"{frames} more frames than {before}")
    return time.monotonic() - began


async def assert_pictures_stand_still(page: Page, *, for_s: float = 2) -> None:
    before = await frames_decoded(page)
    await asyncio.sleep(for_s)
    after = await frames_decoded(page)
    assert after == before, f"{after - before} frames came in {for_s} s"
