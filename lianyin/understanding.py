"""How tables would be read, before anything is loaded: by a mapping that is known, by the one that was kept when the file was first read,
or by an interpretation, told as sentences and with what is in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeAlias

from graph.errors import LianyinError, MappingProblem
from graph.messages import message
from ingest.contacts import Contacts
from ingest.fit import choose, propose
from ingest.interpretation import TableProposal, interpret, read_tables
from ingest.interpretation.tables import previews
from ingest.mapping import MappingSpec, load_mapping_text, select_mappings
from ingest.planning import Job, Own, Plan, plan
from ingest.readers import Preview, list_files
from ingest.sentences import RowSentences, first_sentences
from ingest.table import TableMapper
from ingest.table_mappers import compiled_tables
from ingest.usage import UnusedColumn, first_unused
from lianyin.affiliations import load_gazetteer
from lianyin.hash_key import read_hash_key
from lianyin.kept_mappings import kept_mappings, kept_path

if TYPE_CHECKING:
    from graph.ontology.schema import Ontology
    from lianyin.settings import Settings

Answers: TypeAlias = Mapping[str, Mapping[str, str]]
"""``file`` or ``file/sheet`` → column → the key of an option of a doubt."""

SHOWN_ROWS = 3
"""Rows whose sentences are said."""

KEPT = "kept"
INTERPRETED = "interpreted"


@dataclass(frozen=True, slots=True)
class TableReading:
    """How one table would be read. ``mapping`` names the mapping, ``chosen`` says how it came: ``named``, ``proposed`` (one that is known),
    ``kept`` (beside the file) or ``interpreted``; both are ``""`` where nothing can be made of the table. ``proposal`` holds columns and
    doubts of an interpretation; ``near`` names a known mapping that has all its columns but not those that tell its kind."""

    path: Path
    file: str
    sheet: str
    mapping: str
    chosen: str
    sentences: tuple[RowSentences, ...] = ()
    unused: tuple[UnusedColumn, ...] = ()
    proposal: TableProposal | None = None
    near: str = ""

    @property
    def place(self) -> str:
        return f"{self.file}/{self.sheet}" if self.sheet else self.file

    @property
    def sure(self) -> bool:
        """Whether nothing need be asked: what joins nothing may be loaded by who says so, never by itself."""
        return self.proposal.sure and self.proposal.relationships > 0 if self.proposal else bool(self.mapping)


@dataclass(frozen=True, slots=True)
class Understood:
    """All tables, and what loads them as they were understood: ``own`` mappings by table. ``texts`` are the mapping files of what was
    interpreted, by the path of the table's file."""

    tables: tuple[TableReading, ...]
    own: Own
    texts: Mapping[Path, str]

    @property
    def interpreted(self) -> tuple[TableReading, ...]:
        return tuple(each for each in self.tables if each.chosen == INTERPRETED)

    @property
    def unread(self) -> tuple[TableReading, ...]:
        return tuple(each for each in self.tables if not each.mapping)

    @contextmanager
    def as_mapping_file(self) -> Iterator[Path]:
        """The mapping of all tables in a file that goes away again. Raises ``MappingProblem`` where some are read by a mapping that the
        reader of the file may not have."""
        foreign = [each.place for each in self.tables if each.mapping and each.chosen not in (KEPT, INTERPRETED)]
        if foreign:
            raise MappingProblem(
                message("{tables} are read by mappings of the server, and the others are not.", tables=tuple(foreign)),
                hint=message("Load them by themselves."),
            )
        with TemporaryDirectory(prefix="lianyin-mapping-") as folder:
            place = Path(folder) / "mapping.yaml"
            kept = [kept_path(path).read_text(encoding="utf-8-sig") for path in self._kept_files()]
            place.write_text("---\n".join([*self.texts.values(), *kept]), encoding="utf-8")
            yield place

    def _kept_files(self) -> list[Path]:
        return list(dict.fromkeys(each.path for each in self.tables if each.chosen == KEPT))

    @property
    def mapping_text(self) -> str:
        """One mapping file for all that was interpreted; ``""`` if nothing was."""
        return "---\n".join(self.texts.values())


def understand(
    paths: Sequence[Path], ontology: Ontology, settings: Settings, mapping: str | None = None, answers: Answers | None = None
) -> Understood:
    """Looks at every table of the files and folders. A file of which a known mapping takes one table is not interpreted: its other sheets
    are beside the matter. Raises ``FileProblem`` and ``MappingProblem`` as a load would."""
    mappings = select_mappings(mapping, ontology, settings.mappings)
    tables: dict[Path, list[Preview]] = {path: previews(path)[0] for path, _ in list_files(paths)}
    own: dict[tuple[str, str], tuple[str, MappingSpec]] = {}
    unknown: list[Path] = []
    for path, found in tables.items():
        kept = kept_mappings(path, ontology) if mapping is None else {}
        own |= {(table.file, table.sheet): (KEPT, spec) for table in found if (spec := _choice(table, kept, named=True))}
        known = any((table.file, table.sheet) in own or _choice(table, mappings, named=mapping is not None) for table in found)
        if not known and mapping is None:
            unknown.append(path)
    proposals = _interpreted(unknown, ontology, answers or {})
    texts: dict[Path, str] = {}
    for path, proposed in proposals.items():
        texts[path] = "---\n".join(each.text for each in proposed)
        specs = load_mapping_text(texts[path], path.name, ontology)
        own |= {(each.table.file, each.table.sheet): (INTERPRETED, specs[each.name]) for each in proposed}
    readings = _readings(paths, tables, proposals, (mappings, own, mapping is not None), (ontology, settings))
    return Understood(readings, own, texts)


def _choice(table: Preview, mappings: Mapping[str, MappingSpec], *, named: bool) -> MappingSpec | None:
    if not mappings:
        return None
    try:
        return mappings[choose(table, mappings, named=named).mapping]
    except MappingProblem:
        return None


def _interpreted(paths: Sequence[Path], ontology: Ontology, answers: Answers) -> dict[Path, list[TableProposal]]:
    """What can be proposed for these files, taken together: they may refer to each other by code."""
    places = [(path, table) for path in paths for table in read_tables(path)]
    found = interpret([table for _, table in places], ontology, answers).tables if places else ()
    proposals: dict[Path, list[TableProposal]] = {}
    for (path, _), proposal in zip(places, found, strict=True):
        if proposal.text:
            proposals.setdefault(path, []).append(proposal)
    return proposals


def _readings(
    paths: Sequence[Path],
    tables: Mapping[Path, Sequence[Preview]],
    proposals: Mapping[Path, Sequence[TableProposal]],
    known: tuple[Mapping[str, MappingSpec], Own, bool],
    context: tuple[Ontology, Settings],
) -> tuple[TableReading, ...]:
    mappings, own, named = known
    try:
        plans = [plan(paths, mappings, named=named, own=own)]
    except LianyinError:
        if named:
            raise
        plans = [found for path in tables if (found := _plan_alone(path, mappings, own)) is not None]
    ready = {key: told for each in plans for key, told in _ready(each, context).items()}
    by_table = {(each.table.file, each.table.sheet): each for each in chain.from_iterable(proposals.values())}
    return tuple(
        _reading(path, table, ready.get((table.file, table.sheet)), by_table.get((table.file, table.sheet)), (mappings, context[0]))
        for path, found in tables.items()
        for table in found
    )


def _plan_alone(path: Path, mappings: Mapping[str, MappingSpec], own: Own) -> Plan | None:
    """The plan of one file; none where nothing reads it."""
    try:
        return plan([path], mappings, own=own)
    except MappingProblem:
        return None


def _ready(work: Plan, context: tuple[Ontology, Settings]) -> dict[tuple[str, str], tuple[Job, TableMapper]]:
    ontology, settings = context
    contacts = Contacts(settings.keep_contacts, read_hash_key(settings.hash_key_file))
    gazetteer = cache(partial(load_gazetteer, settings))
    _, tables = compiled_tables(work, ontology, contacts=contacts, gazetteer=gazetteer, office=settings.city)
    return {(job.table.file, job.table.sheet): (job, tables(place)) for place, job in enumerate(work.jobs)}


def _reading(
    path: Path,
    table: Preview,
    ready: tuple[Job, TableMapper] | None,
    proposal: TableProposal | None,
    known: tuple[Mapping[str, MappingSpec], Ontology],
) -> TableReading:
    mappings, ontology = known
    nearest = propose(table, mappings.values())[0]
    near = nearest.mapping if nearest.fits and not nearest.own else ""
    if ready is None:
        return TableReading(path, table.file, table.sheet, "", "", near=near)
    job, mapper = ready
    sentences = first_sentences(job.rows(), mapper.map, ontology, SHOWN_ROWS)
    unused = first_unused(job.rows(), job.fit.header, job.spec)
    return TableReading(path, table.file, table.sheet, job.spec.mapping, job.chosen, sentences, unused, proposal, near)
