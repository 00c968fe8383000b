"""How moments are written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"
"""How moments are written: UTC, to the microsecond, so that they sort as text."""

Clock = Callable[[], datetime]


def timestamp(clock: Clock) -> str:
    """UTC, to the microsecond: the times of one store then sort as text."""
    return clock().strftime(STAMP)
