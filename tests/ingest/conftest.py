"""The ontology and the built-in mappings, loaded once; a way to map a whole file without any store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.ontology.schema import Ontology
from ingest.mapping import MappingSpec, load_mappings
from tests.ingest.reading import MappedFile, default_types, map_file

MapFile = Callable[..., MappedFile]


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    return default_types()


@pytest.fixture(scope="session")
def mappings(ontology: Ontology) -> dict[str, MappingSpec]:
    return load_mappings(ontology)


@pytest.fixture
def mapped(ontology: Ontology, mappings: dict[str, MappingSpec], tmp_path: Path) -> MapFile:
    """``mapped(name, text, encoding="utf-8")`` writes a file and maps it by the mapping that its header proposes."""

    def run(name: str, text: str, encoding: str = "utf-8") -> MappedFile:
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return map_file(path, mappings, ontology)

    return run
