"""Whether a table is a mapping's own kind, or only happens to have its columns.

A mapping that ships with the product takes a table by itself only with its *distinctive* columns, all but one of them under its own name
for them: aliases are for tables that are known to be of the kind. Where a distinctive column holds codes of a registry, one at least of the
first rows must have a valid one. Everything else is a proposal, to be chosen by a person.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.errors import ValueProblem
from graph.values import VALUE_TYPES, Context
from ingest.mapping.spec import IdSpec, MappingSpec
from ingest.patterns import compiled
from ingest.readers.base import Preview, clean_header


def lacking(table: Preview, header_row: int, header: Sequence[str], spec: MappingSpec) -> tuple[str, ...]:
    """The distinctive columns of ``spec`` that the table lacks, or whose texts are none of its kind. ``header`` holds the standard names of
    row ``header_row``; ``()`` if the mapping names no distinctive columns, as one of a person's own need not."""
    if not spec.columns.distinctive:
        return ()
    headings = {clean_header(cell) for row, cells in table.rows if row == header_row for cell in cells}
    missing = [names[0] for names in spec.columns.distinctive if names[0] not in header]
    borrowed = [names[0] for names in spec.columns.distinctive if headings.isdisjoint(clean_header(name) for name in names)]
    if missing or len(borrowed) > 1:
        return tuple(missing or borrowed)
    below = [dict(zip(header, cells, strict=False)) for row, cells in table.rows if row > header_row]
    distinctive = {names[0] for names in spec.columns.distinctive}
    foreign = []
    for id in registry_ids(spec):
        texts = [text for row in below if (text := row.get(id.columns[0], "").strip())]
        if id.columns[0] in distinctive and texts and not any(_valid(id, text) for text in texts):
            foreign.append(id.columns[0])
    return tuple(dict.fromkeys(foreign))


def registry_ids(spec: MappingSpec) -> Iterator[IdSpec]:
    """The ids of the mapping's nodes that a registry gives, unless a table of words gives them."""
    for node in spec.nodes.values():
        yield from (id for id in node.id if id.scheme in VALUE_TYPES and not id.map)


def _valid(id: IdSpec, text: str) -> bool:
    pattern = id.pattern(id.columns[0])
    part = compiled(pattern).part_of(text) if pattern else text
    if part is None:
        return False
    try:
        cleaned = VALUE_TYPES[id.scheme or ""].clean(part, Context())
    except ValueProblem:
        return False
    return cleaned.identifier and cleaned.value is not None
