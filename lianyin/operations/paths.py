"""How nodes are connected: paths, tables of connections, common neighbours, connecting trees, neighbourhoods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from lianyin.answers.common import Lack
from lianyin.answers.path_tables import common_table, connect_table, connections_table, neighbourhood_table, paths_table
from lianyin.answers.paths import (
    CommonAnswer,
    ConnectAnswer,
    ConnectionsAnswer,
    NeighbourhoodAnswer,
    PathKind,
    PathsAnswer,
    common_answer,
    connect_answer,
    connections_answer,
    neighbourhood_answer,
    paths_answer,
)
from lianyin.known import known_at, known_filled
from lianyin.operation import operation
from lianyin.operations.conditions import (
    INT32,
    Hops,
    IdOf,
    Limit,
    NodeType,
    PathConditions,
    Recorded,
    Several,
    WholeConditions,
    conditions_of,
    ids_of,
    lacks_among,
    tail_of,
    weights_of,
)
from lianyin.requests import Help, Nodes, NonemptyText, Text, Types

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graph.paths import PathQuery, StreamedPairs
    from lianyin.session import Session

LISTED = 50
"""Neighbours on a page, unless asked otherwise: as many as one looks through."""

QUICK_KINDS = frozenset({"shortest", "all-shortest"})
QUICK_HOPS, QUICK_PATHS = 6, 100
"""Up to the default number of hops, and as many paths as anybody reads, a shortest path is found and told in milliseconds."""

MaxHops = Annotated[Hops, Help("最多步数", "Relationships in a path at most.")]
FromType = Annotated[NodeType, Help("从何类型", "Node type by name or label in either language.", positional=True, example="高校")]
ToType = Annotated[NodeType, Help("到何类型", "Node type by name or label in either language.", positional=True, example="企业")]


@dataclass(frozen=True)
class AskPaths(PathConditions):
    """How two nodes are connected. Ends are ids, identifiers (``pic:999977172``) or captions."""

    from_: Annotated[NonemptyText, Help("从", "One end: id, identifier or caption.", "A", positional=True, example="扬州大学")]
    to: Annotated[NonemptyText, Help("到", "The other end.", "B", positional=True, example="扬州示例重工有限公司")]
    kind: Annotated[
        PathKind,
        Help("哪些路径", "One shortest, all shortest, the best by weight, all within the hops, or those that share no node."),
    ] = "shortest"
    max_hops: MaxHops = 6
    limit: Annotated[
        int, Field(ge=1, le=1_000_000), Help("最多条数", "Paths listed at most; the k of k-shortest.", option="--limit --k")
    ] = 20
    weight: Annotated[
        Literal["hops", "fresh", "attested"],
        Help("权重", "What makes a hop of k-shortest cost less: nothing; being fresh; being said by more sources."),
    ] = "hops"
    weights: Annotated[Types, Help("自定权重", "Your own cost of a relationship type; may be repeated.", "TYPE=NUMBER")] = ()
    recorded_as_of: Recorded = ""


@dataclass(frozen=True)
class AskConnections(PathConditions):
    """Which nodes of one type connect to which of another."""

    from_type: FromType
    to_type: ToType
    from_: Annotated[Nodes, Help("只看此节点", "Only from this node; may be repeated.", "NODE")] = ()
    to: Annotated[Nodes, Help("只到此节点", "Only to this node; may be repeated.", "NODE")] = ()
    max_hops: MaxHops = 3
    limit: Limit = 100
    count: Annotated[bool, Help("只要总数", "Only how many pairs there are.")] = False
    recorded_as_of: Recorded = ""


@dataclass(frozen=True)
class AskCommon(PathConditions):
    """Which nodes stand next to every one of several. Conditions on whole paths hold for every two of these, over the neighbour."""

    node: Several
    limit: Limit = 100
    recorded_as_of: Recorded = ""


@dataclass(frozen=True)
class AskConnecting(WholeConditions):
    """The fewest relationships that connect several nodes."""

    node: Several
    max_hops: Annotated[Hops, Help("最多步数", "Longest gap from one of the nodes to the next.")] = 6
    recorded_as_of: Recorded = ""


@dataclass(frozen=True)
class AskNeighbourhood(PathConditions):
    """What is around a node: counted first, then listed page by page. Under conditions on whole paths: whom such paths lead to."""

    node: Annotated[NonemptyText, Help("节点", "By id, identifier or caption.", "NODE", positional=True, example="扬州大学")]
    max_hops: Annotated[Hops, Help("最多步数", "How far.")] = 1
    type: Annotated[Types, Help("展开（类型）", "List nodes of this type; may be repeated.", "TYPE", option="--expand")] = ()
    list_relationship: Annotated[
        Types, Help("展开（关系）", "List nodes that this relationship joins to the hop before.", "TYPE", option="--expand-by")
    ] = ()
    hop: Annotated[int, Field(ge=0, le=64), Help("只列第几步", "List nodes so many hops away only; 0: at any hop.")] = 0
    after: Annotated[Text, Help("从此节点之后", "Go on after this node: the next page.", "ID")] = ""
    skip: Annotated[int, Field(ge=0, le=INT32), Help("再跳过", "Leave out so many more: the next page.", "N")] = 0
    limit: Annotated[
        Annotated[int, Field(ge=0, le=1_000_000)] | None,
        Help("最多列出", "Nodes listed; 0 counts only. The default is 50 once something is expanded."),
    ] = None
    recorded_as_of: Recorded = ""


def _slow_path(asked: AskPaths) -> bool:
    return asked.shaped or asked.kind not in QUICK_KINDS or asked.max_hops > QUICK_HOPS or asked.limit > QUICK_PATHS


def _slow_neighbourhood(asked: AskNeighbourhood) -> bool:
    return asked.shaped or asked.max_hops > 2 or (asked.limit or 0) > QUICK_PATHS


@operation("GET /v1/paths", paths_table, command="path", heavy=_slow_path, kept=True)
def paths(session: Session, asked: AskPaths) -> PathsAnswer:
    """How A and B are connected, through whom, since when, and which rows say so. 两者之间的路径。"""
    from graph.paths import find_paths

    known = known_filled(session, asked.recorded_as_of)
    answer = find_paths(known.projection, path_query(asked, known.id_of), known.context)
    return paths_answer(answer, asked.kind, tail_of(answer, asked.recorded_as_of, []))


@operation("GET /v1/connections", connections_table, command="connections", heavy=True, kept=True)
def connections(session: Session, asked: AskConnections) -> ConnectionsAnswer:
    """Which nodes of one type connect to which of another, through whom. 两类之间的联系。"""
    from graph.paths import ConnectionsQuery, find_connections

    known = known_at(session, asked.recorded_as_of)
    query = ConnectionsQuery(**_table_options(asked, known.id_of))
    answer = find_connections(known.projection, query, known.context)
    return connections_answer(answer, tail_of(answer, asked.recorded_as_of, lacks_among(known, (asked.from_type, asked.to_type))))


@operation("GET /v1/common-neighbours", common_table, command="common-neighbours", heavy=lambda asked: asked.shaped, kept=True)
def common_neighbours(session: Session, asked: AskCommon) -> CommonAnswer:
    """Which nodes stand next to every one of several, and by which relationships. 共同的邻居。"""
    from graph.paths import CommonQuery
    from graph.paths import common_neighbours as find_common

    known = known_at(session, asked.recorded_as_of)
    query = CommonQuery(nodes=ids_of(asked.node, "node", known.id_of), limit=asked.limit, **conditions_of(asked, known.id_of))
    answer = find_common(known.projection, query, known.context)
    return common_answer(answer, tail_of(answer, asked.recorded_as_of, []))


@operation("GET /v1/connecting", connect_table, command="connect", heavy=True, kept=True)
def connect_nodes(session: Session, asked: AskConnecting) -> ConnectAnswer:
    """The fewest relationships that connect several nodes, with the nodes between. 用最少的关系连起来。"""
    from graph.paths import ConnectQuery
    from graph.paths import connect_nodes as find_tree

    known = known_at(session, asked.recorded_as_of)
    query = ConnectQuery(nodes=ids_of(asked.node, "node", known.id_of), max_hops=asked.max_hops, **conditions_of(asked, known.id_of))
    answer = find_tree(known.projection, query, known.context)
    return connect_answer(answer, tail_of(answer, asked.recorded_as_of, []))


@operation("GET /v1/neighbourhood", neighbourhood_table, command="neighbourhood", heavy=_slow_neighbourhood, kept=True)
def neighbourhood(session: Session, asked: AskNeighbourhood) -> NeighbourhoodAnswer:
    """What is around a node: first how much of what, then as many as are expanded, page by page. 周围有什么。"""
    from graph.paths import NeighbourhoodQuery
    from graph.paths import neighbourhood as look_around

    known = known_at(session, asked.recorded_as_of)
    chosen = asked.type or asked.list_relationship or asked.hop or asked.after
    query = NeighbourhoodQuery(
        node=known.id_of(asked.node, "node"),
        max_hops=asked.max_hops,
        list_types=asked.type,
        list_relationships=asked.list_relationship,
        hop=asked.hop,
        after=asked.after,
        skip=asked.skip,
        limit=asked.limit if asked.limit is not None else LISTED if chosen else 0,
        **conditions_of(asked, known.id_of),
    )
    answer = look_around(known.projection, query, known.context)
    return neighbourhood_answer(answer, tail_of(answer, asked.recorded_as_of, []))


def stream_connections(session: Session, asked: AskConnections) -> Iterator[StreamedPairs]:
    """Every pair of a table, part by part: see ``graph.paths.streaming``."""
    from graph.paths import ConnectionsQuery, stream_connections

    known = known_filled(session, asked.recorded_as_of)
    return stream_connections(known.projection, ConnectionsQuery(**_table_options(asked, known.id_of)), known.context)


def lacks_of_pairs(session: Session, asked: AskConnections) -> list[Lack]:
    """The types of the two ends of which the reader's graph has none."""
    return lacks_among(known_at(session, asked.recorded_as_of), (asked.from_type, asked.to_type))


def path_query(asked: AskPaths, id_of: IdOf) -> PathQuery:
    """The question about paths with its nodes by id."""
    from graph.paths import PathQuery

    return PathQuery(
        start=id_of(asked.from_, "from"),
        end=id_of(asked.to, "to"),
        kind=asked.kind,
        max_hops=asked.max_hops,
        limit=asked.limit,
        weight=asked.weight,
        weights=weights_of(asked.weights),
        **conditions_of(asked, id_of),
    )


def _table_options(asked: AskConnections, id_of: IdOf) -> dict[str, Any]:
    return {
        "from_type": asked.from_type,
        "to_type": asked.to_type,
        "from_nodes": ids_of(asked.from_, "from", id_of),
        "to_nodes": ids_of(asked.to, "to", id_of),
        "max_hops": asked.max_hops,
        "limit": asked.limit,
        "count": asked.count,
        **conditions_of(asked, id_of),
    }
