"""The whole graph as a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse

from api.deps import Reading, may_fail
from api.schemas.tables import ExportParameters
from lianyin.serving import NODES_HEADER, RELATIONSHIPS_HEADER

router = APIRouter(prefix="/v1", tags=["graph"])

IN_MEMORY = 16_000_000
"""Bytes of an export that are held in memory; a larger one waits in a temporary file, so that a failure is told before anything is sent."""

PIECE = 1 << 16
FORMS = {"jsonl": ("application/x-ndjson", "jsonl"), "graphml": ("application/xml", "graphml"), "csv": ("application/zip", "zip")}


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
