"""What was typed, as tantivy queries. They are built term by term: no query language, so no text is ever syntax.

Each way of matching is a *tier* with a constant score; a node's score is that of its best tier.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum

from tantivy import Occur, Query, Schema

from graph.search.exact import CALLED
from graph.search.fields import IS_UNIT
from graph.search.near import SHORTEST_WITH_A_MISTAKE, slips
from graph.search.text import MAX_TEXT, compact, han_runs, normalise, query_pieces, without_marks, words

_APART = re.compile(r"[\s、，,；;/|]+")
_NOT_TYPED_IN_PINYIN = re.compile(r"[^a-z0-9]+")
MAX_WORDS = 12
SHORTEST_KNOWN = 2
SHORTEST_KNOWN_BEGINNING = 3
"""Characters of what may be a known name, and the beginning of one: who types less has not said enough to guess from."""


class Tier(float, Enum):
    """How a text matched, best first. Neighbours differ by more than ``WEIGHT_SPAN`` can bridge."""

    ID = 1.0
    CAPTION = 0.95
    ALIAS = 0.90
    PINYIN = 0.85
    KNOWN = CALLED
    """A name that people give it and no source does: short, former, English."""
    RENOWNED_PREFIX = 0.83
    RENOWNED = 0.81
    """Begins with the text, or holds its words, and is far better connected than the rest (see ``SearchIndex``)."""
    CAPTION_PREFIX = 0.80
    ALIAS_PREFIX = 0.75
    INITIALS = 0.70
    OTHER_PINYIN = 0.66
    KNOWN_PREFIX = 0.64
    PINYIN_PREFIX = 0.62
    MIXED = 0.60
    """Characters and pinyin in one text (``扬州daxue``)."""
    WORDS = 0.58
    UNIVERSITY_SHORT_FORM = 0.56
    CONTAINS = 0.54
    WORDS_PREFIX = 0.50
    CODE_PREFIX = 0.46
    OTHER_READING = 0.42
    PINYIN_INSIDE = 0.38
    INITIALS_PREFIX = 0.34
    OTHER_TEXT = 0.30
    BESIDE = 0.28
    """Named by a part of the text; the rest says nothing that is known."""
    SHORT_FORM = 0.26
    MISTAKE = 0.22
    """A longer word or name with one mistake."""
    SLIP = 0.18
    """A name of three characters with one wrong, or two swapped."""
    KNOWN_INSIDE = 0.14


def exact_or_part(schema: Schema, text: str) -> Query:
    """Everything but mistakes: whole, beginning, inside; Chinese by its characters, Latin letters also as pinyin and initials."""
    plain = normalise(text)
    ways = [*_whole(schema, plain), *_inside(schema, plain)]
    if not han_runs(plain):
        ways += _spelt(schema, plain)
    elif len(apart := parts(text)) > 1:
        # Parts of one name in any order: 重工 示例.
        pieces = [piece for part in apart[:MAX_WORDS] for piece in _held(schema, normalise(part), "han", "words")]
        if pieces:
            ways.append(_all(pieces, Tier.WORDS_PREFIX))
    return Query.disjunction_max_query(ways) if ways else Query.empty_query()


def whole(schema: Schema, text: str) -> Query:
    """The text as a whole name or code, or the beginning of one."""
    return Query.disjunction_max_query(_whole(schema, normalise(text)) or [Query.empty_query()])


def inside_known(schema: Schema, text: str) -> Query:
    """All the Chinese pieces and words of the text, somewhere in the names that people call a node by."""
    held = _held(schema, normalise(text), "known_han", "words")
    return _all(held, Tier.KNOWN_INSIDE) if held else Query.empty_query()


def worded(schema: Schema, text: str) -> Query:
    """Latin text only: names that hold all its words, the last perhaps unfinished."""
    plain = normalise(text)
    found = words(plain)[:MAX_WORDS]
    if han_runs(plain) or not found or len(found[-1]) < SHORTEST_WITH_A_MISTAKE:
        return Query.empty_query()
    whole = [Query.term_query(schema, "words", word) for word in found[:-1]]
    return _all([*whole, _beginning(schema, "words", found[-1])], Tier.WORDS)


def parts(text: str) -> list[str]:
    """What somebody typed apart: ``王虚构 扬州大学`` is two parts."""
    return [part for part in _APART.split(unicodedata.normalize("NFKC", text[:MAX_TEXT])) if part]


def only_units(schema: Schema, query: Query) -> Query:
    """The query, among the nodes that others belong to."""
    return _narrowed(query, Query.term_query(schema, "unit", IS_UNIT))


def belonging(schema: Schema, query: Query, units: Iterable[int], other: str) -> Query:
    """The query, among nodes that belong to one of these units or places (by number) or whose other texts say ``other``."""
    plain = normalise(other)
    ways = [Query.term_set_query(schema, "near", [str(unit) for unit in units])]
    if held := _held(schema, plain, "other_han", "other_words"):
        ways.append(Query.boolean_query([(Occur.Must, each) for each in held]))
    return _narrowed(query, Query.disjunction_max_query(ways))


def _narrowed(query: Query, among: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, Query.const_score_query(among, 0.0))])


def mistaken_words(schema: Schema, text: str) -> Query:
    """Latin words of four letters and more with one mistake in each, shorter ones as they are; the same for pinyin in one piece."""
    plain = normalise(text)
    found = words(plain)[:MAX_WORDS]
    joined = _joined(plain)
    if han_runs(plain) or not any(len(word) >= SHORTEST_WITH_A_MISTAKE for word in [*found, joined]):
        return Query.empty_query()
    ways = [_all([_mistaken(schema, "words", word) for word in found], Tier.MISTAKE)] if found else []
    if len(joined) > SHORTEST_WITH_A_MISTAKE:
        ways.append(_scored(_mistaken(schema, "pinyin_whole", joined), Tier.MISTAKE))
    return Query.disjunction_max_query(ways)


def mistaken_han(schema: Schema, run: str) -> Query:
    """Names that share all but one character, and a pair, with a Chinese text of four characters and more. Scores by rarity: the
    caller checks and ranks the candidates."""
    return Query.disjunction_max_query([_mistaken_han(schema, run, name) for name in ("han", "known_han")])


def _mistaken_han(schema: Schema, run: str, field: str) -> Query:
    characters = list(dict.fromkeys(run))
    most = Query.boolean_query(
        [(Occur.Should, Query.term_query(schema, field, character)) for character in characters],
        minimum_number_should_match=max(1, len(characters) - 1),
    )
    pairs = Query.boolean_query([(Occur.Should, Query.term_query(schema, field, pair)) for pair in query_pieces(run)])
    return Query.boolean_query([(Occur.Must, most), (Occur.Must, pairs)])


def short_form(schema: Schema, run: str) -> Query:
    """Names that hold every character of a short Chinese text; the caller checks the order."""
    characters = list(dict.fromkeys(run))
    ways = [_all([Query.term_query(schema, field, each) for each in characters], Tier.SHORT_FORM) for field in ("han", "known_han")]
    return Query.disjunction_max_query(ways)


def slipped(schema: Schema, run: str) -> Query:
    """Names of three characters that may be this text with a slip in it; the caller checks."""
    return Query.disjunction_max_query([Query.term_query(schema, "slip", each) for each in slips(run)])


def holding(schema: Schema, runs: Iterable[str]) -> Query:
    """Names that hold these Chinese stretches."""
    return _all([Query.term_query(schema, "han", piece) for run in runs for piece in query_pieces(run)], Tier.MIXED)


def limited(query: Query, schema: Schema, clearance: int, types: frozenset[str]) -> Query:
    """The query, for a reader of this clearance and within these types (empty: all)."""
    readable = _narrowed(query, Query.term_set_query(schema, "privacy", list(range(max(clearance, -1) + 1))))
    return _narrowed(readable, Query.term_set_query(schema, "type", sorted(types))) if types else readable


def _whole(schema: Schema, plain: str) -> list[Query]:
    """The text as a whole id, code, caption or alias, or as the beginning of one."""
    if not plain:
        return []
    bare = without_marks(plain)
    prefixes = [("caption_whole", Tier.CAPTION_PREFIX), ("alias_whole", Tier.ALIAS_PREFIX), ("code_whole", Tier.CODE_PREFIX)]
    wholes = [("code_whole", Tier.ID), ("caption_whole", Tier.CAPTION), ("alias_whole", Tier.ALIAS)]
    if len(bare) >= SHORTEST_KNOWN:
        wholes.append(("known_whole", Tier.KNOWN))
    if len(bare) >= SHORTEST_KNOWN_BEGINNING:
        prefixes.append(("known_whole", Tier.KNOWN_PREFIX))
    return [
        *(_scored(Query.term_query(schema, name, typed), tier) for name, tier in wholes for typed in {plain, bare}),
        *(_scored(_beginning(schema, name, bare), tier) for name, tier in prefixes),
        *_code(schema, plain),
    ]


def _code(schema: Schema, plain: str) -> list[Query]:
    """A code whose marks were left out or added: XQ346, XQ 346."""
    code = compact(plain)
    if code == plain or not code.isascii() or not any(map(str.isdigit, code)):
        return []
    return [
        _scored(Query.term_query(schema, "code_whole", code), Tier.ID),
        _scored(_beginning(schema, "code_whole", code), Tier.CODE_PREFIX),
    ]


def _inside(schema: Schema, plain: str) -> list[Query]:
    """All the Chinese pieces and all the words of the text, somewhere in the names (the last word may be unfinished), or elsewhere."""
    in_names = _held(schema, plain, "han", "words")
    if not in_names:
        return []
    ways = [
        _all(in_names, Tier.CONTAINS if han_runs(plain) else Tier.WORDS),
        _all(_held(schema, plain, "other_han", "other_words"), Tier.OTHER_TEXT),
    ]
    found = words(plain)[:MAX_WORDS]
    if found and len(found[-1]) > 1:
        ways.append(_all([*in_names[:-1], _beginning(schema, "words", found[-1])], Tier.WORDS_PREFIX))
    return ways


def _held(schema: Schema, plain: str, han: str, latin: str) -> list[Query]:
    """Each Chinese piece and then each word of the text, in these two fields."""
    pieces = [piece for run in han_runs(plain) for piece in query_pieces(run)]
    return [
        *(Query.term_query(schema, han, piece) for piece in pieces),
        *(Query.term_query(schema, latin, word) for word in words(plain)[:MAX_WORDS]),
    ]


def _spelt(schema: Schema, plain: str) -> list[Query]:
    """The text as pinyin or initials. Two words are read either way round: Zeng Cheng, Cheng Zeng."""
    joined = _joined(plain)
    if len(joined) < 2:
        return []
    parts = [part for part in _NOT_TYPED_IN_PINYIN.split(without_marks(plain)) if part]
    ways = [
        _scored(Query.term_query(schema, "pinyin_whole", joined), Tier.PINYIN),
        _scored(Query.term_query(schema, "initials_whole", joined), Tier.INITIALS),
        _scored(_beginning(schema, "pinyin_whole", joined), Tier.PINYIN_PREFIX),
        _scored(Query.term_query(schema, "other_pinyin_whole", joined), Tier.OTHER_PINYIN),
        _scored(Query.term_query(schema, "other_initials_whole", joined), Tier.OTHER_READING),
        _scored(_beginning(schema, "other_pinyin_whole", joined), Tier.OTHER_READING),
    ]
    if len(parts) == 2:
        turned = parts[1] + parts[0]
        ways.append(_scored(Query.term_query(schema, "pinyin_whole", turned), Tier.PINYIN))
        ways.append(_scored(Query.term_query(schema, "other_pinyin_whole", turned), Tier.OTHER_PINYIN))
    if len(joined) > 2:
        ways += [
            _scored(_beginning(schema, "initials_whole", joined), Tier.INITIALS_PREFIX),
            _scored(_beginning(schema, "inner_initials_whole", joined), Tier.INITIALS_PREFIX),
            _scored(_beginning(schema, "inner_pinyin_whole", joined), Tier.PINYIN_INSIDE),
        ]
    return ways


def _joined(plain: str) -> str:
    return _NOT_TYPED_IN_PINYIN.sub("", without_marks(plain))


def _mistaken(schema: Schema, name: str, word: str) -> Query:
    if len(word) < SHORTEST_WITH_A_MISTAKE:
        return Query.term_query(schema, name, word)
    return Query.fuzzy_term_query(schema, name, word, distance=1, transposition_cost_one=True)


def _beginning(schema: Schema, name: str, start: str) -> Query:
    return Query.fuzzy_term_query(schema, name, start, distance=0, prefix=True)


def _scored(query: Query, tier: Tier) -> Query:
    return Query.const_score_query(query, tier.value)


def _all(queries: list[Query], tier: Tier) -> Query:
    return _scored(Query.boolean_query([(Occur.Must, query) for query in queries]), tier)
