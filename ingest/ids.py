"""Ids: a registry's identifier, checked by its value type, or a list's own key, hashed where it would name a person."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from graph.errors import ValueProblem
from graph.messages import message, together
from graph.values import VALUE_TYPES
from graph.values.absence import lost_digits, no_number, no_organisation, no_person, no_value
from graph.values.base import Context, ValueType
from graph.values.normal import key_form, unwrapped
from ingest.clean import AS_IT_STANDS, REMEMBERED, CellProblem, Cells, Wording, compile_conditions
from ingest.explain import HINT_NO_NAME, NO_NAME
from ingest.mapping.spec import IdSpec
from ingest.outcome import Bilingual, both
from ingest.patterns import compiled
from ingest.text import hashed, mask, normal

LONGEST_ID = 512
"""Characters; what the ledger accepts."""

_MISSING = Bilingual("缺标识", "no id")
_TOO_LONG = Bilingual(f"标识超过 {LONGEST_ID} 字", f"an id of more than {LONGEST_ID} characters")
_HINT_MISSING = Bilingual("补上该列", "Fill in that column.")
_HINT_CHECK = Bilingual("请核对原表该格", "Check that cell in the file.")
_FAILED = Bilingual("校验不符，不能作标识", "fails its check: not used as an identifier")
LOST_DIGITS = Bilingual("末位数字已丢失，不能作标识", "a number that lost its last digits: not used as an identifier")
_HINT_LOST = Bilingual(
    "在原表中把该列设为文本，重填完整的编号。", "Format the column as text in the file and enter the whole number again."
)


class Fault(NamedTuple):
    """Why a row gives no such id. ``wrong``: there is a code, and it is none of its registry, or fails its check. ``nobody``: the cell
    holds what can be no key of anything; the node is left out, and the rest of the row loads."""

    column: str
    value: str
    reason: Bilingual
    hint: Bilingual
    wrong: bool = False
    nobody: bool = False

    def as_problem(self) -> CellProblem:
        return CellProblem(self.column, self.value, self.reason, self.hint)


def standard_form(text: str, value_type: ValueType, context: Context) -> str:
    """The text of the clean value, or the text itself where there is none: whoever uses it says what is wrong with it."""
    try:
        value = value_type.clean(text, context).value
    except ValueProblem:
        return text
    return text if value is None else str(value)


@dataclass(frozen=True, slots=True)
class KeyColumns:
    """What the columns of a key hold, as the rest of the mapping has it: ``forms`` are the value types of codes, whose clean form goes into
    the key; ``people`` and ``organisations`` hold names; ``secret`` is the key under which a hashed one is made."""

    forms: Mapping[str, ValueType] = field(default_factory=dict)
    people: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()
    secret: str = ""

    def names_nothing(self, column: str, text: str) -> bool:
        """Whether a text can be no part of a key in that column."""
        if column in self.organisations:
            return no_organisation(text) or no_number(text)
        return (no_person(text) if column in self.people else no_value(text)) or no_number(text)


class Identifier:
    """One compiled id. Called with a row's cells it gives the id, or the fault; ``None`` when its condition fails. ``personal`` masks the
    cell in the fault."""

    def __init__(
        self,
        spec: IdSpec,
        value_type: ValueType | None,
        context: Context,
        personal: bool,
        wording: Wording = AS_IT_STANDS,
        holds: KeyColumns | None = None,
    ) -> None:
        self._spec = spec
        self._holds = holds or KeyColumns()
        self._personal = personal
        self._value_type = value_type
        self._context = context
        self._prefix = spec.prefix
        self._columns = spec.columns
        self._when = compile_conditions(spec.when, wording)
        self._wording = wording
        self._patterns = {column: compiled(pattern) for column in spec.columns if (pattern := spec.pattern(column))}
        self._words = {normal(text): word for text, word in spec.map.items()}
        self._unfit = Bilingual(f"不是合格的 {self._prefix} 标识", f"not a {self._prefix} identifier")
        self._known: dict[tuple[str, ...], str | Fault] = {}
        self._known_parts: dict[str, dict[str, str | Fault]] = {column: {} for column in spec.columns}

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
            known = self._known_parts[column]
            part = known.get(text)
            if part is None:
                if len(known) >= REMEMBERED:
                    known.clear()
                part = known[text] = self._part(column, text)
            if isinstance(part, Fault):
                return part
            parts.append(part)
        if not any(parts):
            return Fault(self._columns[0], "", _MISSING, _HINT_MISSING)
        key = hashed(self._holds.secret, self._prefix, parts) if self._spec.hashed else "/".join(parts)
        found = f"{self._prefix}:{key}"
        if len(found) <= LONGEST_ID:
            return found
        return Fault(self._columns[0], mask(texts[0]) if self._personal else texts[0][:40], _TOO_LONG, _HINT_CHECK)

    def _part(self, column: str, text: str) -> str | Fault:
        """The key's part from one column; ``""`` where it may be blank and is."""
        part = self._plain(column, text)
        if part and (self._words or not self._holds.names_nothing(column, part)):
            return self._registered(column, text, part) if self._value_type else self._own_part(column, text, part)
        if self._spec.blank:
            return ""
        if part:
            return self._fault(column, text, NO_NAME, HINT_NO_NAME)._replace(nobody=True)
        return self._fault(column, text, _MISSING, _HINT_MISSING)

    def _fault(self, column: str, text: str, reason: Bilingual, hint: Bilingual, *, wrong: bool = False) -> Fault:
        return Fault(column, mask(text) if self._personal else text.strip(), reason, hint, wrong)

    def _registered(self, column: str, text: str, part: str) -> str | Fault:
        """The code of a registry, by its value type."""
        assert self._value_type is not None
        try:
            cleaned = self._value_type.clean(part, self._context)
        except ValueProblem as problem:
            advice = together(message("{detail}.", detail=problem.detail), problem.hint)
            hint = _HINT_CHECK if self._personal else both(advice)
            return self._fault(column, text, self._unfit, hint, wrong=True)
        if cleaned.value is None:
            return self._fault(column, text, _MISSING, _HINT_MISSING)
        if not cleaned.identifier:
            return self._fault(column, text, _FAILED, _HINT_CHECK, wrong=True)
        return str(cleaned.value)

    def _own_part(self, column: str, text: str, part: str) -> str | Fault:
        """The clean form of a list's own key: that of the value type which the mapping names, or which the text has as a property."""
        if lost_digits(part):
            return self._fault(column, text, LOST_DIGITS, _HINT_LOST, wrong=True)._replace(nobody=True)
        named = self._spec.values.get(column)
        form = VALUE_TYPES[named] if named else self._holds.forms.get(column)
        return key_form(standard_form(part, form, self._context) if form else part)

    def _plain(self, column: str, text: str) -> str:
        """What of the text the key is made from, in standard words and normal form; ``""`` if nothing is."""
        word = self._wording.get(column)
        text = word(text) if word else text
        pattern = self._patterns.get(column)
        if pattern is not None:
            text = pattern.part_of(unicodedata.normalize("NFKC", unwrapped(text))) or ""
        part = normal(text)
        return self._words.get(part, "") if self._words else part
