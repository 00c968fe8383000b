"""The lists of the desk: mine, overdue, by district, by state. A read model over all needs, brought up to date by what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cooperation.needs.moves import ENDED, State
from cooperation.needs.standing import STEPPED_BACK
from cooperation.roles import Actor, Role, Thing, may
from graph.model import Node, Relationship
from graph.projection.delta import Delta
from graph.projection.follow import SMALL, read_changes
from graph.store import Store
from graph.values import last_day

PLACES = frozenset({"LOCATED_IN", "PART_OF"})
TOUCHING = frozenset({"POSTED", "ACCEPTED", "IN_FIELD", "LOCATED_IN", "PART_OF"})
"""Relationships that say where a need belongs."""

AFTER_REVIEW = frozenset(State) - {State.DRAFT, State.IN_REVIEW, State.RETURNED}
"""A need in these states has been published; others are between its enterprise and the offices."""


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A need in a list. Places are district ids; ``due`` and ``since`` ISO dates or ``""``."""

    id: str
    name: str
    kind: str
    state: State
    due: str
    since: str
    secret: bool
    enterprises: tuple[str, ...]
    takers: tuple[str, ...]
    fields: tuple[str, ...]
    districts: frozenset[str]

    @property
    def thing(self) -> Thing:
        return Thing(owners=frozenset(self.enterprises), takers=frozenset(self.takers), districts=self.districts)

    def is_overdue(self, day: str) -> bool:
        """Whether it is still open on ``day`` (ISO) though its deadline is over."""
        return bool(self.due) and self.state not in ENDED and last_day(self.due).isoformat() < day


@dataclass(frozen=True, slots=True)
class NeedList:
    """All needs at one revision, by id; ``of`` groups their ids by the enterprise, taker or district they belong to."""

    revision: int
    rows: Mapping[str, NeedRow]
    of: Mapping[str, Sequence[str]]
    names: Mapping[str, str]

    def mine(self, actor: Actor) -> list[NeedRow]:
        """What the actor posted, took on, or has in their district; offices of the whole city have all."""
        if actor.role is Role.TALENT:
            return list(self.rows.values())
        return [self.rows[each] for each in self.of.get(actor.node, ())] if actor.node else []

    def in_district(self, district: str) -> list[NeedRow]:
        """Those that lie in a district."""
        return [row for each in self.of.get(district, ()) if district in (row := self.rows[each]).districts]

    def seen_by(self, actor: Actor, among: Iterable[NeedRow]) -> list[NeedRow]:
        """Those that the actor may see at all."""
        return [row for row in among if sees(actor, row)]


def sees(actor: Actor, row: NeedRow) -> bool:
    """Whether the actor may know of a need."""
    return may(actor, "need.see", row.thing) or (row.state in AFTER_REVIEW and may(actor, "need.see-published", row.thing))


def sees_inside(actor: Actor, row: NeedRow) -> bool:
    """Whether the actor sees more of it than title and field: of a secret need only those whose it is, who took it on, and the offices."""
    return not row.secret or may(actor, "need.see-secret", row.thing)


def chosen(rows: Iterable[NeedRow], day: str, *, states: Sequence[State] = (), district: str = "", overdue: bool = False) -> list[NeedRow]:
    """The rows of these states and district, by deadline (none last), then id."""
    found = [
        row
        for row in rows
        if (not states or row.state in states) and (not district or district in row.districts) and (not overdue or row.is_overdue(day))
    ]
    return sorted(found, key=lambda row: (row.due or "9999", row.id))


def read_needs(store: Store) -> NeedList:
    """Reads every need of the store's newest revision."""
    head, nodes, relationships = store.scan()
    needs = {node.id: node for node in nodes if node.type in ("Need", "Enterprise", "Person", "District", "Field")}
    found = [each for each in relationships if each.type in TOUCHING]
    return _listed(head.revision, needs, found)


def followed(store: Store, known: NeedList) -> NeedList:
    """The list at the store's newest revision; only the needs that changed are read, unless places moved or much changed."""
    if store.head().revision == known.revision:
        return known
    delta = read_changes(store, known.revision, SMALL)
    if delta is None or _moves_places(delta):
        return read_needs(store)
    changed = {node.id for node in delta.nodes if node.type == "Need"} | {
        each.target if each.type != "IN_FIELD" else each.source for each in delta.relationships if each.type in TOUCHING
    }
    stale = changed.union(delta.gone_nodes)
    rows = {id: row for id, row in known.rows.items() if id not in stale}
    names = {**known.names, **{node.id: node.caption for node in delta.nodes}}
    fresh = _read(store, sorted(changed), known)
    rows.update(fresh.rows)
    return replace(_grouped(delta.revision, rows), names=names)


def _moves_places(delta: Delta) -> bool:
    """Whether something changed that more than single needs hang on, or whose ends can no longer be told."""
    gone = {id.partition(":")[0] for id in delta.gone_relationships}
    return bool(gone & TOUCHING) or any(each.type in PLACES for each in delta.relationships)


def _read(store: Store, ids: Sequence[str], known: NeedList) -> NeedList:
    facts = store.facts(nodes=ids, touching=ids)
    enterprises = sorted({each.source for each in facts.relationships if each.type == "POSTED"})
    around = store.facts(nodes=enterprises, touching=enterprises)
    towns = sorted({each.target for each in around.relationships if each.type == "LOCATED_IN"})
    places = [each for each in store.facts(touching=towns).relationships if each.type == "PART_OF"]
    located = [each for each in around.relationships if each.type == "LOCATED_IN"]
    return _listed(known.revision, {node.id: node for node in facts.nodes}, [*facts.relationships, *located, *places])


def _listed(revision: int, nodes: Mapping[str, Node], relationships: Iterable[Relationship]) -> NeedList:
    posted: dict[str, list[str]] = {}
    taken: dict[str, list[str]] = {}
    fields: dict[str, list[str]] = {}
    places: dict[str, set[str]] = {}
    for each in relationships:
        if each.type == "POSTED":
            posted.setdefault(each.target, []).append(each.source)
        elif each.type == "ACCEPTED" and each.properties.get("state") != STEPPED_BACK:
            taken.setdefault(each.target, []).append(each.source)
        elif each.type == "IN_FIELD":
            fields.setdefault(each.source, []).append(each.target)
        elif each.type in PLACES:
            places.setdefault(each.source, set()).add(each.target)
    rows = {
        id: _row(node, (posted.get(id, ()), taken.get(id, ()), fields.get(id, ())), places)
        for id, node in nodes.items()
        if node.type == "Need"
    }
    names = {id: node.caption for id, node in nodes.items() if node.type != "Need"}
    return replace(_grouped(revision, rows), names=names)


def _row(node: Node, ends: tuple[Sequence[str], Sequence[str], Sequence[str]], places: Mapping[str, set[str]]) -> NeedRow:
    enterprises, takers, fields = (tuple(sorted(set(each))) for each in ends)
    towns = {town for enterprise in enterprises for town in places.get(enterprise, ())}
    districts = towns | {district for town in towns for district in places.get(town, ())}
    get = node.properties.get
    return NeedRow(
        id=node.id,
        name=node.caption,
        kind=str(get("kind", "")),
        state=State(str(get("state", State.PUBLISHED))),
        due=str(get("dueDate", "")),
        since=str(get("stateSince", get("postedOn", ""))),
        secret=get("secrecy") is True,
        enterprises=enterprises,
        takers=takers,
        fields=fields,
        districts=frozenset(districts),
    )


def _grouped(revision: int, rows: Mapping[str, NeedRow]) -> NeedList:
    of: dict[str, list[str]] = {}
    for row in rows.values():
        for owner in {*row.enterprises, *row.takers, *row.districts}:
            of.setdefault(owner, []).append(row.id)
    return NeedList(revision, rows, of, {})
