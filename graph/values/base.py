"""What a value type is: a name, a cleaner and a validator, for one kind of value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

from graph.errors import ValueProblem
from graph.model import Properties, Value
from graph.values.absence import no_value


def no_companions() -> Mapping[str, str]:
    """Of a value type whose text gives one value only."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Context:
    """What a cleaner may know beyond the cell. ``year`` is the file's year for dates that give none; ``epoch1904`` the workbook's date
    system; ``decimal_comma`` the file's number style; ``options`` are the mapping's own (``unit: wan``, ``null_texts`` …)."""

    year: int | None = None
    epoch1904: bool = False
    decimal_comma: bool = False
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def option(self, name: str) -> str:
        """An option as text, ``""`` when it is not set."""
        return str(self.options.get(name, ""))


_NOTHING_MORE: Properties = MappingProxyType({})


class Cleaned(NamedTuple):
    """``value`` is ``None`` when the text states an absence (``/``, ``面议``, ``NA`` where it means missing). ``companions`` are further
    properties, by suffix, that the same text gives (a range: ``Min`` and ``Max``). ``flags`` say what a person should know
    (``check-digit``, ``year-inferred``): the value loads all the same. ``identifier`` is false when the value must not be used as an
    identifier. ``suggested`` is what was probably meant instead, for a person to judge: nothing takes it by itself."""

    value: Value | None
    companions: Properties = _NOTHING_MORE
    flags: tuple[str, ...] = ()
    identifier: bool = True
    suggested: str = ""


class ValueType(Protocol):
    """One kind of value. ``clean`` takes the cell's text and returns what is stored, or raises ``ValueProblem`` with a hint.
    ``companions`` maps each suffix that ``clean`` may give a further property for to that property's value type."""

    @property
    def name(self) -> str: ...

    @property
    def companions(self) -> Mapping[str, str]: ...

    def clean(self, text: str, context: Context) -> Cleaned: ...

    def validate(self, value: Value) -> bool:
        """Whether a stored value is well formed."""


NO_CONTEXT = Context()
ABSENT = Cleaned(None)


def states_absence(trimmed: str, context: Context) -> bool:
    """Whether a trimmed text is empty, or one of the option ``null_texts``: what a mapping adds to the words that everybody knows."""
    if not trimmed:
        return True
    given = context.options.get("null_texts")
    return given is not None and (trimmed in given if isinstance(given, tuple | list) else trimmed == given)


@dataclass(frozen=True, slots=True)
class CleanedBy:
    """A value type made from one cleaning function. An empty cell, one of the option ``null_texts``, and a text that the cleaner cannot
    read and that states an absence (``graph.values.absence``) give no value. ``absent`` is asked before the cleaner, where that takes
    nearly any text.

    Cleaning is idempotent: the text of a clean value cleans to itself. That is also what makes a stored value well formed."""

    name: str
    cleaner: Callable[[str, Context], Cleaned]
    companions: Mapping[str, str] = field(default_factory=no_companions)
    absent: Callable[[str], bool] | None = None

    def clean(self, text: str, context: Context) -> Cleaned:
        trimmed = text.strip()
        if states_absence(trimmed, context) or (self.absent is not None and self.absent(trimmed)):
            return ABSENT
        try:
            return self.cleaner(trimmed, context)
        except ValueProblem:
            if no_value(trimmed):
                return ABSENT
            raise

    def validate(self, value: Value) -> bool:
        if isinstance(value, tuple):
            return False
        try:
            cleaned = self.clean(str(value), NO_CONTEXT)
        except ValueProblem:
            return False
        return cleaned.identifier and cleaned.value == value and type(cleaned.value) is type(value)
