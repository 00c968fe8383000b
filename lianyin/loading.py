"""Loading files into an open graph: the settings' mappings, contacts and key, and the ledger that records or only
rehearses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.contacts import Contacts
from ingest.mapping import select_mappings
from ingest.pipeline import ingest
from lianyin.affiliations import load_gazetteer
from lianyin.hash_key import read_hash_key

if TYPE_CHECKING:
    from graph.ledger import Ledger
    from graph.ledger.rehearsal import Rehearsal
    from graph.ontology.schema import Ontology
    from ingest.pipeline import Beginner, Progress
    from ingest.report import Report
    from lianyin.client import Client
    from lianyin.settings import Settings


class _Remembered:
    """Rehearsals of a ledger; the last one can be asked what it would change."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.last: Rehearsal | None = None

    def begin(self, name: str, documents: Sequence[str] = ()) -> Rehearsal:
        self.last = self._ledger.rehearse(name, documents)
        return self.last


def try_files(
    client: Client, paths: Sequence[str | Path], mapping: str | None, progress: Callable[[Progress], None] | None, *, close_gone: bool
) -> Report:
    """The report of a load that is only tried out, with the difference it would make, as far as its reader may see it; without one for a
    load too large to be folded in memory. See ``lianyin.client.Client.preview``."""
    from lianyin.answers.differences import LISTED, difference_document

    remembered = _Remembered(client.ledger)
    report = load_files(remembered, client.ontology, client.settings, paths, mapping, progress, close_gone=close_gone)
    rehearsal = remembered.last
    if rehearsal is None or not rehearsal.folded:
        return report
    return replace(report, difference=difference_document(rehearsal.difference(LISTED), client.reader))


def load_files(
    ledger: Beginner,
    ontology: Ontology,
    settings: Settings,
    paths: Sequence[str | Path],
    mapping: str | None,
    progress: Callable[[Progress], None] | None,
    *,
    close_gone: bool,
) -> Report:
    """The report of one load of files and folders; see ``lianyin.client.Client.ingest``."""
    return ingest(
        [Path(path) for path in paths],
        ledger=ledger,
        ontology=ontology,
        mappings=select_mappings(mapping, ontology, settings.mappings),
        named=mapping is not None,
        contacts=Contacts(settings.keep_contacts, read_hash_key(settings.hash_key_file)),
        gazetteer=cache(partial(load_gazetteer, settings)),
        progress=progress,
        close_gone=close_gone,
    )
