"""Lianyin in Python: one open graph, its questions and its answers. Wires settings to a store and the rooms; decides nothing itself."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self, TypeVar, Unpack

from graph.errors import Conflict, QueryProblem
from graph.factory import open_store
from graph.ledger import Ledger
from graph.messages import message
from graph.model import LoadState, Node, Relationship
from graph.ontology.schema import Ontology
from graph.stop import Stop
from graph.store import QueryLimits, Store
from lianyin import notebooks
from lianyin.answers.loading import LOADS_LISTED
from lianyin.answers.reader import Document, Reader
from lianyin.conditions import path_query
from lianyin.kept_projection import file_path
from lianyin.known import context_of, known_at, rows_behind, words_seen
from lianyin.options import PathOptions, TableOptions
from lianyin.questions import Questions
from lianyin.readmodels import ReadModels
from lianyin.results import Result
from lianyin.settings import Settings, read_settings

if TYPE_CHECKING:
    import networkx

    from graph.paths import AnswerContext, PathAnswer, StreamedPairs
    from graph.projection import Projection
    from graph.projection.tables import ArrowTables, Matrices
    from graph.search import Hit
    from ingest.deciding import Decider
    from ingest.options import Table, TableStatement
    from ingest.pipeline import Progress
    from ingest.report import Report
    from lianyin.local_identity import LocalIdentity
    from lianyin.local_planning import LocalPlanning
    from lianyin.local_platform import LocalPlatform
    from lianyin.understanding import Answers, Understood

SILENCE_SECONDS = 900.0
"""A load on a shared store that gave no sign of life for so long was left behind: twice the longest step seen."""

ATTEMPTS = 3
"""How often a question is asked again when a load was published while it was being answered."""

T = TypeVar("T")

LISTED_RELATIONSHIPS = 200
"""Relationships that ``show`` lists: more than anybody reads; the number of all is told."""


def open(url: str | None = None, *, settings: Settings | None = None) -> Client:
    """Opens a graph: the store of ``url``, else of the settings, else an embedded one in the user's data folder.

    Use it in a ``with`` statement, or ``close`` it. Raises the ``StoreProblem`` that fits."""
    chosen = settings or read_settings()
    if url is not None:
        chosen = chosen.model_copy(update={"store": url, "store_auth_file": None})
    ontology = load_types(chosen)
    return Client(open_store(chosen.store_url(), ontology), ontology, chosen)


def load_types(settings: Settings) -> Ontology:
    """The built-in types and those of the settings' folders."""
    from graph.ontology import default_ontology, load_ontology

    return load_ontology(*settings.ontology) if settings.ontology else default_ontology()


class Client(Questions):
    """An open graph. Safe for several threads: the store is, and the read models are swapped whole."""

    def __init__(self, store: Store, ontology: Ontology, settings: Settings) -> None:
        """Takes over the store; a load that was left behind unpublished is withdrawn."""
        self.store = store
        self.ontology = ontology
        self.settings = settings
        self.ledger = Ledger(store, ontology)
        self.models = ReadModels(store, ontology, file_path(store.url, settings))
        self.stop: Stop | None = None
        self._dated: dict[str, tuple[int, str]] = {}
        self.ledger.recover(0.0 if store.url.startswith("kglite:") else SILENCE_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Keeps what was read for the next opening and closes the store. Twice does no harm."""
        self.models.close()
        self.store.close()

    def read_by(self, *, stop: Stop | None = None, **chosen: object) -> Client:
        """The same open graph for another reader: ``clearance``, ``language``, ``today`` as in the settings; ``stop`` ends whatever is
        asked of it. Only the first is closed."""
        other = copy.copy(self)
        other.settings = self.settings.model_copy(update=chosen)
        other.stop = stop or self.stop
        return other

    @property
    def store_url(self) -> str:
        """Where the store is, without any password."""
        return self.store.url

    @property
    def reader(self) -> Reader:
        """Who the settings say is reading."""
        return Reader(self.ontology, self.settings.clearance, self.settings.language, self.today)

    @property
    def today(self) -> datetime.date:
        """The day that ``now`` means: the setting's, else the machine's."""
        return self.settings.today or datetime.date.today()

    @property
    def data_date(self) -> str | None:
        """The latest date of the sources that are loaded now."""
        revision = self.store.head().revision
        dated, date = self._dated.get("loads", (-1, ""))
        if dated != revision:
            date = self.store.data_date()
            self._dated["loads"] = revision, date
        return date or None

    # ── loading ─────────────────────────────────────────────────────────────────────────────────

    def ingest(
        self,
        paths: Sequence[str | Path],
        mapping: str | None = None,
        progress: Callable[[Progress], None] | None = None,
        *,
        close_gone: bool = False,
        date: str = "",
        edition_of: str = "",
        new_series: bool = False,
        tables: Mapping[Table, TableStatement] | None = None,
        understood: Understood | None = None,
        decider: Decider | None = None,
    ) -> Report:
        """Loads files and folders as one load and returns its report. ``mapping`` is the name of a mapping or of a family of them,
        or a YAML file; without it each table's header proposes one, and a table that none takes is read as it was ``understood``. Rows that
        an earlier load read from these files and that are missing now are listed; ``close_gone`` takes back what they said. ``date``
        (``2024``, ``2024-05``, ``2024-05-29``) is that of the data; without it each file tells its own, or is of the day of the load.
        ``edition_of`` names the load of which these are other editions, where they are not recognised; ``new_series`` says that they are of
        none. ``tables`` says as much of single tables; dates that are kept beside the files are known. ``decider`` is asked about what is
        in doubt; without it the proposals are taken and told."""
        from lianyin.loading import load_files, load_options

        options = load_options(self, paths, tables or {}, date=date, close_gone=close_gone, edition_of=edition_of, new_series=new_series)
        return load_files(self.ledger, self, paths, mapping, progress, options, own=understood.own if understood else {}, decider=decider)

    def understand(self, paths: Sequence[str | Path], mapping: str | None = None, answers: Answers | None = None) -> Understood:
        """How each table would be read, before anything is loaded: its columns, the sentences of its first rows, what is in doubt, and the
        mapping that would be used. ``answers`` settle doubts: ``{"file.xlsx/sheet": {"column": "person/supervisor"}}``."""
        from lianyin.understanding import understand

        return understand([Path(path) for path in paths], self.ontology, self.settings, mapping, answers)

    def preview(
        self,
        paths: Sequence[str | Path],
        mapping: str | None = None,
        progress: Callable[[Progress], None] | None = None,
        *,
        close_gone: bool = False,
        date: str = "",
        edition_of: str = "",
        new_series: bool = False,
        tables: Mapping[Table, TableStatement] | None = None,
    ) -> Report:
        """The report that ``ingest`` would give, every row read, mapped, checked, compared and folded; nothing is recorded, so the
        load has no id. ``facts`` count what would change and ``difference`` lists it; for a load too large to fold in memory they are
        zero and ``None``."""
        from lianyin.loading import load_options, try_files

        options = load_options(self, paths, tables or {}, date=date, close_gone=close_gone, edition_of=edition_of, new_series=new_series)
        return try_files(self, paths, mapping, progress, options)

    def loads(self, kinds: Sequence[str] = (), limit: int = LOADS_LISTED) -> Result:
        """The last ``limit`` loads, oldest first; of these ``kinds`` (``ingest``, ``undo``, ``act``) where some are named."""
        from lianyin.answers.loading import loads_result
        from lianyin.loading import listed_loads

        return loads_result(listed_loads(self, kinds, limit), self.reader)

    def compare_loads(self, first: str, second: str) -> Result:
        """What the files of two loads say differently, from the first to the second."""
        from lianyin.answers.differences import LISTED, comparison_document, comparison_result

        found = self.ledger.compare(first, second, LISTED)
        document = comparison_document(found, self.reader, self.file_names(self.settings.clearance))
        return comparison_result(document, self.reader)

    def undo(self, load: str) -> Result:
        """Takes a load back, exactly."""
        from lianyin.answers.loading import undo_document, undo_result

        return undo_result(undo_document(load, self.ledger.undo(load)))

    # ── what people do ──────────────────────────────────────────────────────────────────────────

    @property
    def platform(self) -> LocalPlatform:
        """The matching platform: needs, and whoever acts on them."""
        from lianyin.local_platform import LocalPlatform

        return LocalPlatform(self)

    @property
    def planning(self) -> LocalPlanning:
        """What planners ask: the twenty questions, insights, lists, matching, targets."""
        from lianyin.local_planning import LocalPlanning

        return LocalPlanning(self)

    @property
    def identity(self) -> LocalIdentity:
        """Which nodes may be one, and what people judged of them."""
        from lianyin.local_identity import LocalIdentity

        return LocalIdentity(self)

    # ── nodes ───────────────────────────────────────────────────────────────────────────────────

    def node(self, text: str, parameter: str = "node") -> Node:
        """The node of an id, an identifier or a caption. Raises ``NotFound`` or ``Ambiguous``; ``parameter`` is what an error names."""
        from lianyin.names import find_node

        return find_node(text, self.store, lambda: self.models.names, self._near, self.reader, parameter)

    def _near(self, text: str) -> list[Hit]:
        from lianyin.names import CANDIDATES

        return self.models.search.search(text, limit=CANDIDATES, clearance=self.settings.clearance)

    def search(self, text: str, types: Sequence[str] = (), limit: int = 20) -> Result:
        """The nodes that ``text`` may mean, best first."""
        from lianyin.names import not_empty

        return self._hits(lambda: self.models.search.search(not_empty(text), types, limit, self.settings.clearance))

    def autocomplete(self, prefix: str, types: Sequence[str] = (), limit: int = 10) -> Result:
        """The nodes whose names, pinyin or codes go on from what was typed so far, best first."""
        from lianyin.names import not_empty

        return self._hits(lambda: self.models.search.autocomplete(not_empty(prefix), types, limit, self.settings.clearance))

    def _hits(self, find: Callable[[], list[Hit]]) -> Result:
        from lianyin.answers.nodes import search_document, search_result
        from lianyin.names import tell_apart

        hits = find()
        return search_result(search_document(hits, tell_apart(hits, self.store, self.reader)), self.reader)

    def show(self, text: str, limit: int = LISTED_RELATIONSHIPS) -> Result:
        """A node with its properties and its relationships."""
        from lianyin.answers.nodes import show_document, show_result

        node = self.node(text)
        touching = self._known(node, self.store.facts(touching=(node.id,)).relationships)
        found = sorted(touching, key=lambda one: (one.type, one.source != node.id, one.id))
        listed = found[:limit]
        others = self.store.facts(nodes=[one.target if one.source == node.id else one.source for one in listed]).nodes
        document = show_document(node, listed, {each.id: each for each in (node, *others)}, len(found), self.reader)
        return show_result({**document, "history": self._history(node)}, self.reader)

    def _history(self, node: Node, only: str | None = None) -> list[Document]:
        """When properties of a node changed from one edition of their source to another."""
        from graph.ledger.history import node_history
        from lianyin.answers.history import history_document

        return history_document(node, node_history(self.store, node), self.reader, self.file_names(self.settings.clearance), only)

    def _known(self, node: Node, relationships: Sequence[Relationship]) -> list[Relationship]:
        """The relationships of a node whose other end the reader may know of."""
        if not self.reader.hidden_types and not self.reader.confidential:
            return list(relationships)
        ends = [one.target if one.source == node.id else one.source for one in relationships]
        known = {each.id for each in (node, *self.store.facts(nodes=ends).nodes) if self.reader.exists(each)}
        return [one for one, end in zip(relationships, ends, strict=True) if end in known]

    def why(self, text: str, property: str | None = None) -> Result:
        """The rows behind a node, or behind one property of it."""
        from lianyin.answers.nodes import why_document, why_result

        node, claims, identities = self.ledger.node_evidence(self.node(text).id)
        files = self.file_names(self.settings.clearance)
        document = why_document(node, claims, identities, property, self.reader, files)
        only = str(document["property"]) if document["property"] else None
        return why_result({**document, "history": self._history(node, only)})

    # ── paths ───────────────────────────────────────────────────────────────────────────────────

    def document(self, question: str, **options: object) -> Document:
        """The answer to one of ``lianyin.questions``, of one revision."""
        from lianyin.answering import answered

        return self._steady(lambda: answered(self, question, options))

    def _steady(self, answer: Callable[[], T]) -> T:
        """An answer that is of one revision. It is made from the read model and from the store: when a load is published in between, the
        rows behind a hop may be gone, so the question is asked again."""
        for _ in range(ATTEMPTS):
            revision = self.store.head().revision
            found = answer()
            if self.store.head().revision == revision:
                return found
        raise Conflict(
            message("Loads are being published faster than this question can be answered."), hint=message("Ask again in a moment.")
        )

    def find_paths(self, a: str, b: str, **options: Unpack[PathOptions]) -> PathAnswer:
        """How two nodes are connected, as values of ``graph.paths``."""
        from graph.paths import find_paths

        known = known_at(self, options.pop("recorded_as_of", ""))
        return find_paths(known.projection, path_query(a, b, options, known.id_of), known.context)

    def id_of(self, text: str, parameter: str) -> str:
        """The id of the node that ``text`` names; ``parameter`` is what an error names."""
        return self.node(text, parameter).id

    def context(self) -> AnswerContext:
        """For whom and when an answer about paths is made."""
        return context_of(self)

    def evidence(self, relationships: Sequence[str]) -> dict[str, list[dict[str, object]]]:
        """The rows behind relationships, by their ids: ``{"load", "file", "sheet", "row"}``, the most trusted first."""
        return self.evidence_for(self.settings.clearance, relationships)

    def evidence_for(self, clearance: int, relationships: Sequence[str]) -> dict[str, list[dict[str, object]]]:
        """The same for a reader of another clearance, such as a picture's."""
        facts = self.store.facts(relationships=relationships).relationships
        return rows_behind(self.ledger.relationship_evidence(facts), self.file_names(clearance), words_seen(self.ontology, clearance))

    def file_names(self, clearance: int, projection: Projection | None = None) -> Callable[[str], str]:
        """How the names of files, sheets and documents are shown to a reader of this clearance; the names in ``projection`` (the present
        one, if not given) are masked in them."""
        types = self.ontology.node_types.values()
        if not any(each.properties["name"].privacy > clearance for each in types if "name" in each.properties):
            return str
        from lianyin.filenames import file_names

        return file_names(projection or self.models.projection, clearance).shown

    def picture(
        self,
        a: str | None = None,
        b: str | None = None,
        *,
        around: str | None = None,
        audience: str = "public",
        **options: Unpack[PathOptions],
    ) -> str:
        """One HTML page: the paths between two nodes, or what is around one. For the ``public`` people appear by role and unit, for
        ``internal`` readers by name."""
        from lianyin.pictures import draw_around, draw_paths

        if around is not None and a is None and b is None:
            return self._steady(lambda: draw_around(self, around, audience))
        if around is None and a is not None and b is not None:
            return self._steady(lambda: draw_paths(self, a, b, audience, options))
        raise QueryProblem(
            message("A picture shows either two nodes, or what is around one."), hint=message("Give A and B, or --around NODE.")
        )

    # ── the graph as a whole ────────────────────────────────────────────────────────────────────

    def cypher(self, text: str, /, **parameters: object) -> Result:
        """A read-only Cypher query on what is published."""
        from lianyin.answers.tables import cypher_document, cypher_result
        from lianyin.withheld import check_query, without_withheld

        check_query(text, self.reader)
        table = without_withheld(self.store.cypher(text, parameters, self._limits), self.reader)
        return cypher_result(cypher_document(table))

    @property
    def _limits(self) -> QueryLimits:
        chosen = self.settings
        return QueryLimits(chosen.max_rows, chosen.max_milliseconds, chosen.max_bytes, self.stop)

    def schema(self) -> Result:
        """The types."""
        from lianyin.answers.tables import schema_document, schema_result

        return schema_result(schema_document(self.ontology), self.reader)

    def stats(self) -> Result:
        """How many nodes and relationships of each type."""
        from lianyin.answers.tables import stats_document, stats_result
        from lianyin.counted import count_facts

        nodes, relationships = count_facts(self.store, self.reader, replace(self._limits, trusted=True))
        loads = self.store.loads((LoadState.PUBLISHED,), ("ingest",))
        about = {"store": self.store.url, "revision": self.store.head().revision, "loads": len(loads), "data_date": self.data_date}
        return stats_result(stats_document(nodes, relationships, about), self.reader)

    def export(self, form: str, stream: BinaryIO, audience: str = "public") -> tuple[int, int]:
        """Writes the whole graph as ``jsonl``, ``graphml`` or ``csv`` (two tables in a zip), as far as the audience may see it; returns the
        numbers of nodes and relationships. Equal graphs give equal bytes."""
        from visualize.audience import Reader as Audience
        from visualize.audience import audience_of
        from visualize.export import export, format_of

        _, nodes, relationships = self.store.scan()
        reader = Audience(audience_of(audience), self.settings.clearance)
        return export(nodes, relationships, format_of(form), stream, self.ontology, reader)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Everything that the reader may see, for analysis."""
        return notebooks.to_networkx(self)

    def stream_connections(self, from_type: str, to_type: str, **options: Unpack[TableOptions]) -> Iterator[StreamedPairs]:
        """Every pair of a table of connections, part by part: see ``graph.paths.stream_connections``."""
        from lianyin.answering import streamed

        return streamed(self, from_type, to_type, options)

    def to_scipy(self) -> Matrices:
        """The same as scipy's sparse matrices: all relationships, and those of each type."""
        return notebooks.to_scipy(self)

    def to_arrow(self) -> ArrowTables:
        """The same as two Arrow tables, ``nodes`` and ``relationships``, for DuckDB, pandas, polars or Parquet."""
        return notebooks.to_arrow(self)

    def verify(self) -> Result:
        """Reads the store in another way than the read model did and compares the two, fact by fact, and the read model's file too."""
        from lianyin.verification import verify, verify_result

        # Before the read model is asked for, which writes a damaged file anew.
        damage = self.models.kept.damage()
        return verify_result(verify(self.store, self.models.projection, self.ontology, self.models.kept, damage))
