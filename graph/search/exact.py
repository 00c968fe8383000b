"""Ids, identifiers and whole names, from a dictionary: what a command that names its nodes exactly needs, without an index to build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType

from graph.model import Node
from graph.ontology.schema import Ontology
from graph.search.entries import Entry, entry_of
from graph.search.text import normalise

Degree = Callable[[str], int]
"""How many relationships a node has, by id: the better connected of two equal hits comes first."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One node found. ``hint`` tells nodes of one caption apart (a unit, a city, a code); ``score`` is in (0, 1], 1 for an exact id."""

    id: str
    type: str
    caption: str
    hint: str
    score: float


CALLED = 0.84
"""The score of a node that people call by the whole text although it is not its name (人大, 交大): it is offered, never taken for it."""


class _Kind(IntEnum):
    """How an exact text names a node, the surest first."""

    ID = 0
    CAPTION = 1
    ALIAS = 2


_SCORES = {_Kind.ID: 1.0, _Kind.CAPTION: 0.99, _Kind.ALIAS: 0.9}


@dataclass(frozen=True, slots=True)
class Hints:
    """What the builder of a read model may know beyond the nodes. ``hints`` is public text: whoever sees the caption sees it.
    ``surroundings`` are the ids of the units and places of a node, by its id (``graph.search.surroundings``)."""

    hints: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    degree: Degree | None = None
    surroundings: Mapping[str, Sequence[str]] = field(default_factory=lambda: MappingProxyType({}))


NO_HINTS = Hints()


class ExactNames:
    """Exact look-up of ids, identifiers (``pic:999977172``, or the bare code), captions and aliases, whatever their case or width."""

    def __init__(
        self, entries: Mapping[str, Entry], named: Mapping[str, Sequence[Entry]], ontology: Ontology, degree: Degree | None
    ) -> None:
        """``entries`` by node id, ``named`` by normalised text. Use ``build``."""
        self._entries = entries
        self._named = named
        self._ontology = ontology
        self._degree = degree

    @classmethod
    def build(cls, nodes: Iterable[Node], ontology: Ontology, *, know: Hints = NO_HINTS) -> ExactNames:
        """Reads every node once."""
        return cls.of_entries((entry_of(node, ontology, know.hints.get(node.id, "")) for node in nodes), ontology, know.degree)

    @classmethod
    def of_entries(cls, entries: Iterable[Entry], ontology: Ontology, degree: Degree | None = None) -> ExactNames:
        """The same from entries that were read before."""
        by_id: dict[str, Entry] = {}
        named: dict[str, list[Entry]] = {}
        for entry in entries:
            by_id[entry.id] = entry
            for text in _texts(entry):
                named.setdefault(text, []).append(entry)
        return cls(by_id, named, ontology, degree)

    def following(self, changed: Iterable[Node], gone: Iterable[str]) -> ExactNames:
        """The names after nodes ``changed`` (or came) and are ``gone``; these stay as they are."""
        return self.with_entries([entry_of(node, self._ontology) for node in changed], gone)

    def with_entries(self, changed: Iterable[Entry], gone: Iterable[str], degree: Degree | None = None) -> ExactNames:
        """The same from entries that were read before."""
        entries, named = dict(self._entries), dict(self._named)
        standing = {entry.id: entry for entry in changed}
        for id in (*standing, *gone):
            old = entries.pop(id, None)
            for text in _texts(old) if old else ():
                others = [entry for entry in named[text] if entry.id != id]
                if others:
                    named[text] = others
                else:
                    del named[text]
        for entry in standing.values():
            entries[entry.id] = entry
            for text in _texts(entry):
                named[text] = [*named.get(text, ()), entry]
        return ExactNames(entries, named, self._ontology, degree)

    def resolve(self, text: str, types: Collection[str] = (), clearance: int = 0) -> list[Hit]:
        """The nodes that this text names exactly, best connected first. An id beats a caption and a caption beats an alias: only the surest
        kind found is returned, so more than one hit means that the text is ambiguous. No hit is an empty list. Raises ``NotFound`` for a
        type that does not exist."""
        wanted = wanted_types(self._ontology, types)
        plain = normalise(text)
        kinds = {
            entry.id: (kind, entry)
            for entry in self._named.get(plain, ())
            if (not wanted or entry.type in wanted) and (kind := _kind(entry, plain, clearance)) is not None
        }
        surest = min((kind for kind, _ in kinds.values()), default=_Kind.ALIAS)
        entries = [entry for kind, entry in kinds.values() if kind is surest]
        entries.sort(key=lambda entry: (-(self._degree(entry.id) if self._degree else 0), entry.id))
        return [Hit(entry.id, entry.type, entry.caption, entry.hint, _SCORES[surest]) for entry in entries]


def _texts(entry: Entry) -> dict[str, None]:
    """What names a node, each text once."""
    return dict.fromkeys(text.text for texts in (entry.ids, entry.captions, entry.aliases) for text in texts)


def _kind(entry: Entry, plain: str, clearance: int) -> _Kind | None:
    """The surest way in which this text names the node, as far as the reader may know."""
    for kind, texts in ((_Kind.ID, entry.ids), (_Kind.CAPTION, entry.captions), (_Kind.ALIAS, entry.aliases)):
        if any(each.text == plain and each.privacy <= clearance for each in texts):
            return kind
    return None


def wanted_types(ontology: Ontology, types: Collection[str]) -> frozenset[str]:
    """The named types and all that extend them; empty means every type. Raises ``NotFound``."""
    return frozenset(name for wanted in types for name in ontology.descendants(ontology.node_type(wanted).name))
