"""Mappings: which there are, and how near each comes to a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from ingest.fit import Fit, propose
from ingest.mapping import MappingSpec
from ingest.readers import Preview
from ingest.readers.base import clean_header
from lianyin.answers.reader import Document
from lianyin.language import Language, say
from lianyin.results import Column, Result

MAPPING_COLUMNS = (
    Column("mapping", "映射", "mapping"),
    Column("family", "系列", "family"),
    Column("source", "来源", "source"),
    Column("required", "必备列", "columns it must have"),
    Column("optional", "可选列", "columns it may have"),
    Column("nodes", "节点", "nodes"),
    Column("relationships", "关系", "relationships", number=True),
)
PROPOSAL_COLUMNS = (
    Column("sheet", "工作表", "sheet"),
    Column("mapping", "映射", "mapping"),
    Column("fits", "合适", "fits"),
    Column("header_row", "表头行", "header row", number=True),
    Column("matched", "认得的列", "columns known"),
    Column("missing", "缺的列", "columns missing"),
    Column("unused", "用不上的列", "columns not used"),
)


class _Proposal(TypedDict):
    sheet: str
    mapping: str
    fits: bool
    header_row: int
    matched: dict[str, str]
    missing: list[str]
    unused: list[str]


def mappings_result(mappings: Mapping[str, MappingSpec], language: Language) -> Result:
    """``{"mappings": [{"mapping", "family", "source", "required", "optional", "aliases", "nodes", "relationships"}]}``."""
    found = [_mapping_document(spec) for spec in mappings.values()]
    rows = [
        (
            each.mapping,
            each.family or "",
            say(language, each.source.name.zh, each.source.name.en),
            _listed(each.columns.required),
            _listed(each.columns.optional),
            _listed(dict.fromkeys(name for node in each.nodes.values() for name in node.type.names)),
            len(each.relationships),
        )
        for each in mappings.values()
    ]
    return Result({"mappings": found}, MAPPING_COLUMNS, rows)


def _mapping_document(spec: MappingSpec) -> Document:
    return {
        "mapping": spec.mapping,
        "family": spec.family,
        "source": {"id": spec.source.id, "zh": spec.source.name.zh, "en": spec.source.name.en},
        "required": list(spec.columns.required),
        "optional": list(spec.columns.optional),
        "aliases": {name: list(others) for name, others in spec.columns.aliases.items()},
        "nodes": {key: list(node.type.names) for key, node in spec.nodes.items()},
        "relationships": {key: each.type for key, each in spec.relationships.items()},
    }


def proposals_result(tables: Sequence[Preview], mappings: Mapping[str, MappingSpec], limit: int, language: Language) -> Result:
    """The nearest mappings of each table, best first: ``{"file", "proposals": [{"sheet", "mapping", "fits", "header_row", "matched",
    "missing", "unused"}]}``; ``matched`` gives, by the table's own heading, the column that it is taken for."""
    found = [_proposal(table, one, mappings[one.mapping]) for table in tables for one in propose(table, mappings.values())[:limit]]
    rows = [
        (
            each["sheet"],
            each["mapping"],
            say(language, "是", "yes") if each["fits"] else say(language, "否", "no"),
            each["header_row"],
            _listed(heading if heading == column else f"{heading}→{column}" for heading, column in each["matched"].items()),
            _listed(each["missing"]),
            _listed(each["unused"]),
        )
        for each in found
    ]
    return Result({"file": tables[0].file, "proposals": found}, PROPOSAL_COLUMNS, rows)


def _proposal(table: Preview, found: Fit, spec: MappingSpec) -> _Proposal:
    cells = next(cells for row, cells in table.rows if row == found.header_row)
    known = spec.columns.known
    # The last headings may be empty; those are no columns of ``found.header`` either.
    pairs = [(clean_header(heading), column) for heading, column in zip(cells, found.header, strict=False) if column]
    return {
        "sheet": table.sheet,
        "mapping": found.mapping,
        "fits": found.fits,
        "header_row": found.header_row,
        "matched": {heading: column for heading, column in pairs if column in known},
        "missing": list(found.missing),
        "unused": [heading for heading, column in pairs if column not in known],
    }


def _listed(names: Iterable[str]) -> str:
    return "、".join(str(name) for name in names)
