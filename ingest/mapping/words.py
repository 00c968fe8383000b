"""Tables of words that several mappings share: short names of universities, codes of districts. One YAML file each, text → text.

A mapping names a table where it could write a ``map`` out; the table is put in its place before the mapping is checked."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from graph.errors import FileProblem, MappingProblem
from graph.messages import message
from ingest.mapping.document import Data, Document, Place, parse

Tables: TypeAlias = Mapping[str, Mapping[str, str]]

MAP = "map"


@cache
def built_in_tables() -> Tables:
    """The tables of ``ingest/mappings/tables``, by the name of their file."""
    folder = files("ingest").joinpath("mappings", "tables")
    found = sorted(each.name for each in folder.iterdir() if each.name.endswith(".yaml"))
    return _read((name, folder.joinpath(name).read_text(encoding="utf-8")) for name in found)


def tables_in(folder: Path) -> Tables:
    """The tables beside the mapping files of a folder. Raises ``FileProblem`` or ``MappingProblem``."""
    try:
        return _read([(path.name, path.read_text(encoding="utf-8-sig")) for path in sorted((folder / "tables").glob("*.yaml"))])
    except (OSError, UnicodeDecodeError) as error:
        raise FileProblem(
            message("A table in {folder} cannot be read: {error}.", folder=folder / "tables", error=error),
            hint=message("Save it as UTF-8."),
        ) from error


def _read(named: Iterable[tuple[str, str]]) -> Tables:
    return {name.removesuffix(".yaml"): _table(text, name) for name, text in named}


def _table(text: str, name: str) -> Mapping[str, str]:
    documents = parse(text, name)
    data = documents[0].data if len(documents) == 1 else None
    if not isinstance(data, dict) or not all(isinstance(word, str) for word in data.values()):
        raise MappingProblem(
            message("{name} is not a table of 'text: text', line by line.", name=name),
            hint=message("See docs/mappings.md."),
            where={"file": name},
        )
    return {key: str(word) for key, word in data.items()}


def with_tables(document: Document, tables: Tables) -> Document:
    """The document with every ``map: NAME`` written out. Raises ``MappingProblem`` for a table that is not there."""
    return replace(document, data=_written_out(document.data, (), document, tables))


def _written_out(data: Data, place: Place, document: Document, tables: Tables) -> Data:
    if isinstance(data, list):
        return [_written_out(item, (*place, index), document, tables) for index, item in enumerate(data)]
    if not isinstance(data, dict):
        return data
    found: dict[str, Data] = {}
    for key, value in data.items():
        here = (*place, key)
        if key == MAP and isinstance(value, str):
            if value not in tables:
                near = difflib.get_close_matches(value, tables, n=1)
                hint = message("Did you mean '{name}'?", name=near[0]) if near else message("Tables: {tables}", tables=sorted(tables))
                raise document.problem(here, message("There is no table of words '{value}'.", value=value), hint)
            found[key] = dict(tables[value])
        else:
            found[key] = _written_out(value, here, document, tables)
    return found
