"""Analyses of the graph as a whole, or of a part of it: pure functions over the projection.

Each answer says what it means (``definition``), for whom and when. The libraries that do the work (NetworKit, scipy) are imported when
first needed.
"""

from __future__ import annotations

from graph.analytics.answer import (
    AnalysisAnswer,
    Column,
    CoverageAnswer,
    CutRow,
    GroupRow,
    LinkPredictionAnswer,
    LinkRow,
    NodeRow,
    PairChange,
    Part,
    State,
    WhatIfAnswer,
)
from graph.analytics.query import (
    AnalysisName,
    AnalysisQuery,
    CoverageQuery,
    LinkMeasure,
    LinkPredictionQuery,
    NewNode,
    NewRelationship,
    WhatIfQuery,
)
from graph.paths.ask.query import AnswerContext
from graph.projection import Projection

__all__ = [
    "AnalysisAnswer",
    "AnalysisName",
    "AnalysisQuery",
    "Column",
    "CoverageAnswer",
    "CoverageQuery",
    "CutRow",
    "GroupRow",
    "LinkMeasure",
    "LinkPredictionAnswer",
    "LinkPredictionQuery",
    "LinkRow",
    "NewNode",
    "NewRelationship",
    "NodeRow",
    "PairChange",
    "Part",
    "State",
    "WhatIfAnswer",
    "WhatIfQuery",
    "analyse",
    "coverage",
    "predict_links",
    "what_if",
]


def analyse(projection: Projection, query: AnalysisQuery, context: AnswerContext) -> AnalysisAnswer:
    """Answers an ``AnalysisQuery``. Raises ``QueryProblem`` for a parameter that cannot be or a graph past the bounds (named in the
    message), ``NotFound`` for a node or type that is not there or not for this reader, ``Unfinished`` when stopped."""
    from graph.analytics.analyses import run

    return run(projection, query, context)


def predict_links(projection: Projection, query: LinkPredictionQuery, context: AnswerContext) -> LinkPredictionAnswer:
    """Answers a ``LinkPredictionQuery``. Raises as ``analyse``."""
    from graph.analytics.prediction import run

    return run(projection, query, context)


def coverage(projection: Projection, query: CoverageQuery, context: AnswerContext) -> CoverageAnswer:
    """Answers a ``CoverageQuery``. Raises as ``analyse``; a table of more cells than the bound on rows is refused."""
    from graph.analytics.coverage_table import run

    return run(projection, query, context)


def what_if(projection: Projection, query: WhatIfQuery, context: AnswerContext) -> WhatIfAnswer:
    """Answers a ``WhatIfQuery``. Raises as ``analyse``."""
    from graph.analytics.difference import run

    return run(projection, query, context)
