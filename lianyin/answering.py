"""The questions of ``lianyin.questions`` on a graph that is open here: names become ids, the read model is asked, and the answer becomes
the document that every door hands out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from graph.errors import NotFound, QueryProblem
from graph.messages import message
from lianyin.answers.lacking import Lacks, lacks_of_types
from lianyin.answers.reader import Document
from lianyin.conditions import with_ids
from lianyin.emptiness import check_not_empty
from lianyin.known import Known, known_at

if TYPE_CHECKING:
    from graph.analytics import NewNode, NewRelationship
    from graph.paths import StreamedPairs
    from lianyin.client import Client

Options = dict[str, Any]

LISTED = 50
"""Neighbours on a page, unless asked otherwise: as many as one looks through."""


def answered(client: Client, question: str, options: Mapping[str, object]) -> Document:
    """The document, which says as of when it was known. Raises what the question's own function raises."""
    chosen = dict(options)
    recorded_as_of = str(chosen.pop("recorded_as_of", ""))
    known = known_at(client, recorded_as_of)
    if question in OF_ALL and not known.projection.node_count:
        check_not_empty(client.store, client.ontology)
    document = ANSWERS[question](known, with_ids(chosen, known.id_of))
    return {**document, **_lacking(question, known, chosen), "recorded_as_of": recorded_as_of or None}


TYPES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "connections": (("from_type", ""), ("to_type", "")),
    "coverage": (("rows_type", ""), ("columns_type", ""), ("counted_type", "")),
    "predict": (("from_type", ""), ("to_type", "")),
    "what-if": (("from_type", "University"), ("to_type", "Enterprise")),
}
"""The options by which a question names node types that the graph must have, and their defaults."""

OF_ALL = ("analyse", "paths")
"""Questions that may name neither node nor type."""

UNTOLD: Mapping[str, Document] = {
    "connections": {"total": None, "by_hops": None},
    "coverage": {"zero_cells": None},
    "predict": {"total": None},
    "what-if": {"totals": {}},
}
"""What is no number where a type is missing altogether."""


def _lacking(question: str, known: Known, options: Mapping[str, object]) -> Document:
    """``lacks``: the node types asked about of which the reader's graph has none."""
    asked = [str(options.get(name, default)) for name, default in TYPES.get(question, ())]
    if question == "what-if":
        new = {str(text).rpartition(" ")[2] for text in _texts(options.get("add_nodes"))}
        asked = [type for type in asked if known.projection.ontology.node_type(type).name not in new]
    lacks = _lacks_of(known, asked)
    return {**(UNTOLD[question] if lacks else {}), "lacks": lacks}


def _lacks_of(known: Known, types: Iterable[str]) -> Lacks:
    there = {kind.type for kind in known.projection.node_kinds if kind.privacy <= known.context.clearance}
    return lacks_of_types(there.__contains__, types, known.projection.ontology)


def lacking_of_pairs(client: Client, from_type: str, to_type: str, recorded_as_of: str = "") -> Lacks:
    """The types of the two ends of which the reader's graph has none."""
    return _lacks_of(known_at(client, recorded_as_of), (from_type, to_type))


def _texts(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, (list, tuple)) else ()


def _paths(known: Known, options: Options) -> Document:
    from graph.paths import PathQuery, find_paths
    from lianyin.answers.paths import paths_document

    query = PathQuery(**options)
    return paths_document(find_paths(known.projection, query, known.context), query)


def _connections(known: Known, options: Options) -> Document:
    from graph.paths import ConnectionsQuery, find_connections
    from lianyin.answers.paths import connections_document

    return connections_document(find_connections(known.projection, ConnectionsQuery(**options), known.context))


def streamed(client: Client, from_type: str, to_type: str, options: Mapping[str, object]) -> Iterator[StreamedPairs]:
    """Every pair of a table, part by part."""
    from graph.paths import ConnectionsQuery, stream_connections

    asked = dict(options)
    known = known_at(client, str(asked.pop("recorded_as_of", "")))
    check_not_empty(client.store, client.ontology)
    chosen: Options = with_ids(asked, known.id_of)
    return stream_connections(known.projection, ConnectionsQuery(from_type, to_type, **chosen), known.context)


def _common_neighbours(known: Known, options: Options) -> Document:
    from graph.paths import CommonQuery, common_neighbours

    return common_neighbours(known.projection, CommonQuery(**options), known.context).as_json()


def _connect(known: Known, options: Options) -> Document:
    from graph.paths import ConnectQuery, connect_nodes

    return connect_nodes(known.projection, ConnectQuery(**options), known.context).as_json()


def _neighbourhood(known: Known, options: Options) -> Document:
    from graph.paths import NeighbourhoodQuery, neighbourhood

    chosen = any(options.get(each) for each in ("list_types", "list_relationships", "hop", "after"))
    query = NeighbourhoodQuery(**{"limit": LISTED if chosen else 0, **options})
    return neighbourhood(known.projection, query, known.context).as_json()


def _analyse(known: Known, options: Options) -> Document:
    from graph.analytics import AnalysisQuery, analyse

    return analyse(known.projection, AnalysisQuery(**options), known.context).as_json()


def _coverage(known: Known, options: Options) -> Document:
    from graph.analytics import CoverageQuery, coverage

    return coverage(known.projection, CoverageQuery(**options), known.context).as_json()


def _predict(known: Known, options: Options) -> Document:
    from graph.analytics import LinkPredictionQuery, predict_links

    return predict_links(known.projection, LinkPredictionQuery(**options), known.context).as_json()


def _what_if(known: Known, options: Options) -> Document:
    from graph.analytics import WhatIfQuery, what_if

    nodes = [_new_node(known, text) for text in options.pop("add_nodes", ())]
    added = [_new_relationship(known, text, {node.name: node.id for node in nodes}) for text in options.pop("add", ())]
    query = WhatIfQuery(**options, add=tuple(nodes), add_relationships=tuple(added))
    return what_if(known.projection, query, known.context).as_json()


ANSWERS: Mapping[str, Callable[[Known, Options], Document]] = {
    "paths": _paths,
    "connections": _connections,
    "common-neighbours": _common_neighbours,
    "connect": _connect,
    "neighbourhood": _neighbourhood,
    "analyse": _analyse,
    "coverage": _coverage,
    "predict": _predict,
    "what-if": _what_if,
}


def _new_node(known: Known, text: str) -> NewNode:
    """``新大学 高校``: the name, then the type by name or label."""
    from graph.analytics import NewNode

    name, _, type = text.strip().rpartition(" ")
    if not name.strip():
        raise QueryProblem(
            message("'{text}' does not describe a new node.", text=text),
            hint=message("Write its name and its type: '新大学 University'."),
            where={"parameter": "add_node"},
        )
    return NewNode(f"new:{name.strip()}", known.projection.ontology.node_type(type).name, name.strip())


def _new_relationship(known: Known, text: str, new: Mapping[str, str]) -> NewRelationship:
    """``王虚构 SECONDED_FROM 扬州大学``: the type stands alone between two names, which may hold blanks themselves."""
    from graph.analytics import NewRelationship

    words = text.split()
    places = [at for at in range(1, len(words) - 1) if _is_relationship_type(known, words[at])]
    if len(places) != 1:
        raise QueryProblem(
            message("'{text}' has no relationship type between two nodes.", text=text)
            if not places
            else message("'{text}' has more than one relationship type between two nodes.", text=text),
            hint=message("Write a node, a relationship type and a node: '王虚构 SECONDED_FROM 扬州大学'; ids leave no doubt."),
            where={"parameter": "add"},
        )
    (at,) = places
    ends = [" ".join(part) for part in (words[:at], words[at + 1 :])]
    first, last = (new.get(end) or known.id_of(end, "add") for end in ends)
    return NewRelationship(known.projection.ontology.relationship_type(words[at]).name, first, last)


def _is_relationship_type(known: Known, word: str) -> bool:
    try:
        known.projection.ontology.relationship_type(word)
    except NotFound:
        return False
    return True
