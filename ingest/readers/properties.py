"""When a workbook says that it was last saved: ``docProps/core.xml`` of XLSX, ``meta.xml`` of ODS. Other formats say nothing of it."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

PARTS = {"docProps/core.xml": (b"dcterms:modified", b"dcterms:created"), "meta.xml": (b"dc:date", b"meta:creation-date")}
"""The part of the archive → its elements, the more telling first."""

LARGEST = 1 << 20
"""Bytes of such a part that are read; a real one has a few hundred."""

BLANK_FORMS = frozenset({"2006-09-16", "1980-01-01", "1970-01-01", "1601-01-01"})
"""Days that programs write into every new workbook."""


def saved_on(path: Path) -> str:
    """The day (ISO) on which the workbook was last saved, else made; ``""`` where it does not say so, or is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name, elements in PARTS.items():
                if name in archive.namelist():
                    with archive.open(name) as part:
                        return _first_day(part.read(LARGEST), elements)
    except (OSError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return ""
    return ""


def _first_day(content: bytes, elements: tuple[bytes, ...]) -> str:
    for element in elements:
        found = re.search(rb"<" + element + rb"(?:\s[^>]*)?>\s*(\d{4}-\d\d-\d\d)", content)
        if found and (day := found[1].decode()) not in BLANK_FORMS:
            return day
    return ""
