"""One load: every file is opened and its header matched before the first row is read; then rows are mapped and recorded, and all is
published together or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Protocol, TypeAlias

from graph.affiliations.gazetteer import Gazetteer, built_in
from graph.errors import FileProblem, MappingProblem, StoreProblem
from graph.messages import message
from graph.model import LoadedTable, PublishedTotals, Record, RecordDrafts, RecordOutcome, Source
from graph.ontology.schema import Ontology
from ingest.compiler import compile_mapping
from ingest.contacts import LEFT_OUT, Contacts
from ingest.dating import SourceDate, Stated, date_of
from ingest.dating.source_date import title_of
from ingest.deciding import Decider
from ingest.editions import EditionReport, KnownTables, Placed
from ingest.fit import Fit, choose, fit
from ingest.id_keys import OTHER_KEY, has_hashed_ids, is_under_another_key
from ingest.map import Mapper
from ingest.mapping import MappingSpec
from ingest.mapping.check import used_columns
from ingest.mapping.spec import FormatSpec
from ingest.options import LoadOptions
from ingest.outcome import Bilingual, Mapped, both
from ingest.places import Around, nowhere
from ingest.placing import closed_files, dated_by, placed_tables, table_of
from ingest.readers import FormatOptions, Limits, Preview, list_files, other_files, preview, read_rows
from ingest.readers.base import TableRows, repeated_headings
from ingest.readers.properties import saved_on
from ingest.remarks import notices_of, repeated_columns
from ingest.report import Report, ReportBuilder, totals
from ingest.report_parts import FileReport, Skipped
from ingest.steady import Seen, check_unchanged, seen
from ingest.survey import Survey, SurveyedTable
from ingest.table import NO_ORDERS, Orders, TableMapper
from ingest.text import fingerprint
from ingest.usage import Unused, Usage

BATCH = 5_000
"""Records handed to the ledger at a time: enough to spread a transaction's cost, few enough to stay in tens of megabytes."""


NAMED = 20
"""Files that the name of a load lists; its documents are all kept."""


class Recorder(Protocol):
    """What ingest asks of a load under way (``graph.ledger.Recording``)."""

    def record(self, source: Source, document: str, batch: Sequence[RecordDrafts]) -> Sequence[RecordOutcome]: ...

    def gone(self, close: Collection[str] = ()) -> Sequence[Record]: ...

    def contradicted(self, place: tuple[str, str, str]) -> int: ...

    def publish(self) -> PublishedTotals: ...

    def abandon(self) -> None: ...


class Beginner(Protocol):
    """What ingest asks of the ledger."""

    def begin(self, name: str, documents: Sequence[str] = (), tables: Sequence[LoadedTable] = ()) -> Recorder: ...

    def editions(self) -> KnownTables: ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: ``read`` records of table ``number`` of ``tables``; ``done`` when that table is finished."""

    file: str
    sheet: str
    number: int
    tables: int
    read: int
    done: bool = False


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


def ingest(
    paths: Sequence[Path],
    *,
    ledger: Beginner,
    ontology: Ontology,
    mappings: Mapping[str, MappingSpec],
    named: bool = False,
    contacts: Contacts = LEFT_OUT,
    gazetteer: Callable[[], Gazetteer] = built_in,
    progress: Callable[[Progress], None] | None = None,
    options: LoadOptions | None = None,
    office: str = "",
    own: Own = NOTHING_OWN,
    decider: Decider | None = None,
) -> Report:
    """Loads files and folders as one load. Rows that an earlier load read from the same files and that are missing now are listed, and with
    ``LoadOptions.close_gone`` taken back (but for files with rejected rows: those may be the missing ones). ``decider`` is asked about
    what is in doubt; without it the proposals are taken. Raises what ``plan`` raises,
    before anything is written; if a file or the store fails later, or a file changes while it is read, the load is abandoned and nothing of
    it is ever visible."""
    chosen = options or LoadOptions()
    work = plan(paths, mappings, named=named, own=own, options=chosen)
    return run(
        work,
        ledger=ledger,
        ontology=ontology,
        contacts=contacts,
        gazetteer=gazetteer,
        progress=progress,
        options=chosen,
        office=office,
        decider=decider,
    )


def run(
    work: Plan,
    *,
    ledger: Beginner,
    ontology: Ontology,
    contacts: Contacts = LEFT_OUT,
    gazetteer: Callable[[], Gazetteer] = built_in,
    progress: Callable[[Progress], None] | None = None,
    options: LoadOptions | None = None,
    office: str = "",
    decider: Decider | None = None,
) -> Report:
    """Carries a plan out. ``office`` is the city whose office loads: it decides where the files do not say which city they mean."""
    chosen = options or LoadOptions()
    if decider is not None:
        work = replace(work, jobs=dated_by(decider, work.jobs))
    ready, tables = compiled_tables(work, ontology, contacts=contacts, gazetteer=gazetteer, office=office)
    builder = ReportBuilder(skipped=list(work.skipped))
    usage = Usage(ontology)
    documents = list(dict.fromkeys(job.document for job in work.jobs))
    editions, own_key = ledger.editions(), fingerprint(contacts.id_key)
    placed = placed_tables(work.jobs, lambda job: ready[_mapper_key(job)], editions, chosen, decider)
    known = editions.all() if any(has_hashed_ids(job.spec) for job in work.jobs) else ()
    recorder = ledger.begin(_name(work), documents, [replace(each.table, id_key=own_key) for each in placed])
    try:
        for number, (job, place) in enumerate(zip(work.jobs, placed, strict=True), start=1):
            say = _sayer(progress, job, number, len(work.jobs))
            if has_hashed_ids(job.spec) and is_under_another_key(known, job.source.id, job.table.file, own_key):
                builder.notice(job.table.file, job.table.sheet, job.fit.header_row, [OTHER_KEY])
            _read(job, place, tables(number - 1), recorder, (builder, usage), say)
        whole = _whole_documents(work, builder) if chosen.close_gone else frozenset()
        builder.gone(recorder.gone(whole), closed=closed_files(work.jobs, placed, whole))
        for job in work.jobs:
            check_unchanged(job.seen)
        facts = recorder.publish()
    except BaseException:
        # A store that is full or gone cannot take the load back now; its next opening withdraws it. The first error is the one to tell.
        with suppress(StoreProblem):
            recorder.abandon()
        raise
    return builder.build(facts, usage)


MapperKey: TypeAlias = tuple[str, bool, int | None]


def compiled_tables(
    work: Plan,
    ontology: Ontology,
    *,
    contacts: Contacts = LEFT_OUT,
    gazetteer: Callable[[], Gazetteer] = built_in,
    office: str = "",
) -> tuple[Mapping[MapperKey, Mapper], Callable[[int], TableMapper]]:
    """The mappers of a plan, and by a job's place what maps its table's rows, one after the other as they stand."""

    def compiled(job: Job, around: Around, orders: Orders) -> Mapper:
        return compile_mapping(
            job.spec, ontology, epoch1904=job.table.epoch1904, year=job.dated.year, orders=orders, contacts=contacts, gazetteer=gazetteer
        ).beside(around)

    ready = {key: compiled(job, nowhere, NO_ORDERS) for key, job in {_mapper_key(job): job for job in work.jobs}.items()}
    survey = survey_of(work, office)

    def table(place: int) -> TableMapper:
        job, around = work.jobs[place], survey.around(place)
        mapper = ready[_mapper_key(job)].beside(around)
        return TableMapper(mapper, job.table.file, job.table.sheet, partial(job.rows.read, []), partial(compiled, job, around))

    return ready, table


def _mapper_key(job: Job) -> MapperKey:
    """Tables that are mapped alike: the mapping, the workbook's date system, the year of days that give none."""
    return job.spec.mapping, job.table.epoch1904, job.dated.year


def survey_of(work: Plan, office: str = "") -> Survey:
    """The places around the rows of each table of a plan."""
    return Survey([SurveyedTable(job.spec, partial(job.rows.read, []), table_of(job)) for job in work.jobs], office)


def _whole_documents(work: Plan, builder: ReportBuilder) -> frozenset[str]:
    """The documents of which no row was rejected."""
    torn = {each.file for each in builder.files if each.totals.rejected}
    return frozenset(job.document for job in work.jobs if job.table.file not in torn)


def _name(work: Plan) -> str:
    """What a list of loads calls it: its files, of a folder of thousands the first and their number."""
    files = list(dict.fromkeys(job.table.file for job in work.jobs))
    return ", ".join(files) if len(files) <= NAMED else f"{', '.join(files[:NAMED])} … ({len(files)})"


def _sayer(progress: Callable[[Progress], None] | None, job: Job, number: int, tables: int) -> Callable[[int, bool], None]:
    def say(read: int, done: bool) -> None:
        if progress is not None:
            progress(Progress(job.table.file, job.table.sheet, number, tables, read, done))

    return say


def _counted(placed: Placed, recorder: Recorder) -> EditionReport | None:
    table, edition = placed.table, placed.edition
    if edition is None:
        return None
    return replace(edition, contradicted=recorder.contradicted((table.source, table.file, table.sheet)))


def _unused_date(spec: MappingSpec, dated: SourceDate) -> tuple[Bilingual, ...]:
    """What becomes of the date that an older mapping still states."""
    stated = spec.source.date
    if not stated or stated == dated.date:
        return ()
    zh = f"映射“{spec.mapping}”里的 date: {stated} 不再使用：数据日期只取自文件或 --date"
    en = f"the date {stated} in the mapping '{spec.mapping}' is not used: the date of the data comes from the file or from --date"
    return (Bilingual(zh, en),)


def _read(
    job: Job, placed: Placed, mapper: TableMapper, recorder: Recorder, told: tuple[ReportBuilder, Usage], say: Callable[[int, bool], None]
) -> None:
    file, sheet = job.table.file, job.table.sheet
    builder, usage = told
    usage.begin_table()
    unused = Unused(job.fit.header, job.spec)
    looking = bool(unused)
    outcomes: Counter[RecordOutcome] = Counter()
    batch: list[RecordDrafts] = []
    read = rejected = 0
    header, header_row = job.fit.header, job.fit.header_row
    for row_number, notice in repeated_columns(header, header_row):
        builder.notice(file, sheet, row_number, [notice])
    for row_number, notice in notices_of(job.table.remarks, header, header_row, job.spec.columns.known):
        builder.notice(file, sheet, row_number, [notice])
    for row in job.rows():
        read += 1
        if looking:
            looking = unused.look(row)
        mapped = mapper.map(row)
        if isinstance(mapped, Mapped):
            batch.append(mapped.drafts)
            usage.follow(mapped.drafts.drafts)
            if mapped.notices:
                builder.notice(file, sheet, row.row, mapped.notices)
            if len(batch) >= BATCH:
                outcomes.update(recorder.record(job.source, job.document, batch))
                batch = []
                say(read, False)
        else:
            rejected += 1
            builder.reject(file, sheet, mapped)
    if batch:
        outcomes.update(recorder.record(job.source, job.document, batch))
    for row_number, notice in notices_of(job.rows.late, header, header_row, job.spec.columns.known):
        builder.notice(file, sheet, row_number, [notice])
    check_unchanged(job.seen)
    say(read, True)
    builder.files.append(
        FileReport(
            file=file,
            sheet=sheet,
            mapping=job.spec.mapping,
            chosen=job.chosen,
            source=job.source.id,
            encoding=job.table.encoding,
            delimiter=job.table.delimiter,
            header_row=job.fit.header_row,
            date=job.dated.date,
            date_origin=job.dated.origin,
            date_told=job.dated.told,
            date_doubts=(*job.dated.doubts, *_unused_date(job.spec, job.dated)),
            edition=_counted(placed, recorder),
            edition_doubts=placed.doubts,
            possible_edition=placed.possible,
            totals=totals(read, outcomes, rejected),
            relationships=usage.relationships,
            unused=unused.columns(),
        )
    )
