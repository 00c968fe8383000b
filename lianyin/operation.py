"""An operation: a question or an act, declared once. The command line, the HTTP addresses, OpenAPI, the Python client and the reference
pages are derived from the declaration.

Request and answer types are frozen dataclasses whose fields are the JSON (a trailing underscore, as in ``from_``, is Python's only). A
module of ``lianyin.operations`` declares the operations of one subject by registering them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, Generic, Literal, TypedDict, TypeVar, Unpack
from urllib.parse import quote

from graph.messages import NOTHING, Message
from lianyin.results import Table

if TYPE_CHECKING:
    from lianyin.answers.reader import Reader
    from lianyin.session import Session

R = TypeVar("R")
A = TypeVar("A")
Op = TypeVar("Op", bound="Operation[Any, Any]")

JSON = "application/json"
WITH_BODY = frozenset({"POST", "PATCH"})

Actor = Literal["none", "optional", "required"]
"""Whether an operation is asked as somebody: an optional actor lowers what the reader sees, a required one acts."""

_FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Operation(Generic[R, A]):
    """``name`` is what the Python client calls it, ``address`` where HTTP has it: a name in braces is a field of the request.

    ``run`` answers within a session; ``table`` makes the answer readable. ``tag`` is its subject, ``help`` a sentence in English, then in
    Chinese. ``command`` is its place on the command line, ``""`` for none. ``right`` (``cooperation.roles``) must be held by the actor,
    over the ``resource`` that a refusal names. A ``heavy`` operation waits for a place among heavy ones; a function decides by the
    request. The answer of a ``kept`` one depends on the revision, the reader and the actor only. A ``personal`` one may hold personal
    data, which no browser keeps for a reader who may see it. ``problems`` are statuses it may end with, beside those of every address.
    ``example_actor`` may ask it on the sample city. An answer of another ``media`` type than JSON, by the request where a function says
    so, is a text."""

    name: str
    method: str
    address: str
    run: Callable[[Session, R], A]
    table: Callable[[A, Reader], Table]
    tag: str
    help: str
    command: str = ""
    actor: Actor = "none"
    right: str = ""
    resource: Message = NOTHING
    heavy: bool | Callable[[R], bool] = False
    kept: bool = False
    personal: bool = True
    problems: tuple[int, ...] = (400, 404, 409)
    media: str | Callable[[R], str] = JSON
    example_actor: str = "talent"

    @property
    def request(self) -> type[R]:
        """The type of its requests."""
        found: type[R] = self._declared("asked")
        return found

    @property
    def answer(self) -> Any:
        """The type of its answers, which may be one of several."""
        return self._declared("return")

    def _declared(self, name: str) -> Any:
        return _evaluated(self.run, name)

    def is_heavy(self, request: R) -> bool:
        """Whether answering may take long."""
        return self.heavy(request) if callable(self.heavy) else self.heavy

    def media_of(self, request: R) -> str:
        """What the answer is sent as."""
        return self.media(request) if callable(self.media) else self.media

    def place(self, values: Mapping[str, object]) -> str:
        """The address of a request with these fields."""
        return _FIELD.sub(lambda match: quote(str(values[match[1]]), safe=""), self.address)

    @property
    def in_address(self) -> tuple[str, ...]:
        """The fields that are part of the address."""
        return tuple(_FIELD.findall(self.address))


@cache
def _evaluated(run: Callable[..., Any], name: str) -> Any:
    """What a function declares of a parameter or of its result. Its session is known to type checkers only."""
    declared = run.__annotations__[name]
    return eval(declared, run.__globals__) if isinstance(declared, str) else declared  # noqa: S307 - the module's own annotation


def operation(
    address: str, table: Callable[[A, Reader], Table], *, register: Register | None = None, **further: Unpack[Declared]
) -> Callable[[Callable[[Session, R], A]], Operation[R, A]]:
    """Declares the function as an operation at a method and an address (``GET /v1/needs``) and registers it. The function has its name, and
    tells by its annotations the types of request (``asked``) and answer, by its docstring what it is."""

    def declared(run: Callable[[Session, R], A]) -> Operation[R, A]:
        method, _, path = address.partition(" ")
        help = " ".join((run.__doc__ or "").split())
        tag = run.__module__.rpartition(".")[2]
        return (register or REGISTER).add(Operation(run.__name__, method, path, run, table, tag, help, **further))

    return declared


class Declared(TypedDict, total=False):
    """What may be said of an operation besides; see ``Operation``."""

    command: str
    actor: Actor
    right: str
    resource: Message
    heavy: bool | Callable[[Any], bool]
    kept: bool
    personal: bool
    problems: tuple[int, ...]
    media: str | Callable[[Any], str]
    example_actor: str


class Register:
    """Operations by name, in the order of registration."""

    def __init__(self) -> None:
        self._operations: dict[str, Operation[Any, Any]] = {}

    def add(self, operation: Op) -> Op:
        """Registers and returns it. Raises ``ValueError`` for a second one of that name."""
        if operation.name in self._operations:
            raise ValueError(f"two operations are called {operation.name}")
        self._operations[operation.name] = operation
        self._changed()
        return operation

    def remove(self, operation: Operation[Any, Any]) -> None:
        """Forgets it."""
        del self._operations[operation.name]
        self._changed()

    def _changed(self) -> None:
        self.__dict__.pop("_by_address", None)
        self.__dict__.pop("_literal", None)

    def __iter__(self) -> Iterator[Operation[Any, Any]]:
        return iter(tuple(self._operations.values()))

    def named(self, name: str) -> Operation[Any, Any] | None:
        """The operation of this name."""
        return self._operations.get(name)

    def of_command(self, name: str) -> Sequence[Operation[Any, Any]]:
        """The operations whose command begins with this word."""
        return [each for each in self if each.command.split(" ")[0] == name]

    def at(self, method: str, path: str) -> tuple[Operation[Any, Any], dict[str, str]] | None:
        """The operation at an address, with the fields that the address holds. Literal addresses come before those with fields."""
        literal = self._literal.get((method, path))
        if literal is not None:
            return literal, {}
        for pattern, methods in self._by_address:
            if method in methods and (match := pattern.fullmatch(path)):
                return methods[method], match.groupdict()
        return None

    @cached_property
    def _literal(self) -> Mapping[tuple[str, str], Operation[Any, Any]]:
        """The operations whose address has no field, by method and address: most of what is asked."""
        return {(each.method, each.address): each for each in self if not each.in_address}

    @cached_property
    def _by_address(self) -> Sequence[tuple[re.Pattern[str], Mapping[str, Operation[Any, Any]]]]:
        found: dict[str, dict[str, Operation[Any, Any]]] = {}
        for each in self:
            found.setdefault(each.address, {})[each.method] = each
        longest_first = sorted(found, key=lambda address: (len(_FIELD.findall(address)), -len(_FIELD.sub("", address))))
        return [(address_pattern(address), found[address]) for address in longest_first]


def address_pattern(address: str) -> re.Pattern[str]:
    """What matches an address; a field may hold slashes."""
    return re.compile(_FIELD.sub(r"(?P<\1>.+)", address.replace(".", r"\.")))


REGISTER = Register()
