"""Loading through a server: the mapping that goes with the files, and asking here about what the server finds doubtful."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from ingest.dating import SourceDate
from ingest.deciding import DatedTable, DoubtfulEdition
from ingest.options import NOTHING_SAID, TableStatement

if TYPE_CHECKING:
    from ingest.dating import Origin
    from ingest.deciding import Decider
    from ingest.report import Report
    from ingest.report_parts import FileReport
    from lianyin.said_of_tables import SaidOfTables
    from lianyin.understanding import Understood


@contextmanager
def mapping_file(mapping: str | None, understood: Understood | None) -> Iterator[str | None]:
    """The mapping to send: that of what was understood here, else the one that was chosen."""
    if understood is None or not understood.own:
        yield mapping
        return
    with understood.as_mapping_file() as own:
        yield str(own)


def asked(decider: Decider, preview: Callable[[SaidOfTables], Report], said: SaidOfTables) -> SaidOfTables:
    """What is said of the tables when somebody has been asked about what a trial of the load found doubtful: first the dates, for these
    decide what may be an edition of what."""
    report = preview(said)
    doubtful = [table for each in report.files if (table := _dated(each)).in_doubt]
    dates = decider.dates(doubtful) if doubtful else {}
    if dates:
        said = {**said, **{table: replace(said.get(table, NOTHING_SAID), date=date) for table, date in dates.items()}}
        report = preview(said)
    editions = [DoubtfulEdition(each.file, each.sheet, each.date, each.possible_edition) for each in report.files if each.possible_edition]
    answers = decider.editions(editions) if editions else {}
    return {**said, **{table: _edition(said.get(table, NOTHING_SAID), answer) for table, answer in answers.items()}}


def _dated(report: FileReport) -> DatedTable:
    return DatedTable(report.file, report.sheet, SourceDate(report.date, cast("Origin", report.date_origin), None, report.date_doubts))


def _edition(said: TableStatement, answer: TableStatement) -> TableStatement:
    return replace(said, edition_of=answer.edition_of, new_series=answer.new_series)
