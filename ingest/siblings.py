"""Two editions of one list in one load. Editions are compared row by row with what is loaded already, so two that come together are not:
the load says so, and how to have them compared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ingest.editions import MOST, Placed, differ_by_date
from ingest.outcome import Bilingual

LOOKED_AT = 5_000
"""Keys from the top of each table that are compared: parts of one list share none, editions of it nearly all."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A table of the load; ``keys`` reads its first keys, as many as it is asked for."""

    placed: Placed
    keys: Callable[[int], Sequence[str]]


def tell_siblings(siblings: Sequence[Sibling]) -> list[Placed]:
    """The same tables in the same order, the later of two editions with what to do about it. Keys are read only of tables of one mapping,
    source and different dates."""
    told = [each.placed for each in siblings]
    read: dict[int, frozenset[str]] = {}

    def keys(place: int) -> frozenset[str]:
        if place not in read:
            read[place] = frozenset(siblings[place].keys(LOOKED_AT))
        return read[place]

    for pair in combinations(range(len(siblings)), 2):
        earlier, later = sorted(pair, key=lambda place: siblings[place].placed.table.date)
        one, other = siblings[earlier].placed.table, siblings[later].placed.table
        if (one.source, one.mapping) != (other.source, other.mapping) or one.date == other.date:
            continue
        if differ_by_date(other, one) or _mostly_shared(keys(earlier), keys(later)):
            told[later] = replace(told[later], siblings=(*told[later].siblings, _not_compared(siblings[earlier].placed, told[later])))
    return told


def _mostly_shared(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= MOST * max(1, min(len(one), len(other)))


def _not_compared(earlier: Placed, later: Placed) -> Bilingual:
    first, second = (f"{each.table.file}{f' [{each.table.sheet}]' if each.table.sheet else ''}" for each in (earlier, later))
    dates = earlier.table.date, later.table.date
    if earlier.table.file == later.table.file:
        do = "把各期存成单独的文件，按先后各导入一次", "save each as a file of its own, and load them one after the other"
    else:
        do = (
            f"按先后各导入一次：先 {earlier.table.file}，再 {later.table.file}",
            f"load them one after the other: {earlier.table.file}, then {later.table.file}",
        )
    return Bilingual(
        f"{first}（{dates[0]}）与 {second}（{dates[1]}）像是同一名单的两期，同一次导入里不逐行比较：值以较新一期为准，其中缺少的行仍保留。"
        f"要比较，请撤销本次导入（lianyin undo），{do[0]}",
        f"{first} ({dates[0]}) and {second} ({dates[1]}) look like two editions of one list; in one load they are not compared row by row: "
        f"the later one's values stand, rows that it lacks stay. To have them compared, undo this load (lianyin undo) and {do[1]}",
    )
