"""What goes between the process that loads and the one that reads files for it, pickled both ways."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from graph.errors import LianyinError
from graph.messages import Message
from ingest.readers.base import BrokenRow, FormatOptions, Limits, Preview, Remark, SourceRow

ROWS = 500
"""Rows in one answer."""

OUT_OF_MEMORY = "memory"
DEFECT = "defect"
"""What an answer's ``failure`` may be besides a problem of the file."""


class Bounds(NamedTuple):
    """What reading one upload may take: ``bytes`` of memory beyond what the process has anyway, ``seconds`` of its processor."""

    bytes: int
    seconds: int


class PreviewTables(NamedTuple):
    """Asks for the tables of a file; ends what was still known of it under the same options."""

    path: Path
    options: FormatOptions
    limits: Limits


class TableKey(NamedTuple):
    """By which the process knows a table that it has previewed."""

    path: Path
    sheet: str
    encoding: str
    delimiter: str

    @classmethod
    def of(cls, path: Path, table: Preview) -> TableKey:
        return cls(path, table.sheet, table.encoding, table.delimiter)


class ReadRows(NamedTuple):
    """Asks for the first rows below a header; ``MoreRows`` of the same number asks for the next."""

    table: TableKey
    header_row: int
    header: tuple[str, ...]
    options: FormatOptions
    limits: Limits


class RawRows(NamedTuple):
    """Asks for the first rows as they stand."""

    table: TableKey
    options: FormatOptions
    limits: Limits


class SavedOn(NamedTuple):
    """Asks for the day on which a workbook says that it was saved."""

    path: Path


class MoreRows(NamedTuple):
    """Asks for the next rows."""


class DropRows(NamedTuple):
    """No more rows are wanted; not answered."""


class Forget(NamedTuple):
    """The upload is over: its bounds and its files are forgotten."""


Question = PreviewTables | ReadRows | RawRows | SavedOn | MoreRows | DropRows | Bounds | Forget


class Asked(NamedTuple):
    """A question with its number; the questions about one series of rows share theirs."""

    number: int
    question: Question


class Problem(NamedTuple):
    """An error of the tree, taken apart: exceptions with keywords do not survive pickling."""

    kind: type[LianyinError]
    detail: Message
    hint: Message
    where: Mapping[str, str | int]

    def raised(self) -> LianyinError:
        return self.kind(self.detail, hint=self.hint, where=self.where)


RowBatch = tuple[list[SourceRow | BrokenRow] | list[tuple[int, list[str]]], list[Remark], bool]
"""Rows, what is known of the table once the last was read, and whether these were the last."""


class Answer(NamedTuple):
    """``value`` is the previews, the rows (``RowBatch``) or the day; else there is a ``problem`` of the file or a ``failure``."""

    number: int
    value: list[Preview] | RowBatch | str | None = None
    problem: Problem | None = None
    failure: str = ""
    defect: str = ""
