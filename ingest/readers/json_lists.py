"""Where the tables of a JSON document lie: its lists of objects, or of lists with a header, each by its path (``files.0.data``)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import ijson

SEARCHED_EVENTS = 5_000_000
"""How far into the document lists are looked for."""
TIMES_LONGER = 10
"""A list inside the objects of another is a table of its own where it is so many times longer; else it is a part of them."""
_ALONGSIDE = frozenset({"facets", "aggregations", "filters", "errors", "warnings", "links", "_links", "sort"})
_TABLES = frozenset({"data", "items", "results", "records", "rows", "list", "values", "entries", "docs", "hits", "数据", "结果", "列表"})


@dataclass(slots=True)
class JsonList:
    """A list of ``count`` objects (or of lists, ``lists``). ``prefix`` is ijson's, which several lists may share (``shared``)."""

    path: str
    prefix: str
    parents: tuple[str, ...]
    count: int = 0
    lists: bool = False
    shared: bool = False


@dataclass(slots=True)
class _Level:
    """A map or list that is open: the key or the index that is at hand, the list if it is one."""

    at: str = ""
    index: int = -1
    list: JsonList | None = None


class _Walk:
    """The place in a document while ijson's events go by."""

    def __init__(self) -> None:
        self._levels: list[_Level] = []

    def step(self, event: str, value: object) -> JsonList | None:
        """Takes one event; a list when it begins or ends."""
        if event == "map_key":
            self._levels[-1].at = str(value)
            return None
        if event in ("end_map", "end_array"):
            return self._levels.pop().list
        self._count(event)
        if event == "start_array":
            found = JsonList(self._path(), self._prefix(), tuple(level.list.path for level in self._levels if level.list))
            self._levels.append(_Level(list=found))
            return found
        if event == "start_map":
            self._levels.append(_Level())
        return None

    def _count(self, event: str) -> None:
        """A further item of the list at hand."""
        level = self._levels[-1] if self._levels else None
        if level is None or level.list is None:
            return
        level.index += 1
        level.at = str(level.index)
        if event in ("start_map", "start_array"):
            level.list.count += 1
            level.list.lists = event == "start_array" if level.index == 0 else level.list.lists and event == "start_array"

    def _path(self) -> str:
        return ".".join(level.at for level in self._levels)

    def _prefix(self) -> str:
        return ".".join("item" if level.list else level.at for level in self._levels)


def opened(path: Path) -> IO[bytes]:
    """A document from behind its byte order mark."""
    stream = path.open("rb")
    if stream.read(3) != b"\xef\xbb\xbf":
        stream.seek(0)
    return stream


def lists_of(stream: IO[bytes]) -> list[JsonList]:
    """The lists that are tables, the longest first. Raises ``ijson.JSONError``."""
    walk = _Walk()
    found: dict[str, JsonList] = {}
    for event, value in islice(ijson.basic_parse(stream), SEARCHED_EVENTS):
        each = walk.step(event, value)
        if each is not None and each.count:
            found[each.path] = each
        elif each is not None and event == "start_array":
            found.setdefault(each.path, each)
    filled = {path: each for path, each in found.items() if each.count > each.lists}
    tables = [each for each in filled.values() if _stands_alone(each, filled)]
    around = {path for each in tables for path in each.parents}
    tables = [each for each in tables if each.path not in around]
    prefixes = [each.prefix for each in found.values()]
    for each in tables:
        each.shared = prefixes.count(each.prefix) > 1
    return sorted(tables, key=_rank, reverse=True)


def _rank(each: JsonList) -> tuple[bool, int, bool]:
    """What goes along with an answer comes last; of the others the longest first; of equals the one that is called what tables are."""
    names = each.path.lower().split(".")
    return not _ALONGSIDE & set(names), each.count, names[-1] in _TABLES


def _stands_alone(inner: JsonList, lists: dict[str, JsonList]) -> bool:
    for path in inner.parents:
        outer = lists.get(path)
        if outer is not None and (outer.lists or (outer.count > 1 and inner.count < TIMES_LONGER * outer.count)):
            return False
        if outer is not None and outer.count == 1 and inner.count == 1:
            return False
    return True


def items_of(stream: IO[bytes], wanted: JsonList) -> Iterator[object]:
    """The items of one list. Raises ``ijson.JSONError``."""
    if not wanted.shared:
        yield from ijson.items(stream, f"{wanted.prefix}.item" if wanted.prefix else "item")
        return
    walk, depth, builder = _Walk(), 0, None
    inside = False
    for event, value in ijson.basic_parse(stream):
        each = walk.step(event, value)
        if each is not None and each.path == wanted.path and depth == 0:
            if inside:
                return
            inside = True
            continue
        if not inside:
            continue
        builder = builder or ijson.ObjectBuilder()
        builder.event(event, value)
        depth += event.startswith("start_")
        depth -= event.startswith("end_")
        if depth == 0:
            yield builder.value
            builder = None
