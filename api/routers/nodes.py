"""Nodes: found by what is typed, shown, and the rows behind them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.deps import Reading, answer, answers
from api.query_route import QueryRoute
from api.schemas.common import Text
from api.schemas.nodes import AutocompleteParameters, HitAnswer, NodeAnswer, SearchParameters, WhyAnswer, WhyParameters

router = APIRouter(prefix="/v1", tags=["nodes"], route_class=QueryRoute)

NodeId = Annotated[
    Text, Path(description="An id, an identifier (`pic:999977172`) or a caption; `/` and `:` may stand in it.", examples=["扬州大学"])
]


@router.get("/search", **answers(HitAnswer, 400, 404))
def search(asked: Annotated[SearchParameters, Query()], client: Reading) -> Response:
    """Finds nodes by name, part of a name, pinyin, initials or code, with a typing mistake forgiven."""
    return answer(client.search(asked.text, asked.type, asked.limit))


@router.get("/autocomplete", **answers(HitAnswer, 400, 404))
def autocomplete(asked: Annotated[AutocompleteParameters, Query()], client: Reading) -> Response:
    """Completes what was typed so far."""
    return answer(client.autocomplete(asked.text, asked.type, asked.limit))


@router.get("/nodes/{node_id:path}/why", **answers(WhyAnswer, 400, 404, 409))
def why(node_id: NodeId, asked: Annotated[WhyParameters, Query()], client: Reading) -> Response:
    """The rows behind a node, or behind one property of it."""
    return answer(client.why(node_id, asked.property))


@router.get("/nodes/{node_id:path}", **answers(NodeAnswer, 400, 404, 409))
def node(node_id: NodeId, client: Reading) -> Response:
    """A node with its properties and its relationships."""
    return answer(client.show(node_id))
