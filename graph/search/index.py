"""The search index: a read model over tantivy, built from nodes at a revision and swapped whole."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Sequence

import tantivy

from graph.model import Node
from graph.ontology.schema import Ontology
from graph.search import queries
from graph.search.entries import Entry, entry_of
from graph.search.exact import NO_HINTS, Degree, ExactNames, Hints, Hit, wanted_types
from graph.search.fields import WEIGHT_SPAN, documents, schema
from graph.search.near import SHORTEST_WITH_A_MISTAKE, one_mistake, stands_for, university_short_form
from graph.search.pinyin import sound
from graph.search.queries import Tier
from graph.search.text import han_runs, normalise

MAX_LIMIT = 1000
_CANDIDATES = 400
"""How many candidates for a mistake or a short form are read before the check in Python."""
_WRITER_BYTES = 128_000_000
_LONGEST_SHORT_FORM = 4


class SearchIndex:
    """Answers searches at one revision. Immutable: build another for another revision."""

    def __init__(self, entries: Sequence[Entry], ontology: Ontology, revision: int, degree: Degree | None = None) -> None:
        """``entries`` best first: their order decides between hits of equal standing. Use ``build``."""
        self.revision = revision
        self._entries = entries
        self._ontology = ontology
        self._weights = [WEIGHT_SPAN * (1 - rank / max(1, len(entries))) for rank in range(len(entries))]
        self._exact = ExactNames.of_entries(entries, ontology, degree)
        self._schema = schema()
        self._searcher = _write(self._schema, entries, self._weights)

    @classmethod
    def build(cls, nodes: Iterable[Node], ontology: Ontology, revision: int, *, know: Hints = NO_HINTS) -> SearchIndex:
        """Reads every node once. Hits of equal standing come by degree, then shorter caption, then id."""
        degree = know.degree
        ranked = sorted(
            (entry_of(node, ontology, know.hints.get(node.id, "")) for node in nodes),
            key=lambda entry: (-(degree(entry.id) if degree else 0), len(entry.caption), entry.id),
        )
        return cls(ranked, ontology, revision, degree)

    def __len__(self) -> int:
        return len(self._entries)

    def resolve(self, text: str, types: Collection[str] = (), clearance: int = 0) -> list[Hit]:
        """The nodes that this text names exactly; see ``ExactNames.resolve``."""
        return self._exact.resolve(text, types, clearance)

    def autocomplete(self, prefix: str, types: Collection[str] = (), limit: int = 10, clearance: int = 0) -> list[Hit]:
        """What an unfinished text may become: as ``search``, without help for mistakes."""
        return self._hits(self._ranked(queries.exact_or_part(self._schema, prefix), wanted_types(self._ontology, types), clearance, limit))

    def search(self, text: str, types: Collection[str] = (), limit: int = 20, clearance: int = 0) -> list[Hit]:
        """The best ``limit`` hits (at most ``MAX_LIMIT``) that a reader of this clearance may see, best first and always in the same order.

        Whole names before beginnings before parts before short forms; names with one mistake only where these leave room. Chinese text
        is matched by its characters, never by its sound. Raises ``NotFound`` for a type that does not exist."""
        wanted = wanted_types(self._ontology, types)
        found = self._ranked(queries.exact_or_part(self._schema, text), wanted, clearance, limit)
        for number, tier in self._short_forms(text, wanted, clearance):
            found[number] = max(tier, found.get(number, 0.0))
        if len(found) < limit:
            for number, tier in self._with_a_mistake(text, wanted, clearance, limit):
                found.setdefault(number, tier)
        return self._hits(found)[: max(0, limit)]

    def _ranked(self, query: tantivy.Query, wanted: frozenset[str], clearance: int, limit: int) -> dict[int, float]:
        """Node numbers with the score of their best tier, best first."""
        if limit < 1:
            return {}
        limited = queries.limited(query, self._schema, clearance, wanted)
        # A node has up to four documents (one per privacy class), so that many more are read than are wanted.
        result = self._searcher.search(limited, limit=4 * min(limit, MAX_LIMIT), count=False, weight_by_field="weight")
        found: dict[int, float] = {}
        for number, (score, _) in zip(self._numbers(result), result.hits, strict=True):
            found.setdefault(number, score / math.log2(2 + self._weights[number]))
            if len(found) == limit:
                break
        return found

    def _candidates(self, query: tantivy.Query, wanted: frozenset[str], clearance: int) -> list[int]:
        limited = queries.limited(query, self._schema, clearance, wanted)
        return self._numbers(self._searcher.search(limited, limit=_CANDIDATES, count=False, weight_by_field="weight"))

    def _numbers(self, result: tantivy.SearchResult) -> list[int]:
        """The numbers of the nodes found; every document has one."""
        values = self._searcher.fast_field_values("number", [address for _, address in result.hits])
        return [int(value) for value in values if value is not None]

    def _short_forms(self, text: str, wanted: frozenset[str], clearance: int) -> list[tuple[int, float]]:
        run = _only_han(text)
        if not 2 <= len(run) <= _LONGEST_SHORT_FORM:
            return []
        found: dict[int, float] = {}
        for number in sorted(self._candidates(queries.short_form(self._schema, run), wanted, clearance)):
            names = [name for name in self._names(number, clearance) if len(name) >= SHORTEST_WITH_A_MISTAKE and stands_for(run, name)]
            if names:
                university = any(university_short_form(run, name) for name in names)
                found[number] = (Tier.UNIVERSITY_SHORT_FORM if university else Tier.SHORT_FORM).value
        return list(found.items())

    def _with_a_mistake(self, text: str, wanted: frozenset[str], clearance: int, limit: int) -> list[tuple[int, float]]:
        run = _only_han(text)
        if not run:
            return list(self._ranked(queries.mistaken_words(self._schema, text), wanted, clearance, limit).items())
        if len(run) < SHORTEST_WITH_A_MISTAKE:
            return []
        candidates = set(self._candidates(queries.mistaken_han(self._schema, run), wanted, clearance))
        ranked = [
            (_how_far(run, name), number) for number in candidates for name in self._names(number, clearance) if one_mistake(run, name)
        ]
        return [(number, Tier.MISTAKE.value) for _, number in heapq.nsmallest(2 * limit, ranked)]

    def _names(self, number: int, clearance: int) -> list[str]:
        entry = self._entries[number]
        return [text.text for text in (*entry.captions, *entry.aliases) if text.privacy <= clearance]

    def _hits(self, found: dict[int, float]) -> list[Hit]:
        order = sorted(found.items(), key=lambda item: -round(item[1], 3))
        return [
            Hit(entry.id, entry.type, entry.caption, entry.hint, round(score, 3))
            for entry, score in ((self._entries[number], score) for number, score in order)
        ]


def _only_han(text: str) -> str:
    """The text, if it is one Chinese stretch and nothing else."""
    plain = normalise(text)
    return plain if han_runs(plain) == [plain] else ""


def _how_far(typed: str, name: str) -> tuple[int, bool]:
    """Which of two names with one mistake was meant: the one of nearly the same length, then the one that sounds the same."""
    return abs(len(name) - len(typed)), sound(name) != sound(typed)


def _write(fields: tantivy.Schema, entries: Sequence[Entry], weights: Sequence[float]) -> tantivy.Searcher:
    """An index in memory. Its segments do not matter: the order of equal hits is in their weight."""
    index = tantivy.Index(fields)
    writer = index.writer(heap_size=_WRITER_BYTES, num_threads=1)
    for number, entry in enumerate(entries):
        for document in documents(entry, number, weights[number]):
            writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index.searcher()
