"""From a question to a picture: the facts to draw, the rows behind them, and what people who are not named are called."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from graph.errors import NotFound, QueryProblem, Unfinished
from graph.messages import message, together
from graph.model import Node, Relationship
from graph.ontology.schema import Label
from graph.paths import find_paths
from graph.privacy import HIGHEST, existence_class, name_class
from lianyin.answers.words import counted
from lianyin.conditions import path_query
from lianyin.options import PathOptions
from visualize.audience import Audience, audience_of
from visualize.audience import Reader as Viewer
from visualize.pyvis_page import render
from visualize.view import Drawn, Emphasis, Question, SourceRow, around, from_paths

if TYPE_CHECKING:
    from graph.paths import PathAnswer, PathKind
    from lianyin.session import Session

DRAWN_PATHS = 20
"""Paths in one picture, unless asked otherwise: more cannot be told apart. The picture says how many there are."""

ROWS_SHOWN = 3
"""Source rows named on one relationship."""


def draw_paths(client: Session, a: str, b: str, audience: str, options: PathOptions) -> str:
    """The page of the paths between two nodes. Raises ``NotFound`` where there is none, with the reason."""
    chosen = audience_of(audience)
    first, last = client.node(a, "from"), client.node(b, "to")
    sees = Viewer(chosen, client.settings.clearance).sees
    for node, parameter in ((first, "from"), (last, "to")):
        _check_known(client, node, sees, parameter)
    drawn_paths: PathOptions = {"kind": "all-shortest", "limit": DRAWN_PATHS, **options}
    if drawn_paths.pop("recorded_as_of", ""):
        raise QueryProblem(
            message("A picture shows what is known now."),
            hint=message("Ask for the paths in words instead."),
            where={"parameter": "recorded_as_of"},
        )
    query = path_query(first.id, last.id, drawn_paths, client.id_of)
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
    return render(view, client.settings.language)


def asked_day(as_of: str, today: datetime.date) -> str:
    """The day (ISO) by which a relationship has ended: the one asked, and today where all dates are asked."""
    return today.isoformat() if as_of in ("any", "now") else as_of


def _counted(answer: PathAnswer, kind: PathKind) -> Label:
    lengths = sorted({len(path.hops) for path in answer.paths})
    hops = str(lengths[0]) if len(lengths) == 1 else f"{lengths[0]}–{lengths[-1]}"
    if kind not in ("shortest", "all-shortest"):
        return counted(kind, hops, "?" if answer.total is None else f"{answer.total:,}", len(answer.paths))
    if answer.total is None:
        return Label(f"最短路径 {hops} 步，数目未数尽。", f"The shortest paths have {hops} hops; they were not counted to the end.")
    return Label(f"{answer.total:,} 条最短路径，每条 {hops} 步。", f"{answer.total:,} shortest paths of {hops} hops.")


def draw_around(client: Session, centre: str, audience: str) -> str:
    """The page of a node and what is next to it, with the relationships between all of these."""
    chosen = audience_of(audience)
    node = client.node(centre)
    sees = Viewer(chosen, client.settings.clearance).sees
    _check_known(client, node, sees, "around")
    near = client.store.facts(touching=(node.id,)).relationships
    ids = list(dict.fromkeys(one.target if one.source == node.id else one.source for one in near if one.source != one.target))
    known = [each for each in client.store.facts(nodes=ids).nodes if existence_class(client.ontology, each) <= sees]
    neighbours = sorted(known, key=lambda each: (_column(client, each), each.caption, each.id))
    kept = neighbours[: client.settings.max_picture_nodes - 1]
    shown = {each.id for each in (node, *kept)}
    among = _relationships_among(client, [each.id for each in kept])
    relationships = {one.id: one for one in (*near, *among) if one.source in shown and one.target in shown}
    sources = {id: _rows(rows) for id, rows in client.evidence_for(sees, list(relationships)).items()}
    question = Question(
        Label(f"{node.caption} 周围有什么？", f"What is around {node.caption}?"),
        Label(f"{len(neighbours):,} 个相邻节点。", f"{len(neighbours):,} neighbours."),
        "any",
        client.data_date or "",
        client.today.isoformat(),
    )
    drawn = Drawn((node, *kept), list(relationships.values()), sources)
    view = around(
        node.id,
        drawn,
        client.ontology,
        question,
        _viewer(client, chosen, drawn.nodes),
        total=len(neighbours),
        cap=client.settings.max_picture_nodes,
    )
    return render(view, client.settings.language)


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
    numbers = [projection.number(id) for id in ids if projection.node_ids.find(id) >= 0]
    edges = {
        int(projection.edges[entry])
        for at, left in enumerate(numbers)
        for right in numbers[at + 1 :]
        for entry in projection.entries_between(left, right)
    }
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
