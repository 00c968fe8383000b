"""The search index: a read model over tantivy, built from nodes at a revision and swapped whole."""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import tantivy

from graph.model import Node
from graph.ontology.schema import Ontology
from graph.search import queries
from graph.search.entries import Entry, entry_of, with_known_names
from graph.search.exact import NO_HINTS, ExactNames, Hints, Hit, wanted_types
from graph.search.fields import schema
from graph.search.mixed import parts_of, spells
from graph.search.near import SHORTEST_WITH_A_MISTAKE, SLIPPING, is_slip, one_mistake, stands_for, university_short_form
from graph.search.pinyin import sound
from graph.search.queries import Tier
from graph.search.register import Register, registered, with_changes
from graph.search.spans import LONGEST_TOGETHER, named_within
from graph.search.text import is_han, normalise, only_han
from graph.search.writer import rewritten, written

MAX_LIMIT = 1000
_CANDIDATES = 400
"""How many candidates for a mistake or a short form are read before the check in Python."""
SMALL = 2_000
"""So many nodes written anew are always worth it."""
SHARE = 4
"""Beyond a quarter of the nodes an index is built anew."""
_LONGEST_SHORT_FORM = 4
_MOST_PARTS = 4
"""A text of more words is read as one name."""
_UNITS = 30
"""How many units or places one part of a text may mean."""
_RENOWNED_HITS = 8
FAR = 8
"""A node with this many times fewer relationships than the best connected one that has the same word is another league."""
RENOWNED_DEGREE = 20
"""Fewer relationships make nobody renowned."""

_WHOLE = frozenset(tier.value for tier in (Tier.ID, Tier.CAPTION, Tier.ALIAS, Tier.PINYIN, Tier.INITIALS, Tier.OTHER_PINYIN))


class _Asked(NamedTuple):
    """``types`` includes what extends them; empty means every type. ``mistakes`` says whether a unit may be misspelt."""

    types: frozenset[str]
    clearance: int
    limit: int
    mistakes: bool = False


class SearchIndex:
    """Answers searches at one revision. Immutable: what changed is written beside it, and another answers for the new revision."""

    def __init__(
        self, register: Register, exact: ExactNames, ontology: Ontology, revision: int, index: tantivy.Index, searcher: tantivy.Searcher
    ) -> None:
        """Use ``build`` or ``following``. ``searcher`` sees the documents of this register in ``index``."""
        self.revision = revision
        self._register = register
        self._exact = exact
        self._ontology = ontology
        self._schema = index.schema
        self._index = index
        self._searcher = searcher

    @classmethod
    def build(cls, nodes: Iterable[Node], ontology: Ontology, revision: int, *, know: Hints = NO_HINTS) -> SearchIndex:
        """Reads every node once. Hits of equal standing come by degree, then shorter caption, then id."""
        register = registered((_entry(node, ontology, know) for node in nodes), know)
        exact = ExactNames.of_entries((entry for _, entry in register.present()), ontology, know.degree)
        return cls(register, exact, ontology, revision, *written(schema(), register))

    def following(self, changed: Sequence[Node], gone: Collection[str], revision: int, *, know: Hints = NO_HINTS) -> SearchIndex | None:
        """The index of the revision at which nodes ``changed`` (or came) and are ``gone``, for the price of what changed; nothing when so
        much changed since it was built that building is better. Only the newest index may be followed."""
        entries = [_entry(node, self._ontology, know) for node in changed]
        register, numbers = with_changes(self._register, entries, gone, know)
        if register.late > max(SMALL, len(self) // SHARE):
            return None
        exact = self._exact.with_entries(entries, gone, know.degree)
        searcher = rewritten(self._index, register, numbers) if numbers else self._searcher
        return SearchIndex(register, exact, self._ontology, revision, self._index, searcher)

    def __len__(self) -> int:
        return len(self._register.numbers)

    def resolve(self, text: str, types: Collection[str] = (), clearance: int = 0) -> list[Hit]:
        """The nodes that this text names exactly; see ``ExactNames.resolve``."""
        return self._exact.resolve(text, types, clearance)

    def autocomplete(self, prefix: str, types: Collection[str] = (), limit: int = 10, clearance: int = 0) -> list[Hit]:
        """What an unfinished text may become: as ``search``, without help for mistakes and short forms."""
        return self._hits(self._found(prefix, _Asked(wanted_types(self._ontology, types), clearance, limit)), limit)

    def search(self, text: str, types: Collection[str] = (), limit: int = 20, clearance: int = 0) -> list[Hit]:
        """The best ``limit`` hits (at most ``MAX_LIMIT``) that a reader of this clearance may see, best first and always in the same order.

        Whole names before beginnings before parts before short forms; names with one mistake only where these leave room. Of several
        words one may name the unit or the place. Chinese text is matched by its characters, never by its sound. Raises ``NotFound`` for a
        type that does not exist."""
        asked = _Asked(wanted_types(self._ontology, types), clearance, limit, mistakes=True)
        found = self._found(text, asked)
        for number, tier in self._short_forms(text, asked):
            found[number] = max(tier, found.get(number, 0.0))
        if len(found) < limit:
            inside = self._ranked(queries.inside_known(self._schema, text), asked).items()
            for number, tier in (
                *inside,
                *self._mixed(text, asked),
                *self._with_a_mistake(text, asked),
                *self._slipped(text, asked, found),
            ):
                found[number] = max(tier, found.get(number, 0.0))
        if not found:
            found = self._beside(text, asked)
        return self._hits(found, limit)

    def _found(self, text: str, asked: _Asked) -> dict[int, float]:
        """All but mistakes and short forms of the whole text."""
        found = self._ranked(queries.exact_or_part(self._schema, text), asked)
        self._raise_renowned(text, asked, found)
        for number, score in self._with_its_unit(text, asked):
            found[number] = max(score, found.get(number, 0.0))
        return found

    def _raise_renowned(self, text: str, asked: _Asked, found: dict[int, float]) -> None:
        """Lifts the nodes that hold these words and are far better connected than others that merely begin with them: who types
        Cambridge means the university, not the smallest firm of the town."""
        best = self._ranked(queries.worded(self._schema, text), asked._replace(limit=min(asked.limit, _RENOWNED_HITS)))
        degrees = {number: -self._register.standings[number][0] for number in (*best, *found)}
        most = max((degrees[number] for number in best), default=0)
        if most < RENOWNED_DEGREE:
            return
        for number in (*best, *found):
            if FAR * degrees[number] >= most:
                if round(found.get(number, 0.0), 3) == Tier.CAPTION_PREFIX:
                    found[number] = Tier.RENOWNED_PREFIX.value
                elif number in best:
                    found[number] = max(Tier.RENOWNED.value, found.get(number, 0.0))

    def _with_its_unit(self, text: str, asked: _Asked) -> Iterator[tuple[int, float]]:
        """Nodes named by one part of the text whose unit or place another part names (``王虚构 扬州大学``); a name that is matched whole
        stands almost as high as alone, a part of one below whole words."""
        for name, unit in self._splits(text, asked.clearance):
            units = self._units(unit, asked)
            query = queries.belonging(self._schema, queries.exact_or_part(self._schema, name), units, unit)
            for number, score in self._ranked(query, asked).items():
                sure = max((units[each] for each in self._register.near[number] if each in units), default=0.0)
                yield number, (score if round(score, 3) in _WHOLE else score / 2) - 0.02 * (2 - sure)

    def _splits(self, text: str, clearance: int) -> Iterator[tuple[str, str]]:
        """The ways to read a text as a name and a unit: at its spaces, either way round; Chinese without spaces where one half is the
        whole name of a unit."""
        parts = queries.parts(text)
        if 1 < len(parts) <= _MOST_PARTS:
            for at in range(1, len(parts)):
                first, last = " ".join(parts[:at]), " ".join(parts[at:])
                yield from ((first, last), (last, first))
        run = only_han(text) if len(parts) == 1 else ""
        for at in range(2, min(len(run), LONGEST_TOGETHER) - 1):
            for name, unit in ((run[:at], run[at:]), (run[at:], run[:at])):
                if len(unit) >= SHORTEST_WITH_A_MISTAKE and self._exact.resolve(unit, clearance=clearance):
                    yield name, unit

    def _units(self, text: str, asked: _Asked) -> dict[int, float]:
        """The units and places that a text may mean, whatever their type."""
        if not self._register.units:
            return {}
        anywhere = asked._replace(types=frozenset(), limit=_UNITS)
        units = self._ranked(queries.only_units(self._schema, queries.exact_or_part(self._schema, text)), anywhere)
        for number, tier in self._short_forms(text, anywhere):
            units[number] = max(tier, units.get(number, 0.0))
        return units if units or not asked.mistakes else dict(self._with_a_mistake(text, anywhere))

    def _ranked(self, query: tantivy.Query, asked: _Asked) -> dict[int, float]:
        """Node numbers with the score of their best tier, best first."""
        limit = asked.limit
        if limit < 1:
            return {}
        limited = queries.limited(query, self._schema, asked.clearance, asked.types)
        # A node has up to four documents (one per privacy class), so that many more are read than are wanted.
        result = self._searcher.search(limited, limit=4 * min(limit, MAX_LIMIT), count=False, weight_by_field="weight")
        scored = [
            (-score, self._register.standings[number], number)
            for number, (score, _) in zip(self._numbers(result), result.hits, strict=True)
        ]
        found: dict[int, float] = {}
        for score, _, number in sorted(scored):
            found.setdefault(number, -score / math.log2(2 + self._register.weights[number]))
            if len(found) == limit:
                break
        return found

    def _candidates(self, query: tantivy.Query, asked: _Asked) -> list[int]:
        limited = queries.limited(query, self._schema, asked.clearance, asked.types)
        return self._numbers(self._searcher.search(limited, limit=_CANDIDATES, count=False, weight_by_field="weight"))

    def _numbers(self, result: tantivy.SearchResult) -> list[int]:
        """The numbers of the nodes found; every document has one."""
        values = self._searcher.fast_field_values("number", [address for _, address in result.hits])
        return [int(value) for value in values if value is not None]

    def _short_forms(self, text: str, asked: _Asked) -> list[tuple[int, float]]:
        run = only_han(text)
        if not 2 <= len(run) <= _LONGEST_SHORT_FORM:
            return []
        found: dict[int, float] = {}
        for number in sorted(self._candidates(queries.short_form(self._schema, run), asked)):
            long_names = [name for name in self._names(number, asked.clearance) if len(name) >= SHORTEST_WITH_A_MISTAKE]
            names = [name for name in long_names if stands_for(run, name)]
            if names:
                university = any(university_short_form(run, name) for name in names)
                found[number] = (Tier.UNIVERSITY_SHORT_FORM if university else Tier.SHORT_FORM).value
        return list(found.items())

    def _with_a_mistake(self, text: str, asked: _Asked) -> list[tuple[int, float]]:
        run = only_han(text)
        if not run:
            return list(self._ranked(queries.mistaken_words(self._schema, text), asked).items())
        if len(run) < SHORTEST_WITH_A_MISTAKE:
            return []
        candidates = set(self._candidates(queries.mistaken_han(self._schema, run), asked))
        ranked = [
            (_how_far(run, name), self._register.standings[number], number)
            for number in candidates
            for name in self._names(number, asked.clearance)
            if one_mistake(run, name)
        ]
        nearest = [number for _, _, number in heapq.nsmallest(2 * asked.limit, ranked)]
        # The nearest first: a thousandth apart, which no tier is.
        return [(number, Tier.MISTAKE - 0.001 * min(place, 20)) for place, number in enumerate(nearest)]

    def _slipped(self, text: str, asked: _Asked, found: Mapping[int, float]) -> list[tuple[int, float]]:
        """Names of three characters with a slip, where nobody bears the typed name: two swapped first, then those that sound the same.
        Another surname of the same sound is no slip: 柳 is not 刘."""
        run = only_han(text)
        if len(run) != SLIPPING or any(round(score, 3) >= Tier.ALIAS for score in found.values()):
            return []
        ranked = []
        for number in set(self._candidates(queries.slipped(self._schema, run), asked)):
            for name in self._names(number, asked.clearance):
                if len(name) == SLIPPING and is_slip(run, name):
                    alike = sound(name) == sound(run)
                    if not (alike and name[0] != run[0]):
                        ranked.append((sorted(name) != sorted(run), not alike, self._register.standings[number], number))
        order = dict.fromkeys(number for *_, number in heapq.nsmallest(2 * asked.limit, ranked))
        return [(number, Tier.SLIP - 0.001 * min(place, 20)) for place, number in enumerate(order)]

    def _mixed(self, text: str, asked: _Asked) -> list[tuple[int, float]]:
        """Names of which some characters were typed and others spelt."""
        parts = parts_of(normalise(text))
        if not parts:
            return []
        candidates = self._candidates(queries.holding(self._schema, filter(is_han, parts)), asked)
        return [
            (number, Tier.MIXED.value)
            for number in dict.fromkeys(candidates)
            if any(spells(parts, name) for name in self._names(number, asked.clearance))
        ]

    def _beside(self, text: str, asked: _Asked) -> dict[int, float]:
        """What a part of the text names, if the rest is nothing that is known: 江苏大学 党委, 扬大材料学院."""
        found: dict[int, float] = {}
        for name in named_within(text):
            for number, score in self._ranked(queries.whole(self._schema, name), asked).items():
                if round(score, 3) >= Tier.KNOWN:
                    found[number] = max(found.get(number, 0.0), Tier.BESIDE + 0.01 * round(score, 3))
            if found:
                break
        return found

    def _names(self, number: int, clearance: int) -> list[str]:
        entry = self._register.entry(number)
        return [text.text for text in (*entry.captions, *entry.aliases, *entry.known) if text.privacy <= clearance]

    def _hits(self, found: Mapping[int, float], limit: int) -> list[Hit]:
        """The best; of equal scores the better standing."""
        ranked = ((-round(score, 3), self._register.standings[number], number) for number, score in found.items())
        order = heapq.nsmallest(max(0, limit), ranked)
        entries = ((self._register.entry(number), -score) for score, _, number in order)
        return [Hit(entry.id, entry.type, entry.caption, entry.hint, score) for entry, score in entries]


def _entry(node: Node, ontology: Ontology, know: Hints) -> Entry:
    return with_known_names(entry_of(node, ontology, know.hints.get(node.id, "")), ontology)


def _how_far(typed: str, name: str) -> tuple[int, bool]:
    """Which of two names with one mistake was meant: the one of nearly the same length, then the one that sounds the same."""
    return abs(len(name) - len(typed)), sound(name) != sound(typed)
