"""Whether the server lives, and whether it can answer."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api import problems
from api.deps import Reading, answers, json_answer
from api.schemas.tables import Health, Ready
from graph.errors import StoreProblem
from lianyin.warming import Warming

router = APIRouter(tags=["health"])


@router.get("/healthz", **answers(Health))
async def healthz() -> Response:
    """The process lives. Asks nobody."""
    return json_answer({"status": "alive"})


@router.get("/readyz", **answers(Ready))
def readyz(client: Reading, request: Request) -> Response:
    """The store answers: only then is it worth asking anything else. While `status` is `warming` every question is answered, but the
    first of a kind may wait for the compiler; no time limit runs meanwhile."""
    try:
        revision = client.store.head().revision
    except StoreProblem as problem:
        return problems.respond(problems.problem_document(problem, problems.language_of(request), 503))
    warming: Warming = request.app.state.warming
    status = "ready" if warming.over else "warming"
    return json_answer({"status": status, "store": client.store_url, "revision": revision, "compiling": warming.progress.as_json()})
