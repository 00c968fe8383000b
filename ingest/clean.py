"""From a cell to a clean value: where the text comes from, what it turns into, what is said when it does not fit.

Everything is compiled once per mapping; the cells of a column repeat, so each distinct text is cleaned once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from graph.errors import ValueProblem
from graph.messages import message
from graph.model import STATED, Value
from graph.ontology.schema import PropertyType
from graph.values.base import Cleaned, Context, ValueType
from graph.values.dates import END_OF_RANGE
from graph.values.flags import FLAGS
from graph.values.normal import unwrapped
from graph.values.text import has_lines
from ingest.explain import HINT_NO_NAME, NO_NAME, explain
from ingest.mapping.spec import Condition, OnError, ValueSpec
from ingest.naming.organisations import is_wrapped
from ingest.outcome import NO_TEXT, Bilingual, Notice
from ingest.patterns import Pattern, compiled
from ingest.readers.base import ITEM_MARK
from ingest.readers.objects import items_of
from ingest.text import mask, normal

Cells = Mapping[str, str]
Extract = Callable[[Cells], str]
Test = Callable[[Cells], bool]
Word = Callable[[str], str]
Wording = Mapping[str, Word]
"""Standard words by column (``ingest.wording``); a column that is not in it keeps its texts."""

AS_IT_STANDS: Wording = MappingProxyType({})

REMEMBERED = 50_000
"""Distinct texts remembered per column; the memory is emptied when it is full."""

NAME = "name"
ENDS = {"validFrom": "validTo", "startDate": "endDate"}
"""Properties that say when something begins, and those that say when it ends."""


def ends_of(start: str) -> str:
    """The property of the end that belongs to a start; ``""`` for other properties."""
    return ENDS.get(start, "")


HIGH_RISK = 3
"""The privacy class whose values leave no raw text behind."""


class CellProblem(Exception):
    """A cell that rejects its row; ``value`` is masked already."""

    def __init__(self, column: str, value: str, reason: Bilingual, hint: Bilingual) -> None:
        super().__init__(reason.en)
        self.column = column
        self.value = value
        self.reason = reason
        self.hint = hint


class Filled(NamedTuple):
    """What one text gives: properties with their values, the raw text if it says more than the value, and notices."""

    pairs: tuple[tuple[str, Value], ...]
    raw: str
    notices: tuple[Notice, ...]


NOTHING_FILLED = Filled((), "", ())


def compile_condition(spec: Condition, wording: Wording = AS_IT_STANDS) -> Test:
    """A test of a row's cells; texts are compared in standard words and normal form."""
    word = wording.get(spec.column)
    matches = compiled(spec.matches) if spec.matches is not None else None
    excludes = compiled(spec.excludes) if spec.excludes is not None else None
    among = frozenset(spec.among) if spec.among is not None else None
    known: dict[str, bool] = {}

    def decide(text: str) -> bool:
        found = normal(word(text) if word else text)
        return (
            (spec.equals is None or found == spec.equals)
            and (among is None or found in among)
            and (matches is None or matches.is_in(found))
            and (excludes is None or not excludes.is_in(found))
            and (spec.filled is None or bool(found) == spec.filled)
        )

    def test(cells: Cells) -> bool:
        text = cells.get(spec.column, "")
        answer = known.get(text)
        if answer is None:
            if len(known) >= REMEMBERED:
                known.clear()
            answer = known[text] = decide(text)
        return answer

    return test


def compile_conditions(specs: Sequence[Condition], wording: Wording = AS_IT_STANDS) -> Test | None:
    """All must hold; ``None`` if there are none."""
    tests = [compile_condition(spec, wording) for spec in specs]
    if len(tests) <= 1:
        return tests[0] if tests else None
    return lambda cells: all(test(cells) for test in tests)


def compile_extract(spec: ValueSpec, wording: Wording = AS_IT_STANDS) -> Extract:
    """The text that a row holds for a value, as it stands in the file; in a template, in standard words."""
    if spec.value:
        constant = spec.value
        return lambda _: constant
    if spec.template:
        template, columns = spec.template, spec.columns
        words = [(column, wording.get(column, str.strip)) for column in columns]
        return lambda cells: _filled_in(template, {column: word(cells.get(column, "")) for column, word in words})
    column = spec.column
    return lambda cells: cells.get(column, "")


def _filled_in(template: str, texts: Mapping[str, str]) -> str:
    if not any(texts.values()):
        return ""
    for column, text in texts.items():
        template = template.replace("{" + column + "}", text)
    return template.strip()


@dataclass(slots=True)
class Property:
    """One compiled property. ``fill`` finds what a row's text means, or raises ``CellProblem``. ``copied`` names the column whose text is
    taken as it stands, if it is one; ``written`` the column from which an affiliation derived that; ``known`` holds what texts met before
    mean; ``one_name`` says that two lines are told, since it is what an organisation is called."""

    target: str
    spec: ValueSpec
    kind: PropertyType
    value_type: ValueType
    context: Context
    on_error: OnError
    personal: bool
    wording: Wording = field(default_factory=lambda: AS_IT_STANDS)
    written: str = ""
    one_name: bool = False
    extract: Extract = field(init=False)
    copied: str = field(init=False)
    _pattern: Pattern | None = field(init=False)
    _patterns: tuple[tuple[Pattern, str], ...] = field(init=False)
    _nulls: frozenset[str] = field(init=False)
    _whole: bool = field(init=False)
    _wrapped: bool = field(init=False)
    _keeps_raw: bool = field(init=False)
    known: dict[str, Filled] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.extract = compile_extract(self.spec, self.wording)
        self.copied = "" if self.spec.value or self.spec.template else self.spec.column
        self._pattern = compiled(self.spec.extract) if self.spec.extract is not None else None
        self._patterns = tuple((compiled(pattern), text) for pattern, text in self.spec.patterns.items())
        # What holds for every text is settled once: most of them are met for the first time.
        self._nulls = frozenset(self.spec.null_texts)
        altered = self._patterns or self._pattern or self.spec.column in self.wording or self.spec.map or self.kind.many
        self._whole = not altered
        self._wrapped = self.kind.value != "json"
        self._keeps_raw = bool(self.spec.columns) and self.kind.privacy < HIGH_RISK

    @property
    def column(self) -> str:
        return self.spec.columns[0] if self.spec.columns else ""

    def fill(self, text: str) -> Filled:
        """What a text that was not met before means; it is remembered in ``known``."""
        found = self._fill(text)
        if len(self.known) >= REMEMBERED:
            self.known.clear()
        self.known[text] = found
        return found

    def _fill(self, text: str) -> Filled:
        trimmed = text.strip()
        if not trimmed or trimmed in self._nulls:
            return NOTHING_FILLED
        if self.one_name and has_lines(trimmed):
            filled = self._filled(trimmed, trimmed)
            if is_wrapped(trimmed):
                return filled
            return filled._replace(
                notices=(*filled.notices, Notice(self.column, self._shown(trimmed), Bilingual(*FLAGS["several-lines"]), False))
            )
        plain = unwrapped(trimmed) if self._wrapped else trimmed
        if plain != trimmed:
            filled = self._filled(plain, trimmed)
            return filled._replace(raw=trimmed) if self._keeps_raw and filled.pairs else filled
        return self._filled(plain, trimmed)

    def _filled(self, plain: str, trimmed: str) -> Filled:
        try:
            return self._cleaned(plain)
        except ValueProblem as problem:
            reason, hint = explain(problem, self.kind, self.personal)
            if self.on_error == "reject_row":
                raise CellProblem(self.column, self._shown(trimmed), reason, hint) from problem
            return Filled((), "", (Notice(self.column, self._shown(trimmed), reason, True, hint),))

    def _shown(self, text: str) -> str:
        return mask(text) if self.personal else text

    def _cleaned(self, text: str) -> Filled:
        if self._whole:  # as nearly all columns are
            one = self.value_type.clean(text, self.context)
            if one.value is not None and not one.flags and not one.companions:  # as nearly all cells are
                return Filled(((self.target, one.value),), self._raw(text, one.value), ())
            if one.value is None and not one.flags and self.spec.on_error == "reject_row":
                raise ValueProblem(message("'{text}' gives no value", text=text), value=text)
            if one.value is None and self.target == NAME:
                return Filled((), "", (Notice(self.column, self._shown(text), NO_NAME, True, HINT_NO_NAME),))
        wanted = self._part(text)
        if not wanted:
            return NOTHING_FILLED
        pieces = split(wanted, self.spec.split) if self.kind.many else [wanted]
        cleaned = [self.value_type.clean(self.spec.map.get(piece, piece), self.context) for piece in pieces]
        found = {self._companion(suffix): value for each in cleaned for suffix, value in each.companions.items()}
        found.pop("", None)
        value = self._value(cleaned)
        if value is not None:
            found[self.target] = value
        notices = tuple(notice for each in cleaned for notice in self._notices(text, each))
        return Filled(tuple(found.items()), self._raw(text, value), notices)

    def _companion(self, suffix: str) -> str:
        """The property that a further value goes to; ``""`` if there is none for it."""
        return ends_of(self.target) if suffix == END_OF_RANGE else self.target + suffix

    def _notices(self, text: str, cleaned: Cleaned) -> list[Notice]:
        """One for each flag of a value, with what was probably meant where that is known and nobody's secret."""
        shown, hint = self._shown(text), NO_TEXT
        if cleaned.suggested and not self.personal:
            hint = Bilingual(
                f"可能是 {cleaned.suggested}：核对后改在原表。", f"Probably {cleaned.suggested}: check it and correct the file."
            )
        return [Notice(self.column, shown, Bilingual(*FLAGS[flag]), False, hint) for flag in cleaned.flags]

    def _part(self, text: str) -> str:
        """What of the text is meant, in standard words; ``""`` if none of the patterns is found. Raises ``ValueProblem``."""
        word = self.wording.get(self.spec.column)
        text = word(text) if word else text
        if self._patterns:
            plain = unicodedata.normalize("NFKC", text)
            return next((found for pattern, found in self._patterns if pattern.is_in(plain)), "")
        if self._pattern is None:
            return text
        part = self._pattern.part_of(unicodedata.normalize("NFKC", text))
        if part is None:
            raise ValueProblem(
                message("the text does not have the expected form"),
                value=text,
                hint=message("It must match {extract}.", extract=self.spec.extract),
            )
        return part.strip()

    def _value(self, cleaned: Sequence[Cleaned]) -> Value | None:
        if not self.kind.many:
            return cleaned[0].value
        values = dict.fromkeys(str(each.value) for each in cleaned if each.value is not None)
        return tuple(values) or None

    def _raw(self, text: str, value: Value | None) -> str:
        """The cell's text where it says more than the value; never for high-risk values, which are kept as a hash only."""
        if not self._keeps_raw:
            return STATED if self.spec.value else ""
        text = text.replace(ITEM_MARK, "") if ITEM_MARK in text else text
        return "" if value is not None and text == value_text(value) else text


def split(text: str, separators: str) -> list[str]:
    """The parts of a list cell, trimmed, empty ones left out; of a cell that came as a list, its items."""
    if not separators:
        return [text]
    items = items_of(text)
    if items is not None:
        return [item for item in items if item]
    return [part.strip() for part in re.split(f"[{re.escape(separators)}]", text) if part.strip()]


def value_text(value: Value) -> str:
    """How a value would be typed: a whole number without a point."""
    if isinstance(value, tuple):
        return value[0] if len(value) == 1 else "\x1f".join(value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
