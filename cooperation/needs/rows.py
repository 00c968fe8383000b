"""All needs as rows and as columns: a read model, brought up to date by what changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cooperation.needs.columns import Columns
from cooperation.needs.moves import ENDED, State
from cooperation.needs.standing import STEPPED_BACK
from cooperation.roles import Thing
from graph.model import Node, Relationship
from graph.projection.delta import Delta
from graph.projection.follow import SMALL, read_changes
from graph.store import Store
from graph.values import last_day

LIES = frozenset({"LOCATED_IN", "PART_OF"})
"""Relationships that say where an enterprise or a town lies."""

BELONGS = frozenset({"POSTED", "ACCEPTED", "IN_FIELD"})
"""Relationships that say whose a need is, and in which field."""

Places = Mapping[str, frozenset[str]]
"""By id of an enterprise or a town: the towns and districts that it lies in."""


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
    links: frozenset[str] = frozenset()
    """Ids of the relationships that this was read from."""

    @property
    def thing(self) -> Thing:
        return Thing(owners=frozenset(self.enterprises), takers=frozenset(self.takers), districts=self.districts)

    def is_overdue(self, day: str) -> bool:
        """Whether it is still open on ``day`` (ISO) though its deadline is over."""
        return bool(self.due) and self.state not in ENDED and last_day(self.due).isoformat() < day


@dataclass(frozen=True, slots=True)
class NeedList:
    """All needs at one revision, by id, the same as ``columns``; what enterprises, people, places and fields are called, and what lies
    where, so that a need that changed is read without reading its town."""

    revision: int
    rows: Mapping[str, NeedRow]
    columns: Columns
    names: Mapping[str, str]
    places: Places = field(default_factory=dict)


def read_needs(store: Store) -> NeedList:
    """Reads every need of the store's newest revision."""
    head, nodes, relationships = store.scan()
    known = {node.id: node for node in nodes if node.type in ("Need", "Enterprise", "Person", "District", "Field")}
    found = [each for each in relationships if each.type in BELONGS or each.type in LIES]
    places = _with_places({}, found)
    rows = _rows((node for node in known.values() if node.type == "Need"), found, places)
    names = {id: node.caption for id, node in known.items() if node.type != "Need"}
    return NeedList(head.revision, rows, Columns.made(rows), names, places)


def followed(store: Store, known: NeedList) -> NeedList:
    """The list at the store's newest revision; only the needs that changed are read, unless districts changed or much did."""
    if store.head().revision == known.revision:
        return known
    delta = read_changes(store, known.revision, SMALL)
    if delta is None or _changes_places(delta):
        return read_needs(store)
    places = _with_places(known.places, delta.relationships)
    changed = _concerned(known, delta)
    facts = store.facts(nodes=sorted(changed), touching=sorted(changed))
    rows = dict(known.rows)
    for id in changed:
        rows.pop(id, None)
    rows.update(_rows(facts.nodes, facts.relationships, places))
    touched = [id for id in changed if id in rows or id in known.rows]
    names = {**known.names, **{node.id: node.caption for node in delta.nodes if node.type != "Need"}}
    return NeedList(delta.revision, rows, known.columns.changed(known.rows, rows, touched), names, places)


def _changes_places(delta: Delta) -> bool:
    """Whether a town came to another district, or something lies no longer where it lay: more than single needs hang on it."""
    gone = {id.partition(":")[0] for id in delta.gone_relationships}
    return bool(gone & LIES) or any(each.type == "PART_OF" for each in delta.relationships)


def _concerned(known: NeedList, delta: Delta) -> set[str]:
    """The needs whose rows may be others now: they came or changed, or what they belong to did, or their enterprise lies somewhere else."""
    found = {node.id for node in delta.nodes if node.type == "Need"}.union(id for id in delta.gone_nodes if id in known.rows)
    for each in delta.relationships:
        if each.type in BELONGS and _need_of(each) in known.rows:
            found.add(_need_of(each))
        elif each.type in LIES:
            found.update(known.columns.ids_of(each.source))
    gone = {id for id in delta.gone_relationships if id.partition(":")[0] in BELONGS}
    if gone:
        found.update(id for id, row in known.rows.items() if not gone.isdisjoint(row.links))
    return found


def _need_of(belonging: Relationship) -> str:
    return belonging.source if belonging.type == "IN_FIELD" else belonging.target


def _with_places(known: Places, relationships: Iterable[Relationship]) -> Places:
    lying = [each for each in relationships if each.type in LIES]
    if not lying:
        return known
    found = dict(known)
    for each in lying:
        found[each.source] = found.get(each.source, frozenset()) | {each.target}
    return found


def _rows(needs: Iterable[Node], relationships: Iterable[Relationship], places: Places) -> dict[str, NeedRow]:
    links: dict[str, list[Relationship]] = {}
    for each in relationships:
        if each.type in BELONGS:
            links.setdefault(_need_of(each), []).append(each)
    return {node.id: _row(node, links.get(node.id, ()), places) for node in needs if node.type == "Need"}


def _row(node: Node, links: Sequence[Relationship], places: Places) -> NeedRow:
    enterprises = sorted({each.source for each in links if each.type == "POSTED"})
    takers = sorted({each.source for each in links if each.type == "ACCEPTED" and each.properties.get("state") != STEPPED_BACK})
    towns = {town for enterprise in enterprises for town in places.get(enterprise, ())}
    get = node.properties.get
    return NeedRow(
        id=node.id,
        name=node.caption,
        kind=str(get("kind", "")),
        state=State(str(get("state", State.PUBLISHED))),
        due=str(get("dueDate", "")),
        since=str(get("stateSince", get("postedOn", ""))),
        secret=get("secrecy") is True,
        enterprises=tuple(enterprises),
        takers=tuple(takers),
        fields=tuple(sorted({each.target for each in links if each.type == "IN_FIELD"})),
        districts=frozenset(towns.union(*(places.get(town, frozenset()) for town in towns))),
        links=frozenset(each.id for each in links),
    )
