"""The questions of ``lianyin.questions`` on a graph that is open here: names become ids, the read model is asked, and the answer becomes
the document that every door hands out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from graph.errors import NotFound, QueryProblem
from lianyin.answers.reader import Document
from lianyin.conditions import with_ids

if TYPE_CHECKING:
    from graph.analytics import NewNode, NewRelationship
    from lianyin.client import Client

Options = dict[str, Any]

LISTED = 50
"""Neighbours on a page, unless asked otherwise: as many as one looks through."""


def answered(client: Client, question: str, options: Mapping[str, object]) -> Document:
    """The document. Raises what the question's own function raises."""
    return ANSWERS[question](client, with_ids(dict(options), client.id_of))


def _paths(client: Client, options: Options) -> Document:
    from graph.paths import PathQuery, find_paths
    from lianyin.answers.paths import paths_document

    query = PathQuery(**options)
    return paths_document(find_paths(client.models.projection, query, client.context()), query)


def _connections(client: Client, options: Options) -> Document:
    from graph.paths import ConnectionsQuery, find_connections
    from lianyin.answers.paths import connections_document

    return connections_document(find_connections(client.models.projection, ConnectionsQuery(**options), client.context()))


def _common_neighbours(client: Client, options: Options) -> Document:
    from graph.paths import CommonQuery, common_neighbours

    return common_neighbours(client.models.projection, CommonQuery(**options), client.context()).as_json()


def _neighbourhood(client: Client, options: Options) -> Document:
    from graph.paths import NeighbourhoodQuery, neighbourhood

    chosen = any(options.get(each) for each in ("list_types", "list_relationships", "hop", "after"))
    query = NeighbourhoodQuery(**{"limit": LISTED if chosen else 0, **options})
    return neighbourhood(client.models.projection, query, client.context()).as_json()


def _analyse(client: Client, options: Options) -> Document:
    from graph.analytics import AnalysisQuery, analyse

    return analyse(client.models.projection, AnalysisQuery(**options), client.context()).as_json()


def _coverage(client: Client, options: Options) -> Document:
    from graph.analytics import CoverageQuery
    from graph.analytics.coverage import run

    return run(client.models.projection, CoverageQuery(**options), client.context()).as_json()


def _predict(client: Client, options: Options) -> Document:
    from graph.analytics import LinkPredictionQuery, predict_links

    return predict_links(client.models.projection, LinkPredictionQuery(**options), client.context()).as_json()


def _what_if(client: Client, options: Options) -> Document:
    from graph.analytics import WhatIfQuery
    from graph.analytics.what_if import run

    nodes = [_new_node(client, text) for text in options.pop("add_nodes", ())]
    added = [_new_relationship(client, text, {node.name: node.id for node in nodes}) for text in options.pop("add", ())]
    query = WhatIfQuery(**options, add=tuple(nodes), add_relationships=tuple(added))
    return run(client.models.projection, query, client.context()).as_json()


ANSWERS: Mapping[str, Callable[[Client, Options], Document]] = {
    "paths": _paths,
    "connections": _connections,
    "common-neighbours": _common_neighbours,
    "neighbourhood": _neighbourhood,
    "analyse": _analyse,
    "coverage": _coverage,
    "predict": _predict,
    "what-if": _what_if,
}


def _new_node(client: Client, text: str) -> NewNode:
    """``新大学 高校``: the name, then the type by name or label."""
    from graph.analytics import NewNode

    name, _, type = text.strip().rpartition(" ")
    if not name.strip():
        raise QueryProblem(
            f"'{text}' is no new node.", hint="Write its name and its type: '新大学 University'.", where={"parameter": "add_node"}
        )
    return NewNode(f"new:{name.strip()}", client.ontology.node_type(type).name, name.strip())


def _new_relationship(client: Client, text: str, new: Mapping[str, str]) -> NewRelationship:
    """``王虚构 SECONDED_FROM 扬州大学``: the type stands alone between two names, which may hold blanks themselves."""
    from graph.analytics import NewRelationship

    words = text.split()
    places = [at for at in range(1, len(words) - 1) if _is_relationship_type(client, words[at])]
    if len(places) != 1:
        raise QueryProblem(
            f"'{text}' is no new relationship: {'no' if not places else 'more than one'} relationship type stands between two nodes.",
            hint="Write a node, a relationship type and a node: '王虚构 SECONDED_FROM 扬州大学'; ids leave no doubt.",
            where={"parameter": "add"},
        )
    (at,) = places
    ends = [" ".join(part) for part in (words[:at], words[at + 1 :])]
    first, last = (new.get(end) or client.id_of(end, "add") for end in ends)
    return NewRelationship(client.ontology.relationship_type(words[at]).name, first, last)


def _is_relationship_type(client: Client, word: str) -> bool:
    try:
        client.ontology.relationship_type(word)
    except NotFound:
        return False
    return True
