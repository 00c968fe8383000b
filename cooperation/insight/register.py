"""All insights, by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cooperation.insight import missing_pairs, no_match, radar, ties
from cooperation.questions.question import Question

INSIGHTS: Mapping[str, Question] = MappingProxyType(
    {each.name: each for each in (radar.QUESTION, missing_pairs.QUESTION, no_match.QUESTION, ties.QUESTION)}
)
