"""What of a node can be searched: its texts by kind, each with the privacy class that a reader needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from graph.model import Node, Value
from graph.ontology.schema import NodeType, Ontology
from graph.privacy import identifier_class, name_class, property_class
from graph.search.known import known_as
from graph.search.text import MAX_TEXT, han_runs, normalise

NOT_TEXT = frozenset(
    "batch-number boolean count country date date-time decimal enum id-hash integer json".split()
    + "money money-wan percent range skill-level trl url".split()
)
"""Value types whose text nobody types into a search box, or that too many nodes share."""

NAMES = frozenset({"aliases", "shortName", "stockName", "formerNames", "englishName"})
"""Properties that hold another name of the node itself."""

ORGANISATION = "Organization"

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z.:/_\-]*")
_MAX_TEXTS = 60


class Text(NamedTuple):
    """One searchable text, normalised. ``privacy`` is never below that of the node's caption: who may not see the caption gets no hit."""

    text: str
    privacy: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A node as search knows it."""

    id: str
    type: str
    caption: str
    hint: str
    ids: tuple[Text, ...]
    captions: tuple[Text, ...]
    aliases: tuple[Text, ...]
    codes: tuple[Text, ...]
    others: tuple[Text, ...]
    known: tuple[Text, ...] = ()
    """What people call it although no source says so (``graph.search.known``)."""


def with_known_names(entry: Entry, ontology: Ontology) -> Entry:
    """The entry of an institution with its short, former and English names; any other as it is."""
    if not entry.captions or not ontology.is_a(entry.type, ORGANISATION):
        return entry
    names = known_as([text.text for text in (*entry.captions, *entry.aliases)])
    own = {text.text for text in (*entry.captions, *entry.aliases)}
    return replace(entry, known=tuple(Text(name, entry.captions[0].privacy) for name in names if name not in own))


def entry_of(node: Node, ontology: Ontology, hint: str = "") -> Entry:
    """The searchable texts of a node."""
    floor = name_class(ontology, node)
    aliases: list[Text] = []
    codes: list[Text] = []
    others: list[Text] = []
    node_type = ontology.node_types.get(node.type)
    for name, value in node.properties.items():
        if name == "name" or not _is_text(node_type, name, value):
            continue
        privacy = max(floor, property_class(ontology, node, name))
        for text in _texts(value):
            where = aliases if name in NAMES else codes if _is_code(text) else others
            where.append(Text(normalise(text), privacy))
    named = node.properties.get("named") is not False
    return Entry(
        id=node.id,
        type=node.type,
        caption=node.caption,
        hint=hint,
        ids=_ids(node, ontology),
        captions=(Text(normalise(node.caption), floor),) if named else (),
        aliases=tuple(aliases[:_MAX_TEXTS]),
        codes=tuple(codes[:_MAX_TEXTS]),
        others=tuple(others[:_MAX_TEXTS]),
    )


def _ids(node: Node, ontology: Ontology) -> tuple[Text, ...]:
    """The id and identifiers, each also without its scheme."""
    ids: dict[str, int] = {}
    for identifier in (node.id, *node.identifiers):
        ids[identifier] = identifier_class(ontology, node, identifier)
        code = identifier.partition(":")[2]
        if code and _is_code(code):
            ids.setdefault(code, ids[identifier])
    return tuple([Text(normalise(text), privacy) for text, privacy in ids.items()])


def _is_text(node_type: NodeType | None, name: str, value: Value) -> bool:
    if not isinstance(value, (str, tuple)):
        return False
    listed = node_type.properties.get(name) if node_type else None
    return listed is not None and listed.value not in NOT_TEXT


def _texts(value: Value) -> tuple[str, ...]:
    texts = value if isinstance(value, tuple) else (str(value),)
    return tuple(text for text in texts if text.strip() and len(text) <= MAX_TEXT)


def _is_code(text: str) -> bool:
    return _CODE.fullmatch(text) is not None and any(map(str.isdigit, text)) and not han_runs(text)
