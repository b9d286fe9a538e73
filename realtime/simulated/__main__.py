"""``python -m realtime.simulated``: simulated participants in a process of their own.

They are read from standard input, one JSON object a line, until its end; or, with ``--demo``, hired from the
demo itself with the secret in ``DIREKTKONTAKT_DEMO_CAST_SECRET``. What they do is printed as JSON lines.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import sys

from realtime.simulated.cast import BadCast, read_cast
from realtime.simulated.run import run_cast, run_demo, until_told

SECRET = "DIREKTKONTAKT_DEMO_CAST_SECRET"


def main() -> int:
    """Run until told to stop; the exit code comes back."""
    parser = argparse.ArgumentParser(prog="python -m realtime.simulated", description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000", help="where the application is served")
    parser.add_argument("--demo", action="store_true", help=f"hire the demo's cast with the secret in {SECRET}")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s %(message)s")
    # A picture that came in pieces is aiortc's business, not a line in the log.
    logging.getLogger("aiortc").setLevel(logging.ERROR)
    logging.getLogger("aioice").setLevel(logging.ERROR)
    url = asked.url.rstrip("/")
    if asked.demo:
        if not os.environ.get(SECRET):
            parser.error(f"--demo needs {SECRET}")
        asyncio.run(until_told(run_demo(url, os.environ[SECRET])))
        return 0
    try:
        cast = read_cast(sys.stdin)
    except BadCast as error:
        parser.error(str(error))
    asyncio.run(until_told(run_cast(url, cast)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
