"""Nested objects as cells: objects are reached by dots (``country.country_code``), lists of objects are numbered from 0
(``labels.0.label``), the items of a list of texts are joined by ``；``."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Mapping

import orjson

from ingest.readers.base import ITEM_MARK, clean_header

MAX_DEPTH = 10
_PARTS = frozenset("、；;，,/|\\\n\t")
"""Characters by which mappings part lists."""


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
        text = text_of(value)
        number = 1
        while cells.get(name, text) != text:  # two keys of one heading, such as 姓名 and 姓 名: neither is lost
            number += 1
            name = f"{clean_header(prefix)}#{number}"
        cells[aliases.get(name, name)] = text


def text_of(value: object) -> str:
    """One scalar (or list of scalars) as its text: dates as ISO, without a time of day where it is midnight, numbers as they stand."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return joined(["" if each is None else text_of(each) for each in value])
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, int | float | decimal.Decimal | datetime.date | datetime.time | datetime.timedelta):
        return str(value)
    return orjson.dumps(value, default=str).decode()


def joined(items: list[str]) -> str:
    """The items of a list as one text, parted by ``；``. Where an item holds a character that might part it, all are marked, so that a
    mapping's split parts them where the list does."""
    if not any(items):
        return ""
    if not any(character in _PARTS for item in items for character in item):
        return "；".join(items)
    return "；".join(ITEM_MARK + item.replace(ITEM_MARK, " ") for item in items)


def items_of(text: str) -> list[str] | None:
    """The items of a marked text, trimmed; ``None`` for any other text."""
    if ITEM_MARK not in text:
        return None
    return [item.strip() for item in text.strip().removeprefix(ITEM_MARK).split("；" + ITEM_MARK)]
