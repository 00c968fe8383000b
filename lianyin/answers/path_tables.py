"""Answers about paths as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from lianyin.answers.common import places
from lianyin.answers.reader import Reader, captions, span
from lianyin.answers.words import answer_notes, paths_title, total_words
from lianyin.language import Language, say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from lianyin.answers.paths import (
        AnyHop,
        CommonAnswer,
        ConnectAnswer,
        ConnectionsAnswer,
        FoundPath,
        NeighbourhoodAnswer,
        PathsAnswer,
        TypeCount,
    )

PATH_COLUMNS = (
    Column("path", "路径", "path", number=True),
    Column("hops", "步数", "hops", number=True),
    Column("nodes", "经过", "nodes"),
    Column("text", "说明", "in words"),
    Column("sources", "来源", "sources"),
)
COST_COLUMN = Column("cost", "代价", "cost", number=True)
"""Where weights rank the paths."""

CONNECTION_COLUMNS = (
    Column("from", "从", "from"),
    Column("to", "到", "to"),
    Column("hops", "步数", "hops", number=True),
    Column("paths", "路径数", "paths", number=True),
    Column("via", "通过", "through"),
    Column("text", "说明", "in words", detail=True),
    Column("from_id", "从（编号）", "id from", detail=True),
    Column("to_id", "到（编号）", "id to", detail=True),
)
COMMON_COLUMNS = (
    Column("node", "节点", "node"),
    Column("type", "类型", "type"),
    Column("text", "说明", "in words"),
    Column("sources", "来源", "sources"),
    Column("id", "编号", "id", detail=True),
)
TREE_COLUMNS = (
    Column("source", "从", "from"),
    Column("relationship", "关系", "relationship"),
    Column("target", "到", "to"),
    Column("dates", "起止", "dates"),
    Column("sources", "来源", "sources"),
    Column("source_id", "从（编号）", "id from", detail=True),
    Column("target_id", "到（编号）", "id to", detail=True),
)
COUNT_COLUMNS = (
    Column("hop", "步", "hop", number=True),
    Column("relationship", "关系", "relationship"),
    Column("direction", "方向", "direction"),
    Column("type", "类型", "type"),
    Column("nodes", "节点数", "nodes", number=True),
)
NEIGHBOUR_COLUMNS = (
    Column("hop", "步", "hop", number=True),
    Column("node", "节点", "node"),
    Column("type", "类型", "type"),
    Column("text", "说明", "in words"),
    Column("id", "编号", "id"),
)


def paths_table(answer: PathsAnswer, reader: Reader) -> Table:
    """One row a path; on a screen a chain, a sentence and the rows behind it."""
    ranked = any(path.cost is not None for path in answer.paths)
    rows = []
    for number, path in enumerate(answer.paths, 1):
        nodes = " → ".join(captions(path.nodes, reader))
        costs = (path.cost,) if ranked else ()
        rows.append((number, len(path.relationships), *costs, nodes, reader.label(path.text), _places(path.relationships)))
    columns = (*PATH_COLUMNS[:2], COST_COLUMN, *PATH_COLUMNS[2:]) if ranked else PATH_COLUMNS
    lines = (line for number, path in enumerate(answer.paths, 1) for line in _path_lines(number, path, reader))
    title = (paths_title(answer, reader.language), *lines)
    return Table(columns, rows, title, answer_notes(answer, reader.language, len(rows)), tabular=False)


def _path_lines(number: int, path: FoundPath, reader: Reader) -> Iterator[str]:
    """The chain of captions, then the path in words and the rows behind it."""
    cost = "" if path.cost is None else say(reader.language, f"（代价 {path.cost:g}）", f" (cost {path.cost:g})")
    yield f"{number}. {' → '.join(captions(path.nodes, reader))}{cost}"
    yield f"   {reader.label(path.text)}"
    if told := _places(path.relationships):
        yield say(reader.language, "   来源 ", "   rows ") + ", ".join(told)


def _places(hops: Sequence[AnyHop]) -> tuple[str, ...]:
    return places(row for hop in hops for row in hop.sources)


def connections_table(answer: ConnectionsAnswer, reader: Reader) -> Table:
    """One row a pair."""
    rows = []
    for row in answer.rows:
        ends = captions((row["from"], row["to"]), reader)
        via, text = captions(row["via"], reader), reader.label(row["text"])
        rows.append((*ends, row["hops"], row["paths"], via, text, row["from"].id, row["to"].id))
    notes = answer_notes(answer, reader.language, len(rows))
    if not rows and answer.total is not None:  # only counted, or none
        return Table(CONNECTION_COLUMNS, rows, (str(answer.total),), notes, tabular=False)
    told = total_words(answer.total, answer.at_least, reader.language)
    title = say(reader.language, f"共 {told} 对，列出 {len(rows)}", f"{told} pairs, {len(rows)} listed")
    return Table(CONNECTION_COLUMNS, rows, (title,), notes)


def common_table(answer: CommonAnswer, reader: Reader) -> Table:
    """One row a common neighbour."""
    rows = [
        (
            captions((row.node,), reader)[0],
            reader.type_label(row.node.type),
            reader.label(row.text),
            _places(row.relationships),
            row.node.id,
        )
        for row in answer.rows
    ]
    language = reader.language
    counts = say(language, "、", ", ").join(f"{reader.type_label(name)} {count}" for name, count in (answer.by_type or {}).items())
    total = total_words(answer.total, answer.at_least, language)
    title = say(language, f"共同的邻居 {total} 个", f"{total} common neighbours")
    told = say(language, f"{title}：{counts}", f"{title}: {counts}") if counts else title
    return Table(COMMON_COLUMNS, rows, (told,), answer_notes(answer, language, len(rows)))


def connect_table(answer: ConnectAnswer, reader: Reader) -> Table:
    """One row a relationship of the tree."""
    names = {node.id: captions((node,), reader)[0] for node in answer.nodes}
    rows = [
        (
            names[hop.source],
            reader.relationship_label(hop.type),
            names[hop.target],
            span(hop.valid_from, hop.valid_to, hop.ended),
            places(hop.sources),
            hop.source,
            hop.target,
        )
        for hop in answer.relationships
    ]
    language, hops = reader.language, answer.hops
    exact = say(language, f"至多是最少数的 {answer.guarantee:.2g} 倍", f"at most {answer.guarantee:.2g} times the fewest")
    exact = say(language, "没有更少的", "there are no fewer") if answer.exact else exact
    title = say(language, f"{hops} 条关系连起来（{exact}）：", f"connected by {hops} relationships ({exact}): ")
    told = reader.label(answer.note) if answer.note else title + reader.label(answer.text)
    return Table(TREE_COLUMNS, rows, (told,), answer_notes(answer, language, len(rows)))


def neighbourhood_table(answer: NeighbourhoodAnswer, reader: Reader) -> Table:
    """One row a neighbour that is listed; where none is, one a count."""
    rows: list[Sequence[object]]
    if answer.rows:
        columns = NEIGHBOUR_COLUMNS
        rows = [
            (
                row.hop,
                captions((row.node,), reader)[0],
                reader.type_label(row.node.type),
                reader.label(row.path.text),
                row.node.id,
            )
            for row in answer.rows
        ]
    else:
        columns = COUNT_COLUMNS
        rows = [
            (
                row.hop,
                reader.relationship_label(row.relationship),
                "→" if row.direction == "forward" else "←",
                reader.type_label(row.type),
                row.nodes,
            )
            for row in answer.counts
        ]
    notes = (*_next_page(answer, reader.language), *answer_notes(answer, reader.language, len(rows)))
    return Table(columns, rows, tuple(_counted(answer, reader)), notes)


def _counted(answer: NeighbourhoodAnswer, reader: Reader) -> Iterator[str]:
    """How many nodes in all, then a line a hop: how many of each type."""
    language, centre = reader.language, answer.node.caption
    total = total_words(answer.total, answer.at_least, language)
    yield say(language, f"{centre} 周围 {total} 个节点", f"{total} nodes around {centre}")
    for hop, group in groupby(answer.types, key=lambda row: row.hop):
        counts = say(language, "、", ", ").join(_type_count(row, reader) for row in group)
        yield say(language, f"第 {hop} 步：{counts}", f"hop {hop}: {counts}")


def _type_count(row: TypeCount, reader: Reader) -> str:
    hubs = say(reader.language, f"（其中枢纽 {row.hubs}）", f" ({row.hubs} hubs)") if row.hubs else ""
    return f"{reader.type_label(row.type)} {row.nodes}{hubs}"


def _next_page(answer: NeighbourhoodAnswer, language: Language) -> tuple[str, ...]:
    if answer.next is None:
        return ()
    asked = f"--after '{answer.next.after}'" + (f" --skip {answer.next.skip}" if answer.next.skip else "")
    matching = "?" if answer.matching is None else answer.matching
    return (say(language, f"符合的共 {matching} 个；下一页：{asked}", f"{matching} match; next page: {asked}"),)
