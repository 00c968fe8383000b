"""``python -m lianyin`` and the installed command."""

from __future__ import annotations

import gc
import sys

ALLOCATIONS_BEFORE_COLLECTING = 100_000
"""A command builds a graph's worth of values that all stay alive; looking through them every 700 allocations, as Python does by
default, is a tenth of the time of a cold `lianyin path`."""


def main() -> None:
    """Runs the command line and exits with its code."""
    gc.set_threshold(ALLOCATIONS_BEFORE_COLLECTING, 50, 50)
    from lianyin.cli.app import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
