"""Lianyin in Python: one open graph, its questions and its answers. Wires settings to a store and the rooms; decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal, Unpack

from graph.errors import QueryProblem
from graph.factory import open_store
from graph.messages import message
from graph.model import LoadState, Node, Relationship
from lianyin import notebooks
from lianyin.answers.loading import LOADS_LISTED
from lianyin.answers.reader import Document
from lianyin.conditions import path_query
from lianyin.known import known_at
from lianyin.methods import Methods
from lianyin.options import PathOptions, TableOptions
from lianyin.questions import Questions
from lianyin.results import Result
from lianyin.session import Session
from lianyin.settings import Settings, load_types, read_settings
from lianyin.transport import Local

if TYPE_CHECKING:
    import networkx

    from graph.paths import PathAnswer, StreamedPairs
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


class Client(Session, Questions, Methods):
    """An open graph."""

    @property
    def transport(self) -> Local:
        """Answers here."""
        return Local(self)

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

    def search(self, text: str, types: Sequence[str] = (), limit: int = 20) -> Result:
        """The nodes that ``text`` may mean, best first. Raises ``EmptyGraph`` where there is nothing to find at all."""
        from lianyin.emptiness import check_not_empty
        from lianyin.names import not_empty

        found = self._hits(lambda: self.models.search.search(not_empty(text), types, limit, self.settings.clearance))
        if not found.rows:
            check_not_empty(self.store, self.ontology)
        return found

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

        return self.steady(lambda: answered(self, question, options))

    def find_paths(self, a: str, b: str, **options: Unpack[PathOptions]) -> PathAnswer:
        """How two nodes are connected, as values of ``graph.paths``."""
        from graph.paths import find_paths

        known = known_at(self, options.pop("recorded_as_of", ""))
        return find_paths(known.projection, path_query(a, b, options, known.id_of), known.context)

    def picture(
        self,
        a: str | None = None,
        b: str | None = None,
        *,
        around: str | None = None,
        audience: str = "public",
        form: Literal["html", "svg"] = "html",
        theme: Literal["light", "dark"] = "light",
        **options: Unpack[PathOptions],
    ) -> str:
        """One HTML page, or one SVG on a ground of this theme: the paths between two nodes, or what is around one. For the ``public``
        people appear by role and unit, for ``internal`` readers by name."""
        from lianyin.pictures import draw_around, draw_paths
        from visualize.drawing import Look

        look = Look(form, theme)
        if around is not None and a is None and b is None:
            return self.steady(lambda: draw_around(self, around, audience, look))
        if around is None and a is not None and b is not None:
            return self.steady(lambda: draw_paths(self, a, b, audience, look, options))
        raise QueryProblem(
            message("A picture shows either two nodes, or what is around one."), hint=message("Give A and B, or --around NODE.")
        )

    # ── the graph as a whole ────────────────────────────────────────────────────────────────────

    def cypher(self, text: str, /, **parameters: object) -> Result:
        """A read-only Cypher query on what is published."""
        from lianyin.answers.tables import cypher_document, cypher_result
        from lianyin.withheld import check_query, without_withheld

        check_query(text, self.reader)
        table = without_withheld(self.store.cypher(text, parameters, self.limits), self.reader)
        return cypher_result(cypher_document(table))

    def schema(self) -> Result:
        """The types."""
        from lianyin.answers.tables import schema_document, schema_result

        return schema_result(schema_document(self.ontology), self.reader)

    def stats(self) -> Result:
        """How many nodes and relationships of each type."""
        from lianyin.answers.tables import stats_document, stats_result
        from lianyin.counted import count_facts

        nodes, relationships = count_facts(self.store, self.reader, replace(self.limits, trusted=True))
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
