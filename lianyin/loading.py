"""Loading files into an open graph: the settings' mappings, contacts and key, and the ledger that records or only rehearses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.contacts import Contacts
from ingest.mapping import select_mappings
from ingest.pipeline import ingest
from lianyin.hash_key import read_hash_key

if TYPE_CHECKING:
    from graph.ontology.schema import Ontology
    from ingest.pipeline import Beginner, Progress
    from ingest.report import Report
    from lianyin.settings import Settings


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
        progress=progress,
        close_gone=close_gone,
    )
