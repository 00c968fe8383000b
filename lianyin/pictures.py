"""From a question to a picture: the facts to draw, the rows behind them, and what people who are not named are called."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from graph.errors import NotFound, Unfinished
from graph.messages import message, together
from graph.model import Node, Relationship
from graph.ontology.schema import Label
from graph.paths import find_paths
from graph.privacy import HIGHEST, existence_class, name_class
from lianyin.answers.words import counted, span_of
from visualize.audience import Audience, audience_of
from visualize.audience import Reader as Viewer
from visualize.choosing import choose
from visualize.drawing import Look, draw
from visualize.families import ACTORS, family_of
from visualize.view import NEAR, NEIGHBOURS, Drawn, Emphasis, Question, SourceRow
from visualize.views import around, from_paths

if TYPE_CHECKING:
    from graph.paths import PathAnswer, PathKind, PathQuery
    from lianyin.session import Session

DRAWN_PATHS = 20
"""Paths in one picture, unless asked otherwise: more cannot be told apart. The picture says how many there are."""

ROWS_SHOWN = 3
"""Source rows named on one relationship."""


def draw_paths(client: Session, ends: tuple[str, str], audience: str, look: Look, query_of: Callable[[str, str], PathQuery]) -> str:  # noqa: PLR0917
    """The paths between two nodes; ``query_of`` makes the question of their ids. Raises ``NotFound`` where there is none, with the
    reason."""
    chosen = audience_of(audience)
    first, last = client.node(ends[0], "from"), client.node(ends[1], "to")
    sees = Viewer(chosen, client.settings.clearance).sees
    for node, parameter in ((first, "from"), (last, "to")):
        _check_known(client, node, sees, parameter)
    query = query_of(first.id, last.id)
    # The picture withholds names by itself, so it is given every node under its own id; but no path may pass what is not there for whoever
    # sees it.
    context = replace(client.context(), clearance=HIGHEST, knows=sees, evidence=partial(client.evidence_for, sees))
    answer = find_paths(client.models.projection, query, context)
    if not answer.paths and not answer.finished:
        raise Unfinished(
            message("The search was ended by a limit ({limit}) before it had a path to draw.", limit=answer.limit),
            hint=message("Ask for fewer hops or under narrower conditions, or raise LIANYIN_MAX_MILLISECONDS."),
            where={"parameter": str(answer.limit)},
        )
    if not answer.paths:
        detail = message("There is no path from '{start}' to '{end}'.", start=first.caption, end=last.caption)
        raise NotFound(together(detail, answer.note) if answer.note else detail)
    paths = [[node.id for node in path.nodes] for path in answer.paths]
    facts = client.store.facts(
        nodes=list(dict.fromkeys(id for path in paths for id in path)),
        relationships=[fact.id for path in answer.paths for hop in path.hops for fact in (hop.fact, *hop.parallel)],
    )
    sources = {fact.id: _rows(fact.sources) for path in answer.paths for hop in path.hops for fact in (hop.fact, *hop.parallel)}
    drawn = Drawn(facts.nodes, facts.relationships, sources)
    emphasis = Emphasis(path=tuple(paths[0])) if len(paths) > 1 else Emphasis()
    question = Question(
        Label(f"{first.caption} 与 {last.caption} 怎样相连？", f"How is {first.caption} connected to {last.caption}?"),
        _counted(answer, query.kind),
        answer.as_of,
        answer.data_date,
        asked_day(answer.as_of, client.today),
        emphasis,
    )
    view = from_paths(drawn, paths, client.ontology, question, _viewer(client, chosen, facts.nodes), total=answer.total)
    return draw(view, client.settings.language, look)


def asked_day(as_of: str, today: datetime.date) -> str:
    """The day (ISO) by which a relationship has ended: the one asked, and today where all dates are asked."""
    return today.isoformat() if as_of in ("any", "now") else as_of


def _counted(answer: PathAnswer, kind: PathKind) -> Label:
    hops = span_of([len(path.hops) for path in answer.paths])
    if kind not in ("shortest", "all-shortest"):
        return counted(kind, hops, "?" if answer.total is None else f"{answer.total:,}", len(answer.paths))
    if answer.total is None:
        return Label(f"最短路径 {hops} 步，数目未数尽。", f"The shortest paths have {hops} hops; they were not counted to the end.")
    return Label(f"{answer.total:,} 条最短路径，每条 {hops} 步。", f"{answer.total:,} shortest paths of {hops} hops.")


def draw_around(client: Session, centre: str, audience: str, look: Look) -> str:
    """A node and what is next to it, with the relationships between all of these. Where it is tied to others by projects,
    agreements or needs only, whoever stands behind those is shown too: that is what was asked for."""
    chosen = audience_of(audience)
    node = client.node(centre)
    sees = Viewer(chosen, client.settings.clearance).sees
    _check_known(client, node, sees, "around")
    near = _next_to(client, [node], sees)
    beyond = _next_to(client, [each for each in near if not _hub(client, each)], sees, node.id) if _only_carriers(client, near) else []
    everything = list({each.id: each for each in (*near, *beyond)}.values())
    ties = _ties(client, [node, *everything], sees)
    kept = choose(everything, ties, client.settings.max_picture_nodes - 1)
    relationships = _relationships_among(client, [node.id, *(each.id for each in kept)])
    sources = {id: _rows(rows) for id, rows in client.evidence_for(sees, [each.id for each in relationships]).items()}
    drawn = Drawn((node, *kept), relationships, sources, ties)
    view = around(
        node.id,
        drawn,
        client.ontology,
        _around_question(client, node, len(near), len(everything)),
        _viewer(client, chosen, drawn.nodes),
        totals=Counter(each.type for each in everything),
        unit=NEAR if beyond else NEIGHBOURS,
    )
    return draw(view, client.settings.language, look)


def _around_question(client: Session, node: Node, near: int, everything: int) -> Question:
    answer = Label(f"{near:,} 个相邻节点", f"{near:,} neighbours")
    if everything > near:
        answer = Label(f"{answer.zh}，经由它们又连着 {everything - near:,} 个", f"{answer.en}, and {everything - near:,} more behind them")
    return Question(
        Label(f"{node.caption} 周围有什么？", f"What is around {node.caption}?"),
        Label(f"{answer.zh}。", f"{answer.en}."),
        "any",
        client.data_date or "",
        client.today.isoformat(),
    )


def _next_to(client: Session, nodes: Sequence[Node], sees: int, beside: str = "") -> list[Node]:
    """The nodes with a relationship to one of these, themselves and ``beside`` left out, as far as whoever sees the picture may know of
    them."""
    projection = client.models.projection
    starts, neighbors = projection.adjacency.starts, projection.adjacency.neighbors
    numbers = {projection.node_ids.find(each.id) for each in nodes} - {-1}
    found = {int(other) for number in numbers for other in neighbors[starts[number] : starts[number + 1]]}
    ids = sorted({projection.node_ids[number] for number in found - numbers} - {beside})
    return [each for each in client.store.facts(nodes=ids).nodes if existence_class(client.ontology, each) <= sees]


def _only_carriers(client: Session, neighbours: Sequence[Node]) -> bool:
    """Whether nobody who acts (an institution, an enterprise, a person) is among the neighbours, but something that ties them together."""
    families = {family_of(client.ontology.node_type(each.type)) for each in neighbours if not _hub(client, each)}
    return bool(families) and not families & ACTORS


def _hub(client: Session, node: Node) -> bool:
    number = client.models.projection.node_ids.find(node.id)
    return number < 0 or client.models.projection.kind(number).hub


def _ties(client: Session, nodes: Sequence[Node], sees: int) -> dict[str, int]:
    """How many relationships each node has to nodes that whoever sees the picture may know of."""
    projection = client.models.projection
    starts, neighbors, kinds = projection.adjacency.starts, projection.adjacency.neighbors, projection.adjacency.kinds
    known = np.array([kind.privacy <= sees for kind in projection.node_kinds], bool)
    numbers = {node.id: number for node in nodes if (number := projection.node_ids.find(node.id)) >= 0}
    return {id: int(known[kinds[neighbors[starts[at] : starts[at + 1]]]].sum()) for id, at in numbers.items()}


def _check_known(client: Session, node: Node, sees: int, parameter: str) -> None:
    """For whoever sees the picture a node of a class above theirs is not there."""
    if existence_class(client.ontology, node) > sees:
        raise NotFound(
            message("Whoever sees this picture may not know of '{name}'.", name=node.caption),
            hint=message("Choose another audience."),
            where={"parameter": parameter},
        )


def _relationships_among(client: Session, ids: Sequence[str]) -> Sequence[Relationship]:
    """The relationships between these nodes, found in the read model: a neighbour may have ten thousand others."""
    projection = client.models.projection
    starts, neighbors = projection.adjacency.starts, projection.adjacency.neighbors
    numbers = np.array([number for id in ids if (number := projection.node_ids.find(id)) >= 0], np.int32)
    edges: set[int] = set()
    for number in numbers:
        begin, end = int(starts[number]), int(starts[number + 1])
        edges.update(projection.edges[begin:end][np.isin(neighbors[begin:end], numbers)].tolist())
    return client.store.facts(relationships=[projection.relationship_ids[edge] for edge in sorted(edges)]).relationships


def _viewer(client: Session, audience: Audience, nodes: Iterable[Node]) -> Viewer:
    """Whom the picture is for, and the unit of each person that it may not name."""
    viewer = Viewer(audience, client.settings.clearance)
    unnamed = [node for node in nodes if name_class(client.ontology, node) > viewer.sees]
    return Viewer(audience, client.settings.clearance, hints=_units(client, unnamed))


def _units(client: Session, nodes: Sequence[Node]) -> Mapping[str, str]:
    """For each node the caption of a neighbour that anyone may name, the leftmost type of the ontology's order: a person's home
    institution rather than the project they work on."""
    if not nodes:
        return {}
    of: dict[str, list[str]] = {node.id: [] for node in nodes}
    for one in client.store.facts(touching=list(of)).relationships:
        for end, other in ((one.source, one.target), (one.target, one.source)):
            if end in of:
                of[end].append(other)
    others = client.store.facts(nodes=sorted({id for ids in of.values() for id in ids})).nodes
    known = {node.id: node for node in others if name_class(client.ontology, node) == 0 and node.properties.get("named") is not False}
    units = {}
    for id, ids in of.items():
        candidates = sorted((known[other] for other in ids if other in known), key=lambda each: (_column(client, each), each.caption))
        if candidates:
            units[id] = candidates[0].caption
    return units


def _column(client: Session, node: Node) -> int:
    known = client.ontology.node_types.get(node.type)
    return known.column if known else -1


def _rows(sources: Iterable[Mapping[str, object]]) -> tuple[SourceRow, ...]:
    rows = [SourceRow(str(each["file"]), int(str(each["row"])), str(each.get("sheet", ""))) for each in sources]
    return tuple(rows[:ROWS_SHOWN])
