"""Analyses as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from graph.ontology.schema import Label
from lianyin.answers.common import AnyNode
from lianyin.answers.reader import Reader, captions
from lianyin.answers.words import answer_notes
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from lianyin.answers.analyses import (
        AnalysisAnswer,
        AnalysisRow,
        CoverageAnswer,
        PairChange,
        Part,
        PredictionAnswer,
        WhatIfAnswer,
    )

LINK_COLUMNS = (
    Column("rank", "名次", "rank", number=True),
    Column("source", "一端", "one end"),
    Column("target", "另一端", "other end"),
    Column("score", "分值", "score", number=True),
    Column("common", "共同邻居", "common neighbours", number=True),
    Column("through", "其中", "among them"),
    Column("source_id", "一端（编号）", "id of one end", detail=True),
    Column("target_id", "另一端（编号）", "id of the other end", detail=True),
)
CHANGE_COLUMNS = (
    Column("change", "变化", "change"),
    Column("from", "从", "from"),
    Column("to", "到", "to"),
    Column("hops_before", "原来步数", "hops before", number=True),
    Column("hops_after", "之后步数", "hops after", number=True),
    Column("from_id", "从（编号）", "id from", detail=True),
    Column("to_id", "到（编号）", "id to", detail=True),
)
PAIR_CHANGES: Mapping[str, Label] = {
    "lost": Label("断开", "lost"),
    "gained": Label("新连上", "gained"),
    "longer": Label("变远", "longer"),
    "shorter": Label("变近", "shorter"),
}
NODE_CHANGES: Mapping[str, Label] = {"stranded": Label("不再连着任何一家", "stranded"), "rescued": Label("重新连上", "rescued")}

RANK = Column("rank", "名次", "rank", number=True)
Cells = tuple[object, ...]


def analysis_table(answer: AnalysisAnswer, reader: Reader) -> Table:
    """One row a node, a group, or what falls apart; the figures as the answer's own columns say."""
    figures = tuple(Column(column.key, column.label.zh, column.label.en, number=True) for column in answer.columns)
    first, last = _heads(answer.rows)
    rows = []
    for row in answer.rows:
        before, behind = _cells(row, reader)
        rows.append((*before, *(row.get(column.key) for column in figures), *behind))
    counted = say(
        reader.language,
        f"{answer.nodes:,} 个节点，{answer.relationships:,} 条关系；共 {answer.total:,} 行，列出 {len(rows)} 行",
        f"{answer.nodes:,} nodes, {answer.relationships:,} relationships; {answer.total:,} rows, {len(rows)} listed",
    )
    whole = ("  ".join(f"{key} = {_short(value)}" for key, value in answer.figures.items()),) if answer.figures else ()
    title = (reader.label(answer.definition), counted, *whole)
    return Table((*first, *figures, *last), rows, title, answer_notes(answer, reader.language, len(rows)))


def _heads(rows: Sequence[AnalysisRow]) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns before a row's figures, and those behind them."""
    row: AnalysisRow = rows[0] if rows else {}
    if "members" in row:
        return (RANK,), (Column("types", "类型", "types"), Column("members", "成员", "members"))
    if "nodes" in row:
        apart = Column("parts_apart", "断开的部分", "what falls apart")
        return (RANK, Column("nodes", "节点", "nodes")), (apart, Column("ids", "编号", "ids", detail=True))
    return (RANK, Column("node", "节点", "node"), Column("type", "类型", "type")), (Column("id", "编号", "id"),)


def _cells(row: AnalysisRow, reader: Reader) -> tuple[Cells, Cells]:
    if "members" in row:
        types = tuple(f"{reader.type_label(name)} {count}" for name, count in cast("Mapping[str, int]", row["types"]).items())
        return (row["rank"],), (types, captions(cast("Sequence[AnyNode]", row["members"]), reader))
    if "nodes" in row:
        nodes = cast("Sequence[AnyNode]", row["nodes"])
        parts = tuple(" + ".join(captions(part.members, reader)) for part in cast("Sequence[Part]", row["separated_parts"]))
        return (row["rank"], " — ".join(captions(nodes, reader))), (parts, tuple(node.id for node in nodes))
    node = cast("AnyNode", row["node"])
    return (row["rank"], captions((node,), reader)[0], reader.type_label(node.type)), (node.id,)


def coverage_table(answer: CoverageAnswer, reader: Reader) -> Table:
    """One row a node of the first type, one column a node of the second, with the totals of both."""
    language = reader.language
    names = captions(answer.columns, reader)
    columns = [Column("row", "", ""), *(Column(node.id, name, name, number=True) for node, name in zip(answer.columns, names, strict=True))]
    rows: list[Sequence[object]] = [
        (name, *line, total) for name, line, total in zip(captions(answer.rows, reader), answer.cells, answer.row_totals, strict=True)
    ]
    rows.append((say(language, "合计", "total"), *answer.column_totals, None))
    empty = say(language, f"空格 {answer.zero_cells} 个", f"{answer.zero_cells} empty cells")
    title = (reader.label(answer.definition), empty)
    return Table((*columns, Column("total", "合计", "total", number=True)), rows, title, answer_notes(answer, language, len(rows)))


def prediction_table(answer: PredictionAnswer, reader: Reader) -> Table:
    """One row a pair that is not linked yet."""
    rows = [
        (
            row.rank,
            *captions((row.source, row.target), reader),
            row.score,
            row.common,
            captions(row.through, reader),
            row.source.id,
            row.target.id,
        )
        for row in answer.rows
    ]
    measured = ", ".join(f"{name} AUC {value:.3f}" for name, value in answer.auc.items())
    tried = say(reader.language, f"留出 {answer.held_out} 条联系检验：{measured}", f"Tried on {answer.held_out} hidden links: {measured}")
    title = (reader.label(answer.definition), *((tried,) if measured else ()))
    return Table(LINK_COLUMNS, rows, title, answer_notes(answer, reader.language, len(rows)))


def what_if_table(answer: WhatIfAnswer, reader: Reader) -> Table:
    """One row a pair whose connection changes, then one a node that loses or finds its last one."""
    rows: list[Sequence[object]] = []
    for change, label in PAIR_CHANGES.items():
        pairs: list[PairChange] = getattr(answer, change)
        for pair in pairs:
            ends = pair["from"], pair["to"]
            hops = pair["hops_before"], pair["hops_after"]
            rows.append((reader.label(label), *captions(ends, reader), *hops, *(node.id for node in ends)))
    for change, label in NODE_CHANGES.items():
        nodes: list[AnyNode] = getattr(answer, change)
        rows += [
            (reader.label(label), None, name, None, None, None, node.id) for node, name in zip(nodes, captions(nodes, reader), strict=True)
        ]
    title = (reader.label(answer.definition), *_states(answer, reader))
    return Table(CHANGE_COLUMNS, rows, title, answer_notes(answer, reader.language, len(rows)))


def _states(answer: WhatIfAnswer, reader: Reader) -> Iterator[str]:
    """Before and after, in one line each."""
    for state, name in ((answer.before, Label("现在", "now")), (answer.after, Label("之后", "then"))):
        pairs = "?" if state.pairs is None else state.pairs
        yield say(
            reader.language,
            f"{name.zh}：{state.nodes} 个节点，{state.relationships} 条关系，相连 {pairs} 对",
            f"{name.en}: {state.nodes} nodes, {state.relationships} relationships, {pairs} pairs connected",
        )


def _short(value: object) -> str:
    return f"{value:,.4g}" if isinstance(value, float) else str(value)
