"""The support itself, on a page with the product's policy; each watch is seen to catch."""

from __future__ import annotations

import asyncio
import http.server
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.journeys.support.axe import axe_findings
from tests.journeys.support.browser import Devices, open_browser, visit
from tests.journeys.support.video import assert_pictures_stand_still, frames_decoded, wait_for_pictures
from tests.journeys.support.waiting import poll
from tests.services.netns import Network

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self';"
    " media-src 'self' blob:; base-uri 'none'; require-trusted-types-for 'script'"
)
PAGE = (
    '<!doctype html><html lang="sv"><head><title>Prov</title>{head}</head>'
    "<body><main><h1>Prov</h1>{body}</main></body></html>"
)
PAGES = {
    "/": PAGE.format(head="", body="<p>Hej</p>"),
    "/inline": PAGE.format(head="<script>document.title = 'x'</script>", body=""),
    "/stranger": PAGE.format(head="", body='<img alt="" src="http://127.0.0.2:9/pixel.png">'),
    "/throws": PAGE.format(head='<script src="/throws.js" defer></script>', body=""),
    "/throws.js": "throw new Error('planted')",
    "/broken": PAGE.format(head="", body="<p>Något gick fel</p>"),
    "/unnamed": PAGE.format(head="", body="<button></button>"),
    "/video": PAGE.format(head='<script src="/video.js" defer></script>', body="<video muted></video>"),
    "/video.js": """
(async () => {
  const near = new RTCPeerConnection({ iceServers: [] }), far = new RTCPeerConnection({ iceServers: [] });
  near.onicecandidate = (found) => far.addIceCandidate(found.candidate);
  far.onicecandidate = (found) => near.addIceCandidate(found.candidate);
  const camera = await navigator.mediaDevices.getUserMedia({ video: true, audio: true })
    .catch((refusal) => { document.title = refusal.name; throw refusal; });
  for (const track of camera.getTracks()) near.addTrack(track, camera);
  await near.setLocalDescription(); await far.setRemoteDescription(near.localDescription);
  await far.setLocalDescription(); await near.setRemoteDescription(far.localDescription);
  window.hangUp = () => near.getSenders().forEach((sender) => sender.replaceTrack(null));
})().catch(() => {});
""",
}

FETCH = "fetch('/', { signal: AbortSignal.timeout(1000) }).then(() => 'reached', (error) => error.name)"


class Pages(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        content = PAGES.get(self.path, "").encode()
        self.send_response(404 if not content else 500 if self.path == "/broken" else 200)
        self.send_header("content-type", "text/javascript" if self.path.endswith(".js") else "text/html")
        self.send_header("content-security-policy", POLICY)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
async def browser(chromium_path: Path) -> AsyncIterator[Browser]:
    async with open_browser(chromium_path) as browser:
        yield browser


async def test_a_clean_page_is_watched_without_complaint(browser: Browser, site: str) -> None:
    async with visit(browser, site, name="clean", theme="dark") as seeker:
        page = await seeker.go("/")

        assert await poll(page, "document.title === 'Prov' && document.documentElement.lang") == "sv"
        assert await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
        assert await axe_findings(page) == []


@pytest.mark.parametrize(
    ("path", "complaint"),
    [
        ("/inline", "policy errors"),
        ("/stranger", "requests to strangers"),
        ("/throws", "errors thrown"),
        ("/broken", "server errors"),
    ],
)
async def test_what_is_wrong_with_a_page_ends_the_visit(browser: Browser, site: str, path: str, complaint: str) -> None:
    with pytest.raises(AssertionError, match=complaint):
        async with visit(browser, site, name=f"planted {path}") as seeker:
            await seeker.go(path)
            await asyncio.sleep(0.3)


async def test_axe_finds_a_button_without_a_name(browser: Browser, site: str) -> None:
    async with visit(browser, site, name="unnamed") as seeker:
        findings = await axe_findings(await seeker.go("/unnamed"))

    assert [finding.rule for finding in findings] == ["button-name"]


async def test_pictures_are_seen_to_come_and_to_stop(browser: Browser, site: str) -> None:
    async with visit(browser, site, name="video") as seeker:
        page = await seeker.go("/video")
        await wait_for_pictures(page)

        with pytest.raises(AssertionError, match="frames came"):
            await assert_pictures_stand_still(page, for_s=1)
        await page.evaluate("window.hangUp()")
        await asyncio.sleep(0.5)
        await assert_pictures_stand_still(page, for_s=1)
        with pytest.raises(AssertionError, match="5 more frames"):
            await wait_for_pictures(page, within_s=1)


async def test_a_page_without_a_call_has_no_pictures(browser: Browser, site: str) -> None:
    async with visit(browser, site, name="no call") as seeker:
        assert await frames_decoded(await seeker.go("/")) == 0


@pytest.mark.parametrize(("devices", "error"), [("refused", "NotAllowedError"), ("none", "NotFoundError")])
async def test_devices_are_refused_or_absent_as_asked(
    chromium_path: Path, site: str, devices: Devices, error: str
) -> None:
    async with (
        open_browser(chromium_path, devices=devices) as browser,
        visit(browser, site, name=devices, devices=devices) as seeker,
    ):
        page = await seeker.go("/video")

        assert await poll(page, "document.title !== 'Prov' && document.title") == error


async def test_a_browser_at_home_is_cut_off_and_comes_back(chromium_path: Path, site: str, two_homes: Network) -> None:
    two_homes.serve(int(site.rpartition(":")[2]))
    program = two_homes.seeker.wrapper(chromium_path)

    async with open_browser(program) as browser, visit(browser, site, name="at home") as seeker:
        page = await seeker.go("/")
        assert await page.evaluate("isSecureContext")
        assert await page.evaluate(FETCH) == "reached"

        two_homes.seeker.cut()
        assert await page.evaluate(FETCH) != "reached"

        two_homes.seeker.restore()
        assert await poll(page, f"{FETCH}.then((said) => said === 'reached')")
