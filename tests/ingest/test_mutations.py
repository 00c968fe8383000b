"""Whatever way a table is written: what is read back is what was written, or the file, row or cell is told.

Some hundred tables are tried in every run; ``LIANYIN_MUTATIONS=5000`` tries ten thousand."""

from __future__ import annotations

import csv
import datetime
import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import Cell

from graph.errors import FileProblem
from ingest.readers import BrokenRow, SourceRow, header_of, preview, read_rows
from ingest.readers.base import Preview, Remark, TableRows
from tests.ingest.test_hostile import open_document

EXAMPLES = int(os.environ.get("LIANYIN_MUTATIONS", "200"))
NAMES = ("姓名", "单位", "职称", "开始日期", "结束日期", "备注")
TEXT = st.one_of(
    st.text(st.sampled_from("张李王示例大学公司扬州研究所教授国家中心有限"), max_size=8),
    st.text(st.sampled_from("张示例 ,;|\t\"'、；\n.-=+@#0123456789aé"), max_size=8),
    st.sampled_from(
        ["", "000123", "2020.10", "1.50", "3.2E+17", "320582199001011234", "=1+1", "#N/A", "NULL", "TRUE", "2020-08", " x ", "-"]
    ),
)
TYPED = st.one_of(
    TEXT,
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 3)),
    st.booleans(),
    st.dates(datetime.date(1950, 1, 1), datetime.date(2050, 1, 1)),
)
Value = str | int | float | bool | datetime.date
outcomes: Counter[str] = Counter()


@dataclass
class Table:
    """What is written: rows of values under some of the names, with what offices put around them."""

    names: tuple[str, ...]
    rows: list[list[Value]]
    titles: list[str]
    footers: list[str]
    blank_rows: bool
    note: bool


@st.composite
def tables(draw: st.DrawFn, values: st.SearchStrategy[Value]) -> Table:
    names = NAMES[: draw(st.integers(2, len(NAMES)))]
    rows = draw(st.lists(st.lists(values, min_size=len(names), max_size=len(names)), min_size=1, max_size=8))
    titles = draw(st.lists(st.sampled_from(["某市挂职人员名单", "名单,2024年,扬州, 邗江", "填报单位：某局; 日期：2024年"]), max_size=2))
    footers = draw(st.lists(st.sampled_from(["合计", "注：以上数据截至2024年底", "填表人：张拟"]), max_size=2))
    note = draw(st.booleans()) and any(typed_text(value).strip() for value in rows[0])
    return Table(names, rows, titles, footers, draw(st.booleans()), note)


def typed_text(value: Value) -> str:
    """What a person sees of a value in a cell."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def expected_rows(table: Table) -> list[list[str]]:
    """The rows below the header that hold something."""
    rows = [[typed_text(value) for value in row] for row in table.rows]
    rows += [[footer] + [""] * (len(table.names) - 1) for footer in table.footers]
    return [row for row in rows if any(map(str.strip, row))]


def lines_of(table: Table, *, short: bool, stray: bool) -> list[list[str]]:
    lines = [[title] for title in table.titles] + [list(table.names)]
    for number, row in enumerate(table.rows):
        texts = [typed_text(value) for value in row]
        while short and len(texts) > 1 and not texts[-1]:
            texts.pop()
        if table.note and number == 0:
            texts += [""] * (len(table.names) - len(texts)) + ["旁注"]
        lines.append([*texts, ""] if stray else texts)
        if table.blank_rows:
            lines.append([])
    return lines + [[footer] for footer in table.footers]


@given(
    table=tables(TEXT),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]),
    delimiter=st.sampled_from([",", "\t", ";", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    ending=st.sampled_from(["\n", "\r\n"]),
    short=st.booleans(),
    stray=st.booleans(),
)
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_text_table_reads_as_it_was_written(
    folder: Path, table: Table, encoding: str, delimiter: str, quoting: int, ending: str, short: bool, stray: bool
) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, quoting=quoting, lineterminator=ending).writerows(lines_of(table, short=short, stray=stray))  # type: ignore[arg-type]
    path = folder / "a.csv"
    path.write_bytes(stream.getvalue().encode(encoding))
    check(path, table)


@given(table=tables(TYPED), write=st.sampled_from(["xlsx", "ods", "json", "jsonl"]))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_workbook_or_document_reads_as_it_was_written(folder: Path, table: Table, write: str) -> None:
    path = folder / f"a.{write}"
    WRITERS[write](path, table)
    check(path, table, exact=write in ("xlsx", "ods"))


def write_xlsx(path: Path, table: Table) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    lines: list[list[Value]] = [[title] for title in table.titles] + [list(table.names)]
    for number, row in enumerate(table.rows):
        lines.append([*row, "旁注"] if table.note and number == 0 else list(row))
        lines += [[]] if table.blank_rows else []
    for number, line in enumerate([*lines, *([footer] for footer in table.footers)], start=1):
        for column, value in enumerate(line, start=1):
            if value != "":
                cell = sheet.cell(number, column, value)
                if isinstance(value, str) and isinstance(cell, Cell):
                    cell.data_type = "s"
    book.save(path)


def write_ods(path: Path, table: Table) -> None:
    def cell(value: Value) -> str:
        if value == "":
            return "<table:table-cell/>"
        if isinstance(value, bool):
            return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
        if isinstance(value, int | float):
            shown = f"<text:p>{typed_text(value)}</text:p>"
            return f'<table:table-cell office:value-type="float" office:value="{value!r}">{shown}</table:table-cell>'
        if isinstance(value, datetime.date):
            return f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>x</text:p></table:table-cell>'
        return f'<table:table-cell office:value-type="string" office:string-value={quoteattr(value, {chr(10): "&#10;", chr(9): "&#9;"})}/>'

    rows: list[list[Value]] = [[title] for title in table.titles] + [list(table.names)]
    for number, row in enumerate(table.rows):
        rows.append([*row, "旁注"] if table.note and number == 0 else list(row))
        rows += [[]] if table.blank_rows else []
    rows += [[footer] for footer in table.footers]
    path.write_bytes(open_document("".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)))


def objects_of(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.names, row, strict=True)) for row in expected_rows(table)]


def write_json(path: Path, table: Table) -> None:
    path.write_text(json.dumps({"total": 3, "facets": [{"x": 1}], "rows": objects_of(table)}, ensure_ascii=False), encoding="utf-8")


def write_jsonl(path: Path, table: Table) -> None:
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in objects_of(table)), encoding="utf-8")


WRITERS: dict[str, Callable[[Path, Table], None]] = {"xlsx": write_xlsx, "ods": write_ods, "json": write_json, "jsonl": write_jsonl}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the tables are written. Afterwards nearly all must have been read: refusing everything would be no achievement."""
    outcomes.clear()
    yield tmp_path_factory.mktemp("mutations")
    assert outcomes["row right"] > 20 * (outcomes["refused"] + outcomes["no header"]), outcomes


def check(path: Path, table: Table, *, exact: bool = False) -> None:
    """Each row as written, or told. ``exact``: in a sheet no row is ever broken."""
    try:
        tables = preview(path)
    except FileProblem as problem:
        assert problem.detail and problem.hint
        outcomes["refused"] += 1
        return
    found = next((read for each in tables if (read := read_under(path, each, table.names)) is not None), None)
    if found is None:
        outcomes["no header"] += 1  # a mapping would not fit: refused, with what was found
        return
    rows, late = found
    expected = expected_rows(table)
    assert len(rows) == len(expected), (rows, expected)
    for row, texts in zip(rows, expected, strict=True):
        if isinstance(row, BrokenRow):
            assert not exact and table.note
            outcomes["row told"] += 1
            continue
        assert [unblank(row.cells.get(name, "")) for name in table.names] == [unblank(text) for text in texts]
        assert set(row.cells) <= set(table.names)
        outcomes["row right"] += 1
    if table.note and path.suffix in (".csv", ".xlsx", ".ods"):
        assert any(isinstance(row, BrokenRow) for row in rows) or any(remark.kind == "beside" for remark in late)


def unblank(text: str) -> str:
    """Spaces alone are nothing."""
    return text if text.strip() else ""


def read_under(path: Path, table: Preview, names: tuple[str, ...]) -> tuple[list[SourceRow | BrokenRow], list[Remark]] | None:
    row = next((number for number, cells in table.rows if set(names) <= set(header_of(cells))), None)
    if row is None:
        return None
    header = header_of(next(cells for number, cells in table.rows if number == row))
    read: TableRows = read_rows(path, table, row, header)
    return list(read()), read.late
