"""How many examples a property tries: always the same ones in `make test` and CI, random ones and many more in `make explore`."""

from __future__ import annotations

import os

FACTOR_VARIABLE = "LIANYIN_EXPLORE"
FACTOR = int(os.environ.get(FACTOR_VARIABLE, "0"))
"""How many times as many examples `make explore` tries; 0 outside it."""


def examples(usual: int) -> int:
    """``usual``, or ``FACTOR`` times as many."""
    return usual * max(1, FACTOR)
