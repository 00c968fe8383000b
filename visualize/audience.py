"""Whom a picture or an export is for, and how people appear in it (PIPL).

For the ``public`` a node whose name is above class 0 appears by role and unit, under an id that means nothing; ``internal`` readers
see names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from graph.errors import QueryProblem
from graph.messages import message
from graph.model import Node
from graph.ontology.schema import Label, Ontology
from graph.privacy import name_class

_SHORTEST_NAME = 2


class Audience(StrEnum):
    """Who will see it."""

    PUBLIC = "public"
    INTERNAL = "internal"


CLEARANCES = {Audience.PUBLIC: 0, Audience.INTERNAL: 2}
"""The highest privacy class that an audience is shown, whoever makes the picture."""


def audience_of(text: str) -> Audience:
    """By name. Raises ``QueryProblem``."""
    try:
        return Audience(text.strip().casefold())
    except ValueError as error:
        raise QueryProblem(
            message("There is no audience '{text}'.", text=text),
            hint=message("Choose public (people by role and unit) or internal (names)."),
            where={"parameter": "audience"},
        ) from error


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a picture is for. ``clearance`` is that of whoever makes it: nobody shows more than they may see. ``roles`` says by node id
    what to call a person who is not named (``扬州大学 副教授``); ``hints`` what tells nodes of one caption apart."""

    audience: Audience = Audience.PUBLIC
    clearance: int = 3
    roles: Mapping[str, Label] = field(default_factory=lambda: MappingProxyType({}))
    hints: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def sees(self) -> int:
        """The highest privacy class that appears."""
        return min(self.clearance, CLEARANCES[self.audience])


@dataclass(frozen=True)
class Names:
    """What each node of a picture is called, and which names must not appear in it."""

    captions: Mapping[str, Label]
    hidden: Mapping[str, Label]
    """Name → what stands in its place."""

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        """Any hidden name, the longest first."""
        names = sorted(self.hidden, key=lambda name: (-len(name), name))
        return re.compile("|".join(map(re.escape, names))) if names else None

    def mask(self, text: str, language: str) -> str:
        """A text written by others (a title, a file's name) without the hidden names."""
        if self._pattern is None:
            return text
        return self._pattern.sub(lambda found: str(getattr(self.hidden[found.group()], language)), text)

    def mask_label(self, label: Label) -> Label:
        return Label(self.mask(label.zh, "zh"), self.mask(label.en, "en"))


def names_for(nodes: Iterable[Node], ontology: Ontology, reader: Reader) -> Names:
    """Captions for this reader. Who is not named is numbered in the order of the nodes (``人员 2（扬州大学）``)."""
    captions: dict[str, Label] = {}
    hidden: dict[str, Label] = {}
    listed = tuple(nodes)
    counts: dict[str, int] = {}
    for node in listed:
        if name_class(ontology, node) <= reader.sees:
            captions[node.id] = Label(node.caption, node.caption)
            continue
        counts[node.type] = counts.get(node.type, 0) + 1
        captions[node.id] = _by_role(node, counts[node.type], ontology, reader)
        for text in (node.caption, node.id):
            if len(text) >= _SHORTEST_NAME:
                hidden[text] = captions[node.id]
    names = Names(captions, hidden)
    for node in listed:
        # A link (a term, an agreement) may be called after the person whom it links.
        if node.id in captions and ontology.node_type(node.type).link:
            captions[node.id] = names.mask_label(captions[node.id])
    return names


def _by_role(node: Node, number: int, ontology: Ontology, reader: Reader) -> Label:
    role = reader.roles.get(node.id)
    if role is not None:
        return role
    label = ontology.node_type(node.type).label
    unit = reader.hints.get(node.id, "")
    return Label(f"{label.zh} {number}" + (f"（{unit}）" if unit else ""), f"{label.en} {number}" + (f" ({unit})" if unit else ""))
