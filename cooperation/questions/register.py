"""All twenty, by number."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cooperation.questions import communities, figures, fits, gaps, known, links
from cooperation.questions.question import Question
from graph.errors import QueryProblem
from graph.messages import message

_ALL = (
    *communities.QUESTIONS,
    *figures.QUESTIONS,
    *fits.QUESTIONS,
    *gaps.QUESTIONS,
    *known.QUESTIONS,
    *links.QUESTIONS,
)

QUESTIONS: Mapping[int, Question] = MappingProxyType({each.number: each for each in sorted(_ALL, key=lambda each: each.number)})


def question_named(text: str) -> Question:
    """A question by its number or name. Raises ``QueryProblem``."""
    wanted = text.strip().casefold()
    for each in QUESTIONS.values():
        if wanted in (str(each.number), each.name):
            return each
    raise QueryProblem(
        message("There is no question '{text}'.", text=text),
        hint=message("'lianyin ask' lists them: 1 to 20."),
        where={"parameter": "question"},
    )
