"""New relationships in a projection: 1,000 on top of the graph, from the changed facts in hand to the projection that holds them.

Checked against a projection built anew from all edges.
"""

from __future__ import annotations

import numpy as np

from benchmarks.graphs import FIRST_DAY, MONTHS, SEED, Size, ends_and_types, made, numbered
from benchmarks.measuring import Engine, interleaved
from benchmarks.options import Options
from benchmarks.report import Section, Target, rows
from graph.model import TRUST, Relationship
from graph.ontology import default_ontology
from graph.projection import Projection, from_arrays
from graph.projection.build import EdgeArrays, NodeArrays
from graph.projection.days import day_text
from graph.projection.delta import Delta, with_delta

FRESH = 1_000
TIMES = 40


def run(options: Options) -> list[Section]:
    size = options.size
    projection = made(size)
    deltas = [fresh(projection, size, number) for number in range(10 if options.quick else TIMES)]
    merge: Engine[Delta] = Engine("1,000 new relationships merged", lambda delta: with_delta(projection, delta).edge_count)
    found = interleaved([merge], deltas, 5)
    check_built_anew(projection, deltas[0])
    high = float(np.percentile(found[merge.name].microseconds, 50)) / 1000
    work = f"{FRESH:,} new relationships to visible in the projection, {size.name}"
    target = Target(work, "≤ 50 ms", f"{high:.1f} ms at the median", high <= 50)
    note = "Equal, array for array, to a projection built anew from all edges. Reading the 1,000 changed facts from the store is not in it."
    return [Section(f"A living projection, {size.name}", rows(found), notes=(note,), targets=(target,))]


def fresh(projection: Projection, size: Size, number: int) -> Delta:
    """A thousand relationships between nodes chosen evenly, of kinds that the graph has, with the ids after its own."""
    generator = np.random.default_rng(SEED + 100 + number)
    ends = generator.integers(0, size.nodes, (FRESH, 2)).tolist()
    kinds = generator.integers(0, len(projection.edge_kinds.types), FRESH).tolist()
    ids = numbered("r:", size.edges + FRESH)[size.edges :]
    relationships = [
        _relationship(projection, id, (projection.node_ids[source], projection.node_ids[target]), kind)
        for id, (source, target), kind in zip(ids, ends, kinds, strict=True)
    ]
    return Delta(projection.revision + 1, relationships=relationships)


def check_built_anew(projection: Projection, delta: Delta) -> None:
    """Raises ``AssertionError`` unless the merged arrays are those of a projection built from all edges."""
    sources, targets, kinds = ends_and_types(projection)
    more = np.array([(projection.number(each.source), projection.number(each.target)) for each in delta.relationships], np.int32)
    merged = with_delta(projection, delta)
    anew = from_arrays(
        NodeArrays(
            projection.node_ids, projection.names, projection.name_classes, projection.id_classes, projection.node_kinds,
            projection.adjacency.kinds,
        ),
        EdgeArrays(
            merged.relationship_ids,
            np.concatenate((sources, more[:, 0])),
            np.concatenate((targets, more[:, 1])),
            projection.relationship_types,
            projection.edge_kinds,
            np.concatenate((kinds, np.array([_kind(projection, each) for each in delta.relationships], np.int32))),
        ),
        default_ontology(),
        delta.revision,
    )  # fmt: skip
    for name in ("starts", "neighbors", "codes", "kinds"):
        assert np.array_equal(getattr(merged.adjacency, name), getattr(anew.adjacency, name)), name
    assert np.array_equal(merged.edges, anew.edges)


def _relationship(projection: Projection, id: str, ends: tuple[str, str], kind: int) -> Relationship:
    edges = projection.edge_kinds
    dates = {"validFrom": day_text(int(edges.first[kind]), 3), "validTo": day_text(int(edges.last[kind]), 3)}
    return Relationship(id, projection.relationship_types[int(edges.types[kind])], *ends, {**dates, TRUST: int(edges.trust[kind])})


def _kind(projection: Projection, relationship: Relationship) -> int:
    """The number of the edge kind with this type and start; there is one a month."""
    type_ = projection.relationship_types.index(relationship.type)
    starts = [day_text(FIRST_DAY + 30 * month, 3) for month in range(MONTHS)]
    return type_ * MONTHS + starts.index(str(relationship.properties["validFrom"]))
