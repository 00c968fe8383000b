"""What a load made of its tables: columns that nothing uses, tables that join nothing, nodes that stand alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from graph.model import ClaimKind, Draft
from graph.ontology.schema import Ontology
from ingest.mapping.check import used_columns
from ingest.mapping.spec import MappingSpec
from ingest.readers.base import BrokenRow, SourceRow
from ingest.text import mask

FOLLOWED = 200_000
"""Nodes that a load follows to tell which of them stand alone; of a larger one nothing is told."""

LOOKED_AT = 1_000
"""Rows in which a text of an unused column is looked for."""

NODE, RELATIONSHIP = ClaimKind.NODE, ClaimKind.RELATIONSHIP

FIRST_LINKS = 500
"""Relationships among which an example of a path is looked for."""

_PLACES = re.compile(r"\.\d+(?=\.|$)")
"""The places of a list's objects in the names of their columns: ``partners.0.name``."""

_PRIVATE_HEADING = re.compile(
    r"姓名|联系|电话|手机|邮箱|邮件|微信|QQ|身份证|证件|生日|出生|住址|person|contact|phone|mobile|tel\b|mail|passport|birth", re.IGNORECASE
)
_PRIVATE_TEXT = re.compile(r"@|\d(?:[ -]?\d){6,}")


@dataclass(frozen=True, slots=True)
class UnusedColumn:
    """A column of which nothing was loaded, with the first text in it, masked where it may be personal."""

    column: str
    value: str


@dataclass(frozen=True, slots=True)
class AloneCount:
    """How many nodes of a type this load describes and joins to nothing."""

    type: str
    nodes: int


class Unused:
    """The columns of one table that its mapping does not read, each with the first text met in it. A column that is empty is not told."""

    def __init__(self, header: Sequence[str], spec: MappingSpec) -> None:
        used = used_columns(spec)
        names = [column for column in header if column and column not in used and _PLACES.sub("", column) not in used]
        self._texts: dict[str, str] = dict.fromkeys(names, "")
        self._left = LOOKED_AT if names else 0

    def look(self, row: SourceRow | BrokenRow) -> bool:
        """Takes a row; whether further ones are wanted."""
        self._left -= 1
        if isinstance(row, SourceRow):
            for column, text in self._texts.items():
                if not text:
                    self._texts[column] = row.cells.get(column, "").strip()
        if all(self._texts.values()):
            self._left = 0
        return self._left > 0

    def __bool__(self) -> bool:
        return self._left > 0

    def columns(self) -> tuple[UnusedColumn, ...]:
        return tuple(UnusedColumn(column, shown_text(column, text)) for column, text in self._texts.items() if text)


def first_unused(rows: Iterable[SourceRow | BrokenRow], header: Sequence[str], spec: MappingSpec) -> tuple[UnusedColumn, ...]:
    """The unused columns of a table by its first rows, before it is loaded."""
    unused = Unused(header, spec)
    if unused:
        for row in rows:
            if not unused.look(row):
                break
    return unused.columns()


def shown_text(column: str, text: str) -> str:
    """A cell's text as it may be said: masked where the heading or the text looks personal."""
    return mask(text) if _PRIVATE_HEADING.search(column) or _PRIVATE_TEXT.search(text) else text


@dataclass(slots=True)
class Usage:
    """Follows the drafts of a load: ``relationships`` of the table under way, which nodes are ends of none, and two names that a path
    connects."""

    ontology: Ontology
    relationships: int = 0
    _types: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)
    _ends: set[str] = field(default_factory=set)
    _links: list[tuple[str, str]] = field(default_factory=list)
    _followed: bool = True

    def begin_table(self) -> None:
        self.relationships = 0

    def follow(self, drafts: Iterable[Draft]) -> None:
        """Takes the drafts of one record."""
        types, ends, looking = self._types, self._ends, len(self._links) < FIRST_LINKS
        for draft in drafts:
            kind = draft.kind
            if kind is RELATIONSHIP:
                self.relationships += 1
                if self._followed:
                    ends.add(draft.subject)
                    ends.add(draft.object)
                    if looking:
                        self._links.append((draft.subject, draft.object))
            elif kind is NODE and self._followed:
                types[draft.subject] = draft.type
                if looking:
                    self._names[draft.subject] = str(draft.values.get("name", ""))
        if self._followed and len(types) > FOLLOWED:
            self._followed = False
            self._types.clear()
            self._ends.clear()

    def alone(self) -> tuple[AloneCount, ...]:
        """By type, the most frequent first; ``()`` also where the load was too large to be followed."""
        counts = Counter(type for id, type in self._types.items() if id not in self._ends)
        return tuple(AloneCount(type, nodes) for type, nodes in sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def example(self) -> tuple[str, str] | None:
        """The names of two nodes that are nobody's own affair and two steps apart, of different types where there are such."""
        beside: dict[str, dict[str, None]] = {}
        for one, other in self._links:
            beside.setdefault(one, {})[other] = None
            beside.setdefault(other, {})[one] = None
        pairs = [
            (one, other)
            for middle, ends in beside.items()
            if self._walked(middle)
            for one, other in combinations([end for end in ends if self._walked(end) and self._nameable(end)], 2)
            if self._names[one] != self._names[other]
        ]
        best = min(pairs, key=self._rank, default=None)
        return (self._names[best[0]], self._names[best[1]]) if best else None

    def _walked(self, id: str) -> bool:
        known = self.ontology.node_types.get(self._types.get(id, ""))
        return known is not None and not known.hub and not known.link

    def _nameable(self, id: str) -> bool:
        known = self.ontology.node_types[self._types[id]]
        return known.properties["name"].privacy == 0 and known.privacy == 0 and bool(self._names.get(id))

    def _rank(self, pair: tuple[str, str]) -> tuple[bool, int]:
        columns = sorted(self.ontology.node_types[self._types[id]].column for id in pair)
        return self._types[pair[0]] == self._types[pair[1]], -(columns[1] - columns[0])
