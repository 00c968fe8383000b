"""Mapping the rows of one table in turn: what a row says by itself (``ingest.map``), and what it says only beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest import ditto
from ingest.known_names import KnownNames
from ingest.map import Mapper
from ingest.no_data import KINDS
from ingest.outcome import Mapped, Notice, Rejected
from ingest.readers import BrokenRow, SourceRow
from ingest.repeats import Repeats

NO_CELLS: Mapping[str, str] = {}


@dataclass(slots=True)
class TableMapper:
    """Maps the rows of one table, in the file's order, and remembers of them what later rows may refer to or repeat."""

    mapper: Mapper
    file: str
    sheet: str
    _repeats: Repeats = field(default_factory=Repeats)
    _names: KnownNames = field(init=False)
    _above: Mapping[str, str] = field(default_factory=lambda: NO_CELLS)
    _row_above: int = 0

    def __post_init__(self) -> None:
        self._names = KnownNames(self.mapper.coded, self.mapper.parties, self.mapper.personal_ids)

    def map(self, row: SourceRow | BrokenRow) -> Mapped | Rejected:
        """What a row says, with what it repeats or contradicts of the rows before."""
        if isinstance(row, BrokenRow):
            self._above = NO_CELLS
            return self.mapper.map(row, self.file, self.sheet)
        carried: tuple[Notice, ...] = ()
        if ditto.is_ditto(row.cells):
            cells, carried = ditto.resolve(row.cells, self._above, self._row_above, self.mapper.personal)
            row = SourceRow(row.row, cells)
        mapped = self.mapper.map(row, self.file, self.sheet)
        if isinstance(mapped, Rejected):
            if mapped.reason not in KINDS:
                self._above, self._row_above = row.cells, row.row
            return mapped
        self._above, self._row_above = row.cells, row.row
        notices = self._repeats.notices(row.row, mapped)
        if self.mapper.coded:
            notices += self._names.notices(row.row, mapped.drafts.drafts)
        return mapped._replace(notices=carried + mapped.notices + notices) if notices or carried else mapped
