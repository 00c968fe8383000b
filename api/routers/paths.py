"""How nodes are connected, in words and in pictures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.deps import Reading, answer, answers, may_fail
from api.query_route import QueryRoute
from api.schemas.paths import (
    CommonAnswer,
    CommonParameters,
    ConnectAnswer,
    ConnectionAnswer,
    ConnectionParameters,
    ConnectParameters,
    NeighbourhoodAnswer,
    NeighbourhoodParameters,
    PathAnswer,
    PathParameters,
    PictureParameters,
)

router = APIRouter(prefix="/v1", tags=["paths"], route_class=QueryRoute)

PICTURE_POLICY = (
    "sandbox allow-scripts allow-downloads allow-modals; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; "
    "img-src data:; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
"""Beside the page's own, which lets only its two scripts run. The sandbox keeps the page away from this server's other answers;
it may save its sheet and print it."""

PICTURE_TYPES = {"html": "text/html; charset=utf-8", "svg": "image/svg+xml"}


@router.get("/paths", **answers(PathAnswer, 400, 404, 409))
def paths(asked: Annotated[PathParameters, Query()], client: Reading) -> Response:
    """How two nodes are connected, by paths of one kind under any conditions, with dates and the rows behind each hop."""
    return answer(client.paths(asked.from_, asked.to, **asked.options))


@router.get("/connections", **answers(ConnectionAnswer, 400, 404, 409))
def connections(asked: Annotated[ConnectionParameters, Query()], client: Reading) -> Response:
    """Which nodes of one type connect to which of another, through whom."""
    return answer(client.connections(asked.from_type, asked.to_type, **asked.options))


@router.get("/common-neighbours", **answers(CommonAnswer, 400, 404, 409))
def common_neighbours(asked: Annotated[CommonParameters, Query()], client: Reading) -> Response:
    """Which nodes stand next to every one of several, and by which relationships."""
    return answer(client.common_neighbours(*asked.node, **asked.options))


@router.get("/connecting", **answers(ConnectAnswer, 400, 404, 409))
def connecting(asked: Annotated[ConnectParameters, Query()], client: Reading) -> Response:
    """The fewest relationships that connect several nodes, with the nodes between."""
    return answer(client.connect_nodes(*asked.node, **asked.options))


@router.get("/neighbourhood", **answers(NeighbourhoodAnswer, 400, 404, 409))
def neighbourhood(asked: Annotated[NeighbourhoodParameters, Query()], client: Reading) -> Response:
    """What is around a node: first how much of what, then as many as asked for, page by page."""
    return answer(client.neighbourhood(asked.node, **asked.options))


@router.get("/pictures", response_class=HTMLResponse, responses=may_fail(400, 404, 409))
def pictures(asked: Annotated[PictureParameters, Query()], client: Reading) -> Response:
    """Draws the paths between two nodes, or what is around one: one HTML page that needs nothing else, or one SVG."""
    viewer = client.read_by(language=asked.language) if asked.language else client
    drawn = viewer.picture(
        asked.from_, asked.to, around=asked.around, audience=asked.audience, form=asked.form, theme=asked.theme, **asked.options
    )
    return Response(drawn, media_type=PICTURE_TYPES[asked.form], headers={"content-security-policy": PICTURE_POLICY})
