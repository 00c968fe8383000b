"""Ids: a registry's identifier, checked by its value type, or a list's own key, hashed where it would name a person."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from graph.errors import ValueProblem
from graph.messages import message, together
from graph.values import VALUE_TYPES
from graph.values.base import Context, ValueType
from ingest.clean import AS_IT_STANDS, REMEMBERED, CellProblem, Cells, Wording, compile_conditions
from ingest.mapping.spec import IdSpec
from ingest.outcome import Bilingual, both
from ingest.text import hashed, mask, normal

LONGEST_ID = 512
"""Characters; what the ledger accepts."""

_MISSING = Bilingual("缺标识", "no id")
_TOO_LONG = Bilingual(f"标识超过 {LONGEST_ID} 字", f"an id of more than {LONGEST_ID} characters")
_HINT_MISSING = Bilingual("补上该列", "Fill in that column.")
_HINT_CHECK = Bilingual("请核对原表该格", "Check that cell in the file.")


class Fault(NamedTuple):
    """Why a row gives no such id. ``wrong``: there is a code, and it is none of its registry, or fails its check."""

    column: str
    value: str
    reason: Bilingual
    hint: Bilingual
    wrong: bool = False

    def as_problem(self) -> CellProblem:
        return CellProblem(self.column, self.value, self.reason, self.hint)


def standard_form(text: str, value_type: ValueType, context: Context) -> str:
    """The text of the clean value, or the text itself where there is none: whoever uses it says what is wrong with it."""
    try:
        value = value_type.clean(text, context).value
    except ValueProblem:
        return text
    return text if value is None else str(value)


class Identifier:
    """One compiled id. Called with a row's cells it gives the id, or the fault; ``None`` when its condition fails. ``personal`` masks the
    cell in the fault."""

    def __init__(
        self, spec: IdSpec, value_type: ValueType | None, context: Context, personal: bool, wording: Wording = AS_IT_STANDS
    ) -> None:
        self._spec = spec
        self._personal = personal
        self._value_type = value_type
        self._context = context
        self._prefix = spec.prefix
        self._columns = spec.columns
        self._when = compile_conditions(spec.when, wording)
        self._wording = wording
        self._patterns = {column: re.compile(pattern) for column in spec.columns if (pattern := spec.pattern(column))}
        self._words = {normal(text): word for text, word in spec.map.items()}
        self._unfit = Bilingual(f"不是合格的 {self._prefix} 标识", f"not a {self._prefix} identifier")
        self._known: dict[tuple[str, ...], str | Fault] = {}

    def __call__(self, cells: Cells) -> str | Fault | None:
        if self._when is not None and not self._when(cells):
            return None
        texts = tuple([cells.get(column, "") for column in self._columns])
        found = self._known.get(texts)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[texts] = self._find(texts)
        return found

    def _find(self, texts: Sequence[str]) -> str | Fault:
        parts = []
        for column, text in zip(self._columns, texts, strict=True):
            part = self._part(column, text)
            if isinstance(part, Fault):
                return part
            parts.append(part)
        if not any(parts):
            return Fault(self._columns[0], "", _MISSING, _HINT_MISSING)
        key = hashed(self._prefix, parts) if self._spec.hashed else "/".join(parts)
        found = f"{self._prefix}:{key}"
        if len(found) <= LONGEST_ID:
            return found
        return Fault(self._columns[0], mask(texts[0]) if self._personal else texts[0][:40], _TOO_LONG, _HINT_CHECK)

    def _part(self, column: str, text: str) -> str | Fault:
        shown = mask(text) if self._personal else text.strip()
        part = self._plain(column, text)
        if not part:
            return "" if self._spec.blank else Fault(column, shown, _MISSING, _HINT_MISSING)
        if self._value_type is None:
            named = self._spec.values.get(column)
            return standard_form(part, VALUE_TYPES[named], self._context) if named else part
        try:
            cleaned = self._value_type.clean(part, self._context)
        except ValueProblem as problem:
            advice = together(message("{detail}.", detail=problem.detail), problem.hint)
            return Fault(column, shown, self._unfit, _HINT_CHECK if self._personal else both(advice), wrong=True)
        if cleaned.value is None:
            return Fault(column, shown, _MISSING, _HINT_MISSING)
        if not cleaned.identifier:
            return Fault(
                column, shown, Bilingual("校验不符，不能作标识", "fails its check: not used as an identifier"), _HINT_CHECK, wrong=True
            )
        return str(cleaned.value)

    def _plain(self, column: str, text: str) -> str:
        """What of the text the key is made from, in standard words and normal form; ``""`` if nothing is."""
        word = self._wording.get(column)
        text = word(text) if word else text
        pattern = self._patterns.get(column)
        if pattern is not None:
            match = pattern.search(unicodedata.normalize("NFKC", text))
            text = (match.group(1) if match.re.groups else match.group()) if match else ""
        part = normal(text)
        return self._words.get(part, "") if self._words else part
