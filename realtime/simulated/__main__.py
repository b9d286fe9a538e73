"""``python -m realtime.simulated``: simulated participants in a process of their own.

They are read from standard input, one JSON object a line, until its end; or, with ``--demo``, hired from the
demo itself with the secret in ``DIREKTKONTAKT_DEMO_CAST_SECRET``. What they do is printed as JSON lines.

With ``--event`` they hold every meeting of their event, some desks at a time. The account of it is printed as
one JSON object, what they do goes to standard error, and the exit code is 0 only if nothing was missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import os
import sys
from functools import partial

from realtime.simulated.cast import BadCast, read_cast
from realtime.simulated.conductor import Score, run_event
from realtime.simulated.run import run_cast, run_demo, tell_by_line, until_told

SECRET = "DIREKTKONTAKT_DEMO_CAST_SECRET"


def main() -> int:
    """Run until told to stop; the exit code comes back."""
    parser = argparse.ArgumentParser(prog="python -m realtime.simulated", description=__doc__)
    parser.add_argument("--url", default="http://localhost:8000", help="where the application is served")
    parser.add_argument("--demo", action="store_true", help=f"hire the demo's cast with the secret in {SECRET}")
    parser.add_argument("--event", action="store_true", help="hold all meetings of the event, account for them, end")
    parser.add_argument("--desks", type=int, default=4, help="with --event: how many desks at a time")
    parser.add_argument("--talk-s", type=float, default=3.0, help="with --event: seconds of pictures in each talk")
    parser.add_argument("--no-media", action="store_true", help="with --event: without picture and sound")
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
    if asked.event:
        score = Score(desks_at_a_time=asked.desks, talk_s=asked.talk_s, media=not asked.no_media)
        account = asyncio.run(run_event(url, cast, score=score, tell=partial(tell_by_line, file=sys.stderr)))
        print(json.dumps(account.document(), ensure_ascii=False))
        return 0 if account.complete else 1
    asyncio.run(until_told(run_cast(url, cast)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
