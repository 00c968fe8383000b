"""What is said of single tables of a load, as it travels: ``{"roster.xlsx/Sheet1": {"date": "2024-05"}}``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TypeAlias

import orjson
from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config
from typing_extensions import TypedDict

from graph.errors import QueryProblem
from graph.messages import message
from ingest.dating import checked_date
from ingest.options import NOTHING_SAID, Table, TableStatement

SaidOfTables: TypeAlias = Mapping[Table, TableStatement]


@with_config(ConfigDict(extra="forbid"))
class _Said(TypedDict, total=False):
    date: str
    edition_of: str
    new_series: bool


_SAID = TypeAdapter(dict[str, _Said])


def written(tables: SaidOfTables) -> str:
    """As JSON."""
    said = {"/".join(filter(None, table)): asdict(options) for table, options in tables.items() if options != NOTHING_SAID}
    return orjson.dumps(said).decode()


def read(text: str | None) -> dict[Table, TableStatement]:
    """What ``written`` wrote. Raises ``QueryProblem`` for anything else, a date that is none, and an edition that is none."""
    if not text:
        return {}
    try:
        said = _SAID.validate_json(text)
    except ValidationError as problem:
        raise QueryProblem(
            message("What is said of the tables cannot be read: it is JSON, by table."),
            hint=message('Write {"roster.xlsx/Sheet1": {"date": "2024-05"}}.'),
            where={"parameter": "tables"},
        ) from problem
    found = {}
    for place, options in said.items():
        file, _, sheet = place.partition("/")
        found[file, sheet] = TableStatement(**options)
        _check(found[file, sheet])
    return found


def _check(options: TableStatement) -> None:
    if options.date:
        checked_date(options.date)
    if options.edition_of and options.new_series:
        raise QueryProblem(
            message("A table is either another edition or the first of a series."),
            hint=message("Leave out edition_of or new_series."),
            where={"parameter": "tables"},
        )
