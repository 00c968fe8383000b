"""From what somebody typed or sent to what an action or a question takes, each value checked and each error naming its parameter."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from cooperation.actors import FindNode
from cooperation.parameters import Arguments, Parameter, ParameterType
from graph.errors import NotFound, QueryProblem, ValueProblem
from graph.messages import NOTHING, Either, Message, message
from graph.model import Node
from graph.ontology.schema import Label, Ontology

LONGEST_TEXT = 10_000
"""Characters of one text: some pages."""

MOST_VALUES = 100
"""Values of one parameter that takes several: a studio has 15 members at most, a visit some dozen participants."""

LARGEST_NUMBER = 1e9
"""In 10,000 CNY this is ten times the yearly product of the country's largest province: what is above is a slip of the hand."""

_WORDS = {"yes": True, "true": True, "1": True, "是": True, "no": False, "false": False, "0": False, "否": False}


class Parameterised(Protocol):
    """An action or a question."""

    @property
    def name(self) -> str: ...

    @property
    def label(self) -> Label: ...

    @property
    def parameters(self) -> tuple[Parameter, ...]: ...


def read_given(what: Parameterised, raw: Mapping[str, object], find: FindNode, ontology: Ontology) -> Arguments:
    """The parameters of an action or a question out of ``raw`` (texts, numbers, booleans, lists; ``None`` and ``""`` mean not given).

    Raises ``QueryProblem`` for a name that it does not take, ``ValueProblem`` for what is missing or does not fit, and what
    ``find`` raises for a node."""
    known = {each.name: each for each in what.parameters}
    given = {name: value for name, value in raw.items() if value not in (None, "", (), [])}
    for name in given:
        if name not in known:
            raise QueryProblem(
                message("'{name}' takes no parameter '{parameter}'.", name=what.name, parameter=name),
                hint=message("It takes {known}.", known=tuple(known)),
                where={"parameter": name},
            )
    for each in what.parameters:
        if each.required and each.name not in given:
            raise ValueProblem(
                message("'{name}' ({label}) requires the parameter '{parameter}'.", name=what.name, label=what.label, parameter=each.name),
                hint=message("Give the {label}.", label=each.label.en),
                where={"parameter": each.name},
            )
    return Arguments({name: _read(known[name], value, find, ontology) for name, value in given.items()})


def _read(parameter: Parameter, value: object, find: FindNode, ontology: Ontology) -> object:
    if parameter.takes is ParameterType.POINTS:
        return _points(parameter, value)
    if not parameter.many:
        return _one(parameter, value, find, ontology)
    values = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    if len(values) > MOST_VALUES:
        raise _wrong(parameter, message("{count:,} values were given; at most {most} are allowed.", count=len(values), most=MOST_VALUES))
    return tuple(dict.fromkeys(_one(parameter, each, find, ontology) for each in values))


def _one(parameter: Parameter, value: object, find: FindNode, ontology: Ontology) -> object:
    if parameter.takes is ParameterType.NODE:
        return read_node(parameter, str(value), find, ontology)
    return _READ[parameter.takes](parameter, value)


def read_node(parameter: Parameter, text: str, find: FindNode, ontology: Ontology) -> str:
    """The id of the node that a text names, of a type that the parameter takes. Raises ``ValueProblem``, and what ``find`` raises."""
    found = _place(parameter, text, find) if "District" in parameter.types else find(text, parameter.name)
    if not ({found.type, *ontology.node_type(found.type).ancestors} & set(parameter.types)):
        raise _wrong(
            parameter, message("'{text}' is of type {type}, not {types}.", text=text, type=found.type, types=Either(parameter.types))
        )
    return found.id


def _place(parameter: Parameter, text: str, find: FindNode) -> Node:
    """A district as people say it, 邗江 for 邗江区, where only one is meant; otherwise what ``find`` raises for the text itself."""
    try:
        return find(text, parameter.name)
    except NotFound:
        found = [node for ending in "区县市" if (node := _district(parameter, text.strip() + ending, find)) is not None]
        if len(found) != 1:
            raise
        return found[0]


def _district(parameter: Parameter, text: str, find: FindNode) -> Node | None:
    try:
        found = find(text, parameter.name)
    except NotFound:
        return None
    return found if found.type == "District" else None


def _text(parameter: Parameter, value: object) -> str:
    text = str(value).strip()
    if len(text) > LONGEST_TEXT:
        raise _wrong(
            parameter, message("{count:,} characters were given; at most {most:,} are allowed.", count=len(text), most=LONGEST_TEXT)
        )
    if not text:
        raise _wrong(parameter, message("It must not be blank."))
    if parameter.choices and text not in parameter.choices:
        raise _wrong(parameter, message("'{text}' is not one of {choices}.", text=text, choices=tuple(parameter.choices)))
    return text


def _day(parameter: Parameter, value: object) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value).strip())
    except ValueError:
        raise _wrong(parameter, message("'{value}' is not a valid date.", value=value), message("Write it as 2020-12-31.")) from None


def _number(parameter: Parameter, value: object) -> float:
    try:
        found = float(str(value))
    except ValueError:
        raise _wrong(parameter, message("'{value}' is not a number.", value=value)) from None
    if not (math.isfinite(found) and 0 <= found <= LARGEST_NUMBER):
        raise _wrong(parameter, message("{value} is not between 0 and {most:,.0f}.", value=value, most=LARGEST_NUMBER))
    return found


def _count(parameter: Parameter, value: object) -> int:
    found = _number(parameter, value)
    if found != int(found):
        raise _wrong(parameter, message("{value} is not a whole number.", value=value))
    return int(found)


def _flag(parameter: Parameter, value: object) -> bool:
    if isinstance(value, bool):
        return value
    found = _WORDS.get(str(value).strip().casefold())
    if found is None:
        raise _wrong(parameter, message("'{value}' is neither yes nor no.", value=value))
    return found


def _points(parameter: Parameter, value: object) -> Mapping[str, float]:
    pairs: list[tuple[str, object]] = []
    if isinstance(value, Mapping):
        pairs = [(str(name), each) for name, each in value.items()]
    else:
        for text in [value] if isinstance(value, str) else list(value) if isinstance(value, Sequence) else []:
            name, sign, points = str(text).partition("=")
            if not sign:
                raise _wrong(parameter, message("'{text}' gives no points.", text=text), message("Write CRITERION=POINTS."))
            pairs.append((name, points))
    if len({name.strip() for name, _ in pairs}) != len(pairs) or not 0 < len(pairs) <= MOST_VALUES:
        raise _wrong(parameter, message("Give each criterion once."), message("Write CRITERION=POINTS."))
    return {_text(parameter, name): _number(parameter, points) for name, points in pairs}


def _wrong(parameter: Parameter, what: Message, hint: Message = NOTHING) -> ValueProblem:
    return ValueProblem(
        message("{name} ({label}): {what}", name=parameter.name, label=parameter.label, what=what),
        hint=hint,
        where={"parameter": parameter.name},
    )


_READ: Mapping[ParameterType, Callable[[Parameter, object], object]] = {
    ParameterType.TEXT: _text,
    ParameterType.DAY: _day,
    ParameterType.NUMBER: _number,
    ParameterType.COUNT: _count,
    ParameterType.FLAG: _flag,
}
