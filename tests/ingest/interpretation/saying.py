"""What a proposed mapping makes of a table: written, interpreted, mapped, and told by names."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from graph.model import ClaimKind
from ingest.interpretation import Interpretation, interpret, read_tables
from ingest.mapping import load_mapping_text
from tests.ingest.reading import MappedFile, default_types, map_files


@dataclass(frozen=True)
class Said:
    """``nodes``: (type, name); ``ties``: (type, name of the start, name of the end); ``dated``: the same with their dates."""

    interpretation: Interpretation
    mapped: MappedFile
    nodes: set[tuple[str, str]]
    ties: set[tuple[str, str, str]]
    dated: set[tuple[str, str, str, str, str]]


def said(folder: Path, table: str, name: str = "table.csv") -> Said:
    """What a table of this text says by its own proposal."""
    path = folder / name
    path.write_text(table, encoding="utf-8")
    return said_of([path])


def said_of(paths: list[Path]) -> Said:
    """What the tables of files say, interpreted together."""
    tables = [table for path in paths for table in read_tables(path)]
    interpretation = interpret(tables, default_types())
    specs = load_mapping_text(interpretation.mapping(), "draft.yaml", default_types())
    mapped = map_files(paths, specs, default_types())
    names = {draft.subject: str(draft.values.get("name", "")) for draft in mapped.drafts(ClaimKind.NODE)}
    nodes = {(draft.type, names[draft.subject]) for draft in mapped.drafts(ClaimKind.NODE)}
    ties, dated = set(), set()
    for draft in mapped.drafts(ClaimKind.RELATIONSHIP):
        ends = names.get(draft.subject, draft.subject), names.get(draft.object, draft.object)
        ties.add((draft.type, *ends))
        dated.add((draft.type, *ends, str(draft.values.get("validFrom", "")), str(draft.values.get("validTo", ""))))
    return Said(interpretation, mapped, nodes, ties, dated)
