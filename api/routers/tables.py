"""The graph as a whole."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from api.deps import Reading, answer, answers, may_fail
from api.schemas.tables import CypherAnswer, CypherRequest, ExportParameters, SchemaAnswer, StatsAnswer, VerificationAnswer
from lianyin.serving import NODES_HEADER, RELATIONSHIPS_HEADER

router = APIRouter(prefix="/v1", tags=["graph"])

IN_MEMORY = 16_000_000
"""Bytes of an export that are held in memory; a larger one waits in a temporary file, so that a failure is told before anything is sent."""

PIECE = 1 << 16
FORMS = {"jsonl": ("application/x-ndjson", "jsonl"), "graphml": ("application/xml", "graphml"), "csv": ("application/zip", "zip")}


@router.get("/stats", **answers(StatsAnswer))
def stats(client: Reading) -> Response:
    """How many nodes and relationships of each type, from how many loads, and how old the data is."""
    return answer(client.stats())


@router.get("/schema", **answers(SchemaAnswer))
def schema(client: Reading) -> Response:
    """The types of nodes and relationships, with their labels, ends, properties and colours."""
    return answer(client.schema())


@router.post("/cypher", **answers(CypherAnswer, 400, 403, 409))
def cypher(asked: CypherRequest, client: Reading) -> Response:
    """Runs a read-only Cypher query on what is published. Writing, `LOAD CSV` and procedures are refused."""
    return answer(client.cypher(asked.query, **asked.parameters))


@router.get("/verification", **answers(VerificationAnswer))
def verification(client: Reading) -> Response:
    """Reads the store in another way and compares it with the read model. As slow as reading everything."""
    return answer(client.verify())


@router.get("/export", response_class=Response, responses=may_fail() | {200: {"content": {kind: {} for kind, _ in FORMS.values()}}})
def export(asked: Annotated[ExportParameters, Query()], client: Reading) -> StreamingResponse:
    """The whole graph, as far as the audience may see it. Equal graphs give equal bytes."""
    data = tempfile.SpooledTemporaryFile(IN_MEMORY)
    nodes, relationships = client.export(asked.format, data, asked.audience)  # type: ignore[arg-type] # it is a BinaryIO
    kind, ending = FORMS[asked.format]
    headers = {NODES_HEADER: str(nodes), RELATIONSHIPS_HEADER: str(relationships)}
    headers["content-disposition"] = f'attachment; filename="lianyin.{ending}"'
    return StreamingResponse(_pieces(data), media_type=kind, headers=headers)


def _pieces(data: IO[bytes]) -> Iterator[bytes]:
    with data:
        data.seek(0)
        while piece := data.read(PIECE):
            yield piece
