"""The places around the rows of a table: those that its own cells name, its titles, the other tables of the load, the office's own city.

They are looked for once, and only when a row needs them (鼓楼区, 全市).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice

from graph.places import Surroundings, surroundings, whole_names_in
from ingest.mapping import MappingSpec
from ingest.places import Around
from ingest.readers import BrokenRow, SourceRow

SURVEYED = 20_000
"""Rows of a table that are looked through."""


@dataclass(frozen=True, slots=True)
class SurveyedTable:
    """A table of a load: its mapping, how to read its rows again, what its file and sheet are called."""

    spec: MappingSpec
    rows: Callable[[], Iterator[SourceRow | BrokenRow]]
    titles: tuple[str, ...]

    def texts(self) -> Iterable[str]:
        """What its columns of places hold, each text once."""
        columns = {column for each in self.spec.places.values() for column in (each.column, each.within) if column}
        if not columns:
            return ()
        rows = (row.cells for row in islice(self.rows(), SURVEYED) if isinstance(row, SourceRow))
        return dict.fromkeys(text for cells in rows for column in columns if (text := cells.get(column, "")))


class Survey:
    """What stands around each table of a load. ``office`` is the name of the city whose office loads them, if it is set."""

    def __init__(self, tables: Sequence[SurveyedTable], office: str) -> None:
        self._tables = tables
        self._office = surroundings([office]) if office else None
        self._named = cache(self._read)

    def around(self, number: int) -> Around:
        """The places around the rows of one table, the nearest first."""

        @cache
        def look() -> Sequence[Surroundings]:
            of_load = frozenset(place for other in range(len(self._tables)) for place in self._named(other).places)
            titled = frozenset(place for title in self._tables[number].titles for place in whole_names_in(title))
            office = (self._office,) if self._office else ()
            return (self._named(number), Surroundings(titled), Surroundings(of_load), *office)

        return look

    def _read(self, number: int) -> Surroundings:
        return surroundings(self._tables[number].texts())
