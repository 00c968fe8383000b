"""What a load will read: every file is opened and its header matched with a mapping before the first row is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from graph.errors import FileProblem, MappingProblem
from graph.messages import message
from graph.model import LoadedTable, Source
from ingest.dating import SourceDate, Stated, date_of
from ingest.dating.source_date import title_of
from ingest.fit import Fit, choose, fit
from ingest.mapping import MappingSpec
from ingest.mapping.check import used_columns
from ingest.mapping.spec import FormatSpec
from ingest.options import LoadOptions
from ingest.outcome import both
from ingest.readers import FormatOptions, Limits, Preview, list_files, other_files, preview, read_rows
from ingest.readers.base import TableRows, repeated_headings
from ingest.readers.properties import saved_on
from ingest.report_parts import Skipped
from ingest.steady import Seen, seen


@dataclass(frozen=True, slots=True)
class Job:
    """One table that is ready to be read."""

    path: Path
    table: Preview
    fit: Fit
    spec: MappingSpec
    source: Source
    dated: SourceDate
    chosen: str
    seen: Seen
    rows: TableRows

    @property
    def document(self) -> str:
        return f"{self.source.id}/{self.table.file}"

    @property
    def loaded(self) -> LoadedTable:
        """The table as the list of loads keeps it."""
        found = self.table
        return LoadedTable(self.source.id, found.file, found.sheet, self.spec.mapping, self.dated.date, self.dated.origin)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a load will read, and what it passes over. Made without writing anything, so that it can be shown first."""

    jobs: tuple[Job, ...]
    skipped: tuple[Skipped, ...]


def source_of(spec: MappingSpec, dated: SourceDate) -> Source:
    """The source that a mapping speaks for, on the date that the file tells."""
    name = spec.source.name
    text = name.zh if name.zh == name.en else f"{name.zh} / {name.en}"
    return Source(spec.source.id, text, dated.date, spec.source.precedence, spec.source.published, stated=dated.origin != "load")


Own: TypeAlias = Mapping[tuple[str, str], tuple[str, MappingSpec]]
"""File and sheet → how a table's own mapping was come by (``kept``, ``interpreted``), and that mapping."""
NOTHING_OWN: Own = MappingProxyType({})


def plan(
    paths: Sequence[Path],
    mappings: Mapping[str, MappingSpec],
    *,
    named: bool = False,
    own: Own = NOTHING_OWN,
    limits: Limits | None = None,
    options: LoadOptions | None = None,
) -> Plan:
    """Opens every file, finds its mapping, its header and its date. Raises ``FileProblem`` or ``MappingProblem``; a file that was only met
    in a folder, and fits no mapping, is skipped and listed. ``named`` says that a person chose the mappings: it goes to the report.
    A table in ``own`` is read by its own mapping."""
    opening = _Opening(mappings, own, "named" if named else "proposed", limits or Limits(), options or LoadOptions())
    jobs: list[Job] = []
    skipped: list[Skipped] = []
    for path, asked_for in list_files(paths):
        found, passed_over = _plan_file(path, opening)
        if asked_for and not found:
            raise passed_over[0][1]
        jobs += found
        skipped += [Skipped(path.name, sheet, both(problem.detail)) for sheet, problem in passed_over]
    skipped += [Skipped(path.name, "", both(reason)) for path, reason in other_files(paths)]
    if not jobs:
        raise MappingProblem(
            message(
                "Nothing in {names} fits a mapping: {count} tables looked at. {reason}",
                names=[str(path) for path in paths],
                count=len(skipped),
                reason=skipped[0].reason,
            ),
            hint=message("Write a mapping for them (docs/mappings.md), or choose with --mapping."),
            where={"file": ", ".join(str(path) for path in paths)},
        )
    _check_names(jobs)
    return Plan(tuple(jobs), tuple(skipped))


@dataclass(frozen=True, slots=True)
class _Opening:
    """How the files of one load are opened."""

    mappings: Mapping[str, MappingSpec]
    own: Own
    chosen: str
    limits: Limits
    options: LoadOptions


def _plan_file(path: Path, opening: _Opening) -> tuple[list[Job], list[tuple[str, MappingProblem]]]:
    mappings = opening.mappings
    options = _options(next(iter(mappings.values())).format) if len(mappings) == 1 else FormatOptions()
    encoding = next((spec.format.encoding for (file, _), (_, spec) in opening.own.items() if file == path.name), "")
    options = replace(options, encoding=encoding) if encoding else options
    first = seen(path)
    jobs: list[Job] = []
    passed_over = []
    for table in preview(path, options, opening.limits):
        if own := opening.own.get((table.file, table.sheet)):
            jobs.append(_job(first, table, own[1], replace(opening, chosen=own[0])))
            continue
        try:
            found = choose(table, mappings, named=opening.chosen == "named")
        except MappingProblem as problem:
            passed_over.append((table.sheet, problem))
            continue
        taken = next((job.table.sheet for job in jobs if job.spec.mapping == found.mapping), None)
        if table.kind == "json" and taken is not None and not options.sheets:
            passed_over.append((table.sheet, _other_list(table, taken)))
            continue
        jobs.append(_job(first, table, mappings[found.mapping], opening))
    return jobs, passed_over


def _other_list(table: Preview, taken: str) -> MappingProblem:
    return MappingProblem(
        message("{file}: the list '{list}' is not read: '{taken}' is longer.", file=table.file, list=table.sheet, taken=taken),
        hint=message("To read both, name them in the mapping (format.sheets)."),
        where={"file": table.file, "sheet": table.sheet},
    )


def _options(spec: FormatSpec) -> FormatOptions:
    return FormatOptions(spec.delimiter, spec.encoding, spec.quoting, spec.escape, spec.decimal_comma, spec.sheets)


def _job(first: Seen, table: Preview, spec: MappingSpec, opening: _Opening) -> Job:
    """Looks at the table again as the mapping says it is written, then checks the header."""
    path, limits = first.path, opening.limits
    options = _options(spec.format)
    if options != FormatOptions():
        again = [each for each in preview(path, options, limits) if each.sheet == table.sheet]
        table = again[0] if again else table
    found = fit(table, spec)
    if not found.fits:
        raise MappingProblem(
            message(
                "{file} fits '{mapping}' by its header, but not when read in the format that the mapping states.",
                file=table.file,
                mapping=spec.mapping,
            ),
            hint=message("Check format: in the mapping."),
            where={"file": table.file},
        )
    _check_repeated(table, found, spec)
    rows = read_rows(path, table, found.header_row, found.header, options, limits)
    dated = _date_of(path, table, found, opening.options)
    return Job(path, table, found, spec, source_of(spec, dated), dated, opening.chosen, first, rows)


def _date_of(path: Path, table: Preview, found: Fit, options: LoadOptions) -> SourceDate:
    answered = options.of((table.file, table.sheet)).date
    saved = saved_on(path) if table.kind == "spreadsheet" and not (options.date or answered) else ""
    stated = Stated(table.file, title_of(table.rows, found.header_row), table.sheet, saved, options.date, answered)
    return date_of(stated, options.today)


def _check_repeated(table: Preview, found: Fit, spec: MappingSpec) -> None:
    """Raises ``FileProblem`` for a heading that comes twice where the mapping reads it: which of the two is meant is not to be guessed."""
    for _, heading in repeated_headings(found.header):
        if heading in used_columns(spec):
            raise FileProblem(
                message(
                    "{file}, row {row}: the column '{name}' occurs twice in the header.",
                    file=table.file,
                    row=found.header_row,
                    name=heading,
                ),
                hint=message("Rename one of the two columns."),
                where={"file": table.file, "row": found.header_row, "column": heading},
            )


def _check_names(jobs: Sequence[Job]) -> None:
    """A document is known by its source and file name; two files of one name would overwrite each other's records."""
    seen: dict[str, Path] = {}
    for job in jobs:
        other = seen.setdefault(job.document, job.path)
        if other.resolve() != job.path.resolve():
            raise FileProblem(
                message("{other} and {path} have the same name and the same source '{id}'.", other=other, path=job.path, id=job.source.id),
                hint=message("Rename one: a file is known by its name, so that it can be loaded again."),
                where={"file": job.table.file},
            )
