"""The tantivy schema and the documents in it.

One document holds the texts of one node *of one privacy class*, so that what a reader may not see is in documents that their query
never reaches. Fields ``*_whole`` hold a text as one term (exact and prefix look-up), the others a set of terms.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import tantivy

from graph.search.entries import Entry, Text
from graph.search.near import slips
from graph.search.pinyin import spellings
from graph.search.text import compact, han_pieces, spelt_out, without_marks, words

WEIGHT_SPAN = 0.05
"""How far apart the weights of the first and the last node of equal standing lie: less than any two tiers."""

IS_UNIT = "1"
"""The one term of the field ``unit``."""

TERM_FIELDS = (
    "caption_whole",
    "alias_whole",
    "known_whole",
    "known_han",
    "slip",
    "code_whole",
    "pinyin_whole",
    "initials_whole",
    "other_pinyin_whole",
    "other_initials_whole",
    "inner_pinyin_whole",
    "inner_initials_whole",
    "han",
    "words",
    "other_han",
    "other_words",
    "type",
    "near",
    "unit",
)


def schema() -> tantivy.Schema:
    """All fields; nothing is stored, the node is told by its number."""
    builder = tantivy.SchemaBuilder()
    for name in TERM_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("privacy", indexed=True)
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_float_field("weight", fast=True)
    return builder.build()


@dataclass(slots=True)
class _Terms:
    """The terms of one document, by field, each once."""

    by_field: dict[str, dict[str, None]] = field(default_factory=dict)

    def add(self, name: str, terms: Collection[str]) -> None:
        if terms:
            self.by_field.setdefault(name, {}).update(dict.fromkeys(terms))


class Place(NamedTuple):
    """Where a node stands among the others: its number, its weight, the numbers of the units and places it belongs to, and whether
    it is one itself for another node."""

    number: int
    weight: float
    near: Sequence[int] = ()
    unit: bool = False


def documents(entry: Entry, place: Place) -> Iterator[tantivy.Document]:
    """The documents of a node: one for each privacy class among its texts."""
    by_class: dict[int, _Terms] = {}

    def terms(text: Text) -> _Terms:
        return by_class.setdefault(text.privacy, _Terms())

    for text in entry.captions:
        _add_name(terms(text), "caption_whole", text.text)
    for text in entry.aliases:
        _add_name(terms(text), "alias_whole", text.text)
    for text in entry.known:
        _add_known(terms(text), text.text)
    for text in (*entry.ids, *entry.codes):
        terms(text).add("code_whole", (text.text, compact(text.text)))
    for text in entry.others:
        terms(text).add("other_han", han_pieces(text.text))
        terms(text).add("other_words", words(text.text))
    for privacy, found in by_class.items():
        document = tantivy.Document()
        document.add_unsigned("privacy", privacy)
        document.add_unsigned("number", place.number)
        document.add_float("weight", place.weight)
        document.add_text("type", entry.type)
        for unit in place.near:
            document.add_text("near", str(unit))
        if place.unit:
            document.add_text("unit", IS_UNIT)
        for name, values in found.by_field.items():
            for value in values:
                document.add_text(name, value)
        yield document


def _add_name(terms: _Terms, whole: str, plain: str) -> None:
    terms.add(whole, (plain, without_marks(plain), spelt_out(plain)))
    terms.add("han", han_pieces(plain))
    terms.add("words", words(plain))
    if plain.isascii():
        return
    terms.add("words", words(spelt_out(plain)))
    terms.add("slip", slips(plain))
    typed = spellings(plain)
    terms.add("pinyin_whole", typed.full)
    terms.add("initials_whole", typed.initials)
    terms.add("other_pinyin_whole", typed.other_full)
    terms.add("other_initials_whole", typed.other_initials)
    terms.add("inner_pinyin_whole", typed.inner_full)
    terms.add("inner_initials_whole", typed.inner_initials)


def _add_known(terms: _Terms, plain: str) -> None:
    """A name that no source says: found whole or begun, by its words, and in pinyin after the names that sources say."""
    terms.add("known_whole", (plain, without_marks(plain)))
    terms.add("known_han", han_pieces(plain))
    terms.add("words", words(plain))
    typed = spellings(plain)
    terms.add("other_pinyin_whole", typed.full)
    terms.add("other_initials_whole", typed.initials)
