"""Which nodes may be one, through a running server."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianyin.answers.reader import Document, Reader
from lianyin.identity import Identity
from lianyin.remote_questions import Ask, RemoteQuestions

ADDRESSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "candidates": ("GET", "/v1/review/candidates"),
        "judgements": ("GET", "/v1/review/judgements"),
        "contradictions": ("GET", "/v1/review/contradictions"),
        "judge": ("POST", "/v1/review/judgements"),
        "withdraw": ("DELETE", "/v1/review/judgements"),
        "quality": ("POST", "/v1/review/quality"),
    }
)


class RemoteIdentity(Identity):
    """Of a graph that a server holds."""

    def __init__(self, reader: Reader, ask: Ask) -> None:
        self._reader = reader
        self._questions = RemoteQuestions(ADDRESSES, ask)

    @property
    def reader(self) -> Reader:
        return self._reader

    def tell(self, question: str, parameters: Mapping[str, object], actor: str = "") -> Document:
        return self._questions.answer(question, parameters, actor)
