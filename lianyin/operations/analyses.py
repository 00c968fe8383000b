"""The graph as a whole: rankings, groups and weak points, coverage, likely links, and what would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from graph.errors import NotFound, QueryProblem
from graph.messages import message
from lianyin.answers.analyses import (
    AnalysisAnswer,
    AnalysisName,
    CoverageAnswer,
    Measure,
    PredictionAnswer,
    WhatIfAnswer,
    analysis_answer,
    coverage_answer,
    prediction_answer,
    what_if_answer,
)
from lianyin.answers.analysis_tables import analysis_table, coverage_table, prediction_table, what_if_table
from lianyin.known import known_at, known_filled
from lianyin.operation import operation
from lianyin.operations.conditions import (
    INT32,
    Hops,
    Limit,
    NodeType,
    PartConditions,
    Recorded,
    conditions_of,
    ids_of,
    lacks_among,
    tail_of,
)
from lianyin.requests import Help, Nodes, Text, Types

if TYPE_CHECKING:
    from graph.analytics import NewNode, NewRelationship
    from graph.ontology import Ontology
    from lianyin.known import Known
    from lianyin.session import Session

Seed = Annotated[int, Field(ge=0, lt=2**32), Help("随机种子", "Fixes what is random.")]
NewTexts = Annotated[tuple[Text, ...], Field(max_length=50)]
TYPE = "Node type by name or label in either language."


@dataclass(frozen=True)
class AskAnalysis(PartConditions):
    """One analysis of the part of the graph that the conditions leave."""

    name: Annotated[
        AnalysisName,
        Help(
            "度、PageRank、个性化 PageRank、中介、k 核、连通部分、桥、割点、中间人、社群",
            "Which analysis; what it means stands above its answer.",
            "NAME",
            positional=True,
            example="degree",
        ),
    ]
    type: Annotated[Types, Help("只列出", "List nodes of this type only; all take part.", "TYPE")] = ()
    node: Annotated[Nodes, Help("起点", "Where personalised-pagerank starts from.", "NODE")] = ()
    parallel: Annotated[bool, Help("平行关系分别计", "Count parallel relationships each.")] = False
    damping: Annotated[float, Field(gt=0, lt=1), Help("阻尼系数", "PageRank's.")] = 0.85
    resolution: Annotated[float, Field(gt=0, le=1e6), Help("分辨率", "More gives smaller communities.")] = 1.0
    members: Annotated[int, Field(ge=1, le=1_000_000), Help("每组列出成员数", "Nodes named of each group.")] = 10
    seed: Seed = 1
    limit: Limit = 20
    recorded_as_of: Recorded = ""


@dataclass(frozen=True)
class AskCoverage(PartConditions):
    """Where two types meet and where they do not."""

    rows_type: Annotated[NodeType, Help("行的类型", TYPE, positional=True, example="领域")]
    columns_type: Annotated[NodeType, Help("列的类型", TYPE, positional=True, example="区县")]
    counted: Annotated[Text, Help("计数的类型", "Count nodes of this type near both; else shortest paths.", "TYPE", example="需求")] = ""
    max_hops: Annotated[Hops, Help("最多步数", "How near.")] = 3
    row: Annotated[Nodes, Help("只要此行", "Only this row; may be repeated.", "NODE")] = ()
    column: Annotated[Nodes, Help("只要此列", "Only this column; may be repeated.", "NODE")] = ()
    row_relationship: Annotated[Types, Help("到行的关系", "How counted nodes reach the rows.", "TYPE")] = ()
    column_relationship: Annotated[Types, Help("到列的关系", "How counted nodes reach the columns.", "TYPE")] = ()
    zeros: Annotated[int, Field(ge=0, le=1_000_000), Help("列出的空格数", "Empty cells named.")] = 100
    recorded_as_of: Recorded = ""


@dataclass(frozen=True)
class AskPrediction(PartConditions):
    """Which two nodes, not linked yet, look most like being linked."""

    measure: Annotated[Measure, Help("度量", "What makes a link likely.")] = "adamic-adar"
    from_type: Annotated[Text, Help("一端类型", "One end is of this type.", "TYPE", example="Person")] = ""
    to_type: Annotated[Text, Help("另一端类型", "The other is of this one.", "TYPE", example="Need")] = ""
    hold_out: Annotated[float, Field(ge=0, le=0.5), Help("留出比例", "Share of links hidden to test the guesses; 0: no test.")] = 0.1
    seed: Seed = 1
    limit: Limit = 20
    recorded_as_of: Recorded = ""


@dataclass(frozen=True)
class AskWhatIf(PartConditions):
    """What would change if nodes left, or nodes and relationships were added."""

    leave: Annotated[Nodes, Help("离开", "This node leaves, with all its relationships.", "NODE", example=["扬州示例重工有限公司"])] = ()
    leave_relationship: Annotated[Nodes, Help("关系终止", "This relationship ends.", "ID")] = ()
    add_node: Annotated[NewTexts, Help("新增节点", "A new node.", "'NAME TYPE'")] = ()
    add: Annotated[NewTexts, Help("新增关系", "A new relationship between nodes, old or new.", "'A TYPE B'")] = ()
    from_type: Annotated[NodeType, Help("从", "Pairs from this type.", "TYPE")] = "University"
    to_type: Annotated[NodeType, Help("到", "Pairs to this type.", "TYPE")] = "Enterprise"
    max_hops: Annotated[Hops, Help("最多步数", "Relationships in a path at most.")] = 6
    limit: Annotated[int, Field(ge=1, le=INT32), Help("每类列出对数", "Pairs listed of each change.")] = 100
    recorded_as_of: Recorded = ""


@operation("GET /v1/analyses", analysis_table, command="analyse", heavy=True, kept=True)
def analyse(session: Session, asked: AskAnalysis) -> AnalysisAnswer:
    """Rank nodes, or find groups and weak points. 全图分析。"""
    from graph.analytics import AnalysisQuery
    from graph.analytics import analyse as run

    known = known_filled(session, asked.recorded_as_of)
    query = AnalysisQuery(
        name=asked.name,
        list_types=asked.type,
        nodes=ids_of(asked.node, "node", known.id_of),
        parallel=asked.parallel,
        damping=asked.damping,
        resolution=asked.resolution,
        seed=asked.seed,
        limit=asked.limit,
        members=asked.members,
        **conditions_of(asked, known.id_of),
    )
    answer = run(known.projection, query, known.context)
    return analysis_answer(answer, tail_of(answer, asked.recorded_as_of, []))


@operation("GET /v1/coverage", coverage_table, command="coverage", heavy=True, kept=True)
def coverage(session: Session, asked: AskCoverage) -> CoverageAnswer:
    """Where two types meet and where they do not, as a table: a row for each node of one, a column for each of the other. 覆盖表。"""
    from graph.analytics import CoverageQuery
    from graph.analytics import coverage as run

    known = known_at(session, asked.recorded_as_of)
    query = CoverageQuery(
        rows_type=asked.rows_type,
        columns_type=asked.columns_type,
        counted_type=asked.counted,
        max_hops=asked.max_hops,
        rows=ids_of(asked.row, "row", known.id_of),
        columns=ids_of(asked.column, "column", known.id_of),
        row_relationship_types=asked.row_relationship,
        column_relationship_types=asked.column_relationship,
        zeros=asked.zeros,
        **conditions_of(asked, known.id_of),
    )
    answer = run(known.projection, query, known.context)
    lacks = lacks_among(known, (asked.rows_type, asked.columns_type, asked.counted))
    return coverage_answer(answer, tail_of(answer, asked.recorded_as_of, lacks))


@operation("GET /v1/predictions", prediction_table, command="predict", heavy=True, kept=True)
def predict(session: Session, asked: AskPrediction) -> PredictionAnswer:
    """Which two nodes, not linked yet, look most like being linked, and how well such guesses would have done. 可能的联系。"""
    from graph.analytics import LinkPredictionQuery, predict_links

    known = known_at(session, asked.recorded_as_of)
    query = LinkPredictionQuery(
        measure=asked.measure,
        from_type=asked.from_type,
        to_type=asked.to_type,
        hold_out=asked.hold_out,
        seed=asked.seed,
        limit=asked.limit,
        **conditions_of(asked, known.id_of),
    )
    answer = predict_links(known.projection, query, known.context)
    return prediction_answer(answer, tail_of(answer, asked.recorded_as_of, lacks_among(known, (asked.from_type, asked.to_type))))


@operation("GET /v1/what-if", what_if_table, command="what-if", heavy=True, kept=True)
def what_if(session: Session, asked: AskWhatIf) -> WhatIfAnswer:
    """What would change if someone left, or something were added. The graph itself is not touched. 假如。"""
    from graph.analytics import WhatIfQuery
    from graph.analytics import what_if as run

    known = known_at(session, asked.recorded_as_of)
    nodes = [_new_node(known.projection.ontology, text) for text in asked.add_node]
    added = [_new_relationship(known, text, {node.name: node.id for node in nodes}) for text in asked.add]
    query = WhatIfQuery(
        leave=ids_of(asked.leave, "leave", known.id_of),
        leave_relationships=asked.leave_relationship,
        add=tuple(nodes),
        add_relationships=tuple(added),
        from_type=asked.from_type,
        to_type=asked.to_type,
        max_hops=asked.max_hops,
        limit=asked.limit,
        **conditions_of(asked, known.id_of),
    )
    answer = run(known.projection, query, known.context)
    new = {node.type for node in nodes}
    types = [type for type in (asked.from_type, asked.to_type) if known.projection.ontology.node_type(type).name not in new]
    return what_if_answer(answer, tail_of(answer, asked.recorded_as_of, lacks_among(known, types)))


def _new_node(ontology: Ontology, text: str) -> NewNode:
    """``新大学 高校``: the name, then the type by name or label."""
    from graph.analytics import NewNode

    name, _, type = text.strip().rpartition(" ")
    if not name.strip():
        raise QueryProblem(
            message("'{text}' does not describe a new node.", text=text),
            hint=message("Write its name and its type: '新大学 University'."),
            where={"parameter": "add_node"},
        )
    return NewNode(f"new:{name.strip()}", ontology.node_type(type).name, name.strip())


def _new_relationship(known: Known, text: str, new: Mapping[str, str]) -> NewRelationship:
    """``王虚构 SECONDED_FROM 扬州大学``: the type stands alone between two names, which may hold blanks themselves."""
    from graph.analytics import NewRelationship

    ontology = known.projection.ontology
    words = text.split()
    positions = [at for at in range(1, len(words) - 1) if _is_relationship_type(ontology, words[at])]
    if len(positions) != 1:
        raise QueryProblem(
            message("'{text}' has no relationship type between two nodes.", text=text)
            if not positions
            else message("'{text}' has more than one relationship type between two nodes.", text=text),
            hint=message("Write a node, a relationship type and a node: '王虚构 SECONDED_FROM 扬州大学'; ids leave no doubt."),
            where={"parameter": "add"},
        )
    (at,) = positions
    ends = [" ".join(part) for part in (words[:at], words[at + 1 :])]
    first, last = (new.get(end) or known.id_of(end, "add") for end in ends)
    return NewRelationship(ontology.relationship_type(words[at]).name, first, last)


def _is_relationship_type(ontology: Ontology, word: str) -> bool:
    try:
        ontology.relationship_type(word)
    except NotFound:
        return False
    return True
