"""The one way in: `make run`, `make test` and their sisters, on a machine with nothing of ours.

Needs nothing but a Python; says so plainly when that Python is too old, which is
why this file is written for old ones and imports the rest only after the check.
"""

import sys
from pathlib import Path

OLDEST = (3, 11)


def main() -> int:
    if sys.version_info < OLDEST:
        sys.stderr.write(
            f"\nDirektkontakt needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.\n"
            "  What to do: install a newer one and name it, for example  make run PYTHON=python3.12\n\n"
        )
        return 2
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from infra.commands import run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
