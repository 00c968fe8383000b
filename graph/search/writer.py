"""Writing a register of nodes into a tantivy index in memory, whole or where it changed. Segments do not matter: the order of equal hits
is in their weight."""

from __future__ import annotations

from collections.abc import Iterable

import tantivy

from graph.search.fields import documents
from graph.search.register import Register

_WHOLE_BYTES = 128_000_000
_CHANGE_BYTES = 15_000_000
"""What a writer may buffer; the least that tantivy allows is enough for a change."""


def written(schema: tantivy.Schema, register: Register) -> tuple[tantivy.Index, tantivy.Searcher]:
    """A new index of every node, and a searcher that sees it as it is now."""
    index = tantivy.Index(schema)
    return index, _add(index, index.writer(_WHOLE_BYTES, 1), register, (number for number, _ in register.present()))


def rewritten(index: tantivy.Index, register: Register, numbers: Iterable[int]) -> tantivy.Searcher:
    """The index with these nodes' documents as the register has them now. Searchers from before go on seeing what they saw."""
    changed = list(numbers)
    writer = index.writer(_CHANGE_BYTES, 1)
    # Deleting by term takes every whole number for a signed one, and finds none.
    writer.delete_documents_by_query(tantivy.Query.term_set_query(index.schema, "number", changed))
    return _add(index, writer, register, (number for number in changed if register.entries[number] is not None))


def _add(index: tantivy.Index, writer: tantivy.IndexWriter, register: Register, numbers: Iterable[int]) -> tantivy.Searcher:
    for number in numbers:
        for document in documents(register.entry(number), register.place(number)):
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()
