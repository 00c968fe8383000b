"""Paths and tables of connections, as answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lianyin.answers.reader import Reader
from lianyin.results import Column, Result

if TYPE_CHECKING:
    from graph.captions import Named
    from graph.paths import ConnectionsAnswer, PathAnswer

PATH_COLUMNS = (
    Column("path", "路径", "path", number=True),
    Column("hops", "步数", "hops", number=True),
    Column("nodes", "经过", "nodes"),
    Column("text", "说明", "in words"),
    Column("sources", "来源", "sources"),
)
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


def paths_result(answer: PathAnswer, reader: Reader) -> Result:
    """One row a path; the document is ``answer.as_json()``."""
    rows = []
    for number, path in enumerate(answer.paths, 1):
        places = dict.fromkeys(place(source) for hop in path.hops for source in hop.fact.sources)
        nodes = " → ".join(caption(node, reader) for node in path.nodes)
        rows.append((number, len(path.hops), nodes, reader.label(path.text), tuple(places)))
    return Result(answer.as_json(), PATH_COLUMNS, rows)


def connections_result(answer: ConnectionsAnswer, reader: Reader) -> Result:
    """One row a pair; the document is ``answer.as_json()``."""
    rows = []
    for each in answer.rows:
        first, last = each.path.nodes[0], each.path.nodes[-1]
        via = tuple(caption(node, reader) for node in each.via)
        ends = (caption(first, reader), caption(last, reader))
        rows.append((*ends, len(each.path.hops), each.ways, via, reader.label(each.path.text), first.id, last.id))
    return Result(answer.as_json(), CONNECTION_COLUMNS, rows)


def caption(node: Named, reader: Reader) -> str:
    """In the reader's language."""
    return reader.label(node.caption)


def place(source: object) -> str:
    """``projects.csv:2``, with the sheet if there is one."""
    assert isinstance(source, dict)
    sheet = f" [{source['sheet']}]" if source.get("sheet") else ""
    return f"{source['file']}{sheet}:{source['row']}"
