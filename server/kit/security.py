"""Security headers on every answer, and writes taken only from our own pages; pure ASGI."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.kit.problems import ApiError, response_to

AFTER_ANSWER = "after_answer"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
HSTS = "max-age=31536000; includeSubDomains"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self' {live}; media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types svelte-trusted-html"
)
PERMISSIONS = "camera=(self), microphone=(self), autoplay=(self), display-capture=(self), geolocation=(), payment=()"
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # The paths of personal links are secrets, so no other site may see one as a referrer.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": PERMISSIONS,
}
log = structlog.get_logger(__name__)


class CrossSite(ApiError):
    status = HTTPStatus.FORBIDDEN
    title = "Another site may not do this"


class Security:
    """Wraps the whole application: headers, the check of where a write comes from, and work after the answer.

    `public_url` is where our pages are; writes under ``/api`` are taken from there alone, in development
    (plain http on this machine) also under the machine's other names.
    """

    def __init__(self, app: ASGIApp, *, public_url: str) -> None:
        self.app = app
        parts = urlsplit(public_url)
        https = parts.scheme == "https"
        self.origins = _origins(public_url)
        # a browser takes no IPv6 address in a source list; 'self' covers the page's own in that case
        live = " ".join(origin.replace("http", "ws", 1) for origin in sorted(self.origins) if "[" not in origin)
        self.headers = {**HEADERS, "content-security-policy": CSP.format(live=live)}
        if https:
            self.headers["strict-transport-security"] = HSTS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
            await send(message)

        if not self._comes_from_us(scope):
            refusal = response_to(CrossSite("writes are taken from the pages of this site only"))
            await refusal(scope, receive, send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)
        await _work_after(scope)

    def _comes_from_us(self, scope: Scope) -> bool:
        """Whether a write under /api may be ours: every browser sends one of these headers with a write.

        Neither header means no browser; such a caller holds no cookie that it did not bring itself.
        """
        if scope["method"] in SAFE_METHODS or not (scope["path"] + "/").startswith("/api/"):
            return True
        headers = Headers(scope=scope)
        site, origin = headers.get("sec-fetch-site"), headers.get("origin")
        return site in (None, "same-origin") and (origin is None or origin in self.origins)


def after_answer(connection: HTTPConnection, work: Callable[[], Awaitable[None]]) -> None:
    """Have `work` done once the answer is out and the request holds nothing; if it fails, that is only logged."""
    connection.scope.setdefault(AFTER_ANSWER, []).append(work)


def client_address(connection: HTTPConnection) -> str:
    """The address of whoever is connected to us.

    Behind a proxy the server in front of the application (uvicorn's ``forwarded_allow_ips``) puts the
    right one in; X-Forwarded-For is never read here, since anybody can send it.
    """
    return connection.client.host if connection.client else "unknown"


async def _work_after(scope: Scope) -> None:
    for work in scope.pop(AFTER_ANSWER, ()):
        try:
            await work()
        except Exception as error:
            log.warning("after_answer_failed", kind=type(error).__name__)


def _origins(public_url: str) -> frozenset[str]:
    parts = urlsplit(public_url)
    host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
    default_port = 443 if parts.scheme == "https" else 80
    port = "" if parts.port in (None, default_port) else f":{parts.port}"
    names = LOOPBACK if parts.scheme == "http" and host in LOOPBACK else (host,)
    return frozenset(f"{parts.scheme}://{name}{port}" for name in names)
