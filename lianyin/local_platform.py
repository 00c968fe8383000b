"""The platform on a graph that is open here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from lianyin.answers.reader import Document, Reader
from lianyin.platform import Platform

if TYPE_CHECKING:
    from cooperation.acting import Desk
    from cooperation.roles import Actor
    from graph.model import Node
    from lianyin.client import Client


class LocalPlatform(Platform):
    """On a graph that is open here."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def client(self) -> Client:
        """The open graph."""
        return self._client

    @property
    def reader(self) -> Reader:
        return self._client.reader

    def ask(self, question: str, actor: str, parameters: Mapping[str, object]) -> Document:
        from lianyin.acts import ACT_ANSWERS
        from lianyin.notices import NOTICE_ANSWERS

        return {**ACT_ANSWERS, **NOTICE_ANSWERS}[question](self, self.actor(actor), parameters)

    def actor(self, text: str) -> Actor:
        """The actor that a text names."""
        from cooperation.actors import read_actor

        return read_actor(text, self._client.node, self._client.store, self._client.ontology)

    @property
    def desk(self) -> Desk:
        """Where moves are made, today."""
        from cooperation.acting import Desk

        client = self._client
        return Desk(client.store, client.ontology, client.ledger, client.today)

    def find(self, text: str, parameter: str) -> Node:
        """The node that a text names."""
        return self._client.node(text, parameter)
