"""What a value type is: a name, a cleaner and a validator, for one kind of value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from graph.model import Properties, Value


@dataclass(frozen=True, slots=True)
class Context:
    """What a cleaner may know beyond the cell. ``year`` is the file's year for dates that give none; ``epoch1904`` the workbook's date system;
    ``decimal_comma`` the file's number style; ``options`` are the mapping's own (``unit: wan``, ``null_texts`` …)."""

    year: int | None = None
    epoch1904: bool = False
    decimal_comma: bool = False
    options: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``value`` is ``None`` when the text states an absence (``/``, ``面议``, ``NA`` where it means missing). ``companions`` are further properties, by
    suffix, that the same text gives (a range: ``Min`` and ``Max``). ``flags`` say what a person should know (``check-digit``, ``year-inferred``): the
    value loads all the same. ``identifier`` is false when the value must not be used as an identifier."""

    value: Value | None
    companions: Properties = field(default_factory=lambda: MappingProxyType({}))
    flags: tuple[str, ...] = ()
    identifier: bool = True


class ValueType(Protocol):
    """One kind of value. ``clean`` takes the cell's text and returns what is stored, or raises ``ValueProblem`` with a hint."""

    name: str

    def clean(self, text: str, context: Context) -> Cleaned: ...

    def validate(self, value: Value) -> bool:
        """Whether a stored value is well formed."""
