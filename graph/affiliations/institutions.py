"""What is known of universities before any list is read (``institutions.yaml``): names they had, merged institutions, what people call
them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from graph.values.normal import close_han_gaps, narrow

_FOLDER = Path(__file__).parent


class NameKind(StrEnum):
    """How an institution comes by a name. ``SHARED``: several go by it."""

    NAME = "name"
    LATER = "later"
    RENAMED = "renamed"
    MERGED = "merged"
    SHORT = "short"
    SHARED = "shared"


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name and the years in which it stood; 0: not known, or still."""

    name: str
    kind: NameKind
    since: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Institution:
    """A university: ``name`` as lists of 2017 have it, its province, every other name."""

    name: str
    province: str
    names: tuple[KnownName, ...]


def plain(name: str) -> str:
    """A name as it is compared: NFKC, no space between Han characters (（北京） as (北京))."""
    return close_han_gaps(narrow(name))


@cache
def known_institutions() -> tuple[Institution, ...]:
    """Those of ``institutions.yaml``, in the order of the file."""
    provinces = _read("institutions.yaml")
    return tuple(
        Institution(name, province, tuple(_names(name, each))) for province, entries in provinces.items() for name, each in entries.items()
    )


@cache
def shared_names() -> Mapping[str, tuple[str, ...]]:
    """Short names that several institutions go by → those institutions; none where it is too common to name anybody."""
    return {plain(name): tuple(map(plain, owners)) for name, owners in _read("shared.yaml").items()}


@cache
def further_names() -> Mapping[str, tuple[str, ...]]:
    """By institution, as the file writes it: English and looser names, by which people look for it and which no unit is read by."""
    return {name: tuple(map(str, names)) for name, names in _read("further.yaml").items()}


def _read(file: str) -> dict[str, dict[str, dict[str, object]]]:
    with (_FOLDER / file).open(encoding="utf-8") as stream:
        return yaml.load(stream, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # type: ignore[no-any-return]


def _names(name: str, entry: Mapping[str, object]) -> list[KnownName]:
    found = [KnownName(plain(name), NameKind.NAME, since=int(str(entry.get("since", 0))))]
    short = entry.get("short", ())
    assert isinstance(short, list | tuple)
    found += [KnownName(plain(each), NameKind.SHORT) for each in short]
    for kind in (NameKind.RENAMED, NameKind.MERGED):
        found += [KnownName(plain(former), kind, *_years(years)) for former, years in _of(entry, kind).items()]
    found += [KnownName(plain(later), NameKind.LATER, since=int(str(year))) for later, year in _of(entry, NameKind.LATER).items()]
    return found


def _of(entry: Mapping[str, object], kind: NameKind) -> Mapping[str, object]:
    found = entry.get(kind, {})
    assert isinstance(found, Mapping)
    return found


def _years(written: object) -> tuple[int, int]:
    """``2000`` (until), ``1989-2003`` (since and until), ``-1985``, or nothing known."""
    if written is None:
        return 0, 0
    since, dash, until = str(written).rpartition("-")
    return int(since or 0), int(until) if dash or until else 0
