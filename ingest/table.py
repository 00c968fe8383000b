"""Mapping the rows of one table in turn: what a row says by itself (``ingest.map``), and what it says only beside the others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from graph.values.dates import order_of_column
from ingest import ditto
from ingest.explain import TWO_DATES
from ingest.known_names import KnownNames
from ingest.map import Mapper
from ingest.no_data import KINDS
from ingest.outcome import NO_TEXT, Mapped, Notice, Rejected
from ingest.readers import BrokenRow, SourceRow
from ingest.repeats import Repeats

Rows = Callable[[], Iterable[SourceRow | BrokenRow]]
Orders = Mapping[str, str]
"""Columns of dates, and where the day stands in them (``dmy``, ``mdy``)."""

NO_ORDERS: Orders = MappingProxyType({})

MOST_DATES = 100_000
"""Distinct dates of a column that are looked at for their order."""

NO_CELLS: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class TableMapper:
    """Maps the rows of one table, in the file's order, and remembers of them what later rows may refer to or repeat. ``rows`` reads the
    table anew, and ``compiled`` gives its mapper with the order of days and months settled: both are asked once, and only where a date
    can be read in two ways."""

    mapper: Mapper
    file: str
    sheet: str
    rows: Rows
    compiled: Callable[[Orders], Mapper]
    _repeats: Repeats = field(default_factory=Repeats)
    _names: KnownNames = field(init=False)
    _above: Mapping[str, str] = field(default_factory=lambda: NO_CELLS)
    _row_above: int = 0
    _settled: bool = False
    _told: set[str] = field(default_factory=set)

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
        if isinstance(mapped, Rejected) or mapped.notices:
            mapped = self._in_order(row, mapped)
        if isinstance(mapped, Rejected):
            if mapped.reason not in KINDS:
                # A rejected row of one cell is hardly one of the table's: written with another delimiter, say.
                self._above, self._row_above = (row.cells if _filled(row.cells) > 1 else NO_CELLS), row.row
            return mapped
        self._above, self._row_above = row.cells, row.row
        notices = self._repeats.notices(row.row, mapped)
        if self.mapper.coded:
            notices += self._names.notices(row.row, mapped.drafts.drafts)
        return mapped._replace(notices=carried + mapped.notices + notices) if notices or carried else mapped

    def _in_order(self, row: SourceRow, mapped: Mapped | Rejected) -> Mapped | Rejected:
        """What a row says once the order of days and months is settled, where it holds a date that can be read in two ways."""
        if not _has_two_dates(mapped):
            return mapped
        if not self._settled:
            self._settled = True
            orders = self._orders()
            if orders:
                self.mapper = self.compiled(orders)
                mapped = self.mapper.map(row, self.file, self.sheet)
        return self._told_once(mapped) if isinstance(mapped, Mapped) else mapped

    def _orders(self) -> Orders:
        """Where the day stands in each column of dates, as far as the whole column says it."""
        texts: dict[str, set[str]] = {column: set() for column in self.mapper.dates}
        for row in self.rows():
            if isinstance(row, SourceRow):
                for column, found in texts.items():
                    text = row.cells.get(column)
                    if text and len(found) < MOST_DATES:
                        found.add(text)
        return {column: order for column, found in texts.items() if (order := order_of_column(found))}

    def _told_once(self, mapped: Mapped) -> Mapped:
        """How to settle the order is said once for a column."""
        notices = []
        for notice in mapped.notices:
            known = notice.reason == TWO_DATES and notice.column in self._told
            notices.append(replace(notice, hint=NO_TEXT) if known else notice)
            if notice.reason == TWO_DATES:
                self._told.add(notice.column)
        return mapped._replace(notices=tuple(notices))


def _filled(cells: Mapping[str, str]) -> int:
    return sum(1 for text in cells.values() if text.strip())


def _has_two_dates(mapped: Mapped | Rejected) -> bool:
    if isinstance(mapped, Rejected):
        return mapped.reason == TWO_DATES
    return any(notice.reason == TWO_DATES for notice in mapped.notices)
