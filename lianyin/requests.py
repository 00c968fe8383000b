"""Requests: frozen dataclasses whose fields are the parameters of an operation, read by one adapter from whatever a door was given."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias, TypeVar, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, ConfigDict, Field

from graph.errors import WrongParameters
from graph.explanations import pydantic_reason
from graph.messages import message

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler, TypeAdapter
    from pydantic_core import CoreSchema

T = TypeVar("T")


def wire_name(field: str) -> str:
    """What a field is called outside Python."""
    return field.removesuffix("_")


class Request:
    """Base of request types. Nothing that is not a field may be sent."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid", alias_generator=wire_name)


@dataclass(frozen=True)
class Nothing(Request):
    """Of an operation that takes no parameters."""


@dataclass(frozen=True)
class Help:
    """What a parameter means, in both languages; ``metavar`` stands for its value on the command line, ``example`` works on the sample
    city. ``option`` is its name there, if not the field's own. A ``positional`` one is given without a name."""

    zh: str
    en: str
    metavar: str = ""
    option: str = ""
    positional: bool = False
    example: object = None

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        found = dict(handler(schema))
        return {**found, "description": self.en} | ({} if self.example is None else {"examples": [self.example]})


@dataclass(frozen=True)
class Rest:
    """Marks the field that takes the parameters which have no field of their own."""


def sound_text(text: str) -> str:
    """Half a character (a lone surrogate) can stand in JSON, but in no store; nor can the null character."""
    text.encode()
    if "\0" in text:
        raise ValueError(message("the null character stands in no text"))
    return text


Text: TypeAlias = Annotated[str, Field(max_length=512), AfterValidator(sound_text)]
NonemptyText: TypeAlias = Annotated[str, Field(min_length=1, max_length=512), AfterValidator(sound_text)]
LongText: TypeAlias = Annotated[str, Field(max_length=10_000), AfterValidator(sound_text)]
Types: TypeAlias = Annotated[tuple[Text, ...], Field(max_length=50)]
Nodes: TypeAlias = Annotated[tuple[Text, ...], Field(max_length=50)]


@dataclass(frozen=True)
class Parameter:
    """One field of a request type: its name outside Python, its type without the marks, whether it takes several values."""

    name: str
    field: str
    type: Any
    help: Help
    many: bool
    required: bool
    default: object


def adapter(type: Any) -> TypeAdapter[Any]:
    """Reads and describes values of a type; built when first needed."""
    return _adapter(type)


@cache
def _adapter(type: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    return TypeAdapter(type)


def parameters(request: Any) -> tuple[Parameter, ...]:
    """The fields of a request type, without that for the rest."""
    return _parameters(request)


@cache
def _parameters(request: Any) -> tuple[Parameter, ...]:
    hints = get_type_hints(request, include_extras=True)
    depth = {name: place for place, base in reversed(list(enumerate(request.__mro__))) for name in base.__dict__.get("__annotations__", {})}
    found = []
    for each in sorted(dataclasses.fields(request), key=lambda field: depth[field.name]):  # its own before those of its bases
        marks = list(_marks(hints[each.name]))
        if any(isinstance(mark, Rest) for mark in marks):
            continue
        help = next((mark for mark in marks if isinstance(mark, Help)), Help("", ""))
        default = each.default if each.default_factory is dataclasses.MISSING else each.default_factory()
        plain = plain_type(hints[each.name])
        required = default is dataclasses.MISSING
        found.append(
            Parameter(wire_name(each.name), each.name, plain, help, get_origin(plain) is tuple, required, None if required else default)
        )
    return tuple(found)


def rest_field(request: Any) -> str | None:
    """The field that takes the rest, if there is one."""
    return _rest_field(request)


@cache
def _rest_field(request: Any) -> str | None:
    hints = get_type_hints(request, include_extras=True)
    return next(
        (each.name for each in dataclasses.fields(request) if any(isinstance(mark, Rest) for mark in _marks(hints[each.name]))), None
    )


def _marks(type: Any) -> Iterable[object]:
    if get_origin(type) is Annotated:
        yield from get_args(type)[1:]
        yield from _marks(get_args(type)[0])


def plain_type(type: Any) -> Any:
    """The type without marks and without ``None``."""
    if get_origin(type) is Annotated:
        return plain_type(get_args(type)[0])
    choices = [each for each in get_args(type) if each is not None.__class__]
    if len(choices) == 1 and len(get_args(type)) == 2 and get_origin(type) is not tuple:
        return plain_type(choices[0])
    return type


def read(request: type[T], values: Mapping[str, object]) -> T:
    """The request of these values by their outside names. Raises ``WrongParameters``."""
    from pydantic import ValidationError

    rest = rest_field(request)
    if rest is not None:
        known = {each.name for each in parameters(request)} | {rest}
        further = {name: value for name, value in values.items() if name not in known}
        given = values.get(rest, {})
        values = {name: value for name, value in values.items() if name in known}
        values[rest] = {**(given if isinstance(given, Mapping) else {}), **further}
    try:
        found: T = adapter(request).validate_python(values)
    except ValidationError as problem:
        raise wrong_parameters(problem.errors(include_url=False)) from None
    return found


def wrong_parameters(errors: Sequence[Mapping[str, Any]]) -> WrongParameters:
    """The error that tells each wrong parameter, from pydantic's details."""
    return WrongParameters([(".".join(map(str, each["loc"])) or "body", pydantic_reason(each)) for each in errors])


def given(request: object) -> dict[str, object]:
    """The values of a request that differ from their defaults, by their outside names."""
    found: dict[str, object] = {}
    rest = rest_field(type(request))
    for each in parameters(type(request)):
        value = getattr(request, each.field)
        if each.required or value != each.default:
            found[each.name] = value
    return found if rest is None else {**found, **getattr(request, rest)}


def read_pairs(request: type[T], pairs: Iterable[tuple[str, str]], further: Mapping[str, str]) -> T:
    """The request of a query string's pairs, with what the address holds; of a parameter that takes one value the last holds."""
    several = {each.name for each in parameters(request) if each.many}
    values: dict[str, object] = {}
    for name, value in pairs:
        if name in several:
            listed = values.setdefault(name, [])
            assert isinstance(listed, list)
            listed.append(value)
        else:
            values[name] = value
    return read(request, {**values, **further})
