"""Standard words: how the texts of a column are put before anything else looks at them; and lists that run in step."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, zip_longest

from graph.values import VALUE_TYPES
from graph.values.base import Context
from ingest.clean import REMEMBERED, CellProblem, Cells, Word, Wording
from ingest.ids import standard_form
from ingest.mapping.spec import ListSpec, WordingSpec
from ingest.outcome import Bilingual
from ingest.patterns import Pattern, compiled
from ingest.readers.objects import items_of
from ingest.text import mask, normal


def compile_wording(specs: Mapping[str, WordingSpec], context: Context) -> Wording:
    """The standard word of each text, remembered per column."""
    return {column: _remembered(_word(spec, context)) for column, spec in specs.items()}


def _word(spec: WordingSpec, context: Context) -> Word:
    keep = compiled(spec.keep) if spec.keep is not None else None
    patterns = [(compiled(text), by) for text, by in spec.replace.items()]
    replacements = [(pattern, pattern.template(by)) for pattern, by in patterns]
    known = {normal(text): word for text, word in spec.map.items()}
    value_type = VALUE_TYPES[spec.value] if spec.value else None

    def word(text: str) -> str:
        plain = found = normal(text)
        if keep is None or not keep.is_in(plain):
            for pattern, by in replacements:
                found = pattern.replaced(found, by)
        found = known.get(found, found)
        if value_type is not None:
            found = standard_form(found, value_type, context)
        # A text that is in standard words already keeps its own width: 中国石油大学（华东）.
        return text.strip() if found == plain else found

    return word


def _remembered(word: Word) -> Word:
    known: dict[str, str] = {}

    def remembered(text: str) -> str:
        found = known.get(text)
        if found is None:
            if len(known) >= REMEMBERED:
                known.clear()
            found = known[text] = word(text)
        return found

    return remembered


def _carried(texts: Iterable[str]) -> Iterator[str]:
    """The items, those without a colon behind what stands before the last one."""
    before = ""
    for text in texts:
        head, colon, _ = text.replace("：", ":").partition(":")
        before = head if colon else before
        yield text if colon or not before or not text else f"{before}：{text}"


@dataclass(frozen=True, slots=True)
class ListPart:
    """A compiled list. ``personal`` columns are masked in what is said of them."""

    name: str
    columns: tuple[str, ...]
    objects: str
    given: tuple[str, ...]
    separators: re.Pattern[str]
    no_list: Pattern | None
    personal: bool
    first: bool = False
    carry: bool = False

    @classmethod
    def of(cls, name: str, spec: ListSpec, personal: frozenset[str]) -> ListPart:
        no_list = compiled(spec.no_list) if spec.no_list is not None else None
        separators = re.compile(f"[{re.escape(spec.split)}]")
        hidden = any(each in personal for each in spec.columns)
        return cls(name, spec.columns, spec.objects, spec.given, separators, no_list, hidden, spec.only == "first", spec.carry)

    def places(self, cells: Cells) -> list[Cells]:
        """The row's cells, once for every place of the list, the list's columns holding that place's texts; none where all are empty.
        Raises ``CellProblem`` for lists that are out of step."""
        found = self._objects(cells) if self.objects else self._matrix(cells) if self.given else self._split(cells)
        return found[:1] if self.first else found

    def _split(self, cells: Cells) -> list[Cells]:
        parts = {column: self._parts(cells.get(column, "")) for column in self.columns}
        length = max(map(len, parts.values()))
        for column, texts in parts.items():
            if texts and len(texts) != length:
                raise self._out_of_step(column, cells.get(column, ""), len(texts), length)
        return [{**cells, **dict(zip(self.columns, texts, strict=True))} for texts in zip_longest(*parts.values(), fillvalue="")]

    def _matrix(self, cells: Cells) -> list[Cells]:
        """One place for every filled cell; what ``no_list`` finds is no more than an empty one."""
        heading, cell = self.given
        filled = ((column, text) for column in self.columns if (text := cells.get(column, "").strip()))
        return [
            {**cells, heading: column, cell: text}
            for column, text in filled
            if self.no_list is None or not self.no_list.is_in(normal(text))
        ]

    def _objects(self, cells: Cells) -> list[Cells]:
        """The reader numbers a list's objects from 0: ``relationships.0.id``."""
        tails = [(column, column.removeprefix(self.objects)) for column in self.columns]
        found: list[Cells] = []
        for number in count():
            texts = {column: cells.get(f"{self.objects}.{number}{tail}", "") for column, tail in tails}
            if not any(texts.values()):
                return found
            found.append({**cells, **texts})
        raise AssertionError("unreachable")

    def _parts(self, text: str) -> Sequence[str]:
        if self.no_list is not None and self.no_list.is_in(normal(text)):
            return []
        texts = items_of(text) or [part.strip() for part in self.separators.split(text)]
        texts = list(_carried(texts)) if self.carry else texts
        # Alone, a list may have a separator too many; in step with another an empty place counts.
        return [part for part in texts if part] if len(self.columns) == 1 else texts if any(texts) else []

    def _out_of_step(self, column: str, text: str, count: int, length: int) -> CellProblem:
        return CellProblem(
            column,
            mask(text) if self.personal else text.strip(),
            Bilingual("并列的几栏项数不同", "lists that belong together differ in length"),
            Bilingual(
                f"此栏 {count} 项，{'、'.join(self.columns)}中另一栏 {length} 项：补齐后再导入",
                f"{count} here, {length} in another of {', '.join(self.columns)}: complete them and load again.",
            ),
        )
