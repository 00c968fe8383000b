"""Differences between two states of the graph: what a load would change, and what two loads say differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import TYPE_CHECKING, NotRequired, cast

from typing_extensions import TypedDict

from graph.model import Facts, Node, Properties, PublishedTotals, Record, Relationship
from graph.privacy import visible_properties, visible_relationship_properties
from lianyin.answers.reader import Plain, Reader, plain
from lianyin.language import say
from lianyin.results import Column, Table

if TYPE_CHECKING:
    from graph.ledger import rehearsal
    from graph.ledger.comparison import Comparison

LISTED = 1_000
"""Nodes, and relationships, of each kind that an answer lists; the totals count all."""

COLUMNS = (
    Column("change", "变化", "change"),
    Column("what", "对象", "what"),
    Column("property", "属性", "property"),
    Column("before", "原来", "before"),
    Column("after", "现在", "after"),
    Column("id", "编号", "id", detail=True),
)


class NamedNode(TypedDict):
    """A node as a difference names it; the caption of one that the reader may not name has an English form beside the Chinese."""

    id: str
    type: str
    caption: str
    caption_en: NotRequired[str]


class NewNode(NamedNode):
    """A node that is new, with the properties that the reader may see."""

    properties: dict[str, Plain]


class ChangedProperty(TypedDict):
    """A property of before and after; null where it is absent."""

    property: str
    before: Plain | None
    after: Plain | None


class ChangedNode(NamedNode):
    """A node that differs, property by property."""

    changes: list[ChangedProperty]


class ListedRelationship(TypedDict):
    """A relationship with its ends, dates and trust: 1 (inferred), 2 (said) or 3 (attested)."""

    type: str
    source: NamedNode
    target: NamedNode
    valid_from: str | None
    valid_to: str | None
    ended: bool
    trust: int | None
    properties: dict[str, Plain]


class ChangedRelationship(ListedRelationship):
    """A relationship that differs, property by property."""

    changes: list[ChangedProperty]


class NodeDifference(TypedDict):
    """Nodes that are new, changed, or not there any more."""

    new: list[NewNode]
    changed: list[ChangedNode]
    gone: list[NamedNode]


class RelationshipDifference(TypedDict):
    """Relationships that are new, changed, or not there any more."""

    new: list[ListedRelationship]
    changed: list[ChangedRelationship]
    gone: list[ListedRelationship]


class Difference(TypedDict):
    """Fact by fact, up to ``limit`` of each kind; what the reader may not see is left out."""

    nodes: NodeDifference
    relationships: RelationshipDifference
    truncated: bool
    limit: int | None


@dataclass(frozen=True, slots=True)
class LoadName:
    """A load, and what it is called."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class RowPlace:
    """Where a row stands."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class ComparedRows:
    """Rows of one load only, and ``different`` ones: rows of both that say something else; ``same_total`` counts the others."""

    only_first_total: int
    only_second_total: int
    different_total: int
    same_total: int
    only_first: list[RowPlace]
    only_second: list[RowPlace]
    different: list[RowPlace]


@dataclass(frozen=True, slots=True)
class FactTotals:
    """How many facts changed."""

    nodes_new: int
    nodes_updated: int
    nodes_removed: int
    relationships_new: int
    relationships_updated: int
    relationships_removed: int

    @property
    def nodes(self) -> str:
        """Nodes new, updated and removed, as people read them."""
        return f"+{self.nodes_new} ~{self.nodes_updated} -{self.nodes_removed}"

    @property
    def relationships(self) -> str:
        """Likewise for relationships."""
        return f"+{self.relationships_new} ~{self.relationships_updated} -{self.relationships_removed}"


@dataclass(frozen=True, slots=True)
class ComparisonAnswer:
    """What the files of two loads say differently, from the first to the second."""

    first: LoadName
    second: LoadName
    rows: ComparedRows
    facts: FactTotals
    difference: Difference


_UNKNOWN: NamedNode = {"id": "", "type": "", "caption": "?"}
"""An end that no file describes (yet)."""


def difference_told(difference: rehearsal.Difference, reader: Reader, limit: int = LISTED) -> Difference:
    """What is new, what changed (property by property) and what is gone; what the reader may not see is left out."""
    sides = (difference.new, difference.before, difference.after, difference.gone)
    ends = {node.id: node for node in (*difference.ends, *(node for facts in sides for node in facts.nodes))}
    new, before, after, gone = (_visible(facts, ends, reader) for facts in sides)
    return {
        "nodes": {
            "new": [_new_node(node, reader) for node in new.nodes],
            "changed": _changed_nodes(before, after, reader),
            "gone": [_named(node, reader) for node in gone.nodes],
        },
        "relationships": {
            "new": [_relationship(relationship, ends, reader) for relationship in new.relationships],
            "changed": _changed_relationships(before, after, ends, reader),
            "gone": [_relationship(relationship, ends, reader) for relationship in gone.relationships],
        },
        "truncated": difference.truncated,
        "limit": limit if difference.truncated else None,
    }


def _visible(facts: Facts, ends: Mapping[str, Node], reader: Reader) -> Facts:
    hidden = {id for id, node in ends.items() if not reader.exists(node)}
    return Facts(
        tuple(each for each in facts.nodes if each.id not in hidden),
        tuple(each for each in facts.relationships if each.source not in hidden and each.target not in hidden),
    )


def _named(node: Node, reader: Reader) -> NamedNode:
    return cast("NamedNode", reader.brief(node))


def _new_node(node: Node, reader: Reader) -> NewNode:
    return {**_named(node, reader), "properties": {name: plain(value) for name, value in reader.properties(node).items()}}


def _changed_nodes(before: Facts, after: Facts, reader: Reader) -> list[ChangedNode]:
    old = {node.id: node for node in before.nodes}
    told: list[ChangedNode] = []
    for node in after.nodes:
        sides = [visible_properties(reader.ontology, side, reader.clearance) for side in (old[node.id], node)]
        changes = _changes(*sides)
        if old[node.id].type != node.type:
            changes.insert(0, {"property": "type", "before": old[node.id].type, "after": node.type})
        told.append({**_named(node, reader), "changes": changes})
    return told


def _changed_relationships(before: Facts, after: Facts, ends: Mapping[str, Node], reader: Reader) -> list[ChangedRelationship]:
    old = {relationship.id: relationship for relationship in before.relationships}
    told: list[ChangedRelationship] = []
    for relationship in after.relationships:
        pair = (old[relationship.id], relationship)
        sides = [visible_relationship_properties(reader.ontology, side, reader.clearance) for side in pair]
        told.append({**_relationship(relationship, ends, reader), "changes": _changes(*sides)})
    return told


def _changes(before: Properties, after: Properties) -> list[ChangedProperty]:
    return [
        {"property": name, "before": _or_none(before, name), "after": _or_none(after, name)}
        for name in sorted({*before, *after} - {"via"})
        if before.get(name) != after.get(name)
    ]


def _or_none(properties: Properties, name: str) -> Plain | None:
    return plain(properties[name]) if name in properties else None


def _relationship(relationship: Relationship, ends: Mapping[str, Node], reader: Reader) -> ListedRelationship:
    told: dict[str, object] = asdict(reader.relationship(relationship))
    for side in ("source", "target"):
        node = ends.get(str(told[side]))
        told[side] = _named(node, reader) if node is not None else _UNKNOWN
    listed = cast("ListedRelationship", told)
    listed["properties"].pop("via", None)
    return listed


def difference_rows(difference: Difference, reader: Reader) -> list[Sequence[object]]:
    """One row a node or relationship that is new or gone, one a property that changed."""
    new, changed, gone = (say(reader.language, zh, en) for zh, en in (("新增", "new"), ("改变", "changed"), ("没有了", "gone")))
    nodes, relationships = difference["nodes"], difference["relationships"]
    return [
        *((new, _node_called(node, reader), "", "", "", node["id"]) for node in nodes["new"]),
        *(row for node in nodes["changed"] for row in _change_rows(node, (changed, _node_called(node, reader)), node["id"], reader)),
        *((gone, _node_called(node, reader), "", "", "", node["id"]) for node in nodes["gone"]),
        *((new, _relationship_called(each, reader), "", "", "", "") for each in relationships["new"]),
        *(
            row
            for each in relationships["changed"]
            for row in _change_rows(each, (changed, _relationship_called(each, reader)), "", reader)
        ),
        *((gone, _relationship_called(each, reader), "", "", "", "") for each in relationships["gone"]),
    ]


def _change_rows(
    told: ChangedNode | ChangedRelationship, beginning: tuple[str, str], id: str, reader: Reader
) -> Iterator[Sequence[object]]:
    for change in told["changes"]:
        label = reader.property_label(told["type"], change["property"])
        yield (*beginning, label, _text(change["before"]), _text(change["after"]), id)


def difference_lines(difference: Difference, reader: Reader, most: int) -> list[str]:
    """The first ``most`` of them as lines to read, and how many more are listed elsewhere."""
    rows = difference_rows(difference, reader)
    lines = []
    for word, what, property, before, after, _ in islice(rows, most):
        lines.append(f"  {word} {what}" + (f"  {property}: {before or '–'} → {after or '–'}" if property else ""))
    if len(rows) > most:
        left = len(rows) - most
        lines.append(say(reader.language, f"  … 另有 {left} 项，见 --json", f"  … {left} more: see --json"))
    return lines


def _node_called(node: NamedNode, reader: Reader) -> str:
    return f"{node['caption']} ({reader.type_label(node['type'])})"


def _relationship_called(told: ListedRelationship, reader: Reader) -> str:
    return f"{told['source']['caption']} –{reader.relationship_label(told['type'])}→ {told['target']['caption']}"


def _text(value: Plain | None) -> str:
    if value is None:
        return ""
    return "、".join(value) if isinstance(value, list) else str(value)


def comparison_answer(comparison: Comparison, reader: Reader, shown: Callable[[str], str], limit: int = LISTED) -> ComparisonAnswer:
    """What two loads say; ``shown`` is how the reader sees names of files."""
    rows = comparison.rows
    first, second, different = (
        [_place(record, shown) for record in records[:limit]] for records in (rows.only_first, rows.only_second, rows.different)
    )
    return ComparisonAnswer(
        first=LoadName(comparison.first.id, shown(comparison.first.name)),
        second=LoadName(comparison.second.id, shown(comparison.second.name)),
        rows=ComparedRows(
            len(rows.only_first),
            len(rows.only_second),
            len(rows.different),
            rows.same,
            only_first=first,
            only_second=second,
            different=different,
        ),
        facts=fact_totals(comparison.totals),
        difference=difference_told(comparison.difference, reader, limit),
    )


def _place(record: Record, shown: Callable[[str], str]) -> RowPlace:
    return RowPlace(shown(record.file), shown(record.sheet), record.row)


def fact_totals(totals: PublishedTotals) -> FactTotals:
    """The counts of facts."""
    return FactTotals(
        totals.nodes_new,
        totals.nodes_updated,
        totals.nodes_removed,
        totals.relationships_new,
        totals.relationships_updated,
        totals.relationships_removed,
    )


def comparison_table(answer: ComparisonAnswer, reader: Reader) -> Table:
    """One row a difference, below the totals."""
    rows, facts, first, second = answer.rows, answer.facts, answer.first, answer.second
    lost, came, different, same = rows.only_first_total, rows.only_second_total, rows.different_total, rows.same_total
    title = [
        f"{first.id} {first.name} → {second.id} {second.name}",
        say(
            reader.language,
            f"行：新增 {came}，改变 {different}，没有了 {lost}，相同 {same}；节点 {facts.nodes}，关系 {facts.relationships}",
            f"rows: new {came}, changed {different}, gone {lost}, the same {same}; "
            f"nodes {facts.nodes}, relationships {facts.relationships}",
        ),
    ]
    if answer.difference["truncated"]:
        title.append(say(reader.language, "未列全：总数见上", "Not all listed: the totals are above"))
    return Table(COLUMNS, difference_rows(answer.difference, reader), title=tuple(title))
