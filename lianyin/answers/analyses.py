"""Analyses of the graph as a whole, as answers: rankings, groups, cuts, tables of coverage, likely links, and what would change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from lianyin.answers.paths import captions
from lianyin.answers.reader import Document, Reader, documents, inner
from lianyin.results import Column, Result

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
CHANGES: Mapping[str, tuple[str, str]] = {
    "lost": ("断开", "lost"),
    "gained": ("新连上", "gained"),
    "longer": ("变远", "longer"),
    "shorter": ("变近", "shorter"),
    "stranded": ("不再连着任何一家", "stranded"),
    "rescued": ("重新连上", "rescued"),
}
"""What may become of a pair, or (the last two) of a node of the second type."""


def analysis_result(document: Document, reader: Reader) -> Result:
    """One row a node, a group, or what falls apart; the figures as the answer's own columns say."""
    rows = documents(document, "rows")
    figures = tuple(
        Column(str(each["key"]), str(inner(each, "label")["zh"]), str(inner(each, "label")["en"]), number=True)
        for each in documents(document, "columns")
    )
    shape = "members" if rows and "members" in rows[0] else "nodes" if rows and "nodes" in rows[0] else "node"
    heads, table = _SHAPES[shape]
    listed = [(*table(row, reader)[0], *(row.get(column.key) for column in figures), *table(row, reader)[1]) for row in rows]
    first, last = heads
    return Result(document, (*first, *figures, *last), listed)


Cells = tuple[tuple[object, ...], tuple[object, ...]]
"""What stands before a row's figures, and what behind them."""

_RANK = Column("rank", "名次", "rank", number=True)


def _node_cells(row: Document, reader: Reader) -> Cells:
    node = inner(row, "node")
    return (row["rank"], captions((node,), reader)[0], reader.type_label(str(node["type"]))), (node["id"],)


def _group_cells(row: Document, reader: Reader) -> Cells:
    members = captions(documents(row, "members"), reader)
    types = tuple(f"{reader.type_label(name)} {count}" for name, count in inner(row, "types").items())
    return (row["rank"],), (types, members)


def _cut_cells(row: Document, reader: Reader) -> Cells:
    nodes = documents(row, "nodes")
    parts = [captions(documents(part, "members"), reader) for part in documents(row, "separated_parts")]
    return (row["rank"], " — ".join(captions(nodes, reader))), (
        tuple(" + ".join(part) for part in parts),
        tuple(node["id"] for node in nodes),
    )


_SHAPES = {
    "node": (
        ((_RANK, Column("node", "节点", "node"), Column("type", "类型", "type")), (Column("id", "编号", "id"),)),
        _node_cells,
    ),
    "members": (((_RANK,), (Column("types", "类型", "types"), Column("members", "成员", "members"))), _group_cells),
    "nodes": (
        (
            (_RANK, Column("nodes", "节点", "nodes")),
            (Column("parts_apart", "断开的部分", "what falls apart"), Column("ids", "编号", "ids", detail=True)),
        ),
        _cut_cells,
    ),
}


def coverage_result(document: Document, reader: Reader) -> Result:
    """One row a node of the first type, one column a node of the second, with the totals of both."""
    names = captions(documents(document, "columns"), reader)
    ids = [str(each["id"]) for each in documents(document, "columns")]
    columns = [Column("row", "", ""), *(Column(id, name, name, number=True) for id, name in zip(ids, names, strict=True))]
    cells = cast("Sequence[Sequence[int]]", document["cells"])
    totals = cast("Sequence[int]", document["row_totals"])
    rows: list[Sequence[object]] = [
        (name, *line, total) for name, line, total in zip(captions(documents(document, "rows"), reader), cells, totals, strict=True)
    ]
    rows.append(("合计" if reader.language == "zh" else "total", *cast("Sequence[int]", document["column_totals"]), None))
    return Result(document, (*columns, Column("total", "合计", "total", number=True)), rows)


def prediction_result(document: Document, reader: Reader) -> Result:
    """One row a pair that is not linked yet."""
    rows = []
    for each in documents(document, "rows"):
        source, target = inner(each, "source"), inner(each, "target")
        ends = captions((source, target), reader)
        through = captions(documents(each, "through"), reader)
        rows.append((each["rank"], *ends, each["score"], each["common"], through, source["id"], target["id"]))
    return Result(document, LINK_COLUMNS, rows)


def what_if_result(document: Document, reader: Reader) -> Result:
    """One row a pair whose connection changes, then one a node that loses or finds its last one."""
    rows: list[Sequence[object]] = []
    for change, (zh, en) in CHANGES.items():
        said = zh if reader.language == "zh" else en
        for each in documents(document, change):
            if "from" not in each:
                rows.append((said, None, captions((each,), reader)[0], None, None, None, each["id"]))
                continue
            first, last = inner(each, "from"), inner(each, "to")
            ends = captions((first, last), reader)
            rows.append((said, *ends, each["hops_before"], each["hops_after"], first["id"], last["id"]))
    return Result(document, CHANGE_COLUMNS, rows)
