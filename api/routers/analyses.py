"""The graph as a whole, analysed: rankings and groups, coverage, likely links, and what would change."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.deps import Reading, answer, answers
from api.schemas.analyses import (
    AnalysisAnswer,
    AnalysisParameters,
    CoverageAnswer,
    CoverageParameters,
    PredictionAnswer,
    PredictionParameters,
    WhatIfAnswer,
    WhatIfParameters,
)

router = APIRouter(prefix="/v1", tags=["analyses"])


@router.get("/analyses", **answers(AnalysisAnswer, 400, 404, 409))
def analyses(asked: Annotated[AnalysisParameters, Query()], client: Reading) -> Response:
    """Ranks nodes, or finds groups and weak points, by one analysis."""
    return answer(client.analyse(asked.name, **asked.options))


@router.get("/coverage", **answers(CoverageAnswer, 400, 404, 409))
def coverage(asked: Annotated[CoverageParameters, Query()], client: Reading) -> Response:
    """Where two types meet and where they do not: a row for each node of one, a column for each of the other."""
    return answer(client.coverage(asked.rows_type, asked.columns_type, **asked.options))


@router.get("/predictions", **answers(PredictionAnswer, 400, 404, 409))
def predictions(asked: Annotated[PredictionParameters, Query()], client: Reading) -> Response:
    """Which two nodes, not linked yet, look most like being linked, and how well such guesses would have done."""
    return answer(client.predict(**asked.options))


@router.get("/what-if", **answers(WhatIfAnswer, 400, 404, 409))
def what_if(asked: Annotated[WhatIfParameters, Query()], client: Reading) -> Response:
    """What would change if nodes left, or nodes and relationships were added. The graph itself is not touched."""
    return answer(client.what_if(**asked.options))
