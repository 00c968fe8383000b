"""One load: every file is opened and its header matched before the first row is read; then rows are mapped and recorded, and all is
published together or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from graph.affiliations.gazetteer import Gazetteer, built_in
from graph.errors import StoreProblem
from graph.model import LoadedTable, PublishedTotals, Record, RecordDrafts, RecordOutcome, Source
from graph.ontology.schema import Ontology
from ingest.contacts import LEFT_OUT, Contacts
from ingest.dating import SourceDate
from ingest.deciding import Decider
from ingest.editions import EditionReport, KnownTables, Placed
from ingest.id_keys import OTHER_KEY, has_hashed_ids, is_under_another_key
from ingest.mapping import MappingSpec
from ingest.options import LoadOptions
from ingest.outcome import Bilingual, Mapped
from ingest.placing import closed_files, dated_by, placed_tables
from ingest.planning import NOTHING_OWN, Job, Own, Plan, plan
from ingest.remarks import notices_of, repeated_columns
from ingest.report import Report, ReportBuilder, totals
from ingest.report_parts import FileReport
from ingest.steady import check_unchanged
from ingest.table import TableMapper
from ingest.table_mappers import compiled_tables, mapper_key
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
    placed = placed_tables(work.jobs, lambda job: ready[mapper_key(job)], editions, chosen, decider)
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
