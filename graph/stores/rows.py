"""Our values as a store's rows, and back. Exact both ways, or refused: nothing is rounded, cut or guessed."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import orjson

from graph.errors import LianyinError, NotFound, StoreDamaged, ValueProblem
from graph.messages import Message, message
from graph.model import Claim, ClaimKind, Load, LoadedTable, LoadState, Node, Properties, Relationship, Value
from graph.ontology.schema import Ontology
from graph.stores.cypher.layout import NODE_KEYS, RELATIONSHIP_KEYS, SYNTHETIC_KEYS, is_name

Row = dict[str, Any]

MAX_ID_BYTES = 4_000
"""Ids are indexed, and Neo4j's range index takes keys of up to about 8 kB."""

_INT64_MIN, _INT64_MAX = -(2**63), 2**63 - 1


_NODE, _RELATIONSHIP, _CLAIM = message("id of a node"), message("id of a relationship"), message("id of a claim")
_IDENTIFIER, _SUBJECT, _OBJECT = message("identifier"), message("subject"), message("object")


def checked_id(text: str, what: Message, owner: str = "") -> str:
    """An id that can be stored and indexed: not empty, whole unicode, at most ``MAX_ID_BYTES`` in UTF-8."""
    if not isinstance(text, str) or not text:
        raise ValueProblem(
            message("The {what} is empty.", what=_named(what, owner)), hint=message("Every node, relationship and record needs an id.")
        )
    size = len(_utf8(text, what, owner))
    if size > MAX_ID_BYTES:
        raise ValueProblem(
            message(
                "The {what} has {size} bytes; at most {most} can be indexed.",
                what=_named(what, owner),
                size=size,
                most=MAX_ID_BYTES,
            ),
            value=text[:60],
        )
    return text


def _named(what: str, owner: str) -> str:
    return message("{what} of {owner}", what=what, owner=owner) if owner else what


def _utf8(text: str, what: str, owner: str = "") -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise ValueProblem(
            message(
                "The {what} contains half of a surrogate pair at position {start}, which is not a character.",
                what=_named(what, owner),
                start=error.start,
            ),
            value=ascii(text[:60]),
            hint=message("Read the file in its correct encoding."),
        ) from error


def checked_value(value: Value, what: str, owner: str = "") -> Value:
    """A value as the store takes it: text, 64-bit whole number, finite number, truth value or list of text."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        _utf8(value, what, owner)
        return value
    if isinstance(value, int):
        if not _INT64_MIN <= value <= _INT64_MAX:
            raise ValueProblem(
                message("The {what} {value} is beyond 64 bits.", what=_named(what, owner), value=value),
                value=str(value),
                hint=message("Keep it as text."),
            )
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueProblem(
                message("The {what} is {value}, which is not a number.", what=_named(what, owner), value=value),
                value=str(value),
                hint=message("Leave the value out."),
            )
        return value
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        for item in value:
            _utf8(item, what, owner)
        return value
    raise ValueProblem(
        message("The {what} is a {type}, which no store can keep.", what=_named(what, owner), type=type(value).__name__),
        value=str(value)[:60],
    )


def _checked_properties(properties: Properties, owner: str, reserved: frozenset[str]) -> Row:
    row: Row = {}
    for key, value in properties.items():
        if key in reserved or key in SYNTHETIC_KEYS:
            raise ValueProblem(
                message("{owner} cannot have a property named '{key}': the store needs that name.", owner=owner, key=key),
                hint=message("Choose another name."),
            )
        if not is_name(key):
            raise ValueProblem(
                message("{owner} has a property named {key}.", owner=owner, key=ascii(key)),
                hint=message("Use letters, digits and underscores only."),
            )
        stored = checked_value(value, key, owner)
        if stored != ():  # an empty list says nothing: it reads absent, as a value that was never given
            row[key] = list(stored) if isinstance(stored, tuple) else stored
    return row


def _read_properties(stored: Mapping[str, Any], own: frozenset[str]) -> Properties:
    return {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in stored.items()
        if key not in own and key not in SYNTHETIC_KEYS and value is not None
    }


def node_row(node: Node, revision: int, ontology: Ontology) -> Row:
    """The whole stored node. Raises ``NotFound`` for an unknown type, ``ValueProblem`` for what cannot be kept exactly."""
    if node.type not in ontology.node_types:
        raise unknown_type(message("node"), node.type, ontology.node_types)
    checked_id(node.id, _NODE)
    row = _checked_properties(node.properties, node.id, NODE_KEYS)
    if "name" not in row:
        raise ValueProblem(message("The node {id} has no name.", id=node.id), hint=message("Write its id as name, with named = false."))
    row.update(id=node.id, entityType=node.type, revision=revision)
    if node.identifiers:
        row["identifiers"] = [checked_id(item, _IDENTIFIER, node.id) for item in node.identifiers]
    return row


def read_node(stored: Mapping[str, Any]) -> Node:
    """From the stored properties."""
    return Node(stored["id"], stored["entityType"], _read_properties(stored, NODE_KEYS), tuple(stored.get("identifiers") or ()))


def relationship_row(relationship: Relationship, revision: int, ontology: Ontology) -> Row:
    """``{id, source, target, properties}``. Raises as ``node_row``."""
    if relationship.type not in ontology.relationship_types:
        raise unknown_type(message("relationship"), relationship.type, ontology.relationship_types)
    checked_id(relationship.id, _RELATIONSHIP)
    if not relationship.id.startswith(f"{relationship.type}:"):
        raise ValueProblem(
            message("The id '{id}' does not begin with its type.", id=relationship.id),
            value=relationship.id,
            hint=message("Write '{type}:…'.", type=relationship.type),
        )
    properties = _checked_properties(relationship.properties, relationship.id, RELATIONSHIP_KEYS)
    properties.update(id=relationship.id, revision=revision)
    return {"id": relationship.id, "source": relationship.source, "target": relationship.target, "properties": properties}


def read_relationship(row: Mapping[str, Any]) -> Relationship:
    """From ``{type, source, target, properties}``."""
    properties = row["properties"]
    return Relationship(properties["id"], row["type"], row["source"], row["target"], _read_properties(properties, RELATIONSHIP_KEYS))


def by_type(ids: Sequence[str], ontology: Ontology) -> dict[str, list[str]]:
    """Relationship ids by the type that they begin with; what begins with no type is no relationship's id and is left out."""
    groups: dict[str, list[str]] = {}
    for id in dict.fromkeys(ids):
        name = id.partition(":")[0]
        if name in ontology.relationship_types:
            groups.setdefault(name, []).append(id)
    return groups


def unknown_type(what: Message, name: str, known: Mapping[str, object]) -> LianyinError:
    """The error for a type that the ontology does not have."""
    return NotFound(
        message("There is no {what} type '{name}'.", what=what, name=name),
        hint=message("Types: {known}.", known=sorted(known)),
        where={"parameter": "type"},
    )


def pair_key(type_name: str, start: str, end: str) -> str:
    """What a relationship claim is looked up by: a digest, so that three long ids stay within one index key."""
    return hashlib.blake2b("\x1f".join((type_name, start, end)).encode(), digest_size=16).hexdigest()


def claim_row(claim: Claim) -> Row:
    """A claim as one flat node; its ends are named by kind so that each look-up has its own index."""
    checked_id(claim.id, _CLAIM)
    row: Row = {
        "id": claim.id,
        "load": claim.load,
        "writtenBy": claim.id.rpartition(":")[0],
        "source": claim.source,
        "precedence": claim.precedence,
        "sourceDate": claim.source_date,
        "file": claim.file,
        "sheet": claim.sheet,
        "row": claim.row,
        "record": claim.record,
        "kind": claim.kind.value,
        "claimType": claim.type,
        "values": _json({key: checked_value(value, key, claim.id) for key, value in claim.values.items()}),
        "raw": _json(dict(claim.raw)),
        "recordedFrom": claim.recorded_from,
        "recordedTo": claim.recorded_to,
        "closedBy": claim.closed_by,
    }
    for key in ("load", "source", "sourceDate", "file", "sheet", "record", "claimType", "recordedFrom", "recordedTo", "closedBy"):
        _utf8(row[key], key, claim.id)
    subject = checked_id(claim.subject, _SUBJECT, claim.id)
    if claim.kind is ClaimKind.NODE:
        return {**row, "node": subject}
    other = checked_id(claim.object, _OBJECT, claim.id)
    if claim.kind is ClaimKind.RELATIONSHIP:
        return {**row, "start": subject, "end": other, "pair": pair_key(claim.type, subject, other)}
    return {**row, "left": subject, "right": other}


def _json(values: Mapping[str, object]) -> str:
    try:
        return orjson.dumps(values).decode()
    except orjson.JSONEncodeError as error:
        raise ValueProblem(
            message("These values cannot be saved: {error}.", error=error), hint=message("Read the file in its correct encoding.")
        ) from error


def read_claim(stored: Mapping[str, Any]) -> Claim:
    """From the stored properties."""
    kind = ClaimKind(stored["kind"])
    subject, other = {
        ClaimKind.NODE: ("node", ""),
        ClaimKind.RELATIONSHIP: ("start", "end"),
    }.get(kind, ("left", "right"))
    return Claim(
        id=stored["id"],
        load=stored["load"],
        source=stored["source"],
        precedence=stored["precedence"],
        source_date=stored["sourceDate"],
        file=stored["file"],
        sheet=stored["sheet"],
        row=stored["row"],
        record=stored["record"],
        kind=kind,
        type=stored["claimType"],
        subject=stored[subject],
        object=stored[other] if other else "",
        values={key: tuple(value) if isinstance(value, list) else value for key, value in orjson.loads(stored["values"]).items()},
        raw=orjson.loads(stored["raw"]),
        recorded_from=stored["recordedFrom"],
        recorded_to=stored["recordedTo"],
        closed_by=stored["closedBy"],
    )


def load_row(load: Load) -> Row:
    """A load as one flat node; ``number`` is its place in time."""
    digits = load.id.removeprefix("L")
    if not digits.isascii() or not digits.isdigit():
        raise ValueProblem(
            message("'{id}' is not a valid id of a load.", id=load.id), value=load.id, hint=message("open_load gives ids such as L7.")
        )
    return {
        "id": load.id,
        "number": int(digits),
        "kind": load.kind,
        "name": checked_value(load.name, "name", load.id),
        "documents": _json_list(load.documents),
        "state": load.state.value,
        "recordedAt": load.recorded_at,
        "beat": load.beat,
        "revision": load.revision,
        "undoes": load.undoes,
        "undoneBy": load.undone_by,
        "dataDate": load.data_date,
        "totals": _json(dict(load.totals)),
        "tables": _json_tables(load.tables),
        "owner": load.owner,
    }


def _json_tables(tables: tuple[LoadedTable, ...]) -> str:
    for table in tables:
        for name, value in asdict(table).items():
            checked_value(value, f"{name} of a table")
    return orjson.dumps(tables).decode()


def ids_text(ids: Sequence[str]) -> str:
    """Ids as one text: to change a graph, the embedded engine copies every list of texts of the same label, however long ago it was
    written, and a first load changes millions of subjects."""
    return orjson.dumps(list(ids)).decode()


def read_ids(stored: str) -> list[str]:
    """The ids of such a text."""
    found: list[str] = orjson.loads(stored)
    return found


def _json_list(items: tuple[str, ...]) -> str:
    return orjson.dumps([checked_value(item, message("name of a document")) for item in items]).decode()


def read_load(stored: Mapping[str, Any]) -> Load:
    """From the stored properties."""
    try:
        state = LoadState(stored["state"])
    except ValueError as error:
        raise StoreDamaged(
            message("The load {id} is in the unknown state '{state}'.", id=stored.get("id"), state=stored.get("state"))
        ) from error
    return Load(
        id=stored["id"],
        kind=stored["kind"],
        name=stored["name"],
        documents=tuple(orjson.loads(stored["documents"])),
        state=state,
        recorded_at=stored["recordedAt"],
        beat=stored["beat"],
        revision=stored["revision"],
        undoes=stored["undoes"],
        undone_by=stored["undoneBy"],
        data_date=stored["dataDate"],
        totals=orjson.loads(stored["totals"]),
        tables=tuple(LoadedTable(**each) for each in orjson.loads(stored.get("tables") or "[]")),  # loads of earlier versions have none
        owner=stored.get("owner") or "",  # and no owner
    )
