"""The graph as a file that other tools read: JSONL (everything, line by line), GraphML, or CSV (two tables in one zip).

Nodes first, then relationships, each by id, so that equal graphs make equal files. Revisions and recorded times stay out, and so does
whatever the audience or the reader may not see: for the public, people who are not named have ids that mean nothing.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, BinaryIO

import orjson

from graph.errors import QueryProblem
from graph.formulas import defused
from graph.messages import message
from graph.model import Node, Relationship, Value
from graph.ontology.schema import Ontology
from graph.privacy import existence_class, identifier_class, name_class, visible_properties, visible_relationship_properties
from visualize.audience import Audience, Names, Reader, names_for

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


class Format(StrEnum):
    """What an export can be."""

    JSONL = "jsonl"
    GRAPHML = "graphml"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the reader may see, sorted by id."""

    nodes: Sequence[Node]
    relationships: Sequence[Relationship]


def format_of(text: str) -> Format:
    """By name. Raises ``QueryProblem``."""
    try:
        return Format(text.strip().casefold())
    except ValueError as error:
        raise QueryProblem(
            message("There is no export format '{text}'.", text=text),
            hint=message("Choose jsonl, graphml or csv."),
            where={"parameter": "format"},
        ) from error


def export(
    nodes: Iterable[Node], relationships: Iterable[Relationship], form: Format, stream: BinaryIO, ontology: Ontology, reader: Reader
) -> tuple[int, int]:
    """Writes what the reader may see, and returns how many nodes and relationships that was. Relationships whose ends are not among the
    nodes are left out."""
    facts = _for_reader(nodes, relationships, ontology, reader)
    _WRITERS[form](facts, stream)
    return len(facts.nodes), len(facts.relationships)


def _for_reader(nodes: Iterable[Node], relationships: Iterable[Relationship], ontology: Ontology, reader: Reader) -> _Facts:
    known = (node for node in nodes if existence_class(ontology, node) <= reader.sees)
    listed = sorted(known, key=lambda node: node.id)
    names = names_for(listed, ontology, reader)
    ids = _ids_for(listed, ontology, reader)
    seen = [_node(node, ids[node.id], names, ontology, reader) for node in listed]
    lines = [
        Relationship(
            each.id if ids[each.source] == each.source and ids[each.target] == each.target else "",
            each.type,
            ids[each.source],
            ids[each.target],
            _with_via(visible_relationship_properties(ontology, each, reader.sees), ids),
        )
        for each in sorted(relationships, key=lambda each: each.id)
        if each.source in ids and each.target in ids
    ]
    # An id is a hash of its ends' ids: beside an id that was withheld it is numbered instead.
    numbered = (
        Relationship(each.id or f"relationship-{at}", each.type, each.source, each.target, each.properties)
        for at, each in enumerate(lines, 1)
    )
    return _Facts(sorted(seen, key=lambda node: node.id), sorted(numbered, key=lambda each: each.id))


def _ids_for(nodes: Sequence[Node], ontology: Ontology, reader: Reader) -> dict[str, str]:
    """The ids that the reader sees. The id of a link may be made from names, so the public sees none of those either."""
    public = reader.audience is Audience.PUBLIC
    counts: dict[str, int] = {}
    ids: dict[str, str] = {}
    for node in nodes:
        ids[node.id] = node.id
        if name_class(ontology, node) > reader.sees or (public and ontology.node_type(node.type).link):
            counts[node.type] = counts.get(node.type, 0) + 1
            ids[node.id] = f"{node.type}-{counts[node.type]}"
    return ids


def _node(node: Node, identifier: str, names: Names, ontology: Ontology, reader: Reader) -> Node:
    properties = {**visible_properties(ontology, node, reader.sees), "name": names.captions[node.id].zh}
    withheld = identifier != node.id
    kept = () if withheld else tuple(each for each in node.identifiers if identifier_class(ontology, node, each) <= reader.sees)
    return Node(identifier, node.type, properties, kept)


def _with_via(properties: Mapping[str, Value], ids: Mapping[str, str]) -> Mapping[str, Value]:
    """``via`` names a link node, by the id that the reader sees."""
    via = properties.get("via")
    return properties if via is None else {**properties, "via": ids.get(str(via), "")}


def _write_jsonl(facts: _Facts, stream: BinaryIO) -> None:
    for node in facts.nodes:
        line = {
            "kind": "node",
            "id": node.id,
            "type": node.type,
            "properties": dict(node.properties),
            "identifiers": list(node.identifiers),
        }
        stream.write(orjson.dumps(line, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))
    for each in facts.relationships:
        ends = {"source": each.source, "target": each.target}
        line = {"kind": "relationship", "id": each.id, "type": each.type, **ends, "properties": dict(each.properties)}
        stream.write(orjson.dumps(line, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE))


def _write_graphml(facts: _Facts, stream: BinaryIO) -> None:
    """Lists become JSON text, because GraphML has none; characters that XML forbids become U+FFFD."""
    import networkx  # only this format needs it

    graph: Any = networkx.MultiDiGraph()
    for node in facts.nodes:
        identifiers = {"identifiers": node.identifiers} if node.identifiers else {}
        graph.add_node(_xml(node.id), **_flat({**node.properties, **identifiers, "nodeType": node.type}))
    for each in facts.relationships:
        attributes = _flat({**each.properties, "relationshipType": each.type})
        graph.add_edge(_xml(each.source), _xml(each.target), key=_xml(each.id), **attributes)
    networkx.write_graphml_xml(graph, stream)


def _flat(properties: Mapping[str, Value]) -> dict[str, Any]:
    return {
        name: _xml(json.dumps(list(value), ensure_ascii=False))
        if isinstance(value, tuple)
        else _xml(value)
        if isinstance(value, str)
        else value
        for name, value in sorted(properties.items())
    }


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)


def _write_csv(facts: _Facts, stream: BinaryIO) -> None:
    """``nodes.csv`` and ``relationships.csv`` in one zip, UTF-8 with a mark so that spreadsheets read Chinese."""
    tables = {
        "nodes.csv": _table(
            ("id", "type", "identifiers"), [((node.id, node.type, node.identifiers), node.properties) for node in facts.nodes]
        ),
        "relationships.csv": _table(
            ("id", "type", "source", "target"),
            [((each.id, each.type, each.source, each.target), each.properties) for each in facts.relationships],
        ),
    }
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            member = zipfile.ZipInfo(name, _ZIP_DATE)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, text.encode("utf-8-sig"))


def _table(heads: Sequence[str], rows: Sequence[tuple[Sequence[Value], Mapping[str, Value]]]) -> str:
    further = sorted({name for _, properties in rows for name in properties})
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([*heads, *further])
    for first, properties in rows:
        writer.writerow([_cell(value) for value in (*first, *(properties.get(name, "") for name in further))])
    return text.getvalue()


def _cell(value: Value) -> Value:
    """Text that a spreadsheet would run as a formula gets an apostrophe in front; lists are joined with ``; ``."""
    if isinstance(value, tuple):
        value = "; ".join(value)
    return defused(value) if isinstance(value, str) else value


_WRITERS: Mapping[Format, Callable[[_Facts, BinaryIO], None]] = {
    Format.JSONL: _write_jsonl,
    Format.GRAPHML: _write_graphml,
    Format.CSV: _write_csv,
}
