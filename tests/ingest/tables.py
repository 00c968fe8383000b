"""Mapping a few rows under an office's own small mapping: what loads, and what is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.model import ClaimKind, Draft
from ingest.compiler import compile_mapping
from ingest.map import Mapper
from ingest.mapping import load_mapping_text
from ingest.outcome import Mapped, Notice, Rejected
from ingest.readers import SourceRow
from ingest.table import NO_ORDERS, Orders, TableMapper
from tests.ingest.reading import MappedFile, default_types

PEOPLE = """
mapping: desk-people
source: {id: desk-people, name: {zh: 台账, en: Desk list}, date: "2024-01-01"}
columns: {required: [姓名, 单位], optional: [职称, 起, 止]}
nodes:
  person:
    type: Person
    id: {source: desk-person, columns: [姓名, 单位], hashed: true}
    properties: {name: 姓名, professionalTitle: 职称}
  home:
    type: Organization
    id: {source: desk-unit, column: 单位}
    properties: {name: 单位}
relationships:
  works: {type: EMPLOYED_BY, from: person, to: home, valid_from: 起, valid_to: 止}
"""
FIRMS = """
mapping: desk-codes
source: {id: desk-codes, name: {zh: 台账, en: Desk list}, date: "2024-01-01"}
columns: {required: [编号, 单位], optional: [城市]}
nodes:
  home:
    type: Enterprise
    id: {source: desk-code, column: 编号}
    properties: {name: 单位, city: 城市}
"""


def table_of(mapping: str, columns: str, rows: Iterable[Sequence[str]], year: int | None = None) -> tuple[TableMapper, list[SourceRow]]:
    """What maps rows under ``columns`` (parted by spaces), and the rows, numbered from 2."""
    types = default_types()
    (spec,) = load_mapping_text(mapping, "own.yaml", types).values()
    numbered = [SourceRow(number, dict(zip(columns.split(), cells, strict=True))) for number, cells in enumerate(rows, start=2)]

    def compiled(orders: Orders) -> Mapper:
        return compile_mapping(spec, types, year=year, orders=orders)

    return TableMapper(compiled(NO_ORDERS), "own.csv", "", lambda: numbered, compiled), numbered


def mapped_rows(mapping: str, columns: str, rows: Iterable[Sequence[str]], year: int | None = None) -> MappedFile:
    """Maps rows under ``columns`` (parted by spaces), numbered from 2."""
    table, numbered = table_of(mapping, columns, rows, year)
    found = MappedFile()
    for row in numbered:
        found.read += 1
        said = table.map(row)
        if isinstance(said, Mapped):
            found.loaded.append(said)
        else:
            found.rejected.append(said)
    return found


def names(found: MappedFile, *types: str) -> set[str]:
    """What the nodes of these types are called."""
    return {str(d.values["name"]) for d in found.drafts(ClaimKind.NODE) if d.type in types and "name" in d.values}


def relationships(found: MappedFile, type: str = "EMPLOYED_BY") -> list[Draft]:
    return list(found.drafts(ClaimKind.RELATIONSHIP, type))


def told(found: MappedFile) -> list[Notice | Rejected]:
    return [*found.notices(), *found.rejected]
