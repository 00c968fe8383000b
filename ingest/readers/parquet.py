"""Parquet files, streamed in batches. Values become the texts that a person would type: dates as ISO, nested ones as in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers.base import BrokenRow, Limits, Preview, Remark, SourceRow, TableRows, check_header
from ingest.readers.objects import flattened

if TYPE_CHECKING:
    from pyarrow.parquet import ParquetFile

BATCH_ROWS = 1_000
"""Rows held at a time."""
SAMPLE_ROWS = 100
"""How many rows are looked through for the names of nested columns."""


def preview_parquet(path: Path, name: str) -> Preview:
    """The columns as a header in row 0; those of nested values as far as the first rows have them."""
    file = _opened(path, name)
    names: dict[str, None] = {}
    for number, cells in enumerate(_cells(file, name, {})):
        names.update(dict.fromkeys(cells))
        if number + 1 >= SAMPLE_ROWS:
            break
    # A flat column that is empty in all of the first rows is still a column.
    names.update(dict.fromkeys(column.path for column in file.schema if "." not in column.path))
    return Preview(name, "", "parquet", ((0, tuple(names)),))


def read_parquet(path: Path, table: Preview, header: tuple[str, ...], limits: Limits) -> TableRows:
    """Streams the rows, numbered from 1; ``header`` gives the standard names of the preview's columns, in its order."""
    check_header(header, table.file, 0, limits)
    aliases = dict(zip(table.rows[0][1], header, strict=True))

    def rows(_: list[Remark]) -> Iterator[SourceRow | BrokenRow]:
        for number, cells in enumerate(_cells(_opened(path, table.file), table.file, aliases), start=1):
            if any(len(text) > limits.cell_characters for text in cells.values()):
                raise FileProblem(
                    message(
                        "{file}, row {number}: a cell is longer than {cell_characters:,} characters.",
                        file=table.file,
                        number=number,
                        cell_characters=limits.cell_characters,
                    ),
                    hint=message("Shorten it."),
                    where={"file": table.file, "row": number},
                )
            if any(cells.values()):
                yield SourceRow(number, cells)

    return TableRows(rows)


def _opened(path: Path, name: str) -> ParquetFile:
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        return ParquetFile(path)
    except (pyarrow.ArrowException, OSError) as error:
        raise FileProblem(
            message("{name} is a damaged Parquet file.", name=name), hint=message("Write or copy it again."), where={"file": name}
        ) from error


def _cells(file: ParquetFile, name: str, aliases: dict[str, str]) -> Iterator[dict[str, str]]:
    import pyarrow

    _check_columns(file, name)
    try:
        for batch in file.iter_batches(batch_size=BATCH_ROWS):
            for row in batch.to_pylist():
                yield flattened(row, aliases)
    except (pyarrow.ArrowException, OSError) as error:
        raise FileProblem(
            message("{name} is a damaged Parquet file.", name=name), hint=message("Write or copy it again."), where={"file": name}
        ) from error


def _check_columns(file: ParquetFile, name: str) -> None:
    for column in file.schema:
        if column.physical_type.endswith("BYTE_ARRAY") and column.logical_type.type == "NONE":
            raise FileProblem(
                message("{name}: the column '{path}' contains bytes, not text.", name=name, path=column.path),
                hint=message("Write it as a text column (UTF8)."),
                where={"file": name, "column": column.path},
            )
