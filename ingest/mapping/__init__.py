"""Mapping files: which column of a table says what of which node. Loaded and checked whole before any row is read."""

from ingest.mapping.load import load_mapping_file, load_mapping_text, load_mappings, select_mappings
from ingest.mapping.spec import MappingSpec

__all__ = ["MappingSpec", "load_mapping_file", "load_mapping_text", "load_mappings", "select_mappings"]
