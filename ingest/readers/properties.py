"""When a workbook says that it was last saved: ``docProps/core.xml`` of XLSX, ``meta.xml`` of ODS, the stream of properties of XLS. Other
formats say nothing of it."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from datetime import datetime
from pathlib import Path

from olefile import OleFileIO, isOleFile

from ingest.readers.apart.reading import current

PARTS = {"docProps/core.xml": (b"dcterms:modified", b"dcterms:created"), "meta.xml": (b"dc:date", b"meta:creation-date")}
"""The part of the archive → its elements, the more telling first."""

LARGEST = 1 << 20
"""Bytes of such a part that are read; a real one has a few hundred."""

BLANK_FORMS = frozenset({"2006-09-16", "1980-01-01", "1970-01-01", "1601-01-01"})
"""Days that programs write into every new workbook."""

_TORN = (NotImplementedError, RuntimeError, ValueError, LookupError, TypeError, OverflowError, struct.error)
"""What libraries raise for properties that are no properties: then the file tells nothing."""


def saved_on(path: Path) -> str:
    """The day (ISO) on which the workbook was last saved, else made; ``""`` where it does not say so, or is no workbook."""
    if apart := current():
        return apart.saved_on(path)
    try:
        if isOleFile(str(path)):
            return _saved_in_ole(path)
        with zipfile.ZipFile(path) as archive:
            for name, elements in PARTS.items():
                if name in archive.namelist():
                    with archive.open(name) as part:
                        return _first_day(part.read(LARGEST), elements)
    except (OSError, zipfile.BadZipFile, zlib.error, *_TORN):
        return ""
    return ""


def _saved_in_ole(path: Path) -> str:
    with OleFileIO(str(path)) as document:
        told = document.get_metadata()
    for moment in (told.last_saved_time, told.create_time):
        if isinstance(moment, datetime) and (day := moment.date().isoformat()) not in BLANK_FORMS:
            return day
    return ""


def _first_day(content: bytes, elements: tuple[bytes, ...]) -> str:
    for element in elements:
        found = re.search(rb"<" + element + rb"(?:\s[^>]*)?>\s*(\d{4}-\d\d-\d\d)", content)
        if found and (day := found[1].decode()) not in BLANK_FORMS:
            return day
    return ""
