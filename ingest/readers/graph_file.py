"""Graph files (GEXF, GraphML, Pajek, GML, JSON of nodes and links) as two tables: ``nodes`` (id, label and what else is said of each) and
``edges`` (source and target by id and by label, and what else is said). Parsed by networkx, or ijson, and held in memory."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

import ijson

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import BrokenRow, Limits, Preview, SourceRow, TableRows, check_header
from ingest.readers.encodings import codec_of, detect_encoding
from ingest.readers.json_graph import graph_of
from ingest.readers.markup import GraphFormat, graph_format, head_text
from ingest.readers.objects import flattened
from ingest.readers.xml_parts import parser

if TYPE_CHECKING:
    import networkx

NODES, EDGES = "nodes", "edges"
_GEXF = re.compile(rb"http://(?:www\.)?gexf\.net/[\w.]+")
_STATED = re.compile(r"^\s*\*vertices\s+(\d+)", re.IGNORECASE | re.MULTILINE)
_LEFT_OUT = frozenset({"viz"})
"""How a node is drawn is nothing to know of it."""
_FAULTS = (
    ijson.JSONError,
    ParseError,
    expat.ExpatError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    RecursionError,
)

Item = Mapping[str, object]


def preview_graph(path: Path, name: str, limits: Limits) -> list[Preview]:
    """The two tables, their columns as a header in row 0; no table that is empty."""
    nodes, edges = _tables(path, name, limits)
    found = []
    for sheet, items in ((NODES, nodes), (EDGES, edges)):
        names: dict[str, None] = {}
        for item in items:
            names.update(dict.fromkeys(flattened(item, {})))
        if names:
            found.append(Preview(name, sheet, "graph", ((0, tuple(names)),)))
    if not found:
        raise FileProblem(message("{name} is a graph without nodes.", name=name), hint=message("Export it again."), where={"file": name})
    return found


def read_graph(path: Path, table: Preview, header: tuple[str, ...], limits: Limits) -> TableRows:
    """The nodes or edges as rows, numbered from 1; ``header`` gives the standard names of the preview's columns."""
    check_header(header, table.file, 0, limits)
    aliases = dict(zip(table.rows[0][1], header, strict=True))

    def rows(_: object) -> Iterator[SourceRow | BrokenRow]:
        nodes, edges = _tables(path, table.file, limits)
        for number, item in enumerate(nodes if table.sheet == NODES else edges, start=1):
            yield SourceRow(number, flattened(item, aliases))

    return TableRows(rows)


def _tables(path: Path, name: str, limits: Limits) -> tuple[list[Item], list[Item]]:
    size = path.stat().st_size
    if size > limits.graph_bytes:
        raise FileProblem(
            message("{name} is a graph of {size:,} bytes; at most {most:,} are read.", name=name, size=size, most=limits.graph_bytes),
            hint=message("Export its nodes and edges as two CSV tables."),
            where={"file": name},
        )
    import networkx

    kind = graph_format(head_text(path))
    try:
        if kind is None:
            return graph_of(path)
        if kind in ("gexf", "graphml"):
            return _items(_from_xml(path, name, kind))
        text = path.read_text(encoding=codec_of(detect_encoding(path, name).name))
        return _items(_from_text(text, name, kind))
    except (networkx.NetworkXError, *_FAULTS) as error:
        raise FileProblem(
            message("{name} is a damaged graph file.", name=name),
            hint=message("Export it again, or export its nodes and edges as two CSV tables."),
            where={"file": name},
        ) from error


def _from_xml(path: Path, name: str, kind: GraphFormat) -> object:
    import networkx

    content = path.read_bytes()
    _check_head(content, name)
    if kind == "graphml":
        return networkx.read_graphml(io.BytesIO(content))
    # networkx knows some of the addresses that versions of GEXF have had; they differ in nothing that is read here.
    return networkx.read_gexf(io.BytesIO(_GEXF.sub(b"http://www.gexf.net/1.2draft", content)))


def _check_head(content: bytes, name: str) -> None:
    """Raises ``FileProblem`` for a document type: entities may unpack to anything."""
    reading = parser(name)
    begun: list[str] = []
    reading.StartElementHandler = lambda tag, _: begun.append(tag)
    at = 0
    while not begun and at < len(content):
        reading.Parse(content[at : at + 4096])
        at += 4096


def _from_text(text: str, name: str, kind: GraphFormat | None) -> object:
    import networkx

    if kind == "gml":
        return networkx.parse_gml(text, label="id")
    found = networkx.parse_pajek(text)
    stated = _STATED.search(text)
    if stated and len(found) < int(stated[1]):
        raise FileProblem(
            message("{name} calls two nodes by one label.", name=name),
            hint=message("Make the labels differ, or export its nodes and edges as two CSV tables."),
            where={"file": name},
        )
    return found


def _items(graph: object) -> tuple[list[Item], list[Item]]:
    import networkx

    assert isinstance(graph, networkx.Graph)
    labels = {node: _label(said) for node, said in graph.nodes(data=True)}
    nodes: list[Item] = [{"id": node, "label": labels[node] or str(node), **_said(said)} for node, said in graph.nodes(data=True)]
    edges: list[Item] = []
    for source, target, key, said in _edges(graph):
        ends = {"source": source, "target": target, "source_label": labels[source] or str(source)}
        own = {"id": key} if isinstance(key, str) and key else {}
        edges.append({**ends, "target_label": labels[target] or str(target), **own, **_said(said)})
    return nodes, edges


def _edges(graph: networkx.Graph[object]) -> Iterator[tuple[object, object, object, Item]]:
    """Ends, key (of a graph in which two nodes may have several edges) and what is said of each edge."""
    import networkx

    if isinstance(graph, networkx.MultiGraph | networkx.MultiDiGraph):
        yield from graph.edges(data=True, keys=True)
    else:
        yield from ((source, target, "", said) for source, target, said in graph.edges(data=True))


def _label(said: Item) -> str:
    return next((str(said[key]) for key in ("label", "name", "Label", "Name") if said.get(key)), "")


def _said(said: Item) -> Item:
    return {key: value for key, value in said.items() if key not in _LEFT_OUT}
