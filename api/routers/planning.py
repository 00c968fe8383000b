"""What planners and analysts ask about cooperation. Each question takes its own parameters, which its list tells."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Path, Query, Request, Response

from api.actor import SeenAs
from api.deps import Reading, answers, json_answer
from api.schemas.common import Text
from api.schemas.planning import (
    CountsGiven,
    LinesAnswer,
    MatchAnswer,
    MatchParameters,
    QuestionsAnswer,
    ReconciliationAnswer,
    TargetsAnswer,
)

router = APIRouter(prefix="/v1", tags=["planning"])

Question = Annotated[Text, Path(description="Its number or name.", examples=["12"])]
Insight = Annotated[Text, Path(examples=["radar"])]
Listed = Annotated[Text, Path(examples=["pairs"])]
AsOf = Annotated[str, Query(max_length=10, examples=["2020-09-10"], description="On this day; today if not given.")]
Limit = Annotated[int, Query(ge=0, le=10_000, description="Lines listed; the total is exact all the same.")]


@router.get("/questions", **answers(QuestionsAnswer))
def questions(client: Reading) -> Response:
    """The twenty questions with what each takes."""
    return json_answer(client.planning.tell("questions", {}))


@router.get("/questions/{name}", **answers(LinesAnswer, 400, 403, 404, 409))
def question(name: Question, request: Request, client: Reading, as_of: AsOf = "", limit: Limit = 100, actor: SeenAs = "") -> Response:  # noqa: PLR0917
    """One of the twenty, with the rows behind each line. Its own parameters go in the query: `?district=邗江区`."""
    given = {**request.query_params, "name": name, "as_of": as_of, "limit": limit}
    return json_answer(client.planning.tell("question", given, unquote(actor)))


@router.get("/insights", **answers(QuestionsAnswer))
def insights(client: Reading) -> Response:
    """What no one else tells a planner."""
    return json_answer(client.planning.tell("insights", {}))


@router.get("/insights/{name}", **answers(LinesAnswer, 400, 403, 404, 409))
def insight(name: Insight, request: Request, client: Reading, as_of: AsOf = "", limit: Limit = 100, actor: SeenAs = "") -> Response:  # noqa: PLR0917
    """Handover radar, missing pairs, why nobody fits, ties that stay."""
    given = {**request.query_params, "name": name, "as_of": as_of, "limit": limit}
    return json_answer(client.planning.tell("insight", given, unquote(actor)))


@router.get("/lists", **answers(QuestionsAnswer))
def lists(client: Reading) -> Response:
    """The reading lists of the five mechanisms."""
    return json_answer(client.planning.tell("lists", {}))


@router.get("/lists/{name}", **answers(LinesAnswer, 400, 403, 404, 409))
def listed(name: Listed, request: Request, client: Reading, as_of: AsOf = "", limit: Limit = 100, actor: SeenAs = "") -> Response:  # noqa: PLR0917
    """Plans, pairs, agreements, milestones, the catalogue, the ranking, grants."""
    given = {**request.query_params, "name": name, "as_of": as_of, "limit": limit}
    return json_answer(client.planning.tell("list", given, unquote(actor)))


@router.get("/match/{node:path}", **answers(MatchAnswer, 400, 403, 404, 409))
def match(
    node: Annotated[Text, Path(description="A need or an expert: id or name.", examples=["city-need:XQ-002"])],
    asked: Annotated[MatchParameters, Query()],
    client: Reading,
    actor: SeenAs = "",
) -> Response:
    """Who fits a need, or which needs fit an expert; the points of the reasons add up to the score."""
    return json_answer(client.planning.tell("match", {**asked.model_dump(), "node": node}, unquote(actor)))


@router.get("/targets/{year}", **answers(TargetsAnswer, 400, 403, 404, 409))
def targets(
    year: Annotated[int, Path(ge=1949, le=2100, examples=[2020])],
    client: Reading,
    place: Annotated[str, Query(max_length=200, examples=["扬州市"], description="Only of this city or district.")] = "",
    actor: SeenAs = "",
) -> Response:
    """Targets of a year: what is aimed at, counted and reported, the gap, and the very facts counted."""
    return json_answer(client.planning.tell("targets", {"year": year, "place": place}, unquote(actor)))


@router.post("/reconciliation", **answers(ReconciliationAnswer, 400, 403, 404, 409))
def reconciliation(given: CountsGiven, client: Reading, actor: SeenAs = "") -> Response:
    """The platform's own counts beside the graph's."""
    return json_answer(client.planning.tell("reconcile", given.model_dump(), unquote(actor)))
