"""From what a person types to the one node that is meant: an id, an identifier (``pic:999977172``) or a caption."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

from graph.errors import Ambiguous, InputError, NotFound, QueryProblem
from graph.messages import message
from graph.model import Node, Relationship
from graph.search import CALLED, Hit
from graph.store import Store
from lianyin.answers.reader import Reader
from lianyin.emptiness import check_not_empty

CANDIDATES = 20
"""Candidates that an ambiguous name lists: more would not be read."""

HOMES = ("EMPLOYED_BY", "SECONDED_FROM", "DIRECTOR_OF", "LEADS", "MEMBER_OF")
"""What tells a person apart before anything else: where they belong, the surest first."""

HINT_NEIGHBOURS = 2
"""Neighbours that tell two nodes of one name apart."""

_READ_FOR_HINT = 50


class Names(Protocol):
    """Exact look-up (``graph.search.ExactNames`` or ``SearchIndex``)."""

    def resolve(self, text: str, types: Sequence[str] = (), clearance: int = 0) -> list[Hit]: ...


def find_node(
    text: str, store: Store, names: Callable[[], Names], near: Callable[[str], list[Hit]], reader: Reader, parameter: str = "node"
) -> Node:
    """The node that ``text`` names. An id is looked up in the store; only what is not one needs the names of all nodes. ``parameter`` is
    where an error says that the name was given.

    What people call it by, although it is not its name (人大, 交大), is a choice. Raises ``Ambiguous`` with what tells the candidates
    apart, ``NotFound`` with the nearest names, ``EmptyGraph`` where there is none at all, ``InputError`` for nothing at all."""
    wanted = text.strip()
    if not wanted:
        raise InputError(message("A node is named by its id, an identifier or its caption; this is empty."), where={"parameter": parameter})
    exact = store.facts(nodes=(wanted,)).nodes
    if exact and reader.may_name(exact[0]):
        return exact[0]
    hits = names().resolve(wanted, (), reader.clearance)
    if not hits:
        check_not_empty(store, reader.ontology)
        nearby = near(wanted)
        if called := [hit for hit in nearby if hit.score == CALLED]:
            raise Ambiguous(
                message("No node is named '{wanted}'; {count} may be called so.", wanted=wanted, count=len(called)),
                _candidates(called, store, reader),
                hint=message("Give the id of the one you mean."),
            )
        nearest = [f"{hit.caption} ({hit.id})" for hit in nearby[:3]]
        hint = (
            message("Did you mean {nearest}?", nearest=tuple(nearest))
            if nearest
            else message("'lianyin search TEXT' finds by parts of a name, pinyin or code.")
        )
        raise NotFound(message("There is no node '{wanted}'.", wanted=wanted), hint=hint, where={"parameter": parameter})
    if len(hits) > 1:
        raise Ambiguous(
            message("{count} nodes are called '{wanted}'.", count=len(hits), wanted=wanted),
            _candidates(hits, store, reader),
            hint=message("Give the id of the one you mean."),
        )
    found = store.facts(nodes=(hits[0].id,)).nodes
    if not found:
        raise NotFound(
            message("The node '{id}' has just been removed.", id=hits[0].id), hint=message("Ask again."), where={"parameter": parameter}
        )
    return found[0]


def _candidates(hits: Sequence[Hit], store: Store, reader: Reader) -> list[dict[str, str]]:
    """The first of them, with what tells them apart."""
    hints = tell_apart(hits[:CANDIDATES], store, reader)
    return [{"id": hit.id, "type": hit.type, "caption": hit.caption, "hint": hint_of(hit, hints)} for hit in hits[:CANDIDATES]]


def hint_of(hit: Hit, hints: Mapping[str, str]) -> str:
    """What tells the hit apart."""
    return hit.hint or hints.get(hit.id, "")


def tell_apart(hits: Iterable[Hit], store: Store, reader: Reader) -> dict[str, str]:
    """For each hit that has no hint of its own, the captions of its first neighbours that have a name: the units of a person before all
    else, then others in the ontology's order from left to right."""
    hints: dict[str, str] = {}
    for hit in hits:
        if hit.hint:
            continue
        relationships = store.facts(touching=(hit.id,)).relationships
        homes: dict[str, int] = {}
        for rank, one in sorted(((_home(one, hit.id), one) for one in relationships), key=lambda ranked: ranked[0])[:_READ_FOR_HINT]:
            homes.setdefault(one.target if one.source == hit.id else one.source, rank)
        neighbours = [node for node in store.facts(nodes=list(homes)).nodes if node.id != hit.id and reader.may_name(node)]
        public = [node for node in neighbours if node.properties.get("named") is not False and node.type != hit.type]
        public.sort(key=lambda node: (homes[node.id], _column(node, reader), node.caption, node.id))
        hints[hit.id] = "、".join(list(dict.fromkeys(node.caption for node in public))[:HINT_NEIGHBOURS])
    return hints


def _home(relationship: Relationship, member: str) -> int:
    """How surely the relationship tells where this node belongs: 0 is the surest."""
    return HOMES.index(relationship.type) if relationship.source == member and relationship.type in HOMES else len(HOMES)


def _column(node: Node, reader: Reader) -> int:
    known = reader.ontology.node_types.get(node.type)
    return known.column if known else -1


def not_empty(text: str) -> str:
    """The text of a search. Raises ``QueryProblem`` where there is none."""
    if not text.strip():
        raise QueryProblem(
            message("There is nothing to search for."),
            hint=message("Give a name, a part of one, pinyin or a code."),
            where={"parameter": "text"},
        )
    return text
