"""Folding: many claims about one subject become one fact. Pure.

Order of trust: source precedence, then source date, then the value itself (the lesser by its JSON text); never the time of
loading. So two independent loads give the same graph whichever came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b

import orjson

from graph.identity import Clusters
from graph.model import ATTESTED, CLEARED, INFERRED, PERSON, PLATFORM, SAID, TRUST, Claim, Node, Properties, Relationship, Value
from graph.ontology import DerivedEdge, Ontology, PropertyType

SEPARATOR = "\x1f"


def value_text(value: Value) -> str:
    """The JSON text of a value: what decides between equals."""
    return orjson.dumps(value).decode()


def relationship_id(type: str, source: str, target: str, key: Sequence[str]) -> str:
    """The identity of a relationship: its type, a colon, and 24 hexadecimal digits hashed from its canonical ends and its key."""
    return f"{type}:{blake2b(SEPARATOR.join((source, target, *key)).encode(), digest_size=12).hexdigest()}"


def fold_properties(claims: Iterable[Claim], types: Mapping[str, PropertyType]) -> dict[str, Value]:
    """One value a property: the most trusted; for ``many`` properties the sorted union of all, unless an act says what they are. What an
    act cleared is left out."""
    best: dict[str, tuple[tuple[int, str], Value]] = {}
    gathered: dict[str, set[str]] = {}
    for claim in claims:
        rank = (claim.precedence, claim.source_date)
        for name, value in claim.values.items():
            if isinstance(value, tuple) and claim.precedence < PLATFORM and (known := types.get(name)) is not None and known.many:
                gathered.setdefault(name, set()).update(value)
                continue
            current = best.get(name)
            if current is None or rank > current[0]:
                best[name] = (rank, value)
            elif rank == current[0] and value != current[1] and value_text(value) < value_text(current[1]):
                best[name] = (rank, value)
    folded: dict[str, Value] = {name: tuple(sorted(values)) for name, values in gathered.items() if values}
    for name, ((precedence, _), value) in best.items():
        if precedence >= PLATFORM and value in (CLEARED, ()):
            folded.pop(name, None)
        else:
            folded[name] = value
    return folded


def winning_type(claims: Sequence[Claim]) -> str:
    """The node type that the most trusted claim states; among equals the lesser name."""
    top = max((claim.precedence, claim.source_date) for claim in claims)
    return min(claim.type for claim in claims if (claim.precedence, claim.source_date) == top)


def fold_node(id: str, claims: Sequence[Claim], members: Sequence[str], ontology: Ontology) -> Node:
    """The node that these open claims (at least one) describe together. Without a name it is captioned by its code."""
    type = winning_type(claims)
    properties = fold_properties(claims, ontology.node_type(type).properties)
    if not properties.get("name"):
        properties["name"] = id.partition(":")[2] or id
        properties["named"] = False
    return Node(id, type, properties, tuple(member for member in members if member != id))


def claim_relationship_id(claim: Claim, clusters: Clusters, ontology: Ontology) -> str:
    """Which relationship a relationship claim is evidence for."""
    type = ontology.relationship_type(claim.type)
    values = [value_text(claim.values[name]) if name in claim.values else "" for name in type.key]
    values += [f"{name}={value_text(claim.values[name])}" for name in type.key_when_given if name in claim.values]
    return relationship_id(claim.type, clusters.of(claim.subject), clusters.of(claim.object), values)


def trust_of(claims: Iterable[Claim], *, inferred: bool = False) -> int:
    """How well these open claims attest what they agree on: by different sources, not by rows; what an analysis ``inferred`` stays so,
    however often it is computed, until a person confirms it."""
    sources = {claim.source for claim in claims}
    if any(source.startswith(PERSON) for source in sources):
        return ATTESTED
    if inferred:
        return INFERRED
    return ATTESTED if len(sources) > 1 else SAID


def fold_relationships(claims: Iterable[Claim], clusters: Clusters, ontology: Ontology) -> dict[str, Relationship]:
    """The relationships that these open claims are evidence for, by id. Claims that agree on type, ends and key are one. Of a type that
    only computing gives (``derived``), what is claimed was inferred."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim_relationship_id(claim, clusters, ontology), []).append(claim)
    folded: dict[str, Relationship] = {}
    for id, group in groups.items():
        first = group[0]
        kind = ontology.relationship_type(first.type)
        properties = dict(first.values) if len(group) == 1 and first.precedence < PLATFORM else fold_properties(group, kind.properties)
        properties[TRUST] = trust_of(group, inferred=kind.derived)
        folded[id] = Relationship(id, first.type, clusters.of(first.subject), clusters.of(first.object), properties)
    return folded


def derive_edges(link: Node, incident: Sequence[Relationship], ontology: Ontology, trust: int = SAID) -> dict[str, Relationship]:
    """The direct relationships that a link node (a secondment, an agreement) stands for, by id, each ``via`` the link and trusted as the
    link is (``trust``)."""
    derived: dict[str, Relationship] = {}
    for edge in ontology.node_type(link.type).edges:
        properties = _edge_properties(link, edge, trust)
        for source, target in _edge_ends(link.id, incident, edge):
            id = relationship_id(edge.type, source, target, (link.id,))
            derived[id] = Relationship(id, edge.type, source, target, properties)
    return derived


def _edge_properties(link: Node, edge: DerivedEdge, trust: int) -> Properties:
    copied = {name: link.properties[name] for name in edge.properties if name in link.properties}
    for name, origins in (("validFrom", edge.valid_from), ("validTo", edge.valid_to)):
        given = next((link.properties[origin] for origin in origins if origin in link.properties), None)
        if given is not None:
            copied[name] = given
    copied["via"] = link.id
    copied[TRUST] = trust
    return copied


def _edge_ends(link: str, incident: Sequence[Relationship], edge: DerivedEdge) -> Iterator[tuple[str, str]]:
    if not edge.opposing:
        for source in _far_ends(link, incident, edge.start):
            for target in _far_ends(link, incident, edge.end):
                if source != target:
                    yield source, target
        return
    sides = sorted({(end, str(side)) for end, side in _sides(link, incident, edge) if side is not None})
    for i, (first, side) in enumerate(sides):
        for second, other in sides[i + 1 :]:
            if side != other and first != second:
                yield first, second


def _far_ends(link: str, incident: Sequence[Relationship], step: tuple[str, str]) -> list[str]:
    type, direction = step
    if direction == "in":
        return sorted({r.source for r in incident if r.type == type and r.target == link})
    return sorted({r.target for r in incident if r.type == type and r.source == link})


def _sides(link: str, incident: Sequence[Relationship], edge: DerivedEdge) -> Iterator[tuple[str, Value | None]]:
    type, direction = edge.start
    for r in incident:
        if r.type == type and (r.target if direction == "in" else r.source) == link:
            yield (r.source if direction == "in" else r.target), r.properties.get(edge.opposing)
