"""Paths, tables of connections and neighbourhoods, as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, cast

from typing_extensions import TypedDict

from lianyin.answers.common import AnyNode, Dated, Label, NodeBrief, SourceRow, WithheldNode, brief

if TYPE_CHECKING:
    from graph import paths as graph_paths
    from graph.captions import Named

PathKind = Literal["shortest", "all-shortest", "k-shortest", "simple", "disjoint"]

ORDERS: Mapping[str, Label] = {
    "shortest": Label("只列一条：同长的路径中节点编号最先的", "one only: of those equally short, the first by the ids of its nodes"),
    "all-shortest": Label("同长，按节点编号排列", "all equally short, by the ids of their nodes"),
    "k-shortest": Label(
        "代价小的在前，其次步数少的，再按节点编号", "the least cost first, then the fewest hops, then by the ids of their nodes"
    ),
    "simple": Label("步数少的在前，再按节点编号", "the fewest hops first, then by the ids of their nodes"),
    "disjoint": Label("步数少的在前，再按节点编号", "the fewest hops first, then by the ids of their nodes"),
}
"""In which order the paths of each kind stand."""

PAIRS_ORDER = Label("步数少的在前，再按两端编号", "the fewest hops first, then by the ids of the ends")


@dataclass(frozen=True)
class Fact:
    """A relationship on a path, in its own direction, with the rows that say so. ``unknown`` names dates that should be known."""

    type: str
    source: str
    target: str
    valid_from: str | None
    valid_to: str | None
    ended: bool
    unknown: list[str]
    sources: list[SourceRow]


@dataclass(frozen=True)
class WordedFact(Fact):
    """One of a type that keeps the source's own ``word`` for it (``consultant of``)."""

    word: str


@dataclass(frozen=True)
class Hop(Fact):
    """One step; ``parallel`` are further relationships between the same two nodes."""

    parallel: list[Fact | WordedFact]


@dataclass(frozen=True)
class WordedHop(WordedFact):
    """One step by a relationship that keeps its source's own word."""

    parallel: list[Fact | WordedFact]


AnyHop = Hop | WordedHop


@dataclass(frozen=True)
class Path:
    """A chain of nodes, a relationship between each two, and the same in words."""

    hops: int
    nodes: list[AnyNode]
    relationships: list[AnyHop]
    text: Label


@dataclass(frozen=True)
class FoundPath(Path):
    """``cost`` is what the path costs where weights rank it (1 for a plain hop), else null."""

    cost: float | None


@dataclass(frozen=True)
class PathsAnswer(Dated):
    """``total`` counts all paths of that ``kind``, whatever is listed (null: a limit kept them from being counted). ``order`` says in which
    order they stand, ``note`` why there is none."""

    kind: PathKind
    paths: list[FoundPath]
    total: int | None
    note: Label | None
    order: Label


Connection = TypedDict(
    "Connection",
    {
        "from": AnyNode,
        "to": AnyNode,
        "hops": int,
        "paths": int,
        "via": list[AnyNode],
        "others": int,
        "relationships": list[AnyHop],
        "text": Label,
    },
)
Connection.__doc__ = "A pair with its first shortest path; ``others`` more are as short."


@dataclass(frozen=True)
class ConnectionsAnswer(Dated):
    """``total`` and ``by_hops`` are null where the search was stopped; there are ``at_least`` so many pairs."""

    total: int | None
    at_least: int
    by_hops: dict[str, int] | None
    rows: list[Connection]
    order: Label


@dataclass(frozen=True)
class CommonNeighbour:
    """A node with what joins it to each of those asked about, in their order."""

    node: AnyNode
    relationships: list[AnyHop]
    text: Label


@dataclass(frozen=True)
class CommonAnswer(Dated):
    """``rows`` by id; ``total`` and ``by_type`` count all of them, and are null where the search was stopped: there are ``at_least`` so
    many."""

    nodes: list[AnyNode]
    total: int | None
    at_least: int
    by_type: dict[str, int] | None
    rows: list[CommonNeighbour]


@dataclass(frozen=True)
class TreeNode(NodeBrief):
    """``asked`` about, or added between them."""

    asked: bool


@dataclass(frozen=True)
class WithheldTreeNode(WithheldNode):
    """One that the reader may not name."""

    asked: bool


@dataclass(frozen=True)
class ConnectAnswer(Dated):
    """A tree. ``exact``: there is no smaller one; else it has at most ``guarantee`` times the fewest hops. ``groups`` are the nodes asked
    about as they hang together; where there are several, nothing is drawn and ``note`` says why."""

    nodes: list[TreeNode | WithheldTreeNode]
    hops: int | None
    relationships: list[AnyHop]
    exact: bool
    guarantee: float
    groups: list[list[AnyNode]]
    text: Label
    note: Label | None


@dataclass(frozen=True)
class TypeCount:
    """``nodes`` of ``type`` at ``hop``, of which ``hubs`` are not walked through."""

    hop: int
    type: str
    nodes: int
    hubs: int


@dataclass(frozen=True)
class RelationshipCount:
    """``nodes`` of ``type`` at ``hop`` that a ``relationship`` joins to the hop before; one joined in several ways counts in each."""

    hop: int
    type: str
    relationship: str
    direction: Literal["forward", "backward"]
    nodes: int


@dataclass(frozen=True)
class Neighbour:
    """A node ``hop`` hops away, by one shortest path."""

    node: AnyNode
    hop: int
    hub: bool
    path: Path


@dataclass(frozen=True)
class Page:
    """Where the next page begins."""

    after: str
    skip: int


@dataclass(frozen=True)
class NeighbourhoodAnswer(Dated):
    """``total`` nodes, told by ``types`` and by ``counts``; ``matching`` of them are of those that were to be listed, by hop and then id.
    Both are null where the search was stopped; there are ``at_least`` so many nodes, and ``types`` and ``counts`` tell of these."""

    node: AnyNode
    total: int | None
    at_least: int
    types: list[TypeCount]
    counts: list[RelationshipCount]
    matching: int | None
    rows: list[Neighbour]
    next: Page | None


FactParts = tuple[str, str, str, str | None, str | None, bool, list[str], list[SourceRow]]
"""The fields of ``Fact``."""

Tail = dict[str, Any]
"""The fields of ``Dated``, as a question's ``tail`` gives them."""


def paths_answer(answer: graph_paths.PathAnswer, kind: PathKind, tail: Tail) -> PathsAnswer:
    """The paths, with their kind and the order in which they stand."""
    costs: Sequence[float | None] = [round(cost, 6) for cost in answer.costs] or [None] * len(answer.paths)
    listed = [FoundPath(*_parts(path), cost) for path, cost in zip(answer.paths, costs, strict=True)]
    return PathsAnswer(kind, listed, answer.total, answer.note, ORDERS[kind], **tail)


def connections_answer(answer: graph_paths.ConnectionsAnswer, tail: Tail) -> ConnectionsAnswer:
    """The table, with the order of its rows. Without a type that it needs there is no number."""
    by_hops = None if answer.by_hops is None else {str(hops): pairs for hops, pairs in answer.by_hops.items()}
    total, counted = (None, None) if tail["lacks"] else (answer.total, by_hops)
    return ConnectionsAnswer(total, answer.at_least, counted, [_connection(row) for row in answer.rows], PAIRS_ORDER, **tail)


def common_answer(answer: graph_paths.CommonAnswer, tail: Tail) -> CommonAnswer:
    """The common neighbours."""
    rows = [CommonNeighbour(brief(row.node), [_hop(hop) for hop in row.hops], row.text) for row in answer.rows]
    by_type = None if answer.by_type is None else dict(answer.by_type)
    return CommonAnswer([brief(node) for node in answer.nodes], answer.total, answer.at_least, by_type, rows, **tail)


def connect_answer(answer: graph_paths.ConnectAnswer, tail: Tail) -> ConnectAnswer:
    """The tree."""
    return ConnectAnswer(
        nodes=[*(_tree_node(node, asked=True) for node in answer.nodes), *(_tree_node(node, asked=False) for node in answer.between)],
        hops=len(answer.links) if answer.links or answer.finished else None,
        relationships=[_hop(path.hops[0]) for path in answer.links],
        exact=answer.exact,
        guarantee=answer.guarantee,
        groups=[[brief(node) for node in group] for group in answer.groups],
        text=answer.text,
        note=answer.note,
        **tail,
    )


def neighbourhood_answer(answer: graph_paths.NeighbourhoodAnswer, tail: Tail) -> NeighbourhoodAnswer:
    """What is around a node."""
    return NeighbourhoodAnswer(
        node=brief(answer.node),
        total=answer.total,
        at_least=answer.at_least,
        types=[TypeCount(row.hop, row.type, row.nodes, row.hubs) for row in answer.types],
        counts=[RelationshipCount(row.hop, row.type, row.relationship, row.direction, row.nodes) for row in answer.counts],
        matching=answer.matching,
        rows=[Neighbour(brief(row.node), row.hop, row.hub, Path(*_parts(row.path))) for row in answer.rows],
        next=Page(*answer.next) if answer.next else None,
        **tail,
    )


def _parts(path: graph_paths.Path) -> tuple[int, list[AnyNode], list[AnyHop], Label]:
    return len(path.hops), [brief(node) for node in path.nodes], [_hop(hop) for hop in path.hops], path.text


def _hop(hop: graph_paths.Hop) -> AnyHop:
    parallel: list[Fact | WordedFact] = [WordedFact(*_fact(fact), fact.word) if fact.word else Fact(*_fact(fact)) for fact in hop.parallel]
    fact = hop.fact
    return WordedHop(*_fact(fact), fact.word, parallel) if fact.word else Hop(*_fact(fact), parallel)


def _fact(fact: graph_paths.Fact) -> FactParts:
    dates = fact.valid_from or None, fact.valid_to or None
    return fact.type, fact.source, fact.target, *dates, fact.ended, list(fact.unknown), cast("list[SourceRow]", list(fact.sources))


def _connection(row: graph_paths.Connection) -> Connection:
    hops, nodes, relationships, text = _parts(row.path)
    return {
        "from": nodes[0],
        "to": nodes[-1],
        "hops": hops,
        "paths": row.ways,
        "via": nodes[1:-1],
        "others": row.ways - 1,
        "relationships": relationships,
        "text": text,
    }


def _tree_node(named: Named, *, asked: bool) -> TreeNode | WithheldTreeNode:
    if named.withheld:
        return WithheldTreeNode(named.id, named.type, named.caption.zh, named.caption.en, asked)
    return TreeNode(named.id, named.type, named.caption.zh, asked)
