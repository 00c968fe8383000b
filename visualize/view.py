"""A picture as plain data: what is shown, to whom, and what it is an answer to. How it is drawn is ``pyvis_page``'s matter.

Keys (``n0``, ``e0``) are the picture's own; ids of the store appear only for internal readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from graph.errors import NotFound
from graph.messages import message
from graph.model import Node, Relationship
from graph.ontology.schema import Label, Ontology
from graph.privacy import existence_class, visible_relationship_properties
from visualize.audience import Audience, Names, Reader, names_for

NO_LABEL = Label("", "")
_BOOKKEEPING = ("validFrom", "validTo", "via", "trust")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """The source row behind a relationship."""

    file: str
    row: int
    sheet: str = ""


@dataclass(frozen=True, slots=True)
class Emphasis:
    """What to look at: ``path`` (node ids) is drawn bold, ``ringed`` nodes get a ring, each with the reason; ``quoted`` relationships (ids)
    show the row behind them on the drawing itself."""

    path: tuple[str, ...] = ()
    ringed: Mapping[str, Label] = field(default_factory=lambda: MappingProxyType({}))
    quoted: frozenset[str] = frozenset()


NO_EMPHASIS = Emphasis()


@dataclass(frozen=True, slots=True)
class Question:
    """What the picture answers, in words. Dates are ISO; ``reference`` is the day that decides what has ended: the day asked, else today
    (empty: nothing is marked as ended). ``as_of`` is ``any``, ``now`` or a date."""

    asked: Label
    answer: Label = NO_LABEL
    as_of: str = "any"
    data_date: str = ""
    reference: str = ""
    emphasis: Emphasis = NO_EMPHASIS


@dataclass(frozen=True, slots=True)
class Counted:
    """Showing ``shown`` of ``total`` things, which ``unit`` names."""

    shown: int
    total: int
    unit: Label

    @property
    def complete(self) -> bool:
        return self.shown >= self.total


@dataclass(frozen=True, slots=True)
class ViewNode:
    """``column`` is its place from left to right (-1: none); ``reference`` the store's id, for internal readers."""

    key: str
    type: str
    type_label: Label
    color: str
    caption: Label
    hint: str = ""
    reference: str = ""
    column: int = -1
    bold: bool = False
    ring: Label = NO_LABEL


@dataclass(frozen=True, slots=True)
class ViewEdge:
    """``source`` and ``target`` are node keys; dates are ISO as far as known; ``detail`` holds further visible properties."""

    key: str
    type: str
    label: Label
    source: str
    target: str
    valid_from: str = ""
    valid_to: str = ""
    ended: bool = False
    detail: str = ""
    sources: tuple[SourceRow, ...] = ()
    bold: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """The whole picture. ``centre`` is the key of the node it is about, or ``""``."""

    question: Question
    nodes: tuple[ViewNode, ...]
    edges: tuple[ViewEdge, ...]
    counted: Counted
    audience: Audience
    centre: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The part of a graph that a picture shows, and the rows behind its relationships (by relationship id)."""

    nodes: Sequence[Node]
    relationships: Sequence[Relationship]
    sources: Mapping[str, Sequence[SourceRow]] = field(default_factory=lambda: MappingProxyType({}))


PATHS = Label("条路径", "paths")
NEIGHBOURS = Label("个相邻节点", "neighbours")


def has_ended(valid_to: str, reference: str) -> bool:
    """Whether an inclusive, possibly partial end lies before the reference day. Unknown ends and unknown days have not ended."""
    return bool(valid_to and reference) and reference[: len(valid_to)] > valid_to


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
    return _view(Drawn(order, drawn.relationships, drawn.sources), _Setting(ontology, question, reader), columns, counted)


def around(
    centre: str,
    drawn: Drawn,
    ontology: Ontology,
    question: Question,
    reader: Reader,
    *,
    total: int | None = None,
    cap: int = 60,
) -> View:
    """A picture of a node and what is near it: the first ``cap`` of the other nodes, in the order given. ``total`` is how many there
    are, if more than were given. Nodes that the reader may not know of are left out. Raises ``NotFound`` when the centre is not among
    the nodes."""
    known = [node for node in drawn.nodes if existence_class(ontology, node) <= reader.sees]
    others = [node for node in known if node.id != centre]
    middle = [node for node in known if node.id == centre]
    if not middle:
        raise NotFound(message("The node {centre} is not among the nodes to draw.", centre=centre), where={"parameter": "around"})
    kept = [*middle[:1], *others[: max(0, cap)]]
    ids = {node.id for node in kept}
    near = [each for each in drawn.relationships if each.source in ids and each.target in ids]
    counted = Counted(len(kept) - 1, len(others) if total is None else total, NEIGHBOURS)
    return _view(Drawn(kept, near, drawn.sources), _Setting(ontology, question, reader), {}, counted, centre)


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
    nodes = tuple(_node(node, keys[node.id], columns.get(node.id, -1), setting, names) for node in drawn.nodes)
    return View(asked, nodes, _edges(drawn, setting, names, keys), counted, reader.audience, keys.get(centre, ""))


def _node(node: Node, key: str, column: int, setting: _Setting, names: Names) -> ViewNode:
    node_type = setting.ontology.node_type(node.type)
    emphasis = setting.question.emphasis
    caption = names.captions[node.id]
    named = caption.zh == node.caption
    return ViewNode(
        key=key,
        type=node.type,
        type_label=node_type.label,
        color=node_type.color,
        caption=caption,
        hint=setting.reader.hints.get(node.id, "") if named else "",
        reference=node.id if setting.reader.audience is Audience.INTERNAL and named else "",
        column=column,
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
