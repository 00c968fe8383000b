"""One set of names for what may be asked of paths: the options of the command line and the parameters of the HTTP addresses are called
alike, and both become the fields of ``graph.paths`` here, and nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from graph.errors import QueryProblem
from graph.messages import message
from lianyin.options import ConditionOptions, PathOptions

if TYPE_CHECKING:
    from graph.paths import PathQuery

PARAMETERS: Mapping[str, str] = {
    "include_types": "include",
    "only_types": "only",
    "never_types": "never",
    "through_types": "via",
    "relationship_types": "relationship",
    "from_nodes": "from",
    "to_nodes": "to",
    "start": "from",
    "end": "to",
    "window": "from_date",
    "list_types": "type",
    "list_relationships": "list_relationship",
    "nodes": "node",
    "counted_type": "counted",
    "rows": "row",
    "columns": "column",
    "row_relationship_types": "row_relationship",
    "column_relationship_types": "column_relationship",
    "leave_relationships": "leave_relationship",
    "add_nodes": "add_node",
}
"""Fields whose parameter has another name."""

ENDS = ("start", "end", "node")
"""Fields that hold one node."""

NODES = ("avoid", "through", "from_nodes", "to_nodes", "nodes", "rows", "columns", "leave")
"""Fields that hold several."""

PLAIN = ("as_of", "recorded_as_of", "together", "max_degree", "direction", "min_trust", "pattern", "avoid", "through")
RENAMED = ("include_types", "only_types", "never_types", "through_types", "relationship_types")

Options = TypeVar("Options", bound=Mapping[str, object])


def conditions_of(parameters: Mapping[str, object]) -> ConditionOptions:
    """The conditions among parameters by their names; lists as tuples. What was not said stays unsaid."""
    chosen: dict[str, object] = {}
    for field in (*PLAIN, *RENAMED):
        value = parameters.get(PARAMETERS.get(field, field))
        if value not in (None, "", (), []):
            chosen[field] = tuple(value) if isinstance(value, list) else value
    first, last = parameters.get("from_date"), parameters.get("to_date")
    if first or last:
        chosen["window"] = (str(first or ""), str(last or ""))
    return cast("ConditionOptions", chosen)


def weights_of(texts: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """``EMPLOYED_BY=2.5`` as a pair. Raises ``QueryProblem``; whether the number may be is for ``graph.paths`` to say."""
    pairs = []
    for text in texts:
        type, sign, number = text.rpartition("=")
        try:
            if not (sign and type.strip()):
                raise ValueError(text)
            pairs.append((type.strip(), float(number)))
        except ValueError:
            raise QueryProblem(
                message("'{text}' is not a valid weight.", text=text),
                hint=message("Write a relationship type and a number: EMPLOYED_BY=2.5."),
                where={"parameter": "weights"},
            ) from None
    return tuple(pairs)


def parameters_of(options: Mapping[str, object]) -> dict[str, object]:
    """Options as the addresses call them: the way back."""
    found: dict[str, object] = {}
    for field, value in options.items():
        if field == "window":
            found |= dict(zip(("from_date", "to_date"), cast("tuple[str, str]", value or ("", "")), strict=True))
        elif field == "weights":
            found[field] = tuple(f"{type}={number!r}" for type, number in cast("tuple[tuple[str, float], ...]", value))
        else:
            found[PARAMETERS.get(field, field)] = value
    return {name: value for name, value in found.items() if value not in ("", ())}


def with_ids(options: Options, id_of: Callable[[str, str], str]) -> Options:
    """The options with their nodes by id; ``id_of`` takes what was said and the parameter's name."""
    found = dict(options)
    for field in ENDS:
        if field in found:
            found[field] = id_of(str(found[field]), PARAMETERS.get(field, field))
    for field in NODES:
        if field in found:
            parameter = PARAMETERS.get(field, field)
            found[field] = tuple(id_of(text, parameter) for text in cast("Iterable[str]", found[field]))
    return cast("Options", found)


def parameter_named(where: Mapping[str, str | int]) -> dict[str, str | int]:
    """The place of an error with the parameter under the name that the asker knows."""
    found = dict(where)
    if "parameter" in found:
        found["parameter"] = PARAMETERS.get(str(found["parameter"]), found["parameter"])
    return found


def path_query(a: str, b: str, options: PathOptions, id_of: Callable[[str, str], str]) -> PathQuery:
    """A question about paths with its nodes by id. ``recorded_as_of`` is no part of it: it says which graph is asked."""
    from graph.paths import PathQuery

    chosen = cast("dict[str, Any]", with_ids({"start": a, "end": b, **options}, id_of))
    return PathQuery(**chosen)
