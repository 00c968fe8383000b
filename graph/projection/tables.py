"""The graph for notebooks: scipy's matrices and Arrow's tables. Names are not held back: this is for whoever may read them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from graph.projection.days import AFTER_ALL, BEFORE_ALL, day_text
from graph.projection.texts import Texts

if TYPE_CHECKING:
    import pyarrow
    from scipy.sparse import csr_array

    from graph.kernels.arrays import Int64s
    from graph.projection.projection import Projection


@dataclass(frozen=True, slots=True, eq=False)
class Matrices:
    """Row and column ``i`` belong to the node ``ids[i]`` of type ``types[i]``. ``matrix`` counts the relationships from the row's node to
    the column's, ``by_type`` those of each relationship type."""

    ids: tuple[str, ...]
    types: tuple[str, ...]
    matrix: csr_array
    by_type: dict[str, csr_array]


@dataclass(frozen=True, slots=True)
class ArrowTables:
    """``nodes``: ``id``, ``type``, ``name``, ``hub``, ``link``. ``relationships``: ``id``, ``type``, ``source``, ``target`` (ids),
    ``valid_from`` and ``valid_to`` as known (``2020``, ``2020-08``, ``2020-08-03`` or null), ``first_day`` and ``last_day`` as dates
    (null where not known), ``trust``. Both by id; types are dictionaries."""

    nodes: pyarrow.Table
    relationships: pyarrow.Table


def matrices(projection: Projection) -> Matrices:
    """For scipy."""
    from scipy.sparse import coo_array

    sources, targets, kinds, _ = _relationships(projection)
    types = projection.edge_kinds.types[kinds]
    shape = (projection.node_count, projection.node_count)

    def counted(which: Any) -> csr_array:
        matrix = coo_array((np.ones(len(sources[which]), np.int64), (sources[which], targets[which])), shape=shape).tocsr()
        matrix.sum_duplicates()
        return matrix

    return Matrices(
        ids=tuple(projection.node_ids),
        types=tuple(projection.node_kinds[kind].type for kind in projection.adjacency.kinds.tolist()),
        matrix=counted(slice(None)),
        by_type={name: counted(types == number) for number, name in enumerate(projection.relationship_types)},
    )


def arrow_tables(projection: Projection) -> ArrowTables:
    """For Arrow, and whatever reads it: DuckDB, pandas, polars, Parquet."""
    import pyarrow as pa

    kinds = projection.node_kinds
    node_kind = projection.adjacency.kinds
    nodes = {
        "id": _texts(projection.node_ids),
        "type": _words([kind.type for kind in kinds], node_kind),
        "name": _texts(projection.names),
        "hub": pa.array(np.array([kind.hub for kind in kinds], np.bool_)[node_kind]),
        "link": pa.array(np.array([kind.link for kind in kinds], np.bool_)[node_kind]),
    }
    sources, targets, kind_of, numbers = _relationships(projection)
    order = np.argsort(numbers)
    sources, targets, kind_of = sources[order], targets[order], kind_of[order]
    edges = projection.edge_kinds
    ids = nodes["id"]
    relationships = {
        "id": _texts(projection.relationship_ids),
        "type": _words(list(projection.relationship_types), edges.types[kind_of]),
        "source": ids.take(pa.array(sources)),
        "target": ids.take(pa.array(targets)),
        "valid_from": _words(_dates(edges.first, edges.precisions >> 2), kind_of).dictionary_decode(),
        "valid_to": _words(_dates(edges.last, edges.precisions & 3), kind_of).dictionary_decode(),
        "first_day": pa.array(edges.first[kind_of], mask=(edges.first == BEFORE_ALL)[kind_of]).cast(pa.date32()),
        "last_day": pa.array(edges.last[kind_of], mask=(edges.last == AFTER_ALL)[kind_of]).cast(pa.date32()),
        "trust": pa.array(edges.trust[kind_of].astype(np.int8)),
    }
    return ArrowTables(pa.table(nodes), pa.table(relationships))


def _relationships(projection: Projection) -> tuple[Int64s, Int64s, Int64s, Int64s]:
    """Source, target, kind and number of each relationship, once."""
    adjacency = projection.adjacency
    forward = adjacency.codes & 1 == 0
    owners = np.repeat(np.arange(projection.node_count, dtype=np.int64), np.diff(adjacency.starts))[forward]
    return (
        owners,
        adjacency.neighbors[forward].astype(np.int64),
        adjacency.codes[forward].astype(np.int64) >> 1,
        np.asarray(projection.edges[forward]).astype(np.int64),
    )


def _texts(texts: Texts) -> Any:
    """An array of the same texts, without taking each in hand."""
    import pyarrow as pa

    buffers = [None, pa.py_buffer(np.ascontiguousarray(texts.offsets, np.int64)), pa.py_buffer(texts.data)]
    return pa.Array.from_buffers(pa.large_string(), len(texts), buffers)


def _words(words: list[str | None] | list[str], which: Any) -> Any:
    """Few words, each many times."""
    import pyarrow as pa

    distinct = sorted({word for word in words if word is not None})
    place = {word: number for number, word in enumerate(distinct)}
    codes = np.array([place.get(word, -1) if word is not None else -1 for word in words], np.int32)
    indices = codes[which] if len(codes) else np.empty(0, np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(indices, mask=indices < 0), pa.array(distinct, pa.string()))


def _dates(days: Any, precisions: Any) -> list[str | None]:
    """Each day as far as it is known."""
    return [day_text(day, known) or None for day, known in zip(days.tolist(), precisions.tolist(), strict=True)]
