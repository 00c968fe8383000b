"""Writes the city's files. The same seed, scale and dirt give the same bytes: workbooks are packed again with constant times."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl import Workbook

from graph.errors import FileProblem
from graph.explanations import system_reason
from graph.messages import message
from ingest.sample.city import City
from ingest.sample.dirt import Spot, soil
from ingest.sample.generate import generate
from ingest.sample.tables import ENCODINGS, Cell, Row, Sheet, sheets
from ingest.sample.truth import truth_of

TRUTH = "truth.json"
PACKED_AT = (2020, 9, 10, 0, 0, 0)
_STAMPS = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_STAMP = rb"\g<1>2020-09-10T00:00:00Z"


@dataclass(frozen=True, slots=True)
class CityFiles:
    """What was written: the twelve files in the order of ``docs/sample-city.md``, and the truth beside them if it was asked for."""

    city: City
    files: tuple[Path, ...]
    truth: Path | None
    spots: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """A range of merged cells of a sheet (``C3:C11``)."""

    sheet: str
    range: str


def write_city(folder: Path, seed: int = 7, scale: float = 1.0, dirt: bool = False, truth: bool = False) -> CityFiles:
    """Makes the city and writes its twelve files into ``folder`` (made if absent; files of the same names are replaced).

    ``dirt`` spoils some rows as offices do and, like ``truth``, writes ``truth.json``. Raises ``QueryProblem`` for a bad scale and
    ``FileProblem`` where the folder cannot be written."""
    city = generate(seed, scale)
    tables: Iterable[Sheet] = sheets(city)
    spots: tuple[Spot, ...] = ()
    merged: tuple[Merged, ...] = ()
    if dirt:
        soiled = soil(city)
        tables, spots = soiled.sheets, soiled.spots
        merged = tuple(Merged(sheet, cells) for sheet, cells in soiled.merges)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = tuple(_write(folder, file, list(group), merged) for file, group in itertools.groupby(tables, key=lambda sheet: sheet.file))
        beside = _write_truth(folder, city, spots) if dirt or truth else None
    except OSError as error:
        raise FileProblem(
            message("The sample files cannot be written to {folder}: {reason}.", folder=folder, reason=system_reason(error)),
            hint=message("Name a folder that can be written to, with room on its disk."),
            where={"file": str(folder)},
        ) from error
    return CityFiles(city, files, beside, spots)


def _write_truth(folder: Path, city: City, spots: Sequence[Spot]) -> Path:
    path = folder / TRUTH
    path.write_text(json.dumps(truth_of(city, spots), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _write(folder: Path, file: str, tables: Sequence[Sheet], merged: Sequence[Merged]) -> Path:
    path = folder / file
    if file.endswith(".csv"):
        (table,) = tables
        with path.open("w", encoding=ENCODINGS[file], newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(table.header)
            writer.writerows(table.rows)
    else:
        path.write_bytes(_repacked(_workbook(tables, merged)))
    return path


def _workbook(tables: Sequence[Sheet], merged: Sequence[Merged]) -> bytes:
    """The workbook as openpyxl packs it. Streamed, unless cells are merged: only a workbook in memory can do that."""
    in_memory = any(cells.sheet == table.title for cells in merged for table in tables)
    book = Workbook(write_only=not in_memory)
    if in_memory:
        book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.title)
        for row in _lines(table):
            sheet.append(row)
        for cells in merged:
            if cells.sheet == table.title:
                sheet.merge_cells(cells.range)
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def _lines(table: Sheet) -> Iterator[Row]:
    yield list(table.header)
    for row in table.rows:
        yield [_blank(cell) for cell in row]


def _blank(cell: Cell) -> Cell:
    return None if cell == "" else cell


def _repacked(workbook: bytes) -> bytes:
    """The same parts in the same order, with constant times and attributes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(packed, "w") as target:
        for part in source.infolist():
            entry = zipfile.ZipInfo(part.filename, PACKED_AT)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            content = source.read(part)
            target.writestr(entry, _STAMPS.sub(_STAMP, content) if part.filename == "docProps/core.xml" else content, compresslevel=6)
    return packed.getvalue()
