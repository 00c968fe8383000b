"""Number cells read as the office program shows them; digits that were lost are told; XML as any program writes it."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlwt
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import FileProblem
from ingest.readers import Preview, SourceRow, header_of, preview, read_rows
from ingest.readers.number_formats import plain_number, shown_by
from tests.ingest.test_hostile import book, changed, open_document

SHOWN = [
    ("000000", 1, "000001"),
    ("000000", 1234567, "1234567"),
    ("00", 7, "07"),
    ('"苏"0000', 12, "苏0012"),
    ("000-0000", 100, "000-0100"),
    ('"第"0"批"', 13, "第13批"),
    ('0"人"', 5, "5人"),
    ("0.00", 2020.1, "2020.10"),
    ("0.00", 12.3456, "12.3456"),
    ("#,##0.00", 5000, "5000.00"),
    ("#,##0", 5000, "5000"),
    ("0", 2020, "2020"),
    ("General", 2.5, "2.5"),
    ("0.00%", 0.2869, "28.69%"),
    ("0%", 0.25, "25%"),
    ("[Red]0", 3, "3"),
    ("0.00E+00", 1234, "1234"),
    ('[<=9999999]###-####;(###) ###-####', 5551234, "555-1234"),
    ('yyyy"年"m"月"', 44044, "2020-08"),
    ("[$-804]yyyy\"年\"m\"月\";@", 44044, "2020-08"),
    ("yyyy\\.mm", 44044, "2020-08"),
    ("mmm-yy", 44044, "2020-08"),
    ("mmmm yyyy", 44075, "2020-09"),
    ("yyyy", 44044, "2020"),
    ('yyyy"年"', 44044, "2020"),
    ("yyyy-mm-dd", 44044, "2020-08-01"),
    ('yyyy"年"m"月"d"日"', 44044, "2020-08-01"),
    ("yyyy-mm-dd h:mm", 44044.5, "2020-08-01 12:00:00"),
]  # fmt: skip


def cells(path: Path) -> list[list[str]]:
    table = preview(path)[0]
    row, header = table.rows[0]
    return [list(each.cells.values()) for each in read_rows(path, table, row, header_of(header))() if isinstance(each, SourceRow)]


@pytest.mark.parametrize(("code", "value", "shown"), SHOWN, ids=[f"{code} {value}" for code, value, _ in SHOWN])
def test_a_number_reads_as_it_shows(tmp_path: Path, code: str, value: float, shown: str) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["a", "b"])
    sheet.append(["x", value])
    sheet["B2"].number_format = code
    made.save(tmp_path / "a.xlsx")
    old = xlwt.Workbook()
    table = old.add_sheet("表")
    for row, texts in enumerate((("a", "b"), ("x", value))):
        for column, each in enumerate(texts):
            table.write(row, column, each, xlwt.easyxf(num_format_str=code if column and row else "General"))
    old.save(str(tmp_path / "a.xls"))
    assert cells(tmp_path / "a.xlsx") == [["x", shown]]
    assert cells(tmp_path / "a.xls") == [["x", shown]]


@given(st.integers(-(10**15) + 1, 10**15 - 1), st.integers(0, 4), st.integers(0, 20), st.integers(0, 6))
def test_a_format_adds_digits_and_takes_none_away(digits: int, places: int, zeros: int, decimals: int) -> None:
    value = digits / 10**places
    code = "0" * max(1, zeros) + ("." + "0" * decimals if decimals else "")
    show = shown_by(code)
    shown = (show(repr(value)) if show else None) or plain_number(repr(value))
    assert float(shown) == float(plain_number(repr(value)))
    assert len(shown.lstrip("-").partition(".")[2]) >= decimals
    assert len(shown.lstrip("-").partition(".")[0]) >= zeros


def raw_book(rows: str) -> bytes:
    """A workbook whose first sheet has these rows, in the XML given."""

    def change(text: bytes) -> bytes:
        return re.sub(rb"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), text)

    return changed(book(("编号", "单位")), "xl/worksheets/sheet1.xml", change)


HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>编号</t></is></c><c r="B1" t="inlineStr"><is><t>单位</t></is></c></row>'


def row(number: int, written: str) -> str:
    return f'<row r="{number}"><c r="A{number}"><v>{written}</v></c><c r="B{number}" t="str"><v>某公司</v></c></row>'


def test_all_digits_are_taken_where_the_file_holds_them(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(raw_book(HEAD + row(2, "320582199001011234") + row(3, "-12345678901234567890")))
    assert [each[0] for each in cells(path)] == ["320582199001011234", "-12345678901234567890"]
    assert preview(path)[0].remarks == ()


def test_a_number_that_was_stored_rounded_is_told_and_cannot_be_taken_for_its_digits(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(raw_book(HEAD + row(2, "3.205821990010113e+17") + row(3, "1.5E3") + row(4, "0.30000000000000004")))
    assert [each[0] for each in cells(path)] == ["3.205821990010113E+17", "1500", "0.3"]
    assert [(each.kind, each.row, each.column) for each in preview(path)[0].remarks] == [("rounded", 2, 0)]
    old = xlwt.Workbook()
    sheet = old.add_sheet("表")
    for line, texts in enumerate((("编号", "单位"), (320582199001011234, "某公司"), (1234567890123456, "某公司"))):
        for column, value in enumerate(texts):
            sheet.write(line, column, float(value) if isinstance(value, int) else value)
    old.save(str(tmp_path / "a.xls"))
    assert [each[0] for each in cells(tmp_path / "a.xls")] == ["3.2058219900101126E+17", "1.234567890123456E+15"]
    assert [each.row for each in preview(tmp_path / "a.xls")[0].remarks] == [2, 3]


FORMS: dict[str, Callable[[str], str]] = {
    "single quotes": lambda text: text.replace('"', "'"),
    "lower-case references": lambda text: re.sub(r'r="([AB]\d)"', lambda match: match[0].lower(), text),
    "cells without references": lambda text: re.sub(r' r="[AB]\d"', "", text),
    "rows without numbers": lambda text: re.sub(r' r="\w+"', "", text),
    "references last": lambda text: re.sub(r'<c r="(\w+)"([^>]*)>', r'<c\2 r="\1">', text),
    "spaces in tags": lambda text: re.sub(r'<(c|row) (r="\w+")', r"<\1\n  \2", text),
    "prefixes": lambda text: re.sub(r"<(/?)(\w)", r"<\1x:\2", text),
    "a section of plain characters": lambda text: text.replace("<v>2020.1</v>", "<v><![CDATA[2020.1]]></v>"),
    "a remark": lambda text: text.replace("<row", '<!-- <c r="XFD1048576"/> --><row', 1),
}


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_xml_reads_alike_whoever_wrote_it(tmp_path: Path, form: str) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for line in (["编号", "年月"], [1, 2020.1], [2, "it‘s <&> so"]):
        sheet.append(line)
    sheet["A2"].number_format, sheet["B2"].number_format, sheet["A3"].number_format = "000", "0.00", "000"
    sheet.row_dimensions[3].hidden = True
    content = io.BytesIO()
    made.save(content)
    plain, odd = tmp_path / "plain.xlsx", tmp_path / "odd.xlsx"
    plain.write_bytes(content.getvalue())
    sheets = "xl/worksheets/sheet1.xml"
    change = FORMS[form]
    old = zipfile.ZipFile(plain).read(sheets).decode()
    body = re.search(r"<sheetData>.*</sheetData>", old, re.DOTALL)
    assert body is not None
    new = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:x="x">{change(body[0])}</worksheet>'
    odd.write_bytes(changed(content.getvalue(), sheets, lambda _: new.encode()))
    assert new != old and change(body[0]) != body[0]
    assert cells(odd) == cells(plain) == [["001", "2020.10"], ["002", "it‘s <&> so"]]
    assert preview(odd)[0].remarks == preview(plain)[0].remarks


def far_cells(rows: str) -> bytes:
    return raw_book(HEAD + rows)


def many_texts(content: bytes) -> bytes:
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/SharedStrings.xml", b"<sst uniqueCount='4000000000'><si><t>x</t></si></sst>")
    return stream.getvalue()


def far_old_cell() -> bytes:
    old = xlwt.Workbook()
    sheet = old.add_sheet("表")
    sheet.write(0, 0, "a")
    sheet.write(1, 1, 12345.678912)
    content = io.BytesIO()
    old.save(content)
    number = (0x0203).to_bytes(2, "little") + (14).to_bytes(2, "little") + (1).to_bytes(2, "little") + (1).to_bytes(2, "little")
    assert number in content.getvalue()
    return content.getvalue().replace(number, number[:4] + b"\xff\xff\xff\xff")


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "single quotes": ("a.xlsx", lambda: far_cells("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"), "column 16,384"),
    "lower-case references": ("a.xlsx", lambda: far_cells('<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>'), "column 16,384"),
    "a row that is elsewhere": ("a.xlsx", lambda: far_cells('<row r="2"><c r="XFD1048576"><v>1</v></c></row>'), "row 1,048,576"),
    "no numbers": ("a.xlsx", lambda: far_cells('<row r="1048575"/><row><c r="XFC1"/><c><v>1</v></c></row>'), "column 16,384"),
    "prefixes": ("a.xlsx", lambda: far_cells('<x:row xmlns:x="x" r="1048576"><x:c r="XFD1048576"/></x:row>'), "column 16,384"),
    "more texts than bytes": ("a.xlsx", lambda: many_texts(book(("a", "b"))), "claims 4,000,000,000 texts"),
    "an old workbook": ("a.xls", far_old_cell, "row 65,536 and column 65,536"),
    "entities after a remark": (
        "a.xlsx",
        lambda: changed(
            book(("a",)), "xl/worksheets/sheet1.xml", lambda text: b"<!--" + b" " * 5000 + b'--><!DOCTYPE a [<!ENTITY b "c">]>' + text
        ),
        "defines entities",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_cells_that_reach_too_far_are_seen_however_they_are_written(tmp_path: Path, case: str) -> None:
    name, content, told = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(content())
    with pytest.raises(FileProblem) as caught:
        preview(path)
    assert told in caught.value.detail


def open_rows(*rows: str) -> bytes:
    return open_document("".join(f"<table:table-row>{each}</table:table-row>" for each in rows))


def number(value: object, shown: str, kind: str = "float") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (number(1, "000001"), "000001"),
        (number(2020.1, "2020.10"), "2020.10"),
        (number(12.3456, "12.35"), "12.3456"),
        (number(5000, "5,000.00"), "5000.00"),
        (number(5000, "￥5,000"), "5000"),
        (number(5, "5人"), "5人"),
        (number(0.2869, "28.69%", "percentage"), "28.69%"),
        (number(0.286912, "28.69%", "percentage"), "28.6912%"),
        (number("320582199001011234", "3.20582E+17"), "320582199001011234"),
        (number("3.20582199001011E+17", "320582199001011000"), "3.20582199001011E+17"),
        ('<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>WAHR</text:p></table:table-cell>', "TRUE"),
        ('<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"><text:p>8:30</text:p></table:table-cell>', "08:30:00"),
        ("<table:table-cell office:value-type='string'><text:p>甲<text:s text:c='2'/>乙</text:p><text:p>丙</text:p></table:table-cell>",
         "甲  乙\n丙"),
    ],
)  # fmt: skip
def test_a_cell_of_an_open_document_reads_as_it_shows(tmp_path: Path, written: str, text: str) -> None:
    path = tmp_path / "a.ods"
    path.write_bytes(open_rows(number(1, "1") + number(2, "2"), number(7, "7") + written))
    assert cells(path) == [["7", text]]


MONTH = (
    '<office:automatic-styles xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"><number:date-style style:name="N1"><number:year/>'
    '<number:text>年</number:text><number:month/></number:date-style><style:style style:name="ce1" style:data-style-name="N1"/>'
    "</office:automatic-styles><office:body>"
)


def test_merged_repeated_and_dated_cells_of_an_open_document(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    day = '<table:table-cell table:style-name="ce1" office:value-type="date" office:date-value="2020-08-01"/>'
    tall = '<table:table-cell table:number-rows-spanned="2" office:value-type="string"><text:p>邗江</text:p></table:table-cell>'
    wide = '<table:table-cell table:number-columns-spanned="2" office:value-type="string"><text:p>标题</text:p></table:table-cell>'
    content = open_rows(wide, number(1, "1") + number(2, "2"), tall + day, "<table:covered-table-cell/>" + day)
    path.write_bytes(changed(content, "content.xml", lambda text: text.replace(b"<office:body>", MONTH.encode())))
    table: Preview = preview(path)[0]
    assert table.merged == ((1, 0, 1),)
    header = next(each for number, each in table.rows if number == 2)
    found = [each.cells for each in read_rows(path, table, 2, header_of(header))() if isinstance(each, SourceRow)]
    assert found == [{"1": "邗江", "2": "2020-08"}] * 2


def test_merged_columns_are_told(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(["基本情况", None, "起止"])
    sheet.append(["姓名", "单位", datetime.date(2020, 8, 1)])
    sheet.merge_cells("A1:B1")
    made.save(tmp_path / "a.xlsx")
    assert preview(tmp_path / "a.xlsx")[0].merged == ((1, 0, 1),)
