"""JSON documents: a list of objects, at the top or under one key (``{"items": [...]}``), streamed by ijson; numbers as they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

import ijson

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import BrokenRow, Limits, Preview, SourceRow, check_header
from ingest.readers.detect import detect_encoding
from ingest.readers.objects import flattened

SAMPLE_OBJECTS = 100
"""How many objects are looked through for column names: not every one need have every key."""
SEARCHED_EVENTS = 100_000
"""How far into the document its list of objects may begin."""
_NO_LIST = message('A table is a list of objects: [{…}, {…}], or {"items": [{…}, {…}]}.')


def preview_json(path: Path, name: str, limits: Limits) -> Preview:
    """The union of the keys of the first objects as a header in row 0. The list's place in the document is the sheet's name."""
    encoding = detect_encoding(path, name, "utf-8")
    place = _place_of_list(path, name)
    names: dict[str, None] = {}
    for found in islice(_objects(path, name, place, {}, limits), SAMPLE_OBJECTS):
        if isinstance(found, SourceRow):
            names.update(dict.fromkeys(found.cells))
    if not names:
        raise FileProblem(message("{name} holds a list, but no object with keys.", name=name), hint=_NO_LIST, where={"file": name})
    return Preview(name, place.removesuffix("item").removesuffix("."), "json", ((0, tuple(names)),), encoding)


def read_json(path: Path, table: Preview, header: tuple[str, ...], limits: Limits) -> Callable[[], Iterator[SourceRow | BrokenRow]]:
    """A function that streams the objects as rows, numbered from 1. ``header`` gives the standard names of the preview's keys, in order."""
    check_header(header, table.file, 0, limits)
    aliases = dict(zip(table.rows[0][1], header, strict=True))
    place = f"{table.sheet}.item" if table.sheet else "item"
    return lambda: _objects(path, table.file, place, aliases, limits)


def _place_of_list(path: Path, name: str) -> str:
    """ijson's prefix of the objects in the first list that holds any."""
    lists: set[str] = set()
    with _opened(path) as stream:
        try:
            for prefix, event, _ in islice(ijson.parse(stream), SEARCHED_EVENTS):
                if event == "start_array":
                    lists.add(f"{prefix}.item" if prefix else "item")
                elif event == "start_map" and prefix in lists:
                    return str(prefix)
        except ijson.JSONError as error:
            raise _damaged(name, 0, error) from error
    raise FileProblem(message("{name} holds no list of objects.", name=name), hint=_NO_LIST, where={"file": name})


def _objects(path: Path, name: str, place: str, aliases: dict[str, str], limits: Limits) -> Iterator[SourceRow | BrokenRow]:
    number = 0
    with _opened(path) as stream:
        try:
            for number, each in enumerate(ijson.items(stream, place), start=1):
                if not isinstance(each, dict):
                    yield BrokenRow(number, "broken json", "the list holds something that is not an object")
                    continue
                cells = flattened(each, aliases)
                _check_cells(cells, name, number, limits)
                yield SourceRow(number, cells)
        except ijson.JSONError as error:
            raise _damaged(name, number, error) from error


def _opened(path: Path) -> IO[bytes]:
    stream = path.open("rb")
    if stream.read(3) != b"\xef\xbb\xbf":
        stream.seek(0)
    return stream


def _check_cells(cells: dict[str, str], name: str, number: int, limits: Limits) -> None:
    long = next((column for column, text in cells.items() if len(text) > limits.cell_characters), None)
    if long is not None:
        raise FileProblem(
            message(
                "{name}, object {number}: '{long}' is longer than {cell_characters:,} characters.",
                name=name,
                number=number,
                long=long,
                cell_characters=limits.cell_characters,
            ),
            hint=message("Shorten it."),
            where={"file": name, "row": number, "column": long},
        )


def _damaged(name: str, number: int, error: Exception) -> FileProblem:
    # The parser quotes the text around the fault, which may be personal: only its own words before that are kept.
    reason = str(error).splitlines()[0].strip() if str(error) else message("it ends too early")
    return FileProblem(
        message("{name} is no whole JSON document: {reason}, after object {number}.", name=name, reason=reason, number=number),
        hint=message("Export it again. Objects one a line are read from a file that ends in .jsonl."),
        where={"file": name, "row": number},
    )
