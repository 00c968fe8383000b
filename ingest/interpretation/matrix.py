"""The mapping of a matrix: who stands in its rows and columns, and a tie for every ticked cell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from graph.ontology.schema import Ontology
from ingest.interpretation.edges import DATED, EVENT, Matrix, word_ties
from ingest.interpretation.roles import ORGANISATION, PERSON
from ingest.interpretation.slot import Slot
from ingest.interpretation.tables import Table
from ingest.interpretation.ties import Tie
from ingest.interpretation.values import value_kinds
from ingest.interpretation.words import GENERIC, meaning
from ingest.interpretation.writing import TYPE_OF_KIND, Data, relationship
from ingest.naming import read_name

HEADING, CELL, LIST, HOME = "heading", "cell", "cells", "home"


def matrix_mapping(table: Table, base: str, matrix: Matrix, ontology: Ontology) -> Data:
    """The parts of a mapping, as ``ingest.interpretation.writing`` makes them for other tables."""
    row_kind = matrix.rows or _row_kind(table.texts(matrix.label))
    names: Data = {} if row_kind == EVENT else {"row": {"column": matrix.label, "expect": row_kind}}
    if matrix.kind != EVENT:
        names["column"] = {"column": HEADING, "expect": matrix.kind}
    nodes: Data = {
        "row": _event(base, matrix.label, "") if row_kind == EVENT else _node(base, "row", row_kind, ""),
        "column": _event_of_heading(base, matrix) if matrix.kind == EVENT else _node(base, "column", matrix.kind, LIST),
    }
    if matrix.home:
        names[HOME] = {"column": matrix.home, "expect": ORGANISATION}
        nodes[HOME] = _node(base, HOME, ORGANISATION, "")
        nodes["row"]["id"] |= {"columns": ["row.person_key", f"{HOME}.organisation_key"], "blank": True}
    return {
        "format": {"header_rows": "2"} if table.double else {},
        "lists": {LIST: {"columns": list(matrix.columns), "heading": HEADING, "cell": CELL, "no_list": matrix.none}},
        "names": names,
        "nodes": nodes,
        "relationships": _relationships(table, matrix, row_kind, ontology),
    }


def _row_kind(texts: Sequence[str]) -> str:
    return PERSON if sum(bool(read_name(text).person) for text in texts) * 2 > len(texts) else ORGANISATION


def _event(base: str, column: str, each: str) -> Data:
    own: Data = {"source": f"{base}-event", "columns": [column]}
    return {"type": "Event", **({"each": each} if each else {}), "id": own, "properties": {"name": column}}


def _event_of_heading(base: str, matrix: Matrix) -> Data:
    """The event that a heading names, with its day where each heading holds one in brackets."""
    event = _event(base, HEADING, LIST)
    days = [re.search(DATED, column) for column in matrix.columns]
    if all(day is not None and value_kinds(day[2]) & {"date"} for day in days):
        name, day = DATED.replace("([^", "(?:[^"), DATED.replace("(.*", "(?:.*")
        event["properties"] = {
            "name": {"column": HEADING, "extract": name},
            "date": {"column": HEADING, "extract": day, "on_error": "drop_value"},
        }
    return event


def _node(base: str, key: str, kind: str, each: str) -> Data:
    if kind == PERSON:
        type_spec: Any = "Person"
        own: Data = {"source": f"{base}-person", "columns": [f"{key}.person_key"], "hashed": True}
    else:
        type_spec = {"column": f"{key}.kind", "map": dict(TYPE_OF_KIND), "default": "Organization"}
        own = {"source": f"{base}-organisation", "columns": [f"{key}.organisation_key"]}
    filled = {"column": f"{key}.{kind}", "filled": True}
    return {"type": type_spec, **({"each": each} if each else {}), "when": [filled], "id": own, "properties": {"name": f"{key}.{kind}"}}


def _relationships(table: Table, matrix: Matrix, row_kind: str, ontology: Ontology) -> Data:
    """Those of the cells, and where the people of the rows belong."""
    home: Data = {"row-home": {"type": "EMPLOYED_BY", "from": "row", "to": HOME}} if matrix.home else {}
    return home | (_by_words(table, matrix, row_kind, ontology) if matrix.worded else _by_ticks(table, matrix, row_kind))


def _by_words(table: Table, matrix: Matrix, row_kind: str, ontology: Ontology) -> Data:
    """A relationship for each meaning of the words in the cells."""
    words = [text for column in matrix.columns for text in table.texts(column)]
    row, column = Slot("row", row_kind, row_kind, matrix.label, 0), Slot("column", matrix.kind, matrix.kind, HEADING, 1)
    types = {slot.key: "Person" if slot.kind == PERSON else "Organization" for slot in (row, column)}
    ties = [tie for tie in word_ties(row, column, CELL, words, {}) if _fits(tie, types, ontology)]
    return {f"row-column-{number}": relationship(tie, ontology, {}) for number, tie in enumerate(ties, 1)}


def _fits(tie: Tie, types: Mapping[str, str], ontology: Ontology) -> bool:
    known = ontology.relationship_type(tie.type)
    starts, ends = known.sources, known.targets
    return any(ontology.is_a(types[tie.start], name) for name in starts) and any(ontology.is_a(types[tie.end], name) for name in ends)


def _by_ticks(table: Table, matrix: Matrix, row_kind: str) -> Data:
    """One relationship for a ticked cell; where cells count something, partners have the number of their projects."""
    if matrix.kind == EVENT:
        return {"column-involves-row": {"type": "INVOLVES", "from": "column", "to": "row"}}
    if row_kind == EVENT:
        return {"row-involves-column": {"type": "INVOLVES", "from": "row", "to": "column"}}
    title = next(iter((*table.titles, table.sheet)), "")
    ends = ("p" if row_kind == PERSON else "o") + ("p" if matrix.kind == PERSON else "o")
    word = meaning(title, ends)
    type_name = word.type if word is not None and ends in word.ends else "PARTNER_OF" if ends == "oo" else GENERIC
    properties: Data = {"relation": {"value": title}} if type_name in (GENERIC, "PARTNER_OF") and title else {}
    tie: Data = {"type": type_name, "from": "row", "to": "column", **({"properties": properties} if properties else {})}
    if type_name != "PARTNER_OF":
        return {"row-column": tie}
    counted = {**properties, "projects": {"column": CELL, "extract": r"(\d+)"}}
    return {
        "row-column": {**tie, "when": {"column": CELL, "excludes": r"\d"}},
        "row-column-counted": {**tie, "when": {"column": CELL, "matches": r"\d"}, "properties": counted},
    }
