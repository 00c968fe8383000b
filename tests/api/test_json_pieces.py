"""A document written in pieces is the document."""

from __future__ import annotations

import asyncio
import json

import pytest
from fastapi.responses import StreamingResponse

from api.deps import PIECE, WHOLE, json_answer, json_pieces


@pytest.mark.parametrize("length", [0, 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7])
def test_pieces_make_the_document(length: int) -> None:
    document = {"rows": [{"名": number} for number in range(length)], "total": length, "by": {1: 2}, "none": None}
    expected = json.loads(json.dumps(document))
    assert json.loads(b"".join(json_pieces(document))) == expected


def test_an_empty_document() -> None:
    assert b"".join(json_pieces({})) == b"{}"


def test_a_long_one_is_sent_in_pieces_with_its_length() -> None:
    document = {"rows": ["x" * 1000] * (WHOLE // 500)}
    found = json_answer(document)
    assert isinstance(found, StreamingResponse)

    async def read() -> bytes:
        return b"".join([bytes(piece) async for piece in found.body_iterator])  # type: ignore[arg-type]

    body = asyncio.run(read())
    assert json.loads(body) == document and int(found.headers["content-length"]) == len(body)
