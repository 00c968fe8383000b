"""The reference pages of the register: every address with its parameters, every answer with its fields."""

from __future__ import annotations

import dataclasses
import inspect
import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from lianyin.operation import Operation, Register
from lianyin.requests import parameters, rest_field


def http_page(register: Register, derived: str) -> str:
    """Every address: what it answers, who may ask, what it takes."""
    parts = [
        "# The HTTP interface",
        derived,
        "",
        "The server's own page `/docs` and `/openapi.json` say the same; what the answers hold: [json.md](json.md).",
        "",
    ]
    for tag, operations in _by_tag(register):
        parts += [f"## {tag}", ""]
        for operation in operations:
            parts += [f"### {operation.method} {operation.address}", "", *_about(operation), ""]
    return "\n".join(parts)


def _about(operation: Operation[Any, Any]) -> Iterator[str]:
    yield operation.help
    command = f"`lianyin {operation.command}`; " if operation.command else ""
    yield f"In Python `client.{operation.name}(…)`; {command}{_actor(operation)}answer: {_linked(operation)}."
    taken = parameters(operation.request)
    if taken:
        yield ""
        yield "| parameter | type | what | 含义 |"
        yield "|---|---|---|---|"
        for each in taken:
            name = f"**{each.name}**" if each.required else each.name
            yield f"| {name} | {_escaped(type_text(each.type))} | {each.help.en} | {each.help.zh} |"
    if rest_field(operation.request):
        yield ""
        yield "Further parameters are its own."


def _actor(operation: Operation[Any, Any]) -> str:
    told = {"none": "", "optional": "`Lianyin-Actor` may say who looks; ", "required": "`Lianyin-Actor` says who acts; "}
    return told[operation.actor]


def _linked(operation: Operation[Any, Any]) -> str:
    return " or ".join(f"[{each.__name__}](json.md#{each.__name__.lower()})" for each in _choices(operation.answer))


def json_part(register: Register) -> str:
    """Every type that answers are made of, with its fields."""
    parts = ["## The types of answers", ""]
    for type in sorted(_answer_types(register), key=lambda each: str(each.__name__)):
        hints = get_type_hints(type)
        names = ", ".join(f"`{name}`: {type_text(hints[name])}" for name in hints)
        parts += [f"### {type.__name__}", "", " ".join((type.__doc__ or "").split()), "", names, ""]
    return "\n".join(parts)


def _by_tag(register: Register) -> Iterator[tuple[str, Sequence[Operation[Any, Any]]]]:
    for tag in sorted({each.tag for each in register}):
        yield tag, [each for each in register if each.tag == tag]


def _answer_types(register: Register) -> set[Any]:
    found: set[Any] = set()
    waiting = [operation.answer for operation in register]
    while waiting:
        type = waiting.pop()
        waiting += [each for each in get_args(type) if each is not Ellipsis]
        if _is_record(type) and type not in found:
            found.add(type)
            waiting += get_type_hints(type).values()
    return found


def _is_record(type: Any) -> bool:
    return inspect.isclass(type) and (dataclasses.is_dataclass(type) or is_typeddict(type))


def _choices(type: Any) -> Sequence[Any]:
    return get_args(type) if get_origin(type) in (Union, types.UnionType) else (type,)


def type_text(type: Any) -> str:
    """A type as JSON knows it: ``[text]``, ``number or null``, the name of a type of answers."""
    origin = get_origin(type)
    if origin is Annotated:
        return type_text(get_args(type)[0])
    if origin is Literal:
        return " or ".join(f"`{each}`" for each in get_args(type))
    if origin in (Union, types.UnionType):
        return " or ".join(dict.fromkeys(type_text(each) for each in get_args(type)))
    if origin in (list, tuple) or str(origin).endswith("Sequence'>"):
        return f"[{type_text(get_args(type)[0])}]"
    if len(get_args(type)) == 2:
        return f"by {type_text(get_args(type)[0])}: {type_text(get_args(type)[1])}"
    names: dict[Any, str] = {str: "text", int: "whole number", float: "number", bool: "true or false", types.NoneType: "null"}
    return names.get(type, f"[{type.__name__}](#{type.__name__.lower()})" if _is_record(type) else "any")


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")
