"""An answer and the forms it takes: a table for people, JSON for programs, CSV and XLSX for spreadsheets.

Data goes to stdout or to the file of ``-o`` (written beside it first, then put in place); notes go to stderr.
"""

from __future__ import annotations

import csv
import io
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, TypeAlias

from graph.errors import FileProblem, QueryProblem
from graph.explanations import system_reason
from graph.formulas import defused
from graph.messages import message
from lianyin.answers.lacking import cannot_be_told, lacking_lines
from lianyin.answers.words import limit_note
from lianyin.cli.text import printable
from lianyin.language import Language, say
from lianyin.results import Result

Format: TypeAlias = Literal["table", "json", "csv", "xlsx"]
FORMATS: tuple[Format, ...] = ("table", "json", "csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Answer:
    """A result with what only people read: ``prose`` stands before the table (in its stead, if ``tabular`` is false); ``notes`` are said on
    stderr whatever the form; ``status`` is what the process returns."""

    result: Result
    prose: tuple[str, ...] = ()
    tabular: bool = True
    notes: tuple[str, ...] = ()
    status: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """Which form, where to (``None``: stdout) and in which language."""

    format: Format
    path: Path | None
    language: Language


def choose_output(format: str | None, as_json: bool, path: str | None, language: Language) -> Output:
    """Settles the form before any work is done: ``--format``, else ``--json``, else the file's ending, else a table."""
    target = Path(path) if path and path != "-" else None
    ending = target.suffix.lower().lstrip(".") if target else ""
    if as_json and format not in (None, "json"):
        raise QueryProblem(
            message("--json and --format {format} contradict each other.", format=format),
            hint=message("Give one of them."),
            where={"parameter": "--format"},
        )
    wanted = format or ("json" if as_json else ending)
    chosen: Format = next((known for known in FORMATS if known == wanted), "table")
    if chosen == "xlsx" and target is None and sys.stdout.isatty():
        raise QueryProblem(
            message("A workbook cannot be shown in a terminal."), hint=message("Add -o FILE.xlsx."), where={"parameter": "--format"}
        )
    if target is not None and not target.parent.is_dir():
        raise FileProblem(
            message("There is no folder '{parent}' to write into.", parent=target.parent),
            hint=message("Create it first, or choose another place."),
        )
    return Output(chosen, target, language)


def emit(answer: Answer, output: Output) -> None:
    """Writes the answer in the chosen form, then its notes."""
    if output.format == "table" and output.path is None:
        print_table(answer, output.language, sys.stdout)
    else:
        data = encode(answer, output)
        if output.path is None:
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        else:
            write_file(output.path, data)
    for note in answer.notes:
        sys.stderr.write(printable(note) + "\n")


def encode(answer: Answer, output: Output) -> bytes:
    """The bytes of a form."""
    headings = [say(output.language, column.zh, column.en) for column in answer.result.columns]
    rows = answer.result.rows
    if cannot_be_told(answer.result.document):  # a file says so itself: whoever opens it has not seen the exit code
        rows = [*rows, lacking_lines(answer.result.document, output.language)[:1]]
    elif not answer.result.finished:
        rows = [*rows, (limit_note(answer.result.document, output.language),)]
    if output.format == "json":
        import orjson

        return orjson.dumps(answer.result.document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE | orjson.OPT_NON_STR_KEYS)
    if output.format == "csv":
        # Spreadsheet programs take a UTF-8 file for the local encoding unless it begins with a mark; a pipe needs none.
        return _csv(headings, rows).encode("utf-8-sig" if output.path else "utf-8")
    if output.format == "xlsx":
        return _xlsx(headings, rows)
    text = io.StringIO()
    print_table(answer, output.language, text)
    return text.getvalue().encode()


def write_file(path: Path, data: bytes) -> None:
    """Writes the whole file or nothing. Raises ``FileProblem``."""
    with _whole_file(path) as draft:
        draft.write(data)


@contextmanager
def text_destination(output: str | None) -> Iterator[IO[str]]:
    """Stdout (``None`` or ``-``), or a spreadsheet program's UTF-8 file that is there whole or not at all. Raises ``FileProblem``."""
    if output is None or output == "-":
        yield sys.stdout
        return
    with _whole_file(Path(output)) as draft, io.TextIOWrapper(draft, encoding="utf-8-sig", newline="") as text:
        yield text


@contextmanager
def _whole_file(path: Path) -> Iterator[IO[bytes]]:
    """A draft beside ``path`` that takes its place when all is written, with the permissions that any new file here would get."""
    try:
        draft = tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False)
        try:
            with draft:
                yield draft
            # A temporary file is private.
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(draft.name, 0o666 & ~mask)
            os.replace(draft.name, path)
        except BaseException:
            os.unlink(draft.name)
            raise
    except OSError as problem:
        raise FileProblem(
            message("The file cannot be written: {reason}.", reason=system_reason(problem)), where={"file": str(path)}
        ) from problem


def spreadsheet_cell(value: object) -> object:
    """A value as a spreadsheet may hold it: numbers stay, text that would be a formula is defused with an apostrophe."""
    if isinstance(value, bool) or value is None:
        return "" if value is None else str(value).lower()
    if isinstance(value, (int, float)):
        return value
    return defused(cell_text(value))


def cell_text(value: object) -> str:
    """One cell as text: lists with 、 between, nothing for an absence, a whole node by its name and id."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return _map_text(value)
    if isinstance(value, (list, tuple)):
        return "、".join(cell_text(part) for part in value)
    return str(value)


def _map_text(value: dict[str, object]) -> str:
    properties = value.get("properties")
    if value.keys() == {"id", "type", "properties"} and isinstance(properties, dict):
        return " ".join(str(part) for part in (value["type"], properties.get("name"), value["id"]) if part)
    import orjson

    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS).decode()


def _csv(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(spreadsheet_cell(heading) for heading in headings)
    writer.writerows([spreadsheet_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _xlsx(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    def legal(value: object) -> object:
        cell = spreadsheet_cell(value)
        return ILLEGAL_CHARACTERS_RE.sub(" ", cell)[:32_767] if isinstance(cell, str) else cell

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Lianyin")
    sheet.append([legal(heading) for heading in headings])
    for row in rows:
        sheet.append([legal(value) for value in row])
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def print_table(answer: Answer, language: Language, stream: IO[str]) -> None:
    """Prose and table, as people read them."""
    for line in answer.prose:
        stream.write(printable(line).rstrip() + "\n")
    if answer.tabular and (answer.result.rows or not answer.prose):
        _rich_table(answer.result, language, stream)
    stream.flush()


def _rich_table(result: Result, language: Language, stream: IO[str]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Nothing may be cut off where a program or a file reads: there the table is as wide as it needs to be.
    terminal = stream.isatty()
    console = Console(file=stream, width=None if terminal else 10_000, highlight=False, soft_wrap=not terminal)
    table = Table(box=box.SIMPLE, pad_edge=False, header_style="bold")
    shown = [place for place, column in enumerate(result.columns) if not column.detail]
    for column in (result.columns[place] for place in shown):
        heading = printable(say(language, column.zh, column.en))
        table.add_column(Text(heading), justify="right" if column.number else "left", overflow="fold")
    for row in result.rows:
        table.add_row(*(Text(printable(_shown(row[place]))) for place in shown))
    console.print(table)


def _shown(value: object) -> str:
    """As ``cell_text``, a fraction to six digits: nobody reads sixteen. Files have them all."""
    return f"{value:.6g}" if isinstance(value, float) else cell_text(value)
