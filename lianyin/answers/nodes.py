"""Nodes: one with its relationships, the rows behind one, and those that a search found."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

from graph.errors import NotFound
from graph.ledger.deciding import decide
from graph.messages import message
from graph.model import STATED, Claim, Node, Relationship
from graph.privacy import identifier_class, property_class
from graph.search import Hit
from lianyin.answers.deciding import disputed, reason_document
from lianyin.answers.reader import Document, Reader, documents, inner, plain, span
from lianyin.results import Column, Result

HIT_COLUMNS = (
    Column("caption", "名称", "caption"),
    Column("type", "类型", "type"),
    Column("hint", "区别", "hint"),
    Column("id", "编号", "id"),
)
RELATIONSHIP_COLUMNS = (
    Column("type", "关系", "relationship"),
    Column("direction", "方向", "direction"),
    Column("caption", "对方", "other end"),
    Column("other_type", "类型", "type"),
    Column("dates", "起止", "dates"),
    Column("id", "对方编号", "id of the other end"),
)
SOURCE_COLUMNS = (
    Column("file", "文件", "file"),
    Column("sheet", "工作表", "sheet"),
    Column("row", "行", "row", number=True),
    Column("says", "内容", "says"),
    Column("source", "来源", "source"),
    Column("source_date", "来源日期", "source date"),
    Column("load", "导入记录", "load"),
    Column("chosen", "采用", "stands"),
)


def search_document(hits: Sequence[Hit], hints: Mapping[str, str]) -> Document:
    """``{"hits": [{"id", "type", "caption", "hint", "score"}]}``; ``hints`` tell hits apart where the index has none."""
    return {
        "hits": [
            {"id": hit.id, "type": hit.type, "caption": hit.caption, "hint": hit.hint or hints.get(hit.id, ""), "score": hit.score}
            for hit in hits
        ]
    }


def search_result(document: Document, reader: Reader) -> Result:
    """One row a hit."""
    rows = [(hit["caption"], reader.type_label(str(hit["type"])), hit["hint"], hit["id"]) for hit in documents(document, "hits")]
    return Result(document, HIT_COLUMNS, rows)


def show_document(node: Node, relationships: Sequence[Relationship], others: Mapping[str, Node], total: int, reader: Reader) -> Document:
    """A node with its properties and the listed relationships, of ``total`` that it has."""
    listed: list[dict[str, object]] = []
    for relationship in relationships:
        out = relationship.source == node.id
        other = reader.brief(others[relationship.target if out else relationship.source])
        told = reader.relationship(relationship)
        told.pop("source"), told.pop("target")
        listed.append({**told, "direction": "out" if out else "in", "other": other})
    truncated = total > len(listed)
    return {
        "node": {
            **reader.brief(node),
            "identifiers": [each for each in node.identifiers if _seen_id(each, node, reader)],
            "properties": {name: plain(value) for name, value in reader.properties(node).items()},
        },
        "relationships": listed,
        "total": total,
        "truncated": truncated,
        "limit": "relationships" if truncated else None,
    }


def show_result(document: Document, reader: Reader) -> Result:
    """One row a relationship that is listed."""
    rows: list[Sequence[object]] = []
    for each in documents(document, "relationships"):
        other = inner(each, "other")
        rows.append(
            (
                reader.relationship_label(str(each["type"])),
                "→" if each["direction"] == "out" else "←",
                other["caption"],
                reader.type_label(str(other["type"])),
                span(each["valid_from"], each["valid_to"], each["ended"]),
                other["id"],
            )
        )
    return Result(document, RELATIONSHIP_COLUMNS, rows)


def why_document(
    node: Node,
    claims: Sequence[Claim],
    identities: Sequence[Claim],
    property: str | None,
    reader: Reader,
    shown: Callable[[str], str] = str,
) -> Document:
    """The rows behind a node, or behind one property of it; the most trusted first. ``chosen`` marks those whose value stands, ``reason``
    says why it does, ``disputed`` lists what rows disagree about; ``shown`` is how the reader sees names of files."""
    name = _property_name(node, property, reader) if property else None
    sources: list[dict[str, object]] = []
    for claim in claims:
        values = {
            key: plain(value) for key, value in claim.values.items() if property_class(reader.ontology, node, key) <= reader.clearance
        }
        if name is not None:
            values = {key: value for key, value in values.items() if key == name}
            if not values:
                continue
        raw = {key: text for key, text in claim.raw.items() if key in values and text != STATED}
        stated = sorted(key for key, text in claim.raw.items() if key in values and text == STATED)
        subject = _seen_id(claim.subject, node, reader)
        entry = {**_source(claim, shown), "subject": subject, "values": values, "raw": raw, "from_mapping": stated}
        if name is not None:
            entry["chosen"] = _stands(claim, node, name)
        sources.append(entry)
    same = [
        {
            **_source(claim, shown),
            "kind": claim.kind.value,
            "left": _seen_id(claim.subject, node, reader),
            "right": _seen_id(claim.object, node, reader),
        }
        for claim in identities
    ]
    document: dict[str, object] = {
        "node": reader.brief(node),
        "property": name,
        "sources": sources,
        "identities": same if reader.may_name(node) else [],
    }
    if name is not None:
        value = node.properties.get(name)
        document["value"] = None if value is None else plain(value)
        decision = None if value is None else decide(claims, name, value)
        document["reason"] = None if decision is None else reason_document(decision)
    document["disputed"] = [each for each in disputed(node, claims, reader, shown) if name in (None, each["property"])]
    return document


def _seen_id(id: str, node: Node, reader: Reader) -> str | None:
    """One of the node's ids, if the reader may see ids of its kind (an ORCID iD is personal where a platform's number is not)."""
    return id if identifier_class(reader.ontology, node, id) <= reader.clearance else None


def why_result(document: Document) -> Result:
    """One row a source row."""
    rows = [
        (
            *(each[name] for name in ("file", "sheet", "row")),
            _says(each),
            *(each[name] for name in ("source", "source_date", "load")),
            _mark(each),
        )
        for each in documents(document, "sources")
    ]
    return Result(document, SOURCE_COLUMNS, rows)


def _mark(entry: Document) -> str:
    if entry.get("chosen") is None:
        return ""
    return "✓" if entry["chosen"] else "✗"


def _property_name(node: Node, wanted: str, reader: Reader) -> str:
    """The property of that name or label. Raises ``NotFound`` with those that the node has; one above the clearance does not exist."""
    known = reader.ontology.node_types[node.type].properties if node.type in reader.ontology.node_types else {}
    seen = {name for name in {*known, *node.properties} if property_class(reader.ontology, node, name) <= reader.clearance}
    folded = wanted.strip().casefold()
    for name in sorted(seen):
        labels = (known[name].label.zh, known[name].label.en) if name in known else ()
        if folded in (name.casefold(), *(label.casefold() for label in labels)):
            return name
    present = ", ".join(sorted(seen & set(node.properties)))
    raise NotFound(
        message("'{name}' has no property '{wanted}'.", name=node.caption, wanted=wanted),
        hint=message("It has: {present}.", present=present),
        where={"parameter": "property"},
    )


def _source(claim: Claim, shown: Callable[[str], str]) -> dict[str, object]:
    return {
        "load": claim.load,
        "source": claim.source,
        "precedence": claim.precedence,
        "source_date": claim.source_date or None,
        "file": shown(claim.file),
        "sheet": shown(claim.sheet),
        "row": claim.row,
        "recorded_from": claim.recorded_from,
    }


def _stands(claim: Claim, node: Node, name: str) -> bool:
    """Whether this claim's value is (part of) the node's."""
    value, own = node.properties.get(name), claim.values.get(name)
    if isinstance(value, tuple) and isinstance(own, tuple):
        return set(own) <= set(value)
    return value == own


def _says(entry: Mapping[str, object]) -> str:
    """``name: 扬州大学; city: 扬州``, with what the cell itself held where that differs, and a mark at what the mapping states."""
    values, raw = inner(entry, "values"), inner(entry, "raw")
    stated = cast("Sequence[str]", entry["from_mapping"])
    parts = []
    for name, value in sorted(values.items()):
        text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        mark = " （映射所定，非该行所说 from the mapping, not from the row）" if name in stated else ""
        parts.append(f"{name}: {text}" + (f" ({raw[name]!r})" if name in raw else mark))
    return "; ".join(parts)
