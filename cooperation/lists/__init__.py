"""The reading lists of the five mechanisms: what a planner has on the desk beside the needs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cooperation.lists import incentives, working
from cooperation.questions.question import Question

LISTS: Mapping[str, Question] = MappingProxyType({each.name: each for each in (*working.LISTS, *incentives.LISTS)})
"""By name."""

__all__ = ["LISTS"]
