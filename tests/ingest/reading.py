"""Mapping a file without a store, and counting what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from graph.model import ClaimKind, Draft
from graph.ontology import default_ontology
from graph.ontology.schema import Ontology
from ingest.compiler import compile_mapping
from ingest.map import Mapper
from ingest.mapping import MappingSpec
from ingest.outcome import Mapped, Notice, Rejected
from ingest.places import Around
from ingest.planning import Job, plan
from ingest.table import NO_ORDERS, Orders, TableMapper
from ingest.table_mappers import survey_of


@cache
def default_types() -> Ontology:
    return default_ontology()


@dataclass
class MappedFile:
    """All that the rows of some files say."""

    mappings: list[str] = field(default_factory=list)
    read: int = 0
    loaded: list[Mapped] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)

    def drafts(self, kind: ClaimKind, type: str = "") -> Iterator[Draft]:
        return (d for each in self.loaded for d in each.drafts.drafts if d.kind is kind and (not type or d.type == type))

    def ids(self, *types: str) -> set[str]:
        return {d.subject for d in self.drafts(ClaimKind.NODE) if not types or d.type in types}

    def node(self, id: str) -> Draft:
        return next(d for d in self.drafts(ClaimKind.NODE) if d.subject == id)

    def ends(self, type: str) -> set[tuple[str, str]]:
        return {(d.subject, d.object) for d in self.drafts(ClaimKind.RELATIONSHIP, type)}

    def same(self) -> set[tuple[str, str]]:
        return {(d.subject, d.object) for d in self.drafts(ClaimKind.SAME)}

    def keys(self) -> set[str]:
        return {each.drafts.record.key for each in self.loaded}

    def notices(self) -> list[Notice]:
        return [notice for each in self.loaded for notice in each.notices]


def table_mapper(job: Job, ontology: Ontology, around: Around) -> TableMapper:
    """What maps the rows of a table, as a load would."""

    def compiled(orders: Orders) -> Mapper:
        return compile_mapping(job.spec, ontology, epoch1904=job.table.epoch1904, year=job.dated.year, orders=orders).beside(around)

    return TableMapper(compiled(NO_ORDERS), job.table.file, job.table.sheet, partial(job.rows.read, []), compiled)


def map_files(paths: Iterable[Path], mappings: dict[str, MappingSpec], ontology: Ontology, office: str = "") -> MappedFile:
    """Maps files as one load would; every row is either loaded or rejected. ``office``: the city whose office loads them."""
    found = MappedFile()
    work = plan(list(paths), mappings)
    survey = survey_of(work, office)
    for number, job in enumerate(work.jobs):
        found.mappings.append(job.spec.mapping)
        table = table_mapper(job, ontology, survey.around(number))
        for row in job.rows():
            found.read += 1
            mapped = table.map(row)
            if isinstance(mapped, Mapped):
                found.loaded.append(mapped)
            else:
                found.rejected.append(mapped)
    assert found.read == len(found.loaded) + len(found.rejected)
    return found


def map_file(path: Path, mappings: dict[str, MappingSpec], ontology: Ontology) -> MappedFile:
    return map_files([path], mappings, ontology)
