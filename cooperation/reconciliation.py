"""The platform's own counts beside the graph's, with what explains a difference: ids that were found to be one, things that only other
files know, and what is left unexplained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from cooperation.world import World, text
from graph.errors import QueryProblem
from graph.ontology.schema import Label


@dataclass(frozen=True, slots=True)
class Compared:
    """``reported`` by the platform, ``counted`` here; ``merged`` more ids mean things that are counted already, ``unexplained``
    of the difference is left: rows that were rejected or never loaded (more reported), or that only other files have (more counted)."""

    name: str
    label: Label
    reported: int
    counted: int
    merged: int
    merged_ids: tuple[str, ...]

    @property
    def difference(self) -> int:
        """Reported less counted."""
        return self.reported - self.counted

    @property
    def unexplained(self) -> int:
        return self.difference - min(max(self.difference, 0), self.merged)


def _experts(world: World) -> set[str]:
    return {each.source for each in world.links("HAS_TERM")}


def _achievements(world: World) -> set[str]:
    return {node.id for node in world.nodes("Achievement") if text(node, "kind") != "职工创新"}


def _accounts(world: World) -> set[str]:
    return {each.target for each in world.links("OF") if world.is_a(world.node(each.target), "Enterprise")}


COUNTS: Mapping[str, tuple[Label, Callable[[World], set[str]]]] = MappingProxyType(
    {
        "experts": (Label("团员信息", "experts"), _experts),
        "achievements": (Label("科技成果", "achievements"), _achievements),
        "needs": (Label("企业需求", "needs"), lambda world: {node.id for node in world.nodes("Need")}),
        "updates": (Label("工作动态", "work updates"), lambda world: {node.id for node in world.nodes("WorkUpdate")}),
        "accounts": (Label("企业账号", "enterprise accounts"), _accounts),
    }
)
"""What the platform counts: by name."""


def reconcile(world: World, reported: Mapping[str, int]) -> list[Compared]:
    """Each reported count beside the graph's. Raises ``QueryProblem`` for one that there is not, or that is below 0."""
    by_label = {label.zh: name for name, (label, _) in COUNTS.items()}
    found = []
    for given, number in reported.items():
        name = by_label.get(given, given)
        if name not in COUNTS:
            raise QueryProblem(
                f"'{given}' is no count of the platform.", hint=f"Counts: {', '.join(COUNTS)}.", where={"parameter": "counts"}
            )
        if number < 0:
            raise QueryProblem(f"A count is 0 or more, not {number}.", where={"parameter": given})
        label, counted = COUNTS[name]
        ids = counted(world)
        merged = tuple(sorted(_merged(world, ids)))
        found.append(Compared(name, label, number, len(ids), len(merged), merged))
    return found


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
