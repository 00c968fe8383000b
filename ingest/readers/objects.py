"""Nested objects as cells: objects are reached by dots (``country.country_code``), lists of scalars are joined with ``；``, lists of
objects are numbered from 0 (``labels.0.label``)."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Mapping

import orjson

from ingest.readers.base import clean_header

MAX_DEPTH = 10


def flattened(value: Mapping[str, object], aliases: Mapping[str, str]) -> dict[str, str]:
    """The cells of one object, under the standard names of its keys."""
    cells: dict[str, str] = {}
    _put("", value, cells, aliases, 0)
    return cells


def _put(prefix: str, value: object, cells: dict[str, str], aliases: Mapping[str, str], depth: int) -> None:
    if value is None:
        return
    if depth <= MAX_DEPTH and isinstance(value, dict):
        for key, inner in value.items():
            _put(f"{prefix}.{key}" if prefix else str(key), inner, cells, aliases, depth + 1)
    elif depth <= MAX_DEPTH and isinstance(value, list) and any(isinstance(each, dict | list) for each in value):
        for index, inner in enumerate(value):
            _put(f"{prefix}.{index}", inner, cells, aliases, depth + 1)
    else:
        name = clean_header(prefix)
        cells[aliases.get(name, name)] = text_of(value)


def text_of(value: object) -> str:
    """One scalar (or list of scalars) as its text: dates as ISO, without a time of day where it is midnight, numbers as they stand."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "；".join(text_of(each) for each in value if each is not None)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, int | float | decimal.Decimal | datetime.date | datetime.time | datetime.timedelta):
        return str(value)
    return orjson.dumps(value, default=str).decode()
