"""Value types: each cleans and validates one kind of value. ``VALUE_TYPES`` is the registry, by name; an identifier scheme (``uscc``,
``pic``) is also the name of the value type of its codes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from graph.errors import NotFound
from graph.messages import message
from graph.values import choices, classifications, codes, date_types, divisions, money, numbers, personal, text
from graph.values.base import Cleaned, CleanedBy, Context, ValueType
from graph.values.days import first_day, last_day, precision
from graph.values.flags import FLAGS

if TYPE_CHECKING:
    from graph.ontology.schema import PropertyType

__all__ = [
    "FLAGS",
    "VALUE_TYPES",
    "Cleaned",
    "Context",
    "ValueType",
    "first_day",
    "last_day",
    "precision",
    "property_value_type",
    "value_type",
]

ENUM = "enum"

_FAMILIES: tuple[tuple[CleanedBy, ...], ...] = (
    text.TYPES,
    numbers.TYPES,
    money.TYPES,
    date_types.TYPES,
    codes.TYPES,
    divisions.TYPES,
    classifications.TYPES,
    personal.TYPES,
    (CleanedBy(ENUM, text.clean_text),),
)

VALUE_TYPES: Mapping[str, ValueType] = MappingProxyType({each.name: each for family in _FAMILIES for each in family})
"""All value types by name. ``enum`` here takes any text: only its property knows the choices (``property_value_type``)."""


def value_type(name: str) -> ValueType:
    """The value type of this name. Raises ``NotFound`` with the nearest names."""
    found = VALUE_TYPES.get(name)
    if found is None:
        from graph.ontology.schema import nearest

        raise NotFound(
            message("There is no value type '{name}'.", name=name),
            hint=nearest(name, VALUE_TYPES, message("Value types")),
            where={"parameter": "value"},
        )
    return found


def property_value_type(kind: PropertyType) -> ValueType:
    """The value type of one property of the ontology, with its choices if it is a closed list."""
    if kind.value == ENUM and kind.choices:
        return choices.Choices.of({each.value: (each.label.zh, each.label.en, *each.also) for each in kind.choices})
    return value_type(kind.value)
