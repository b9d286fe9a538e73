"""The built web app: hashed assets for ever, the page itself never from a cache, one page for every path."""

from __future__ import annotations

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from server.kit.problems import NotFound, response_to

IMMUTABLE = "public, max-age=31536000, immutable"
ENCODINGS = (("br", ".br"), ("gzip", ".gz"))
NOT_BUILT = "The web app has not been built yet. Start with: make run\n"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}


class WebApp:
    """Serves the files under `root`; a path without a suffix is a page of the app."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    async def serve(self, request: Request) -> Response:
        """The file asked for, or the app's one page."""
        path = request.url.path.lstrip("/")
        if path == "api" or path.startswith("api/"):
            return response_to(NotFound("there is no such operation; see /api/openapi.json"))
        if "." not in path.rsplit("/", 1)[-1]:
            return self._file(request, self.root / "index.html", cache="no-cache")
        file = self._find(path)
        if file is None:
            return PlainTextResponse("There is no such file\n", 404)
        return self._file(request, file, cache=IMMUTABLE if path.startswith("assets/") else "no-cache")

    def _find(self, path: str) -> Path | None:
        try:
            file = (self.root / path).resolve()
            return file if file.is_relative_to(self.root) and file.is_file() else None
        except (OSError, ValueError):
            return None  # no file can have such a name: too long, or with U+0000 in it

    def _file(self, request: Request, file: Path, *, cache: str) -> Response:
        if not file.is_file():
            return PlainTextResponse(NOT_BUILT, 503)
        headers = {"cache-control": cache, "vary": "accept-encoding"}
        media_type = MEDIA_TYPES.get(file.suffix)
        accepted = request.headers.get("accept-encoding", "")
        for encoding, suffix in ENCODINGS:
            packed = file.with_name(file.name + suffix)
            if encoding in accepted and packed.is_file():
                return FileResponse(packed, headers=headers | {"content-encoding": encoding}, media_type=media_type)
        return FileResponse(file, headers=headers, media_type=media_type)
