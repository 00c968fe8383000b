"""Spoils the city's tables as offices do, and keeps the truth of every spoiled cell.

A line is spoiled in one place at most. Lines that speak of a plant are left alone, so that it can be found in the dirt too.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from ingest.sample.city import City
from ingest.sample.dirt_rules import RULES, Rule
from ingest.sample.distribution import distribution, scaled, stream
from ingest.sample.people import LAST_BATCH
from ingest.sample.tables import (
    ACCOUNTS,
    ACHIEVEMENTS,
    INDICATORS,
    MEMBERS,
    NEEDS,
    ROSTER,
    UPDATES,
    Cell,
    Sheet,
    batch_name,
    sheets,
)

ROSTER_TITLE = "扬州市科技镇长团团员花名册（虚构样例，截至2020年9月）"
DUPLICATED = (ROSTER, ACCOUNTS, NEEDS, MEMBERS, ROSTER, ACHIEVEMENTS, ROSTER, ACCOUNTS, UPDATES, NEEDS)
"""Which file each dirty duplicate falls in, over and over."""


@dataclass(frozen=True, slots=True)
class Expected:
    """``outcome`` is ``reject``, ``clean``, ``flag`` or ``duplicate``. ``value`` is what should be stored; for a flag what may be suggested
    (``None``: nothing is asserted); for a duplicate the row that it repeats."""

    outcome: str
    value: object


@dataclass(frozen=True, slots=True)
class Spot:
    """One spoiled place. ``row`` counts from 1 as the file is opened; ``column`` is empty where the whole row is meant."""

    file: str
    sheet: str
    row: int
    column: str
    kind: str
    raw: str
    expected: Expected


@dataclass(frozen=True, slots=True)
class Soiled:
    """All sheets with their dirt. ``merges`` are (sheet, range)."""

    sheets: tuple[Sheet, ...]
    spots: tuple[Spot, ...]
    merges: tuple[tuple[str, str], ...]


@dataclass(eq=False, slots=True)
class Line:
    """A row that can be spoiled; told from others by identity, since rows move."""

    cells: list[Cell]
    spoiled: bool = False


@dataclass(slots=True)
class _Mark:
    line: Line
    column: str
    kind: str
    raw: str
    outcome: str
    value: object


@dataclass(slots=True)
class _Table:
    """A sheet while it is being spoiled."""

    file: str
    title: str
    header: Sequence[str]
    lines: list[Line]
    heading: str = ""
    marks: list[_Mark] = field(default_factory=list)
    merged_rows: list[tuple[Line, Line]] = field(default_factory=list)

    def text(self, line: Line, column: str) -> str:
        value = line.cells[self.header.index(column)]
        return "" if value is None else str(value)

    def put(self, line: Line, column: str, value: Cell) -> None:
        line.cells[self.header.index(column)] = value

    def mark(self, line: Line, column: str, kind: str, outcome: str, value: object) -> None:
        line.spoiled = True
        self.marks.append(_Mark(line, column, kind, self.text(line, column) if column else "", outcome, value))

    def first_row(self) -> int:
        """The row of the first line, as the file is opened."""
        return 3 if self.heading else 2


def soil(city: City) -> Soiled:
    """The same dirt for the same city."""
    random_numbers = stream(city.seed, "dirt")
    tables = [_Table(each.file, each.title, each.header, [Line(list(row)) for row in each.rows]) for each in sheets(city)]
    named = _Named(_protected(city), random_numbers)
    for rule in RULES:
        named.apply(rule, next(table for table in tables if table.file == rule.file))
    by_file = {table.file: table for table in reversed(tables)}
    _duplicate(named, by_file, city.scale)
    _shift_indicator(named, by_file[INDICATORS])
    _split_account(named, by_file[ACCOUNTS])
    _repeat_header(by_file[ROSTER])
    _repeat_header(by_file[ACHIEVEMENTS])
    _merge_districts(by_file[ROSTER])
    by_file[ROSTER].heading = ROSTER_TITLE
    return Soiled(
        tuple(_sheet(table) for table in tables),
        tuple(spot for table in tables for spot in _spots(table)),
        tuple((table.title, cells) for table in tables for cells in _ranges(table)),
    )


def _protected(city: City) -> frozenset[str]:
    """Names of everything that plays a part."""
    plants = city.plants
    people = [bridge.expert for bridge in plants.bridges] + [expert for pair in plants.homonyms for expert in pair]
    firms = {firm for bridge in plants.bridges for firm in bridge.enterprises} | set(plants.renamed)
    firms |= {need.enterprise for need in city.needs if need.number in plants.unreachable_needs}
    firms |= {city.studios[studio].enterprise for studio in plants.isolated_studios}
    names = {city.experts[expert].name for expert in people}
    names |= {city.studios[studio].name for studio in plants.isolated_studios}
    names |= {name for firm in firms for name in (city.enterprises[firm].name, city.enterprises[firm].former_name) if name}
    return frozenset(names)


class _Named:
    """Chooses lines that may be spoiled."""

    def __init__(self, protected: frozenset[str], random_numbers: random.Random) -> None:
        self.random = random_numbers
        self._protected = protected

    def free(self, table: _Table) -> Iterator[Line]:
        """Lines not spoiled yet that speak of no plant, in random order."""
        order = list(range(len(table.lines)))
        self.random.shuffle(order)
        for place in order:
            line = table.lines[place]
            if not line.spoiled and not self._speaks_of_a_plant(line):
                yield line

    def _speaks_of_a_plant(self, line: Line) -> bool:
        return any(name in cell for cell in line.cells if isinstance(cell, str) for name in self._protected)

    def apply(self, rule: Rule, table: _Table) -> None:
        """Spoils as many lines as the rule asks for, or as there are that it fits."""
        left = rule.times
        for line in self.free(table):
            if left == 0:
                return
            old = table.text(line, rule.column)
            raw = rule.spoil(old, self.random)
            if raw is None or (rule.once and sum(table.text(each, "姓名") == table.text(line, "姓名") for each in table.lines) > 1):
                continue
            table.put(line, rule.column, raw)
            table.mark(line, rule.column, rule.kind, rule.outcome, rule.expected(old, raw))
            left -= 1


_REPEATS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    ROSTER: ("姓名", lambda name: f"{name[:-2]}\u3000{name[-2:]}"),
    ACCOUNTS: ("统一社会信用代码", lambda code: f" {code}"),
    NEEDS: ("编号", lambda number: number.replace("-", "－")),
    MEMBERS: ("姓名", lambda name: f"{name[:-2]} {name[-2:]}"),
    ACHIEVEMENTS: ("成果名称", lambda title: f"{title} "),
    UPDATES: ("标题", lambda title: f"转载:{title}"),
}


def _duplicate(named: _Named, tables: dict[str, _Table], scale: float) -> None:
    """Rows that say again, in other spelling, what another row says; put at the end of their file."""
    for place in range(scaled(distribution().plants.duplicates, scale, least=1)):
        table = tables[DUPLICATED[place % len(DUPLICATED)]]
        column, spelled = _REPEATS[table.file]
        first = next(named.free(table))
        again = Line(list(first.cells))
        table.put(again, column, spelled(table.text(first, column)))
        if table.file == ROSTER:
            table.put(again, "序号", len(table.lines) + 1)
            batch = next(number for number in range(1, 40) if batch_name(number) == table.text(first, "批次"))
            table.put(again, "批次", f"{batch}期")
        if table.file == UPDATES:
            table.put(again, "正文", "(重)")
        first.spoiled = True
        table.lines.append(again)
        table.mark(again, column, "duplicate", "duplicate", first)


def _shift_indicator(named: _Named, table: _Table) -> None:
    """A thousands separator that became a column: 4,870 → 4 | 870."""
    line = next(each for each in named.free(table) if table.text(each, "指标") == "培训职工" and len(table.text(each, "完成")) > 2)
    done = table.header.index("完成")
    whole = int(table.text(line, "完成"))
    line.cells = [*line.cells[:done], whole // 1000, whole % 1000, *line.cells[done + 1 : -1]]
    table.mark(line, "", "shifted-columns", "reject", None)


def _split_account(named: _Named, table: _Table) -> None:
    """A comma inside a name that nobody quoted: the row has a cell too many, the first two are one name."""
    line = next(named.free(table))
    name = table.text(line, "企业名称")
    line.cells = [name[:4], name[4:], *line.cells[1:]]
    table.mark(line, "", "extra-column", "reject", None)


def _repeat_header(table: _Table) -> None:
    """The header once more, between the rows, as when pages are pasted together."""
    line = Line(list(table.header))
    table.lines.insert(len(table.lines) // 2, line)
    table.mark(line, "", "repeated-header", "reject", None)


def _merge_districts(table: _Table) -> None:
    """In the last batch each district is written once and its cells are merged down."""
    district = table.header.index("县(市、区)")
    rows = {line for line in table.lines if table.text(line, "批次") == batch_name(LAST_BATCH)}
    start = next((line for line in table.lines if line in rows), None)
    for above, line in zip(table.lines, table.lines[1:], strict=False):
        if start is None or line not in rows:
            continue
        name = table.text(start, "县(市、区)")
        if above in rows and line.cells[district] == name:
            line.cells[district] = None
            table.marks.append(_Mark(line, "县(市、区)", "merged-cells", "", "clean", name))
            if table.merged_rows and table.merged_rows[-1][0] is start:
                table.merged_rows.pop()
            table.merged_rows.append((start, line))
        else:
            start = line


def _sheet(table: _Table) -> Sheet:
    rows = [line.cells for line in table.lines]
    if table.heading:
        return Sheet(table.file, table.title, [table.heading], [list(table.header), *rows])
    return Sheet(table.file, table.title, table.header, rows)


def _rows(table: _Table) -> dict[Line, int]:
    return {line: row for row, line in enumerate(table.lines, start=table.first_row())}


def _spots(table: _Table) -> Iterator[Spot]:
    rows = _rows(table)
    if table.heading:
        yield Spot(table.file, table.title, 1, "", "title-row", table.heading, Expected("clean", None))
    for mark in sorted(table.marks, key=lambda mark: rows[mark.line]):
        value = rows[mark.value] if isinstance(mark.value, Line) else mark.value
        yield Spot(table.file, table.title, rows[mark.line], mark.column, mark.kind, mark.raw, Expected(mark.outcome, value))


def _ranges(table: _Table) -> Iterator[str]:
    rows = _rows(table)
    if table.heading:
        yield f"A1:{get_column_letter(len(table.header))}1"
    for first, last in table.merged_rows:
        column = get_column_letter(table.header.index("县(市、区)") + 1)
        yield f"{column}{rows[first]}:{column}{rows[last]}"
