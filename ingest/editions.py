"""Which table is a later (or earlier) edition of which: same mapping and source, another file name, and most of its keys known, or a name
that differs by its date alone. How the line was drawn: ``docs/mappings.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from graph.errors import QueryProblem
from graph.messages import message
from graph.model import LoadedTable
from ingest.dating.in_text import without_dates
from ingest.outcome import Bilingual

MOST = 0.5
"""The share of known keys from which a table is an edition."""

SOME = 0.1
"""The share from which it may be one, so that the load says what it took it for."""

SAMPLE = 1_000
"""Keys that are looked up: evenly spread over the table."""

Reason = Literal["given", "keys", "name"]


class Known(Protocol):
    """A table that stands (``graph.ledger.editions.Edition``)."""

    @property
    def load(self) -> str: ...

    @property
    def table(self) -> LoadedTable: ...


class KnownTables(Protocol):
    """What ingest asks of the ledger (``graph.ledger.editions.Editions``)."""

    def all(self) -> Sequence[Known]: ...

    def known(self, series: tuple[str, str, str], keys: Sequence[str]) -> int: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """What the user says of editions: the load of which the files are editions (``--edition-of``), or that they are none
    (``--new-series``)."""

    edition_of: str = ""
    new_series: bool = False


@dataclass(frozen=True, slots=True)
class EditionReport:
    """That a table is an edition of the table ``file`` (``sheet``) of a load, of the day ``date``, and why: it was ``given``, most ``keys``
    are known, or the ``name`` differs by its date alone. ``known`` of ``looked_at`` keys are known. ``older``: this one is the earlier of
    the two, so that the values of the other stand. ``missing`` are the rows that it lacks, ``contradicted`` the values that it changes."""

    load: str
    file: str
    sheet: str
    date: str
    why: Reason
    known: int
    looked_at: int
    older: bool
    missing: int = 0
    contradicted: int = 0


@dataclass(frozen=True, slots=True)
class PossibleEdition:
    """The table (``file``, ``sheet``, of the day ``date``) of a load of which another may be an edition: ``known`` of ``looked_at`` keys
    are known there, too few to say, or as many as it takes but on one date (``same_day``)."""

    load: str
    file: str
    sheet: str
    date: str
    known: int
    looked_at: int
    same_day: bool

    @property
    def told(self) -> Bilingual:
        """What was seen, and what to do if it is one."""
        load = self.load
        return Bilingual(
            f"与 {load} 的 {self.file} 有 {self.known}/{self.looked_at} 个关键列相同（{self.why.zh}），未当作它的新一期；若是，请加 "
            f"--edition-of {load}",
            f"{self.known} of {self.looked_at} keys are those of {self.file} ({load}): {self.why.en}, so it was not taken for another "
            f"edition; if it is one, say --edition-of {load}",
        )

    @property
    def why(self) -> Bilingual:
        """Why it was not taken for an edition."""
        if self.same_day:
            return Bilingual("两者日期相同，分不出先后", "both are of one date, so that neither is the later")
        return Bilingual("不到一半", "less than half")


@dataclass(frozen=True, slots=True)
class Placed:
    """A table with the series that it belongs to, what is to be told of it, and of what it may be another edition;
    ``siblings`` say of which tables of the same load."""

    table: LoadedTable
    edition: EditionReport | None = None
    possible: PossibleEdition | None = None
    siblings: tuple[Bilingual, ...] = ()

    @property
    def doubts(self) -> tuple[Bilingual, ...]:
        """What a person should look at."""
        return (*((self.possible.told,) if self.possible else ()), *self.siblings)


def place_table(
    table: LoadedTable, keys: Callable[[], Sequence[str]], known: Sequence[Known], tables: KnownTables, choice: Choice
) -> Placed:
    """Finds the series of a table. ``keys`` reads the table for its keys and is called only where some table may be its earlier edition.
    Raises ``QueryProblem`` where ``--edition-of`` names a load without a table of this source."""
    same = [each for each in known if each.table.source == table.source and each.table.mapping in ("", table.mapping)]
    own = [each for each in same if (each.table.file, each.table.sheet) == (table.file, table.sheet)]
    if choice.edition_of:
        return _given(table, keys, same, tables, choice.edition_of)
    if choice.new_series:
        return Placed(table)
    if own:
        return _again(table, own[-1].table, same)
    others = _last_of_each_series(same)
    if not others:
        return Placed(table)
    looked_at = _spread(keys())
    found = [(tables.known(each.table.series, looked_at), each) for each in others]
    return _judged(table, found, len(looked_at))


def _given(table: LoadedTable, keys: Callable[[], Sequence[str]], same: Sequence[Known], tables: KnownTables, load: str) -> Placed:
    of_load = [each for each in same if each.load == load]
    if not of_load:
        raise QueryProblem(
            message("{load} has no table of the source '{source}' that stands.", load=load, source=table.source),
            hint=message("'lianyin loads' lists the loads and their files."),
            where={"parameter": "edition_of"},
        )
    looked_at = _spread(keys())
    counted = [(tables.known(each.table.series, looked_at), each) for each in of_load]
    number, best = max(counted, key=lambda pair: (pair[1].table.sheet == table.sheet, pair[0]))
    return _edition(table, best, "given", number, len(looked_at))


def _again(table: LoadedTable, before: LoadedTable, same: Sequence[Known]) -> Placed:
    """The same file again: it stays in the series that it was in, and is compared with that where it has other editions."""
    _, file, sheet = before.series
    others = [each for each in same if each.table.series == before.series and each.table.file != table.file]
    return Placed(replace(table, first_file=file, first_sheet=sheet, edition_of=others[-1].load if others else ""))


def _last_of_each_series(same: Sequence[Known]) -> list[Known]:
    return list({each.table.series: each for each in sorted(same, key=_date)}.values())


def _date(known: Known) -> str:
    return known.table.date


def _spread(keys: Sequence[str]) -> list[str]:
    distinct = list(dict.fromkeys(keys))
    step = max(1, len(distinct) // SAMPLE)
    return distinct[::step][:SAMPLE]


def _judged(table: LoadedTable, found: Sequence[tuple[int, Known]], looked_at: int) -> Placed:
    number, best = max(found, key=lambda pair: pair[0])
    share = number / looked_at if looked_at else 0.0
    same_day = table.date == best.table.date
    if share >= MOST and not same_day:
        return _edition(table, best, "keys", number, looked_at)
    named = next((each for each in found if differ_by_date(table, each[1].table)), None)
    if named is not None and share < MOST:
        return _edition(table, named[1], "name", named[0], looked_at)
    if share < SOME:
        return Placed(table)
    of = best.table
    return Placed(table, possible=PossibleEdition(best.load, of.file, of.sheet, of.date, number, looked_at, same_day))


def differ_by_date(table: LoadedTable, other: LoadedTable) -> bool:
    """Whether the two files are named alike but for the date in their names, which both have."""
    names = [re.sub(r"[\s_.\-()（）]+", "", without_dates(each.file.rpartition(".")[0])) for each in (table, other)]
    dated = table.told == other.told == "file-name"
    return dated and table.date != other.date and names[0] == names[1] and table.sheet == other.sheet


def _edition(table: LoadedTable, of: Known, why: Reason, known: int, looked_at: int) -> Placed:
    _, file, sheet = of.table.series
    placed = replace(table, first_file=file, first_sheet=sheet, edition_of=of.load)
    told = EditionReport(of.load, of.table.file, of.table.sheet, of.table.date, why, known, looked_at, older=table.date < of.table.date)
    return Placed(placed, told)
