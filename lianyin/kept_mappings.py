"""Mappings that are kept beside the files that they read: what was proposed and answered when a file was first loaded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.ontology.schema import Ontology
    from ingest.mapping import MappingSpec

ENDING = ".mapping.yaml"
DRAFT = ".draft.yaml"


def kept_path(path: Path) -> Path:
    """Where the mapping of a file is kept: beside it, ``roster.xlsx`` → ``roster.xlsx.mapping.yaml``."""
    return path.with_name(path.name + ENDING)


def has_kept(paths: Sequence[Path]) -> bool:
    """Whether a mapping is kept beside any file of these, or in these folders."""
    return any(kept_path(path).is_file() if path.is_file() else next(path.rglob(f"*{ENDING}"), None) is not None for path in paths)


def kept_mappings(path: Path, ontology: Ontology) -> dict[str, MappingSpec]:
    """The mappings that were kept beside a file, if there are any. Raises ``MappingProblem`` for a file that does not hold."""
    from ingest.mapping import load_mapping_file

    place = kept_path(path)
    return load_mapping_file(place, ontology) if place.is_file() else {}
