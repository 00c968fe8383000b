"""The platform's own counts beside the graph's, with what explains a difference: ids that were found to be one, rows that a load refused or
that repeat others, and what is left unexplained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from cooperation.world import World, text
from graph.errors import QueryProblem
from graph.ontology.schema import Label


class Unloaded(NamedTuple):
    """A row of which the graph has nothing of its own: a load refused it, or (``repeats``) it says the same as an earlier one."""

    counted_as: str
    file: str
    sheet: str
    row: int
    reason: Label
    repeats: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """``reported`` by the platform, ``counted`` here. ``merged_ids`` mean things that are counted already; ``unloaded`` are rows that say
    nothing of their own. ``unexplained`` of the difference is left: rows that were never loaded (more reported), or that only other
    files have (more counted)."""

    name: str
    label: Label
    reported: int
    counted: int
    merged_ids: tuple[str, ...]
    unloaded: tuple[Unloaded, ...]

    @property
    def difference(self) -> int:
        """Reported less counted."""
        return self.reported - self.counted

    @property
    def merged(self) -> int:
        return len(self.merged_ids)

    @property
    def rejected(self) -> int:
        return sum(not each.repeats for each in self.unloaded)

    @property
    def repeated(self) -> int:
        return sum(each.repeats for each in self.unloaded)

    @property
    def unexplained(self) -> int:
        return self.difference - min(max(self.difference, 0), self.merged + len(self.unloaded))


def _experts(world: World) -> set[str]:
    return {each.source for each in world.links("HAS_TERM")}


def _achievements(world: World) -> set[str]:
    return {node.id for node in world.nodes("Achievement") if text(node, "kind") != "职工创新"}


def _accounts(world: World) -> set[str]:
    return {each.target for each in world.links("OF") if world.is_a(world.node(each.target), "Enterprise")}


def _merged(world: World, ids: Iterable[str]) -> Iterable[str]:
    """Further ids of the same source as another id of the same node: two records that were found to be one thing."""
    for id in ids:
        node = world.node(id)
        if node is not None:
            seen = {id.partition(":")[0]}
            for other in node.identifiers:
                source = other.partition(":")[0]
                if source in seen:
                    yield other
                seen.add(source)


def _further_accounts(world: World, ids: Iterable[str]) -> Iterable[str]:
    """Of an enterprise with several accounts all but one: the platform counts accounts, the graph enterprises."""
    for id in ids:
        yield from sorted(each.source for each in world.into(id, "OF"))[1:]


class Count(NamedTuple):
    """What the platform counts: how it is counted here, which records are further ones of something counted, and from which mapping's
    rows it comes."""

    label: Label
    counted: Callable[[World], set[str]]
    mapping: str
    merged: Callable[[World, Iterable[str]], Iterable[str]] = _merged


COUNTS: Mapping[str, Count] = MappingProxyType(
    {
        "experts": Count(Label("团员信息", "experts"), _experts, "city-roster"),
        "achievements": Count(Label("科技成果", "achievements"), _achievements, "city-achievements"),
        "needs": Count(Label("企业需求", "needs"), lambda world: {node.id for node in world.nodes("Need")}, "city-needs"),
        "updates": Count(Label("工作动态", "work updates"), lambda world: {node.id for node in world.nodes("WorkUpdate")}, "city-updates"),
        "accounts": Count(Label("企业账号", "enterprise accounts"), _accounts, "city-accounts", _further_accounts),
    }
)
"""By name."""


def reconcile(world: World, reported: Mapping[str, int], unloaded: Sequence[Unloaded] = ()) -> list[Compared]:
    """Each reported count beside the graph's, with the rows of a load's report that explain a difference. Raises ``QueryProblem`` for a
    count that there is not, or that is below 0."""
    by_label = {each.label.zh: name for name, each in COUNTS.items()}
    found = []
    for given, number in reported.items():
        name = by_label.get(given, given)
        if name not in COUNTS:
            raise QueryProblem(
                f"'{given}' is no count of the platform.", hint=f"Counts: {', '.join(COUNTS)}.", where={"parameter": "counts"}
            )
        if number < 0:
            raise QueryProblem(f"A count is 0 or more, not {number}.", where={"parameter": given})
        count = COUNTS[name]
        ids = count.counted(world)
        rows = tuple(each for each in unloaded if each.counted_as == name)
        found.append(Compared(name, count.label, number, len(ids), tuple(sorted(count.merged(world, ids))), rows))
    return found
