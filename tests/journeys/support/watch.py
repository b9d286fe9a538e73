"""A watch over a page: what its policy refused, what it asked of strangers, what it threw."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, Response, WebSocket

OWN_SCHEMES = ("data", "blob", "about", "chrome-error")
# Runs before the page's own scripts and is not bound by its policy.
RECORD_VIOLATIONS = """
addEventListener('securitypolicyviolation', (violation) => {
  console.error(`policy violation: ${violation.violatedDirective} ${violation.blockedURI} ${violation.sourceFile}`);
});
"""


# Without slots: Playwright keeps its own attribute for each listening method.
@dataclass
class Watch:
    """All that must be empty when a visit ends."""

    host: str
    policy_errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    thrown: list[str] = field(default_factory=list)
    server_errors: list[str] = field(default_factory=list)

    async def over(self, context: BrowserContext) -> None:
        await context.add_init_script(RECORD_VIOLATIONS)
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.thrown.append(str(error.error)))
        context.on("request", self._see_request)
        context.on("response", self._see_response)
        context.on("page", lambda page: page.on("websocket", self._see_socket))

    def assert_clean(self) -> None:
        found = self.take()
        assert not found, "\n".join(found)

    def take(self) -> list[str]:
        """What has been seen since the last time, one thing a line."""
        seen = {
            "policy errors": self.policy_errors,
            "requests to strangers": self.strangers,
            "errors thrown": self.thrown,
            "server errors": self.server_errors,
        }
        found = [f"{what}: {one}" for what, each in seen.items() for one in each]
        for each in seen.values():
            each.clear()
        return found

    def _hear(self, message: ConsoleMessage) -> None:
        text = message.text.lower()
        if message.type == "error" and ("content security policy" in text or "policy violation" in text):
            self.policy_errors.append(message.text)

    def _see_request(self, request: Request) -> None:
        self._see_address(request.url)

    def _see_socket(self, socket: WebSocket) -> None:
        self._see_address(socket.url)

    def _see_address(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in OWN_SCHEMES and parts.hostname != self.host:
            self.strangers.append(url)

    def _see_response(self, response: Response) -> None:
        # 503 is how the server says "again with the same key"; the page handles it.
        if response.status >= 500 and response.status != 503:
            self.server_errors.append(f"{response.status} {response.url}")
