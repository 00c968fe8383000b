"""The same table in every format gives the same rows; each format's own ways to be broken are told."""

from __future__ import annotations

import datetime
import decimal
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlwt

from graph.errors import FileProblem
from graph.messages import message
from ingest.readers import BrokenRow, SourceRow, header_of, preview, read_rows

HEADER = ("编号", "姓名", "日期", "金额")
ROWS = [
    (1, "张 拟", datetime.date(2020, 9, 10), decimal.Decimal("0.1")),
    (2, "=1+1", datetime.date(1999, 12, 31), None),
    (9007199254740993, "换\n行，逗号", None, decimal.Decimal("1234567.25")),
]
WHOLE_NUMBERS = [(str(each[0]) if each[0] > 2**53 else each[0], *each[1:]) for each in ROWS]
"""Workbooks hold numbers as floats; whoever has a longer one writes it as text."""
EXPECTED = [
    {"编号": "1", "姓名": "张 拟", "日期": "2020-09-10", "金额": "0.1"},
    {"编号": "2", "姓名": "=1+1", "日期": "1999-12-31", "金额": ""},
    {"编号": "9007199254740993", "姓名": "换\n行，逗号", "日期": "", "金额": "1234567.25"},
]


def read(path: Path) -> list[SourceRow | BrokenRow]:
    table = preview(path)[0]
    row, cells = table.rows[0]
    return list(read_rows(path, table, row, header_of(cells))())


def xlsx(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, values in enumerate([HEADER, *WHOLE_NUMBERS], start=1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(row, column, value)
            if isinstance(value, str):
                cell.data_type = "s"
    book.save(path)


def xls(path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("表")
    dated = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, values in enumerate([HEADER, *WHOLE_NUMBERS]):
        for column, value in enumerate(values):
            if value is not None:
                sheet.write(row, column, *((value, dated) if isinstance(value, datetime.date) else (value,)))
    book.save(str(path))


def ods(path: Path) -> None:
    def cell(value: object) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, datetime.date):
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{value}"><text:p>{value:%d.%m.}</text:p></table:table-cell>'
            )
        if isinstance(value, str):
            lines = "".join(f"<text:p>{line}</text:p>" for line in escape(value).splitlines())
            return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, each))}</table:table-row>" for each in [HEADER, *WHOLE_NUMBERS])
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    table = f'<office:spreadsheet><table:table table:name="表">{rows}</table:table></office:spreadsheet>'
    content = f'<?xml version="1.0"?><office:document-content {spaces}><office:body>{table}</office:body></office:document-content>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml", "<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>"
        )
        archive.writestr("content.xml", content)


def csv_file(path: Path) -> None:
    lines = [",".join(HEADER)] + [",".join('"' + ("" if v is None else str(v)) + '"' for v in each) for each in ROWS]
    path.write_text("\n".join(lines), encoding="utf-8")


def as_json(value: object) -> object:
    return str(value) if isinstance(value, datetime.date) else float(value) if isinstance(value, decimal.Decimal) else value


OBJECTS = [{name: as_json(value) for name, value in zip(HEADER, each, strict=True) if value is not None} for each in ROWS]


def json_list(path: Path) -> None:
    path.write_text(json.dumps(OBJECTS, ensure_ascii=False, indent=1), encoding="utf-8-sig")


def json_under_a_key(path: Path) -> None:
    path.write_text(json.dumps({"count": 3, "tags": ["甲"], "data": {"items": OBJECTS}}, ensure_ascii=False), encoding="utf-8")


def json_lines(path: Path) -> None:
    path.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in OBJECTS), encoding="utf-8")


def parquet(path: Path) -> None:
    columns = list(zip(*ROWS, strict=True))
    types = (pa.int64(), pa.string(), pa.date32(), pa.decimal128(20, 2))
    pq.write_table(pa.table({name: pa.array(column, type) for name, column, type in zip(HEADER, columns, types, strict=True)}), path)


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.xlsx", xlsx),
        ("a.xls", xls),
        ("a.ods", ods),
        ("a.csv", csv_file),
        ("list.json", json_list),
        ("key.json", json_under_a_key),
        ("lines.json", json_lines),
        ("lines.jsonl", json_lines),
        ("a.parquet", parquet),
    ],
)
def test_every_format_gives_the_same_rows(tmp_path: Path, name: str, write: Callable[[Path], None]) -> None:
    path = tmp_path / name
    write(path)
    found = read(path)
    rows = [{column: row.cells.get(column, "") for column in HEADER} for row in found if isinstance(row, SourceRow)]
    expected = [dict(each) for each in EXPECTED]
    if name == "a.parquet":  # decimals keep the scale that the column states
        expected[0]["金额"] = "0.10"
    assert rows == expected
    assert [row.row for row in found] in ([1, 2, 3], [2, 3, 4])


def test_an_old_workbook_keeps_its_merged_cells_date_system_and_hidden_sheets(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet, hidden = book.add_sheet("表"), book.add_sheet("藏")
    hidden.visibility = 1
    hidden.write(0, 0, "不读")
    for column, name in enumerate(("县区", "日期")):
        sheet.write(0, column, name)
    sheet.write_merge(1, 2, 0, 0, "邗江")
    sheet.write(1, 1, 42622)
    sheet.write(2, 1, datetime.date(2020, 9, 10), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    path = tmp_path / "a.xls"
    book.save(str(path))
    tables = preview(path)
    assert [(each.sheet, each.epoch1904) for each in tables] == [("表", True)]
    assert [row.cells for row in read(path) if isinstance(row, SourceRow)] == [
        {"县区": "邗江", "日期": "42622"},
        {"县区": "邗江", "日期": "2020-09-10"},
    ]


def test_nested_parquet_is_flattened_like_json(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(
        pa.table({"id": [1, 2], "所在": [{"city": "扬州"}, None], "tags": [["a", "b"], []], "空": pa.array([None, None], pa.string())}),
        path,
    )
    assert [row.cells for row in read(path) if isinstance(row, SourceRow)] == [
        {"id": "1", "所在.city": "扬州", "tags": "a；b"},
        {"id": "2", "tags": ""},
    ]


def empty_parquet(columns: dict[str, pa.Array]) -> bytes:
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told", "hint"),
    [
        ("a.json", b'{"a": 1}', "contains no list of objects", "list of objects"),
        ("a.json", b"[1, 2]", "contains no list of objects", "list of objects"),
        ("a.json", b'[{"a": 1}, {"a": ', "is not a complete JSON document", "Export it again"),
        ("a.json", b'[{"a": 1}, {"a": \xff}]', "byte 17", "UTF-8"),
        ("a.parquet", b"PAR1 and nothing", "is a damaged Parquet file", "again"),
        ("a.parquet", b"a,b\n1,2\n", "is named a Parquet file", "Write it again"),
        ("a.ods", b"a,b\n1,2\n", "is named a workbook", "text"),
        ("a.parquet", empty_parquet({"照片": pa.array([b"\x89PNG"], pa.binary())}), "column '照片' contains bytes", "text column"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes, told: str, hint: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileProblem) as raised:
        read(path)
    assert told in raised.value.detail
    assert hint in (raised.value.hint or "")
    assert raised.value.where["file"] == name


def test_something_else_in_a_list_of_objects_costs_one_row(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"a": "1"}, 7, {"a": "2"}]', encoding="utf-8")
    assert read(path) == [
        SourceRow(1, {"a": "1"}),
        BrokenRow(2, "broken json", message("the list contains something that is not an object")),
        SourceRow(3, {"a": "2"}),
    ]
