"""Which nodes may be one, and what people judge of them. Who judges is said by the header `Lianyin-Actor`; there is no log-in yet."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Query, Response

from api.actor import Actor
from api.deps import Reading, answers, json_answer
from api.schemas.common import Text
from api.schemas.review import (
    CandidatesAnswer,
    CandidatesParameters,
    ContradictionsAnswer,
    JudgedAnswer,
    JudgementAnswer,
    JudgementMade,
    JudgementsAnswer,
    LabelsGiven,
    QualityAnswer,
)

router = APIRouter(prefix="/v1/review", tags=["review"])

Id = Annotated[Text, Query(min_length=1, description="An id of the pair.", examples=["city-enterprise:示例重工"])]


@router.get("/candidates", **answers(CandidatesAnswer))
def candidates(asked: Annotated[CandidatesParameters, Query()], client: Reading) -> Response:
    """Pairs that may be one, best first, with the points of every reason. Nothing is joined before somebody says so."""
    return json_answer(client.identity.tell("candidates", asked.model_dump()))


@router.get("/judgements", **answers(JudgementsAnswer))
def judgements(client: Reading) -> Response:
    """What was judged and stands, the latest first."""
    return json_answer(client.identity.tell("judgements", {}))


@router.post("/judgements", **answers(JudgementAnswer, 400, 403, 404, 409, 507))
def judge(made: JudgementMade, actor: Actor, client: Reading) -> Response:
    """Says that two ids mean the same, different things, or that it is not sure; with `preview` only what that would change."""
    return json_answer(client.identity.tell("judge", made.model_dump(), unquote(actor)))


@router.delete("/judgements", **answers(JudgedAnswer, 400, 403, 404, 409, 507))
def withdraw(left: Id, right: Id, actor: Actor, client: Reading) -> Response:
    """Takes the standing judgement of a pair back: the graph is what it would be without it."""
    return json_answer(client.identity.tell("withdraw", {"left": left, "right": right}, unquote(actor)))


@router.get("/contradictions", **answers(ContradictionsAnswer))
def contradictions(client: Reading) -> Response:
    """Pairs judged different that a chain of statements joins."""
    return json_answer(client.identity.tell("contradictions", {}))


@router.post("/quality", **answers(QualityAnswer, 400))
def quality(given: LabelsGiven, client: Reading) -> Response:
    """Precision, recall and F1 of the candidates on labelled pairs."""
    return json_answer(client.identity.tell("quality", given.model_dump()))
