"""Parameters read in one step are the parameters that FastAPI reads."""

from __future__ import annotations

import datetime
from typing import Annotated
from urllib.parse import urlencode

import pytest
from fastapi import APIRouter, Depends, FastAPI, Query, Response
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from api import problems, query_route
from api.asker import Asker
from api.query_route import QueryRoute
from api.schemas.paths import PathParameters
from api.schemas.tables import ExportParameters


async def nobody() -> None:
    """Stands for the open graph, which these routes do not look at."""


def asking(route_class: type[APIRoute], monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(query_route, "reading_client", lambda request: nobody())
    router = APIRouter(route_class=route_class)

    @router.get("/paths")
    def paths(asked: Annotated[PathParameters, Query()], client: Annotated[None, Depends(nobody)]) -> Response:
        return Response(asked.model_dump_json(), media_type="application/json")

    @router.get("/export")
    def export(asked: Annotated[ExportParameters, Query()], client: Annotated[None, Depends(nobody)]) -> Response:
        return Response(asked.model_dump_json(), media_type="application/json")

    app = FastAPI()
    app.include_router(router)
    problems.install(app)

    @app.middleware("http")
    async def somebody(request, call_next):  # type: ignore[no-untyped-def]
        request.scope["lianyin.asker"] = Asker(2, "zh", datetime.date(2020, 9, 10))
        return await call_next(request)

    return TestClient(app)


NAMES = st.sampled_from(
    ("from", "to", "max_hops", "kind", "limit", "include", "via", "direction", "together", "from_", "other", "format", "")
)
VALUES = st.sampled_from(("扬州大学", "", "3", "-1", "x", "1e3", "true", "simple", "forward", "\0", "a" * 600, "csv", "&=%", "9" * 30))


def test_as_fastapi_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = asking(QueryRoute, monkeypatch), asking(APIRoute, monkeypatch)

    @given(st.sampled_from(("/paths?from=a&to=b&", "/paths?", "/export?")), st.lists(st.tuples(NAMES, VALUES), max_size=5))
    def same(begin: str, pairs: list[tuple[str, str]]) -> None:
        target = begin + urlencode(pairs)
        first, second = ours.get(target), theirs.get(target)
        assert (first.status_code, first.json()) == (second.status_code, second.json())

    same()


@pytest.mark.parametrize("query", ["from=%ff&to=b", "from=a;to=b", "from=a&&to=b", "from=a+b&to=b%20c", "from=a&from=c&to=b", "from"])
def test_odd_ways_to_write_them(query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = asking(QueryRoute, monkeypatch), asking(APIRoute, monkeypatch)
    first, second = ours.get(f"/paths?{query}"), theirs.get(f"/paths?{query}")
    assert (first.status_code, first.json()) == (second.status_code, second.json())


def test_the_documentation_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = asking(QueryRoute, monkeypatch), asking(APIRoute, monkeypatch)
    assert ours.get("/openapi.json").json() == theirs.get("/openapi.json").json()
