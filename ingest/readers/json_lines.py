"""JSONL: one object a line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import orjson

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import BrokenRow, Limits, Preview, SourceRow, TableRows, check_header
from ingest.readers.encodings import detect_encoding
from ingest.readers.objects import flattened

SAMPLE_LINES = 100
"""How many lines are looked through for column names: a line need not have every key."""
_LONG_NUMBER = re.compile(rb"\d{16}")
"""More digits than every float holds (an account, a code that somebody wrote as a number)."""


def preview_json_lines(path: Path, name: str, limits: Limits) -> Preview:
    """The union of the keys of the first lines as a header in row 0."""
    encoding = detect_encoding(path, name, "utf-8")
    names: dict[str, None] = {}
    for found in islice(_objects(path, name, {}, limits), SAMPLE_LINES):
        if isinstance(found, SourceRow):
            names.update(dict.fromkeys(found.cells))
    if not names:
        raise FileProblem(
            message("{name} contains no JSON object in its first {sample_lines} lines.", name=name, sample_lines=SAMPLE_LINES),
            hint=message("JSONL is one object per line."),
            where={"file": name},
        )
    return Preview(name, "", "json-lines", ((0, tuple(names)),), encoding.name)


def _objects(path: Path, name: str, aliases: dict[str, str], limits: Limits) -> Iterator[SourceRow | BrokenRow]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(limits.line_bytes + 1):
            number += 1
            if len(line) > limits.line_bytes:
                raise FileProblem(
                    message(
                        "{name}, line {number} is longer than {line_bytes:,} bytes.", name=name, number=number, line_bytes=limits.line_bytes
                    ),
                    hint=message("JSONL is one object per line; is this a single JSON document?"),
                    where={"file": name, "row": number},
                )
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield _row(number, line, aliases)


def _row(number: int, line: bytes, aliases: dict[str, str]) -> SourceRow | BrokenRow:
    try:
        parsed = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return BrokenRow(number, "broken json", message("not JSON at column {column}", column=error.colno))
    if _LONG_NUMBER.search(line):  # such a number would be rounded; the standard library keeps each as it stands
        parsed = json.loads(line, parse_float=str)
    if not isinstance(parsed, dict):
        return BrokenRow(number, "broken json", message("the line is JSON, but not an object"))
    return SourceRow(number, flattened(parsed, aliases))


def read_json_lines(path: Path, table: Preview, header: tuple[str, ...], limits: Limits) -> TableRows:
    """Streams the objects as rows; ``header`` gives the standard names of the preview's keys, in its order."""
    check_header(header, table.file, 0, limits)
    aliases = dict(zip(table.rows[0][1], header, strict=True))
    return TableRows(lambda _: _objects(path, table.file, aliases, limits))
