"""What planners ask, through a running server."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianyin.answers.reader import Document, Reader
from lianyin.planning import Planning
from lianyin.remote_questions import Ask, RemoteQuestions

ADDRESSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "questions": ("GET", "/v1/questions"),
        "insights": ("GET", "/v1/insights"),
        "lists": ("GET", "/v1/lists"),
        "question": ("GET", "/v1/questions/{name}"),
        "insight": ("GET", "/v1/insights/{name}"),
        "list": ("GET", "/v1/lists/{name}"),
        "match": ("GET", "/v1/match/{node}"),
        "targets": ("GET", "/v1/targets/{year}"),
        "reconcile": ("POST", "/v1/reconciliation"),
    }
)


class RemotePlanning(Planning):
    """Of a graph that a server holds."""

    def __init__(self, reader: Reader, ask: Ask) -> None:
        self._reader = reader
        self._questions = RemoteQuestions(ADDRESSES, ask)

    @property
    def reader(self) -> Reader:
        return self._reader

    def tell(self, question: str, parameters: Mapping[str, object], actor: str = "") -> Document:
        return self._questions.answer(question, parameters, actor)
