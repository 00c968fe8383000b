"""Which node has which number in the search index, and how it stands among the others: plain values, from one revision to the next.

Numbers stay with their nodes, so that an index is changed where its nodes changed and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.search.entries import Entry
from graph.search.exact import Hints
from graph.search.fields import WEIGHT_SPAN, Place

Standing = tuple[int, int, str]
"""What decides between hits of equal score, the lesser first: fewer missing relationships, the shorter caption, the id."""


@dataclass(frozen=True, slots=True)
class Register:
    """By number: ``entries`` (``None`` where a node is gone), ``standings``, ``weights`` (in [0, ``WEIGHT_SPAN``], the better standing the
    greater) and ``near`` (numbers of the units and places a node belongs to). ``numbers`` by id. ``ladder`` are the standings and
    weights of the nodes that were numbered together, best first: later ones find their weight between them. ``units`` are the numbers
    in any ``near``. ``late`` counts the changes since the ladder was made."""

    entries: Sequence[Entry | None]
    standings: Sequence[Standing]
    weights: Sequence[float]
    near: Sequence[Sequence[int]]
    numbers: Mapping[str, int]
    ladder: tuple[Sequence[Standing], Sequence[float]]
    units: frozenset[int]
    late: int = 0

    def place(self, number: int) -> Place:
        """Where a node's documents stand."""
        return Place(number, self.weights[number], self.near[number], number in self.units)

    def entry(self, number: int) -> Entry:
        """The entry of a node that is there. Raises ``LookupError`` for one that is gone."""
        found = self.entries[number]
        if found is None:
            raise LookupError(f"number {number} is nobody's")
        return found

    def present(self) -> Iterator[tuple[int, Entry]]:
        """All nodes that are there, by number."""
        return ((number, entry) for number, entry in enumerate(self.entries) if entry is not None)


def registered(entries: Iterable[Entry], know: Hints) -> Register:
    """Numbers the nodes, the best standing first."""
    ranked = sorted((_standing(entry, know), entry) for entry in entries)
    standings, listed = [standing for standing, _ in ranked], [entry for _, entry in ranked]
    weights = [WEIGHT_SPAN * (1 - rank / max(1, len(ranked))) for rank in range(len(ranked))]
    numbers = {entry.id: number for number, entry in enumerate(listed)}
    near = [_near(entry, numbers, know) for entry in listed]
    return Register(listed, standings, weights, near, numbers, (standings, weights), _units(near))


def with_changes(register: Register, changed: Iterable[Entry], gone: Collection[str], know: Hints) -> tuple[Register, list[int]]:
    """The register after nodes ``changed`` (or came) and are ``gone``, with the numbers whose documents must be written anew. ``know`` is
    of the new revision: a node whose relationships or units changed is written anew as well."""
    entries, numbers = list(register.entries), dict(register.numbers)
    touched: set[int] = set()
    for entry in changed:
        number = numbers.setdefault(entry.id, len(entries))
        entries[number : number + 1] = [entry]
        touched.add(number)
    for id in gone:
        if (number := numbers.pop(id, -1)) >= 0:
            entries[number] = None
            touched.add(number)
    changed_register, moved = _ranked(replace(register, entries=entries, numbers=numbers), know)
    touched |= moved | (changed_register.units ^ register.units)
    return replace(changed_register, late=register.late + len(touched)), sorted(touched)


def _ranked(register: Register, know: Hints) -> tuple[Register, set[int]]:
    """The register with every node's standing, weight and units as they are now, and the numbers for which one of them is another."""
    more = len(register.entries) - len(register.standings)
    standings: list[Standing] = [*register.standings, *[(0, 0, "")] * more]
    weights = [*register.weights, *[0.0] * more]
    near: list[Sequence[int]] = [*register.near, *[()] * more]
    moved: set[int] = set()
    for number, entry in enumerate(register.entries):
        if entry is None:
            near[number] = ()
            continue
        standing, around = _standing(entry, know), _near(entry, register.numbers, know)
        if standing != standings[number] or around != near[number]:
            standings[number], near[number], weights[number] = standing, around, _weight(standing, register.ladder)
            moved.add(number)
    return replace(register, standings=standings, weights=weights, near=near, units=_units(near)), moved


def _standing(entry: Entry, know: Hints) -> Standing:
    return -(know.degree(entry.id) if know.degree else 0), len(entry.caption), entry.id


def _near(entry: Entry, numbers: Mapping[str, int], know: Hints) -> Sequence[int]:
    return tuple([numbers[unit] for unit in know.surroundings.get(entry.id, ()) if unit in numbers])


def _units(near: Iterable[Sequence[int]]) -> frozenset[int]:
    return frozenset(unit for each in near for unit in each)


def _weight(standing: Standing, ladder: tuple[Sequence[Standing], Sequence[float]]) -> float:
    """Midway between the two that it would stand between."""
    standings, weights = ladder
    place = bisect_left(standings, standing)
    above = weights[place - 1] if place else WEIGHT_SPAN
    below = weights[place] if place < len(weights) else 0.0
    return (above + below) / 2
