"""Paths and tables of connections, as answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianyin.answers.reader import Document, Documents, Reader, documents, inner, span
from lianyin.answers.words import ORDERS, PAIRS_ORDER
from lianyin.results import Column, Result

if TYPE_CHECKING:
    from graph.ontology.schema import Label
    from graph.paths import ConnectionsAnswer, PathAnswer, PathQuery

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


def paths_document(answer: PathAnswer, query: PathQuery) -> Document:
    """The answer with the kind of its paths and the order in which they stand."""
    return {"kind": query.kind, **answer.as_json(), "order": _label(ORDERS[query.kind])}


def connections_document(answer: ConnectionsAnswer) -> Document:
    """The answer with the order of its rows."""
    return {**answer.as_json(), "order": _label(PAIRS_ORDER)}


def _label(label: Label) -> dict[str, str]:
    return {"zh": label.zh, "en": label.en}


def paths_result(document: Document, reader: Reader) -> Result:
    """One row a path, from the document of ``graph.paths.PathAnswer``."""
    rows: list[tuple[object, ...]] = []
    ranked = any(path.get("cost") is not None for path in documents(document, "paths"))
    for number, path in enumerate(documents(document, "paths"), 1):
        hops = documents(path, "relationships")
        places = dict.fromkeys(place(source) for hop in hops for source in documents(hop, "sources"))
        nodes = " → ".join(captions(documents(path, "nodes"), reader))
        costs = (path["cost"],) if ranked else ()
        rows.append((number, len(hops), *costs, nodes, inner(path, "text")[reader.language], tuple(places)))
    columns = (*PATH_COLUMNS[:2], COST_COLUMN, *PATH_COLUMNS[2:]) if ranked else PATH_COLUMNS
    return Result(document, columns, rows)


def connections_result(document: Document, reader: Reader) -> Result:
    """One row a pair, from the document of ``graph.paths.ConnectionsAnswer``."""
    rows = []
    for each in documents(document, "rows"):
        first, last = inner(each, "from"), inner(each, "to")
        ends = captions((first, last), reader)
        via, text = captions(documents(each, "via"), reader), inner(each, "text")[reader.language]
        rows.append((*ends, each["hops"], each["paths"], via, text, first["id"], last["id"]))
    return Result(document, CONNECTION_COLUMNS, rows)


def common_result(document: Document, reader: Reader) -> Result:
    """One row a common neighbour, from the document of ``graph.paths.CommonAnswer``."""
    rows = []
    for each in documents(document, "rows"):
        node = inner(each, "node")
        places = dict.fromkeys(place(source) for hop in documents(each, "relationships") for source in documents(hop, "sources"))
        told = inner(each, "text")[reader.language]
        rows.append((captions((node,), reader)[0], reader.type_label(str(node["type"])), told, tuple(places), node["id"]))
    return Result(document, COMMON_COLUMNS, rows)


def connect_result(document: Document, reader: Reader) -> Result:
    """One row a relationship of the tree, from the document of ``graph.paths.ConnectAnswer``."""
    names = {str(node["id"]): captions((node,), reader)[0] for node in documents(document, "nodes")}
    rows = []
    for hop in documents(document, "relationships"):
        first, last = str(hop["source"]), str(hop["target"])
        dates = span(hop["valid_from"], hop["valid_to"], hop["ended"])
        places = tuple(dict.fromkeys(place(source) for source in documents(hop, "sources")))
        rows.append((names[first], reader.relationship_label(str(hop["type"])), names[last], dates, places, first, last))
    return Result(document, TREE_COLUMNS, rows)


def neighbourhood_result(document: Document, reader: Reader) -> Result:
    """One row a neighbour that is listed; where none is, one a count. From the document of ``graph.paths.NeighbourhoodAnswer``."""
    listed = documents(document, "rows")
    rows: list[Sequence[object]] = []
    if not listed:
        for each in documents(document, "counts"):
            arrow = "→" if each["direction"] == "forward" else "←"
            label = reader.relationship_label(str(each["relationship"]))
            rows.append((each["hop"], label, arrow, reader.type_label(str(each["type"])), each["nodes"]))
        return Result(document, COUNT_COLUMNS, rows)
    for each in listed:
        node = inner(each, "node")
        told = inner(inner(each, "path"), "text")[reader.language]
        rows.append((each["hop"], captions((node,), reader)[0], reader.type_label(str(node["type"])), told, node["id"]))
    return Result(document, NEIGHBOUR_COLUMNS, rows)


def captions(nodes: Documents, reader: Reader) -> tuple[str, ...]:
    """In the reader's language."""
    return tuple(str(node.get("caption_en", node["caption"]) if reader.language == "en" else node["caption"]) for node in nodes)


def place(source: object) -> str:
    """``projects.csv:2``, with the sheet if there is one."""
    assert isinstance(source, dict)
    sheet = f" [{source['sheet']}]" if source.get("sheet") else ""
    return f"{source['file']}{sheet}:{source['row']}"
