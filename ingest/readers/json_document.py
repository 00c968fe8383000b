"""JSON documents, streamed by ijson, numbers as they stand. The table is the longest list of objects, wherever it lies; a document may hold
several, each named by its path. Rows count from 1."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import ijson

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import (
    PREVIEW_ROWS,
    BrokenRow,
    FormatOptions,
    Limits,
    Preview,
    Remark,
    SourceRow,
    TableRows,
    check_header,
    shaper,
)
from ingest.readers.encodings import detect_encoding
from ingest.readers.graph_file import preview_graph
from ingest.readers.json_graph import is_graph
from ingest.readers.json_lists import JsonList, items_of, lists_of, opened
from ingest.readers.objects import flattened, text_of

SAMPLE_OBJECTS = 100
"""How many objects are looked through for column names: not every one need have every key."""
_NO_LIST = message('A table is a list of objects: [{…}, {…}], or {"items": [{…}, {…}]}.')


def preview_json(path: Path, name: str, options: FormatOptions, limits: Limits) -> list[Preview]:
    """A preview for each list that is a table, the longest first, or for those named in ``options.sheets``: the union of the keys of its
    first objects as a header in row 0, or the first rows of a list of lists. The list's path in the document is the sheet's name. A list of
    nodes beside one of links is a graph (``ingest.readers.graph_file``)."""
    encoding = detect_encoding(path, name, "utf-8")
    with opened(path) as stream:
        try:
            lists = lists_of(stream)
        except ijson.JSONError as error:
            raise _damaged(name, 0, error) from error
    if not lists:
        raise FileProblem(message("{name} contains no list of objects.", name=name), hint=_NO_LIST, where={"file": name})
    if not options.sheets and path.stat().st_size <= limits.graph_bytes and is_graph(path, lists):
        return preview_graph(path, name, limits)
    missing = [sheet for sheet in options.sheets if sheet not in [each.path for each in lists]]
    if missing:
        raise FileProblem(
            message("{name} has no list '{list}'.", name=name, list=missing[0]),
            hint=message("Its lists: {lists}", lists=[each.path for each in lists]),
            where={"file": name, "sheet": missing[0]},
        )
    found = [_preview(path, name, each, encoding.name, limits) for each in lists if not options.sheets or each.path in options.sheets]
    filled = [each for each in found if each is not None]
    if not filled:
        raise FileProblem(message("{name} contains a list, but no object with keys.", name=name), hint=_NO_LIST, where={"file": name})
    return filled


def _preview(path: Path, name: str, each: JsonList, encoding: str, limits: Limits) -> Preview | None:
    if each.lists:
        rows = tuple(islice(_rows_of_lists(path, name, each), PREVIEW_ROWS))
        return Preview(name, each.path, "json", tuple((row, tuple(cells)) for row, cells in rows), encoding, place=each)
    names: dict[str, None] = {}
    for found in islice(_objects(path, name, each, {}, limits), SAMPLE_OBJECTS):
        if isinstance(found, SourceRow):
            names.update(dict.fromkeys(found.cells))
    return Preview(name, each.path, "json", ((0, tuple(names)),), encoding, place=each) if names else None


def read_json(path: Path, table: Preview, header_row: int, header: tuple[str, ...], limits: Limits) -> TableRows:
    """Streams the objects as rows. ``header`` gives the standard names of the preview's keys, in order."""
    check_header(header, table.file, header_row, limits)
    place = table.place
    if place is None:
        raise ValueError("the preview is not of a JSON document")
    if not place.lists:
        aliases = dict(zip(table.rows[0][1], header, strict=True))
        return TableRows(lambda _: _objects(path, table.file, place, aliases, limits))

    def rows(late: list[Remark]) -> Iterator[SourceRow | BrokenRow]:
        shape, told = shaper(header, len(header), late)
        for number, cells in _rows_of_lists(path, table.file, place):
            shaped = shape(number, cells) if number > header_row else None
            if shaped is not None:
                yield shaped
        told()

    return TableRows(rows)


def _rows_of_lists(path: Path, name: str, place: JsonList) -> Iterator[tuple[int, list[str]]]:
    """Each inner list with its number, its items as texts."""
    for number, item in enumerate(_items(path, name, place), start=1):
        yield number, ["" if each is None else text_of(each) for each in item] if isinstance(item, list) else []


def _objects(path: Path, name: str, place: JsonList, aliases: dict[str, str], limits: Limits) -> Iterator[SourceRow | BrokenRow]:
    for number, each in enumerate(_items(path, name, place), start=1):
        if not isinstance(each, dict):
            yield BrokenRow(number, "broken json", message("the list contains something that is not an object"))
            continue
        cells = flattened(each, aliases)
        _check_cells(cells, name, number, limits)
        yield SourceRow(number, cells)


def _items(path: Path, name: str, place: JsonList) -> Iterator[object]:
    number = 0
    with opened(path) as stream:
        try:
            for item in items_of(stream, place):
                number += 1
                yield item
        except ijson.JSONError as error:
            raise _damaged(name, number, error) from error


def _check_cells(cells: dict[str, str], name: str, number: int, limits: Limits) -> None:
    long = next((column for column, text in cells.items() if len(text) > limits.cell_characters), None)
    if long is not None:
        raise FileProblem(
            message(
                "{name}, object {number}: '{key}' is longer than {most:,} characters.",
                name=name,
                number=number,
                key=long,
                most=limits.cell_characters,
            ),
            hint=message("Shorten it."),
            where={"file": name, "row": number, "column": long},
        )


def _damaged(name: str, number: int, error: Exception) -> FileProblem:
    # The parser quotes the text around the fault, which may be personal: only its own words before that are kept.
    reason = str(error).splitlines()[0].strip() if str(error) else message("it ends too early")
    return FileProblem(
        message("{name} is not a complete JSON document: {reason}, after object {number}.", name=name, reason=reason, number=number),
        hint=message("Export it again. A file of one object per line must end in .jsonl."),
        where={"file": name, "row": number},
    )
