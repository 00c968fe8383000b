"""Dates of files that nothing told and that somebody gave: kept beside the file, for as long as the file stays as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import TypeAdapter, ValidationError

from graph.errors import FileProblem, QueryProblem
from graph.messages import message
from ingest.dating import checked_date
from ingest.options import Table, TableStatement
from ingest.readers import list_files
from lianyin.beside import write_beside

ENDING = ".date.yaml"

NOTE = (
    "# 数据日期，导入时所答：文件内容不变时照用；删去即重新询问。\n"
    "# The date of the data, as answered when the file was loaded: used while the file stays as it is; delete this to be asked again.\n"
)


@dataclass(frozen=True, slots=True)
class _Kept:
    sha256: str
    dates: dict[str, str]


_KEPT = TypeAdapter(_Kept)


def date_path(path: Path) -> Path:
    """Where the dates of a file are kept: beside it, ``roster.xlsx`` → ``roster.xlsx.date.yaml``."""
    return path.with_name(path.name + ENDING)


def kept_dates(paths: Sequence[Path]) -> dict[Table, TableStatement]:
    """The dates that are kept beside these files, and those in these folders, which have not changed since. Raises ``FileProblem`` for a
    kept file that does not hold, and for a path that does not exist."""
    found: dict[Table, TableStatement] = {}
    for path, _ in list_files(paths):
        place = date_path(path)
        if place.is_file():
            kept = _read(place)
            if kept.sha256 == _fingerprint(path):
                found |= {(path.name, sheet): TableStatement(date=date) for sheet, date in kept.dates.items()}
    return found


def keep_dates(path: Path, dates: Mapping[str, str]) -> Path:
    """Keeps the dates of a file's tables, by sheet (``""`` where there are none); where. Raises ``FileProblem``."""
    text = NOTE + yaml.safe_dump({"sha256": _fingerprint(path), "dates": dict(dates)}, allow_unicode=True, sort_keys=False)
    return write_beside(path, text, ENDING)


def _fingerprint(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _read(place: Path) -> _Kept:
    try:
        kept = _KEPT.validate_python(yaml.load(place.read_text(encoding="utf-8-sig"), yaml.BaseLoader))  # noqa: S506 - texts only
        for date in kept.dates.values():
            checked_date(date)
    except (OSError, yaml.YAMLError, ValidationError, QueryProblem) as problem:
        raise FileProblem(
            message("{file} is not what 'lianyin ingest' wrote.", file=place.name),
            hint=message("Delete it to be asked again."),
            where={"file": place.name},
        ) from problem
    return kept
