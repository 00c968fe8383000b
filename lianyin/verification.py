"""Does the read model hold what the store holds? Read by another way (pages of nodes, and what touches them) and compared; and is its
file whole, and the same?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from graph.model import Node, Relationship
from graph.ontology.schema import Ontology
from graph.privacy import existence_class, identifier_class, name_class
from graph.projection import Projection
from graph.projection.follow import followed
from graph.projection.kinds import trust_in
from graph.store import Store
from lianyin.answers.tables import ArraysFile, FactDifference, VerificationAnswer
from lianyin.kept_projection import KeptProjection

PAGE = 1_000
LISTED = 100
"""Differences that are listed; all are counted."""

Difference = tuple[str, str, str]
"""What (``node``, ``relationship`` or ``file``), its id, and the difference in words."""


class _Stored(NamedTuple):
    """All facts of the store, by id, as far as a projection holds them."""

    nodes: Mapping[str, tuple[object, ...]]
    relationships: Mapping[str, tuple[object, ...]]


def verify(
    store: Store, projection: Projection, ontology: Ontology, kept: KeptProjection | None = None, damage: str = ""
) -> VerificationAnswer:
    """Whether the two agree. ``damage`` is what was wrong with the read model's file before the projection was opened, which would have
    written it anew; it counts as a difference, though no question is answered from such a file."""
    stored = _stored(store, ontology)
    differences = _differences(stored, projection)
    file, of_file = _file(store, projection, kept, damage)
    differences += of_file
    return VerificationAnswer(
        equal=not differences,
        revision=projection.revision,
        nodes=len(stored.nodes),
        relationships=len(stored.relationships),
        differences=[FactDifference(*difference) for difference in differences[:LISTED]],
        different=len(differences),
        by_kind=dict(Counter(what for what, _, _ in differences)),
        file=file,
    )


def _stored(store: Store, ontology: Ontology) -> _Stored:
    nodes: dict[str, tuple[object, ...]] = {}
    relationships: dict[str, tuple[object, ...]] = {}
    for page in _pages(store, ontology):
        nodes.update((node.id, _of_node(node, ontology)) for node in page)
        touching = store.facts(touching=[node.id for node in page]).relationships
        relationships.update((each.id, _of_relationship(each, ontology)) for each in touching)
    return _Stored(nodes, relationships)


def _pages(store: Store, ontology: Ontology) -> Iterator[Sequence[Node]]:
    """All nodes: the types that extend no other, with all that extend them, page by page."""
    for name in sorted(name for name, each in ontology.node_types.items() if not each.ancestors):
        after = ""
        while page := store.page(name, after, PAGE):
            yield page
            after = page[-1].id


def _of_node(node: Node, ontology: Ontology) -> tuple[object, ...]:
    """Type, caption, whether a hub, and the three classes: of its existence, its name and its id."""
    hub = ontology.is_hub(node.type, node.properties)
    classes = existence_class(ontology, node), name_class(ontology, node), identifier_class(ontology, node, node.id)
    return (node.type, node.caption, hub, *classes)


def _of_relationship(each: Relationship, ontology: Ontology) -> tuple[object, ...]:
    """Type, ends, dates and trust."""
    dates = (str(each.properties.get(name, "")) for name in ("validFrom", "validTo"))
    return (each.type, each.source, each.target, *dates, trust_in(each, ontology))


def _held(projection: Projection) -> _Stored:
    """The same of a read model."""
    ids = projection.node_ids
    nodes: dict[str, tuple[object, ...]] = {}
    relationships: dict[str, tuple[object, ...]] = {}
    for number in range(projection.node_count):
        kind = projection.kind(number)
        classes = kind.privacy, int(projection.name_classes[number]), int(projection.id_classes[number])
        nodes[ids[number]] = (kind.type, projection.names[number], kind.hub, *classes)
        for entry in range(int(projection.adjacency.starts[number]), int(projection.adjacency.starts[number + 1])):
            edge = projection.edge(entry, number)
            told = (edge.type, ids[edge.source], ids[edge.target], edge.valid_from, edge.valid_to, edge.trust)
            known = relationships.setdefault(projection.relationship_ids[edge.number], told)
            if known != told:  # the two ends disagree about it
                relationships[projection.relationship_ids[edge.number]] = (*known, told)
    return _Stored(nodes, relationships)


def _differences(stored: _Stored, projection: Projection) -> list[Difference]:
    held = _held(projection)
    found: list[Difference] = []
    for what, expected, seen in (("node", stored.nodes, held.nodes), ("relationship", stored.relationships, held.relationships)):
        for id in sorted(expected.keys() | seen.keys()):
            if id not in seen:
                found.append((what, id, "only in the store"))
            elif id not in expected:
                found.append((what, id, "only in the read model"))
            elif expected[id] != seen[id]:
                found.append((what, id, f"store {expected[id]}, read model {seen[id]}"))
    return found


def _file(store: Store, projection: Projection, kept: KeptProjection | None, damage: str) -> tuple[ArraysFile | None, list[Difference]]:
    """What can be said of the read model's file. Into one of an earlier revision what changed since is merged, as at an opening."""
    if kept is None or kept.path is None or not (damage or kept.path.exists()):
        return None, []
    if damage:
        return ArraysFile(None, "damaged"), [("file", kept.path.name, damage)]
    mapped = kept.opened()
    if mapped is None:
        return ArraysFile(None, "other"), []
    newest = followed(store, mapped)
    found = _differences(_held(newest), projection) if newest is not None else []
    of_file = [("file", id, f"{what}: {difference}") for what, id, difference in found]
    return ArraysFile(mapped.revision, "whole"), of_file
