"""What a person may say of a load besides its files and mapping."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Table: TypeAlias = tuple[str, str]
"""File and sheet."""


@dataclass(frozen=True, slots=True)
class TableStatement:
    """What is said of one table: ``date`` (ISO, may be partial; ``""``: as the file tells), ``edition_of`` (the load of whose table it is
    another edition), ``new_series`` (it is no edition of any)."""

    date: str = ""
    edition_of: str = ""
    new_series: bool = False


NOTHING_SAID = TableStatement()


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """``date`` (ISO, may be partial) is that of all its tables; ``today`` the day of the load, which is the date of tables that state none.
    ``close_gone``: the files are full lists, so that what rows said that are missing now is taken back. ``edition_of`` names the load of
    whose tables these are other editions; ``new_series`` says that they are of none (``ingest.editions``). ``tables`` says it of single
    tables, where nothing is said of all."""

    date: str = ""
    today: datetime.date = field(default_factory=datetime.date.today)
    close_gone: bool = False
    edition_of: str = ""
    new_series: bool = False
    tables: Mapping[Table, TableStatement] = field(default_factory=dict)

    def of(self, table: Table) -> TableStatement:
        """What is said of one table by itself."""
        return self.tables.get(table, NOTHING_SAID)
