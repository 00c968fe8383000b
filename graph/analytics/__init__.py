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
]
