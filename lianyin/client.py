"""Lianyin in Python: one open graph, its questions and its answers. Wires settings to a store and the rooms; decides nothing itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from graph.factory import open_store
from lianyin import notebooks
from lianyin.known import known_at
from lianyin.methods import Methods
from lianyin.operations.paths import AskPaths, path_query
from lianyin.session import Session
from lianyin.settings import Settings, load_types, read_settings
from lianyin.transport import Local

if TYPE_CHECKING:
    import networkx

    from graph.paths import PathAnswer
    from graph.projection.tables import ArrowTables, Matrices
    from ingest.deciding import Decider
    from ingest.options import Table, TableStatement
    from ingest.pipeline import Progress
    from ingest.report import Report
    from lianyin.understanding import Answers, Understood


def open(url: str | None = None, *, settings: Settings | None = None) -> Client:
    """Opens a graph: the store of ``url``, else of the settings, else an embedded one in the user's data folder.

    Use it in a ``with`` statement, or ``close`` it. Raises the ``StoreProblem`` that fits."""
    chosen = settings or read_settings()
    if url is not None:
        chosen = chosen.model_copy(update={"store": url, "store_auth_file": None})
    ontology = load_types(chosen)
    return Client(open_store(chosen.store_url(), ontology), ontology, chosen)


class Client(Session, Methods):
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

    # ── paths ───────────────────────────────────────────────────────────────────────────────────

    def find_paths(self, asked: AskPaths) -> PathAnswer:
        """How two nodes are connected, as values of ``graph.paths``."""
        from graph.paths import find_paths

        known = known_at(self, asked.recorded_as_of)
        return find_paths(known.projection, path_query(asked, known.id_of), known.context)

    # ── the graph as a whole ────────────────────────────────────────────────────────────────────

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

    def to_scipy(self) -> Matrices:
        """The same as scipy's sparse matrices: all relationships, and those of each type."""
        return notebooks.to_scipy(self)

    def to_arrow(self) -> ArrowTables:
        """The same as two Arrow tables, ``nodes`` and ``relationships``, for DuckDB, pandas, polars or Parquet."""
        return notebooks.to_arrow(self)
