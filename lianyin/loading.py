"""Loading files into an open graph: the settings' mappings, contacts and key, and the ledger that records or only
rehearses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import QueryProblem
from graph.messages import message
from graph.model import LoadedTable
from ingest.contacts import Contacts
from ingest.dating import checked_date
from ingest.mapping import select_mappings
from ingest.options import LoadOptions, Table, TableStatement
from ingest.pipeline import ingest
from ingest.planning import NOTHING_OWN
from lianyin.affiliations import load_gazetteer
from lianyin.hash_key import read_hash_key
from lianyin.kept_dates import kept_dates

if TYPE_CHECKING:
    from graph.ledger import Ledger
    from graph.ledger.editions import Editions
    from graph.ledger.rehearsal import Rehearsal
    from ingest.deciding import Decider
    from ingest.pipeline import Beginner, Progress
    from ingest.planning import Own
    from ingest.report import Report
    from lianyin.client import Client


class _Remembered:
    """Rehearsals of a ledger; the last one can be asked what it would change."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.last: Rehearsal | None = None

    def begin(self, name: str, documents: Sequence[str] = (), tables: Sequence[LoadedTable] = ()) -> Rehearsal:
        self.last = self._ledger.rehearse(name, documents, tables)
        return self.last

    def editions(self) -> Editions:
        return self._ledger.editions()


def try_files(
    client: Client,
    paths: Sequence[str | Path],
    mapping: str | None,
    progress: Callable[[Progress], None] | None,
    options: LoadOptions,
) -> Report:
    """The report of a load that is only tried out, with the difference it would make, as far as its reader may see it; without one for a
    load too large to be folded in memory. See ``lianyin.client.Client.preview``."""
    from lianyin.answers.differences import LISTED, difference_told

    remembered = _Remembered(client.ledger)
    report = load_files(remembered, client, paths, mapping, progress, options)
    rehearsal = remembered.last
    if rehearsal is None or not rehearsal.folded:
        return report
    return replace(report, difference=difference_told(rehearsal.difference(LISTED), client.reader))


def load_files(
    ledger: Beginner,
    client: Client,
    paths: Sequence[str | Path],
    mapping: str | None,
    progress: Callable[[Progress], None] | None,
    options: LoadOptions,
    *,
    own: Own = NOTHING_OWN,
    decider: Decider | None = None,
) -> Report:
    """The report of one load of files and folders into ``ledger``; see ``lianyin.client.Client.ingest``."""
    settings = client.settings
    return ingest(
        [Path(path) for path in paths],
        ledger=ledger,
        ontology=client.ontology,
        mappings=select_mappings(mapping, client.ontology, settings.mappings),
        named=mapping is not None,
        contacts=Contacts(settings.keep_contacts, read_hash_key(settings.hash_key_file)),
        gazetteer=cache(partial(load_gazetteer, settings)),
        progress=progress,
        options=options,
        office=settings.city,
        own=own,
        decider=decider,
    )


def load_options(
    client: Client,
    paths: Sequence[str | Path],
    tables: Mapping[Table, TableStatement],
    *,
    date: str,
    close_gone: bool,
    edition_of: str,
    new_series: bool,
) -> LoadOptions:
    """What was said of a load, of all its tables and of single ones, now or when a file was loaded before. Raises ``QueryProblem`` for a
    date that is none, and for an edition that is none."""
    if edition_of and new_series:
        raise QueryProblem(
            message("A table is either another edition or the first of a series."),
            hint=message("Leave out edition_of or new_series."),
            where={"parameter": "edition_of"},
        )
    said = {**kept_dates([Path(path) for path in paths]), **tables}
    return LoadOptions(date and checked_date(date), client.today, close_gone, edition_of, new_series, said)
