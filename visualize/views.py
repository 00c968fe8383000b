"""From a part of a graph to a picture's view: of paths, or of what is around a node."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.errors import NotFound
from graph.messages import message
from graph.model import Node, Relationship
from graph.ontology.schema import Label, Ontology
from graph.privacy import existence_class, visible_relationship_properties
from visualize.audience import Audience, Names, Reader, names_for
from visualize.families import family_of
from visualize.view import (
    NEIGHBOURS,
    NO_EMPHASIS,
    NO_LABEL,
    PATHS,
    Counted,
    Drawn,
    Emphasis,
    Question,
    SourceRow,
    TypeCount,
    View,
    ViewEdge,
    ViewNode,
    has_ended,
)

_BOOKKEEPING = ("validFrom", "validTo", "via", "trust")


def from_paths(
    drawn: Drawn,
    paths: Sequence[Sequence[str]],
    ontology: Ontology,
    question: Question,
    reader: Reader,
    *,
    total: int | None = None,
) -> View:
    """A picture of paths (node ids, from A to B), column by column. ``total`` is how many paths there are, if more than these.
    Raises ``NotFound`` when a path names a node that was not given."""
    known = {node.id for node in drawn.nodes}
    for path in paths:
        for identifier in path:
            if identifier not in known:
                raise NotFound(
                    message("The path names a node that was not given: {identifier}.", identifier=identifier), where={"parameter": "paths"}
                )
    columns = _columns(paths)
    order = sorted(drawn.nodes, key=lambda node: (columns.get(node.id, len(columns)), node.id))
    counted = Counted(len(paths), len(paths) if total is None else total, PATHS)
    return _view(replace(drawn, nodes=order), _Setting(ontology, question, reader), columns, counted)


def around(
    centre: str,
    drawn: Drawn,
    ontology: Ontology,
    question: Question,
    reader: Reader,
    *,
    totals: Mapping[str, int] | None = None,
    unit: Label = NEIGHBOURS,
) -> View:
    """A picture of a node and what is near it. ``totals`` is how many of each type there are, if more than were given (the centre is not
    counted). Nodes that the reader may not know of are left out. Raises ``NotFound`` when the centre is not among the nodes."""
    known = [node for node in drawn.nodes if existence_class(ontology, node) <= reader.sees]
    middle = [node for node in known if node.id == centre]
    if not middle:
        raise NotFound(message("The node {centre} is not among the nodes to draw.", centre=centre), where={"parameter": "around"})
    kept = [*middle[:1], *(node for node in known if node.id != centre)]
    ids = {node.id for node in kept}
    near = [each for each in drawn.relationships if each.source in ids and each.target in ids]
    total = len(kept) - 1 if totals is None else sum(totals.values())
    view = _view(
        replace(drawn, nodes=kept, relationships=near),
        _Setting(ontology, question, reader),
        {},
        Counted(len(kept) - 1, total, unit),
        centre,
    )
    return replace(view, types=_with_totals(view.types, totals or {}, middle[0].type, ontology))


def _with_totals(types: Sequence[TypeCount], totals: Mapping[str, int], own: str, ontology: Ontology) -> tuple[TypeCount, ...]:
    """The same counts beside how many there are; ``own`` is the type of the centre, which stands among its own kind."""
    known = {each.type: each for each in types}
    for name, total in totals.items():
        shown = known.get(name) or _type_count(name, 0, ontology)
        known[name] = replace(shown, total=max(shown.shown, total + (name == own)))
    return tuple(known.values())


def _columns(paths: Sequence[Sequence[str]]) -> dict[str, int]:
    """Where each node stands from left to right: its first place on any path; the ends of paths stand together at the right."""
    columns: dict[str, int] = {}
    for path in paths:
        for at, identifier in enumerate(path):
            columns[identifier] = min(at, columns.get(identifier, at))
    last = max((len(path) - 1 for path in paths), default=0)
    inner = {identifier for path in paths for identifier in path[:-1]}
    for path in paths:
        if path and path[-1] not in inner:
            columns[path[-1]] = last
    return columns


@dataclass(frozen=True, slots=True)
class _Setting:
    ontology: Ontology
    question: Question
    reader: Reader


def _view(drawn: Drawn, setting: _Setting, columns: Mapping[str, int], counted: Counted, centre: str = "") -> View:
    question, reader = setting.question, setting.reader
    names = names_for(drawn.nodes, setting.ontology, reader)
    keys = {node.id: f"n{number}" for number, node in enumerate(drawn.nodes)}
    asked = replace(question, asked=names.mask_label(question.asked), answer=names.mask_label(question.answer), emphasis=NO_EMPHASIS)
    ranks = _ranks(drawn, question.emphasis, centre)
    nodes = tuple(
        replace(_node(node, keys[node.id], setting, names), column=columns.get(node.id, -1), rank=ranks[node.id]) for node in drawn.nodes
    )
    counts = Counter(node.type for node in nodes)
    types = tuple(_type_count(name, count, setting.ontology) for name, count in counts.items())
    return View(asked, nodes, _edges(drawn, setting, names, keys), counted, reader.audience, keys.get(centre, ""), types)


def _type_count(name: str, count: int, ontology: Ontology) -> TypeCount:
    node_type = ontology.node_type(name)
    return TypeCount(name, node_type.label, family_of(node_type), count, count)


def _ranks(drawn: Drawn, emphasis: Emphasis, centre: str) -> dict[str, int]:
    """Who is labelled first: the centre, what is to be looked at, then whoever holds most ties."""
    inside: Counter[str] = Counter()
    for each in drawn.relationships:
        inside.update((each.source, each.target))

    def place(node: Node) -> tuple[bool, bool, bool, int, str]:
        ties = max(drawn.ties.get(node.id, 0), inside[node.id])
        return node.id != centre, node.id not in emphasis.ringed, node.id not in emphasis.path, -ties, node.id

    return {node.id: at for at, node in enumerate(sorted(drawn.nodes, key=place))}


def _node(node: Node, key: str, setting: _Setting, names: Names) -> ViewNode:
    node_type = setting.ontology.node_type(node.type)
    emphasis = setting.question.emphasis
    caption = names.captions[node.id]
    named = caption.zh == node.caption
    return ViewNode(
        key=key,
        type=node.type,
        type_label=node_type.label,
        family=family_of(node_type),
        caption=caption,
        hint=setting.reader.hints.get(node.id, "") if named else "",
        reference=node.id if setting.reader.audience is Audience.INTERNAL and named else "",
        link=node_type.link,
        bold=node.id in emphasis.path,
        ring=names.mask_label(emphasis.ringed[node.id]) if node.id in emphasis.ringed else NO_LABEL,
    )


def _edges(drawn: Drawn, setting: _Setting, names: Names, keys: Mapping[str, str]) -> tuple[ViewEdge, ...]:
    path = setting.question.emphasis.path
    bold = {frozenset(pair) for pair in zip(path, path[1:], strict=False)}
    inside = [each for each in drawn.relationships if each.source in keys and each.target in keys]
    edges: list[ViewEdge] = []

    def place(each: Relationship) -> tuple[bool, int, int, str, str]:
        """The bold path first, then from left to right."""
        first, second = sorted((int(keys[each.source][1:]), int(keys[each.target][1:])))
        return frozenset((each.source, each.target)) not in bold, first, second, each.type, each.id

    for relationship in sorted(inside, key=place):
        properties = visible_relationship_properties(setting.ontology, relationship, setting.reader.sees)
        listed = setting.ontology.relationship_types.get(relationship.type)
        valid_to = str(properties.get("validTo", ""))
        edges.append(
            ViewEdge(
                key=f"e{len(edges)}",
                type=relationship.type,
                label=listed.label if listed else Label(relationship.type, relationship.type),
                source=keys[relationship.source],
                target=keys[relationship.target],
                valid_from=str(properties.get("validFrom", "")),
                valid_to=valid_to,
                ended=has_ended(valid_to, setting.question.reference),
                detail=names.mask(_detail(properties), "zh"),
                sources=_masked(drawn.sources.get(relationship.id, ()), names),
                bold=frozenset((relationship.source, relationship.target)) in bold,
                quoted=relationship.id in setting.question.emphasis.quoted,
            )
        )
    return tuple(edges)


def _detail(properties: Mapping[str, object]) -> str:
    further = (value for name, value in sorted(properties.items()) if name not in _BOOKKEEPING)
    return "；".join("、".join(map(str, value)) if isinstance(value, tuple) else str(value) for value in further)


def _masked(rows: Iterable[SourceRow], names: Names) -> tuple[SourceRow, ...]:
    return tuple(SourceRow(names.mask(row.file, "zh"), row.row, names.mask(row.sheet, "zh")) for row in rows)
