"""How nodes are connected, in words and in pictures."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import HTMLResponse

from api.deps import Reading, answer, answers, may_fail
from api.schemas.paths import ConnectionAnswer, ConnectionParameters, PathAnswer, PathParameters
from api.schemas.tables import PictureParameters
from lianyin.options import PathOptions, TableOptions

router = APIRouter(prefix="/v1", tags=["paths"])

PICTURE_POLICY = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
"""Beside the page's own, which lets only its two scripts run. The sandbox keeps the page away from this server's other answers."""


@router.get("/paths", **answers(PathAnswer, 400, 404, 409))
def paths(asked: Annotated[PathParameters, Query()], client: Reading) -> Response:
    """How two nodes are connected: the shortest paths, with dates and the rows behind each hop."""
    options = PathOptions(max_hops=asked.max_hops, limit=asked.limit, as_of=asked.as_of, direction=asked.direction)
    options["kind"] = asked.kind
    options["include_types"], options["relationship_types"] = tuple(asked.include), tuple(asked.relationship)
    return answer(client.paths(asked.from_, asked.to, **options))


@router.get("/connections", **answers(ConnectionAnswer, 400, 404, 409))
def connections(asked: Annotated[ConnectionParameters, Query()], client: Reading) -> Response:
    """Which nodes of one type connect to which of another, through whom."""
    options = TableOptions(max_hops=asked.max_hops, as_of=asked.as_of, limit=asked.limit, count=asked.count, direction=asked.direction)
    options["through_types"] = tuple(asked.via)
    options["include_types"] = tuple(asked.include)
    options["relationship_types"] = tuple(asked.relationship)
    return answer(client.connections(asked.from_type, asked.to_type, from_node=asked.from_, to_node=asked.to, **options))


@router.get("/pictures", response_class=HTMLResponse, responses=may_fail(400, 404, 409))
def pictures(asked: Annotated[PictureParameters, Query()], client: Reading) -> HTMLResponse:
    """Draws the paths between two nodes, or what is around one: one HTML page that needs nothing else."""
    viewer = client.read_by(language=asked.language) if asked.language else client
    options = PathOptions(max_hops=asked.max_hops, as_of=asked.as_of, direction=asked.direction)
    options["include_types"], options["relationship_types"] = tuple(asked.include), tuple(asked.relationship)
    page = viewer.picture(asked.from_, asked.to, around=asked.around, audience=asked.audience, **options)
    return HTMLResponse(page, headers={"content-security-policy": PICTURE_POLICY})
