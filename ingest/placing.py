"""Which series each table of a load belongs to, and what of that is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from ingest.dating import answered_date
from ingest.deciding import DatedTable, DoubtfulEdition
from ingest.editions import Choice, KnownTables, Placed, place_table
from ingest.options import Table
from ingest.readers import SourceRow
from ingest.siblings import Sibling, tell_siblings

if TYPE_CHECKING:
    from ingest.deciding import Decider
    from ingest.map import Mapper
    from ingest.options import LoadOptions
    from ingest.planning import Job

MapperOf: TypeAlias = Callable[["Job"], "Mapper"]


def table_of(job: Job) -> Table:
    """File and sheet."""
    return job.table.file, job.table.sheet


def dated_by(decider: Decider, jobs: Sequence[Job]) -> tuple[Job, ...]:
    """The tables of a load, dated by somebody who was asked about those whose date is in doubt."""
    tables = [DatedTable(*table_of(job), job.dated) for job in jobs]
    doubtful = [table for table in tables if table.in_doubt]
    answers = decider.dates(doubtful) if doubtful else {}
    return tuple(_dated(job, answers.get(table_of(job), "")) for job in jobs)


def _dated(job: Job, answer: str) -> Job:
    if not answer:
        return job
    return replace(job, dated=answered_date(answer), source=replace(job.source, date=answer, stated=True))


def placed_tables(
    jobs: Sequence[Job], mapper: MapperOf, known: KnownTables, options: LoadOptions, decider: Decider | None = None
) -> list[Placed]:
    """Each table with its series; ``decider`` is asked about those that may be another edition of a table that is loaded."""
    placed = _placed(jobs, mapper, known, options)
    if decider is None:
        return placed
    doubtful = [
        DoubtfulEdition(each.table.file, each.table.sheet, each.table.date, each.possible) for each in placed if each.possible is not None
    ]
    answers = decider.editions(doubtful) if doubtful else {}
    return _placed(jobs, mapper, known, replace(options, tables={**options.tables, **answers})) if answers else placed


def _placed(jobs: Sequence[Job], mapper: MapperOf, tables: KnownTables, options: LoadOptions) -> list[Placed]:
    """Two tables of one load are never of one series: the first has it, and of the other it is told."""
    known = tables.all()
    found: list[Placed] = []
    taken: set[tuple[str, str, str]] = set()
    for job in jobs:
        table = replace(job.loaded, full=options.close_gone)
        placed = place_table(table, partial(_keys, job, mapper(job)), known, tables, _choice(options, table_of(job)))
        if placed.table.series in taken:
            placed = Placed(table)
        taken.add(placed.table.series)
        found.append(placed)
    return tell_siblings([Sibling(each, partial(_keys, job, mapper(job))) for job, each in zip(jobs, found, strict=True)])


def _choice(options: LoadOptions, table: Table) -> Choice:
    if options.edition_of or options.new_series:
        return Choice(options.edition_of, options.new_series)
    return Choice(options.of(table).edition_of, options.of(table).new_series)


def _keys(job: Job, mapper: Mapper, first: int | None = None) -> list[str]:
    return [mapper.key(row.cells) for row in islice(job.rows(), first) if isinstance(row, SourceRow)]


def closed_files(jobs: Sequence[Job], placed: Sequence[Placed], whole: Collection[str]) -> set[str]:
    """The files whose missing rows are taken back: those of the documents in ``whole``, and the earlier editions of these."""
    pairs = [(job, each) for job, each in zip(jobs, placed, strict=True) if job.document in whole]
    return {job.table.file for job, _ in pairs} | {each.edition.file for _, each in pairs if each.edition}
