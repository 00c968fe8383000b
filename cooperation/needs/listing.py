"""The lists of the desk: mine, overdue, by district, by state. A read model over all needs, brought up to date by what changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from cooperation.needs.columns import CODE, GONE, STATES, Columns, due_day
from cooperation.needs.moves import ENDED, State
from cooperation.needs.standing import STEPPED_BACK
from cooperation.roles import RIGHTS, Actor, Role, Scope, Thing, may
from graph.model import Node, Relationship
from graph.projection.delta import Delta
from graph.projection.follow import SMALL, read_changes
from graph.store import Store
from graph.values import last_day

if TYPE_CHECKING:
    import numpy.typing as npt

    from cooperation.needs.columns import Slots

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
    """All needs at one revision, by id, the same as ``columns``, and what enterprises, people, places and fields are called."""

    revision: int
    rows: Mapping[str, NeedRow]
    columns: Columns
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which needs: only those of these ``states`` or this ``district`` (an id), those past their deadline (``overdue``), or the actor's own
    (``mine``: posted, taken on, in their district; the talent office has all)."""

    states: tuple[State, ...] = ()
    district: str = ""
    overdue: bool = False
    mine: bool = False


@dataclass(frozen=True, slots=True)
class Selection:
    """The first rows by the last day of their deadline (none last), then id; how many there are in all, and in each state."""

    rows: tuple[NeedRow, ...]
    total: int
    by_state: Mapping[State, int]


def selected(listed: NeedList, actor: Actor, wanted: Wanted, day: datetime.date, limit: int) -> Selection:
    """What the actor may see of what is wanted; of the public's, how many were published."""
    columns = listed.columns
    nobody = np.array([], np.int32)
    if wanted.mine and actor.role is not Role.TALENT:
        chosen = columns.of.get(actor.node, nobody) if actor.node else nobody
        if wanted.district:
            chosen = np.intersect1d(chosen, columns.of.get(wanted.district, nobody))
    elif wanted.district:
        chosen = columns.of.get(wanted.district, nobody)
    else:
        chosen = np.flatnonzero(columns.states != GONE).astype(np.int32)
    chosen = chosen[_visible(columns, actor, chosen)]
    if wanted.states:
        chosen = chosen[np.isin(columns.states[chosen], [CODE[each] for each in wanted.states])]
    if wanted.overdue:
        open_ones = ~np.isin(columns.states[chosen], [CODE[each] for each in ENDED])
        chosen = chosen[open_ones & (columns.dues[chosen] < day.toordinal())]
    counted = np.bincount(columns.states[chosen], minlength=len(STATES)).tolist()
    by_state = {state: count for state, count in zip(STATES, counted, strict=True) if count}
    counts_only = actor.role in RIGHTS["need.count"]
    return Selection(() if counts_only else tuple(_first(listed, chosen, limit)), len(chosen), by_state)


def _visible(columns: Columns, actor: Actor, chosen: Slots) -> npt.NDArray[np.bool_]:
    """``sees`` for many at once: a scope over one's own reaches what is found under the actor's node."""
    scope = RIGHTS["need.see"].get(actor.role)
    if scope is Scope.ALL:
        return np.ones(len(chosen), np.bool_)
    seen = np.isin(chosen, columns.of.get(actor.node, ())) if scope is not None and actor.node else np.zeros(len(chosen), np.bool_)
    if Scope.ALL in (RIGHTS["need.see-published"].get(actor.role), RIGHTS["need.count"].get(actor.role)):
        seen |= np.isin(columns.states[chosen], [CODE[each] for each in AFTER_REVIEW])
    return seen


def _first(listed: NeedList, chosen: Slots, limit: int) -> list[NeedRow]:
    dues = listed.columns.dues[chosen]
    if 0 < limit < len(chosen):
        # All that share the last day that is listed are sorted by id, so that the same are always the first.
        last = np.partition(dues, limit - 1)[limit - 1]
        chosen = chosen[dues <= last]
    found = (listed.rows[listed.columns.ids[slot]] for slot in chosen.tolist())
    return sorted(found, key=lambda row: (due_day(row.due), row.id))[:limit]


def sees(actor: Actor, row: NeedRow) -> bool:
    """Whether the actor may know of a need."""
    return may(actor, "need.see", row.thing) or (row.state in AFTER_REVIEW and may(actor, "need.see-published", row.thing))


def sees_inside(actor: Actor, row: NeedRow) -> bool:
    """Whether the actor sees more of it than title and field: of a secret need only those whose it is, who took it on, and the offices."""
    return not row.secret or may(actor, "need.see-secret", row.thing)


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
    fresh = _read(store, sorted(changed), known)
    rows = dict(known.rows)
    for id in changed.union(delta.gone_nodes):
        rows.pop(id, None)
    rows.update(fresh.rows)
    touched = [id for id in changed.union(delta.gone_nodes) if id in rows or id in known.rows]
    names = {**known.names, **{node.id: node.caption for node in delta.nodes if node.type != "Need"}}
    return NeedList(delta.revision, rows, known.columns.changed(known.rows, rows, touched), names)


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
    return NeedList(revision, rows, Columns.made(rows), names)


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
