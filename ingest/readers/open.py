"""From paths to previews and rows, whatever the format."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from graph.errors import FileProblem
from graph.messages import Message, message
from ingest.readers.apart.reading import current
from ingest.readers.base import DEFAULT_LIMITS, NO_OPTIONS, FormatOptions, Limits, Preview, TableRows
from ingest.readers.delimited import preview_delimited, read_delimited
from ingest.readers.detect import TABLE_SUFFIXES, sniff_kind
from ingest.readers.graph_file import preview_graph, read_graph
from ingest.readers.json_document import preview_json, read_json
from ingest.readers.json_lines import preview_json_lines, read_json_lines
from ingest.readers.parquet import preview_parquet, read_parquet
from ingest.readers.spreadsheet import preview_spreadsheet, read_spreadsheet


def list_files(paths: Sequence[Path]) -> list[tuple[Path, bool]]:
    """(file, whether it was named itself) for every table file, folders searched through in name order. Hidden files and Office lock files
    (``~$…``) are passed over. Raises ``FileProblem`` for a missing path or a folder that holds no table file."""
    found: dict[Path, bool] = {}
    for path in paths:
        if path.is_dir():
            inside = [each for each in sorted(path.rglob("*")) if each.is_file() and _is_table(each, path)]
            if not inside:
                raise FileProblem(
                    message("{path} contains no table file.", path=path),
                    hint=message("Known endings: {suffixes}", suffixes=" ".join(sorted(TABLE_SUFFIXES))),
                    where={"file": str(path)},
                )
            for each in inside:
                found.setdefault(each, False)
        elif path.exists():
            found[path] = True
        else:
            raise FileProblem(message("{path} does not exist.", path=path), hint=message("Check the path."), where={"file": str(path)})
    return list(found.items())


def _is_table(path: Path, folder: Path) -> bool:
    visible = not any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return visible and path.suffix.lower() in TABLE_SUFFIXES


def other_files(paths: Sequence[Path]) -> list[tuple[Path, Message]]:
    """The files of these folders that ``list_files`` passes over, in name order, each with why."""
    folders = [path for path in paths if path.is_dir()]
    inside = dict.fromkeys((each, folder) for folder in folders for each in sorted(folder.rglob("*")) if each.is_file())
    return [(each, _why_not(each, folder)) for each, folder in inside if not _is_table(each, folder)]


def _why_not(path: Path, folder: Path) -> Message:
    if any(part.startswith("~$") for part in path.relative_to(folder).parts):
        return message("the lock file of a workbook that is open")
    if any(part.startswith(".") for part in path.relative_to(folder).parts):
        return message("a hidden file")
    if path.suffix.lower() == ".json":
        return message("beside tables a .json mostly describes them: name it itself to load it")
    return message("not a table ({ending})", ending=path.suffix.lower() or path.name)


def preview(path: Path, options: FormatOptions = NO_OPTIONS, limits: Limits = DEFAULT_LIMITS) -> list[Preview]:
    """The tables of a file. Raises ``FileProblem`` for what cannot be read as one."""
    apart = current()
    return apart.preview(path, options, limits) if apart else _preview(path, options, limits)


def _preview(path: Path, options: FormatOptions, limits: Limits) -> list[Preview]:
    name = path.name
    kind = sniff_kind(path, name, limits)
    if kind == "spreadsheet":
        return preview_spreadsheet(path, name, options, limits)
    if kind == "json-lines":
        return [preview_json_lines(path, name, limits)]
    if kind == "json":
        return preview_json(path, name, options, limits)
    if kind == "parquet":
        return [preview_parquet(path, name)]
    if kind == "graph":
        return preview_graph(path, name, limits)
    return [preview_delimited(path, name, options, limits)]


def read_rows(
    path: Path,
    table: Preview,
    header_row: int,
    header: tuple[str, ...],
    options: FormatOptions = NO_OPTIONS,
    limits: Limits = DEFAULT_LIMITS,
) -> TableRows:
    """Checks the header, then gives what reads the rows below it when called; blank rows are passed over. ``header`` holds the standard
    names, as ``header_of`` gives them for the row ``header_row`` of the preview."""
    apart = current()
    found = (path, table, header_row, header, options, limits)
    return apart.read_rows(*found) if apart else _read_rows(*found)


def _read_rows(path: Path, table: Preview, header_row: int, header: tuple[str, ...], options: FormatOptions, limits: Limits) -> TableRows:
    if table.kind == "spreadsheet":
        return read_spreadsheet(path, table, header_row, header, limits)
    if table.kind == "json-lines":
        return read_json_lines(path, table, header, limits)
    if table.kind == "json":
        return read_json(path, table, header_row, header, limits)
    if table.kind == "parquet":
        return read_parquet(path, table, header, limits)
    if table.kind == "graph":
        return read_graph(path, table, header, limits)
    return read_delimited(path, table, header_row, header, options, limits)
