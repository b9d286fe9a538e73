"""A small TCP forwarder, run as a program: gives a network namespace a page on its own localhost.

Usage: python forwarder.py FROM TO, each `host:port` or `unix:/path`.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress

CHUNK_BYTES = 65536


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Copy until the end, then close the other side, so that a cut is seen on both."""
    with suppress(OSError):
        while chunk := await reader.read(CHUNK_BYTES):
            writer.write(chunk)
            await writer.drain()
    writer.close()


async def open_to(place: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if place.startswith("unix:"):
        return await asyncio.open_unix_connection(place.removeprefix("unix:"))
    host, port = place.rsplit(":", 1)
    return await asyncio.open_connection(host, int(port))


async def forward(listen: str, to: str) -> None:
    async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await open_to(to)
        except OSError:
            writer.close()
            return
        await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))

    if listen.startswith("unix:"):
        server = await asyncio.start_unix_server(carry, listen.removeprefix("unix:"))
    else:
        host, port = listen.rsplit(":", 1)
        server = await asyncio.start_server(carry, host, int(port))
    print("forwarding", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        asyncio.run(forward(sys.argv[1], sys.argv[2]))
