"""The platform through a running server."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lianyin.answers.reader import Document, Reader
from lianyin.platform import Platform
from lianyin.remote_questions import Ask, RemoteQuestions

ADDRESSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "actions": ("GET", "/v1/acts"),
        "sheets": ("GET", "/v1/acts/sheets"),
        "notices": ("GET", "/v1/notices"),
        "send-notices": ("POST", "/v1/notices/sending?limit={limit}"),
        "act": ("POST", "/v1/acts/{action}"),
    }
)


class RemotePlatform(Platform):
    """On a graph that a server holds."""

    def __init__(self, reader: Reader, ask: Ask) -> None:
        self._reader = reader
        self._questions = RemoteQuestions(ADDRESSES, ask)

    @property
    def reader(self) -> Reader:
        return self._reader

    def ask(self, question: str, actor: str, parameters: Mapping[str, object]) -> Document:
        return self._questions.answer(question, parameters, actor)
