"""A projection as a file that is mapped into memory: opened without reading the store, and only as current as its revision says.

The file is a head of 24 bytes (magic, version of the format, length and checksum of the description), the description as JSON, and the
arrays as they lie in memory, each at a multiple of 64 bytes with a checksum of its own. Which store and which history it belongs to is
told by the token of the commit that made its revision: a store restored from a backup, or another one under the same address, has another.
"""

from __future__ import annotations

import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import orjson

from graph.kernels.arrays import Adjacency
from graph.ontology.schema import Ontology
from graph.projection.projection import EdgeKinds, NodeKind, Projection
from graph.projection.texts import Texts

MAGIC = b"LIANYINP"
FORMAT = 1
"""Version of the file and of what its arrays mean: raise it when ``build_projection`` would make others from the same facts."""

ALIGNMENT = 64
_HEAD = struct.Struct("<8sIIII")
_TEXTS = ("node_ids", "names", "relationship_ids")


class Unusable(Exception):
    """Why a file cannot be used: it is damaged, or belongs to another store, ontology or version. Never shown as an error: the
    projection is then built from the store."""


class Belonging(NamedTuple):
    """What a file stands for: the ontology (``ontology_hash``), and the commit (``token`` of ``revision``) after which it was made."""

    ontology: str
    revision: int
    token: str


def ontology_hash(ontology: Ontology) -> str:
    """Two ontologies that say the same have the same."""
    return blake2b(repr(ontology).encode(), digest_size=16).hexdigest()


def write(projection: Projection, token: str, path: Path) -> None:
    """Writes the file whole or not at all: it appears under its name only when it is complete. Only this user may read it, because
    it holds names. Raises ``OSError``."""
    arrays = dict(_arrays(projection))
    sections, position = [], 0
    for name, array in arrays.items():
        sections.append([name, array.dtype.str, position, array.nbytes, zlib.crc32(array.data)])
        position += array.nbytes + -array.nbytes % ALIGNMENT
    described = {
        "ontology": ontology_hash(projection.ontology),
        "revision": projection.revision,
        "token": token,
        "node_kinds": [astuple(kind) for kind in projection.node_kinds],
        "relationship_types": projection.relationship_types,
        "sections": sections,
    }
    text = orjson.dumps(described)
    head = _HEAD.pack(MAGIC, FORMAT, len(text), zlib.crc32(text), 0) + text
    temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as stream:
            stream.write(head + bytes(-len(head) % ALIGNMENT))
            for array in arrays.values():
                stream.write(array.data)
                stream.write(bytes(-array.nbytes % ALIGNMENT))
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise


def belonging(path: Path) -> Belonging:
    """What the file says it stands for; the arrays are not looked at. Raises ``Unusable`` or ``OSError``."""
    with path.open("rb") as stream:
        described, _ = _description(stream.read(1 << 20))
    return _belonging(described)


def read(path: Path, ontology: Ontology) -> tuple[Projection, str]:
    """The projection, its arrays mapped and read-only, and the token of its commit. Every checksum is compared. Raises ``Unusable``
    or ``OSError``."""
    with path.open("rb") as stream:
        if os.fstat(stream.fileno()).st_size < _HEAD.size:
            raise Unusable("it is cut short")
        whole = memoryview(mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ))
    described, begin = _description(whole)
    found = _belonging(described)
    if found.ontology != ontology_hash(ontology):
        raise Unusable("it was made with other type definitions")
    return _projection(described, _sections(described, whole[begin:]), ontology), found.token


def _arrays(projection: Projection) -> Iterator[tuple[str, np.ndarray]]:
    for group in (projection.adjacency, projection.edge_kinds):
        yield from group._asdict().items()
    for name in ("edges", "name_classes", "id_classes"):
        yield name, getattr(projection, name)
    for name in _TEXTS:
        texts: Texts = getattr(projection, name)
        yield f"{name}.data", texts.packed().data
        yield f"{name}.offsets", texts.offsets


def _description(start: memoryview | bytes) -> tuple[Mapping[str, Any], int]:
    """The description and where the arrays begin."""
    if len(start) < _HEAD.size:
        raise Unusable("it is cut short")
    magic, version, size, checksum, _ = _HEAD.unpack_from(start)
    if magic != MAGIC:
        raise Unusable("it is no file of this kind")
    if version != FORMAT:
        raise Unusable(f"it is of format {version}; this version reads format {FORMAT}")
    text = bytes(start[_HEAD.size : _HEAD.size + size])
    if len(text) != size or zlib.crc32(text) != checksum:
        raise Unusable("its description is damaged")
    return orjson.loads(text), _HEAD.size + size + -(_HEAD.size + size) % ALIGNMENT


def _belonging(described: Mapping[str, Any]) -> Belonging:
    return Belonging(described["ontology"], described["revision"], described["token"])


def _sections(described: Mapping[str, Any], rest: memoryview) -> dict[str, np.ndarray]:
    found: dict[str, np.ndarray] = {}
    for name, dtype, offset, size, checksum in described["sections"]:
        part = rest[offset : offset + size]
        if len(part) != size:
            raise Unusable("it is cut short")
        if zlib.crc32(part) != checksum:
            raise Unusable(f"its array '{name}' is damaged")
        found[name] = np.frombuffer(part, dtype) if size else _empty(dtype)
    return found


def _empty(dtype: str) -> np.ndarray:
    array = np.empty(0, dtype)
    array.setflags(write=False)
    return array


def _projection(described: Mapping[str, Any], arrays: Mapping[str, np.ndarray], ontology: Ontology) -> Projection:
    node_ids, names, relationship_ids = (Texts(arrays[f"{name}.data"].data, arrays[f"{name}.offsets"]) for name in _TEXTS)
    return Projection(
        ontology=ontology,
        revision=described["revision"],
        adjacency=Adjacency(*(arrays[name] for name in Adjacency._fields)),
        edges=arrays["edges"],
        node_kinds=tuple(NodeKind(*kind) for kind in described["node_kinds"]),
        relationship_types=tuple(described["relationship_types"]),
        edge_kinds=EdgeKinds(*(arrays[name] for name in EdgeKinds._fields)),
        name_classes=arrays["name_classes"],
        id_classes=arrays["id_classes"],
        node_ids=node_ids,
        names=names,
        relationship_ids=relationship_ids,
    )
