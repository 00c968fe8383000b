"""The platform's own counts beside the graph's, with what explains a difference: ids that were found to be one, rows that a load refused or
that repeat others, loads that were taken back, what was entered at this desk alone, and what is left unexplained."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import NamedTuple

from cooperation.world import World, text
from graph.errors import QueryProblem
from graph.messages import message
from graph.model import PLATFORM, Claim, LoadState
from graph.ontology.schema import Label
from graph.store import ClaimSelection, Store


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
    """``reported`` by the platform, ``counted`` here. What the platform may count beyond the graph: ``merged_ids`` mean things that are
    counted already, ``unloaded`` are rows that say nothing of their own, ``taken_back`` are ids that only undone loads spoke of. Where the
    graph counts more, ``own_ids`` are those that no file speaks of, only acts at this desk. ``unexplained`` of the difference is left: rows
    that were never loaded (more reported), or that only other files have (more counted)."""

    name: str
    label: Label
    reported: int
    counted: int
    merged_ids: tuple[str, ...] = ()
    unloaded: tuple[Unloaded, ...] = ()
    taken_back: tuple[str, ...] = ()
    own_ids: tuple[str, ...] = ()

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
        if self.difference < 0:
            return min(0, self.difference + len(self.own_ids))
        return max(0, self.difference - self.merged - len(self.unloaded) - len(self.taken_back))


def _experts(world: World) -> set[str]:
    return {each.source for each in world.links("HAS_TERM")}


def _of_type(type: str) -> Callable[[World], set[str]]:
    return lambda world: {node.id for node in world.nodes(type)}


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


def _subject_of(type: str) -> Callable[[Claim], str]:
    """The subject of a claim of this type, ``""`` of another."""
    return lambda claim: claim.subject if claim.type == type else ""


def _claimed_achievement(claim: Claim) -> str:
    return claim.subject if claim.type == "Achievement" and claim.values.get("kind") != "职工创新" else ""


def _claimed_account(claim: Claim) -> str:
    return claim.object if claim.type == "OF" else ""


class Count(NamedTuple):
    """What the platform counts: how it is counted here, of what a claim speaks that would be counted, from which mapping's rows it comes,
    and which records are further ones of something counted."""

    label: Label
    counted: Callable[[World], set[str]]
    claimed: Callable[[Claim], str]
    mapping: str
    merged: Callable[[World, Iterable[str]], Iterable[str]] = _merged


COUNTS: Mapping[str, Count] = MappingProxyType(
    {
        "experts": Count(Label("团员信息", "experts"), _experts, _subject_of("HAS_TERM"), "city-roster"),
        "achievements": Count(Label("科技成果", "achievements"), _achievements, _claimed_achievement, "city-achievements"),
        "needs": Count(Label("企业需求", "needs"), _of_type("Need"), _subject_of("Need"), "city-needs"),
        "updates": Count(Label("工作动态", "work updates"), _of_type("WorkUpdate"), _subject_of("WorkUpdate"), "city-updates"),
        "accounts": Count(Label("企业账号", "enterprise accounts"), _accounts, _claimed_account, "city-accounts", _further_accounts),
    }
)
"""By name."""


def reconcile(world: World, store: Store, reported: Mapping[str, int], unloaded: Sequence[Unloaded] = ()) -> list[Compared]:
    """Each reported count beside the graph's, with what explains a difference: the rows of a load's report, and what ``store`` knows of
    loads and acts. Raises ``QueryProblem`` for a count that there is not, or that is below 0."""
    by_label = {each.label.zh: name for name, each in COUNTS.items()}
    found = []
    for given, number in reported.items():
        name = by_label.get(given, given)
        if name not in COUNTS:
            raise QueryProblem(
                message("'{given}' is not one of the platform's counts.", given=given),
                hint=message("Counts: {counts}.", counts=tuple(COUNTS)),
                where={"parameter": "counts"},
            )
        if number < 0:
            raise QueryProblem(message("A count must be 0 or more, not {number}.", number=number), where={"parameter": given})
        found.append(_compared(world, store, name, number, tuple(each for each in unloaded if each.counted_as == name)))
    return found


def _compared(world: World, store: Store, name: str, reported: int, unloaded: tuple[Unloaded, ...]) -> Compared:
    count = COUNTS[name]
    ids = count.counted(world)
    compared = Compared(name, count.label, reported, len(ids), tuple(sorted(count.merged(world, ids))), unloaded)
    if not compared.difference:
        return compared
    if compared.difference < 0:
        return replace(compared, own_ids=_entered_here(store, ids))
    known = ids.union(other for id in ids if (node := world.node(id)) is not None for other in node.identifiers)
    return replace(compared, taken_back=_taken_back(store, count, known))


def _taken_back(store: Store, count: Count, known: set[str]) -> tuple[str, ...]:
    """What only files that were undone speak of."""
    undone = [load.id for load in store.loads((LoadState.UNDONE,), ("ingest",))]
    claims = store.claims(ClaimSelection(loads=undone, open_only=False)) if undone else ()
    return tuple(sorted({count.claimed(claim) for claim in claims} - known - {""}))


def _entered_here(store: Store, ids: set[str]) -> tuple[str, ...]:
    """Those that acts alone speak of."""
    filed = {claim.subject for claim in store.claims(ClaimSelection(nodes=sorted(ids))) if claim.precedence != PLATFORM}
    return tuple(sorted(ids - filed))
