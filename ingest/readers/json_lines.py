"""JSONL: one object a line. Nested objects are reached by dots (``country.country_code``), lists of scalars are joined with ``；``,
lists of objects are numbered from 0 (``labels.0.label``)."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import orjson

from graph.errors import FileProblem
from ingest.readers.base import BrokenRow, Limits, Preview, SourceRow, check_header, clean_header
from ingest.readers.detect import detect_encoding

SAMPLE_LINES = 100
"""How many lines are looked through for column names: a line need not have every key."""
MAX_DEPTH = 10
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
            f"{name} holds no JSON object in its first {SAMPLE_LINES} lines.", hint="JSONL is one object a line.", where={"file": name}
        )
    return Preview(name, "", "json-lines", ((0, tuple(names)),), encoding)


def _objects(path: Path, name: str, aliases: dict[str, str], limits: Limits) -> Iterator[SourceRow | BrokenRow]:
    with path.open("rb") as stream:
        number = 0
        while line := stream.readline(limits.line_bytes + 1):
            number += 1
            if len(line) > limits.line_bytes:
                raise FileProblem(
                    f"{name}, line {number} is longer than {limits.line_bytes:,} bytes.",
                    hint="JSONL is one object a line; is this one JSON document?",
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
        return BrokenRow(number, "broken json", f"not JSON at column {error.colno}")
    if _LONG_NUMBER.search(line):  # such a number would be rounded; the standard library keeps each as it stands
        parsed = json.loads(line, parse_float=str)
    if not isinstance(parsed, dict):
        return BrokenRow(number, "broken json", "the line is JSON, but not an object")
    cells: dict[str, str] = {}
    _flatten("", parsed, cells, aliases, 0)
    return SourceRow(number, cells)


def _flatten(prefix: str, value: object, cells: dict[str, str], aliases: dict[str, str], depth: int) -> None:
    if value is None:
        return
    if depth <= MAX_DEPTH and isinstance(value, dict):
        for key, inner in value.items():
            _flatten(f"{prefix}.{key}" if prefix else str(key), inner, cells, aliases, depth + 1)
    elif depth <= MAX_DEPTH and isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for index, inner in enumerate(value):
            _flatten(f"{prefix}.{index}", inner, cells, aliases, depth + 1)
    else:
        name = clean_header(prefix)
        cells[aliases.get(name, name)] = _text(value)


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "；".join(_text(each) for each in value if each is not None)
    return str(value) if isinstance(value, int | float) else orjson.dumps(value).decode()


def read_json_lines(path: Path, table: Preview, header: tuple[str, ...], limits: Limits) -> Callable[[], Iterator[SourceRow | BrokenRow]]:
    """A function that streams the objects as rows; ``header`` gives the standard names of the preview's keys, in its order."""
    check_header(header, table.file, 0, limits)
    aliases = dict(zip(table.rows[0][1], header, strict=True))
    return lambda: _objects(path, table.file, aliases, limits)
