"""Readers: one file becomes tables, a table becomes source rows. Formats differ here and nowhere else."""

from ingest.readers.base import BrokenRow, FormatOptions, Limits, Preview, SourceRow, header_of
from ingest.readers.open import list_files, other_files, preview, read_rows
from ingest.readers.raw import raw_rows

__all__ = [
    "BrokenRow",
    "FormatOptions",
    "Limits",
    "Preview",
    "SourceRow",
    "header_of",
    "list_files",
    "other_files",
    "preview",
    "raw_rows",
    "read_rows",
]
